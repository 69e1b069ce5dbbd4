"""Changes one record of a register, as on any working day: adds the half-day to a consultation."""

from __future__ import annotations

from pathlib import Path

from weimin.adapters.git import run

_WHO = "测量 <bench@demo.invalid>"
_MINUTE = 60
_UNCHANGED = "\nconvened_by: platform\n"


def change_one_record(root: Path, turn: int) -> str:
    """Changes the first unchanged consultation from the middle of the register and commits it; its path. Raises GitError."""
    listed = run(root, "ls-files", "-z", "content/network").decode().split("\0")
    consultations = [path for path in listed if path.endswith("-consultation.md")]
    middle = len(consultations) // 2
    for path in consultations[middle + turn :] + consultations[:middle]:
        text = (root / path).read_text(encoding="utf-8")
        if _UNCHANGED in text and "\ntime: " not in text:
            changed = text.replace(_UNCHANGED, f"{_UNCHANGED}time: {('morning', 'afternoon')[turn % 2]}\n", 1)
            (root / path).write_text(changed, encoding="utf-8", newline="\n")
            run(root, "add", "--", path)
            _commit(root, "补上时间")
            return path
    raise ValueError(f"no consultation to change in {len(consultations)}")


def _commit(root: Path, words: str) -> None:
    """What is staged, committed a minute after HEAD: what is measured is judged as of a fixed day, so no clock dates it (A104)."""
    at = int(run(root, "log", "-1", "--format=%ct", "HEAD")) + _MINUTE
    head, tree = (run(root, *asked).decode().strip() for asked in (("rev-parse", "HEAD"), ("write-tree",)))
    who = f"{_WHO} {at} +0800"
    text = f"tree {tree}\nparent {head}\nauthor {who}\ncommitter {who}\n\n{words}\n"
    made = run(root, "hash-object", "-t", "commit", "-w", "--stdin", stdin=text.encode()).decode().strip()
    run(root, "update-ref", "HEAD", made, head)
