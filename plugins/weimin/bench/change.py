"""Changes one record of a register, as on any working day: adds the half-day to a consultation."""

from __future__ import annotations

from pathlib import Path

from weimin.adapters.git import run

_WHO = ("-c", "user.name=测量", "-c", "user.email=bench@demo.invalid", "-c", "commit.gpgSign=false")
_STANDS = "\nconvened_by: platform\n"


def change_one_record(root: Path, turn: int) -> str:
    """Changes the first unchanged consultation from the middle of the register and commits it; its path. Raises GitError."""
    listed = run(root, "ls-files", "-z", "content/network").decode().split("\0")
    consultations = [path for path in listed if path.endswith("-consultation.md")]
    middle = len(consultations) // 2
    for path in consultations[middle + turn :] + consultations[:middle]:
        text = (root / path).read_text(encoding="utf-8")
        if _STANDS in text and "\ntime: " not in text:
            changed = text.replace(_STANDS, f"{_STANDS}time: {('morning', 'afternoon')[turn % 2]}\n", 1)
            (root / path).write_text(changed, encoding="utf-8", newline="\n")
            run(root, "add", "--", path)
            run(root, *_WHO, "commit", "--quiet", "-m", "补上时间")
            return path
    raise ValueError(f"no consultation to change in {len(consultations)}")
