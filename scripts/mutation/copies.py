"""A private copy of the tree with a Python of its own, so that processes that tests start read the copy too."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

LEFT_OUT = ("tests/golden_site/", "tests/browser/", "docs/images/")
"""Large folders that no test of a room reads."""


def copy_tree(root: Path, target: Path) -> Path:
    """Copy what is tracked or could be added, and give the copy a `.venv` that sees its own package first.

    Returns the Python of the copy. Its packages are those of this Python; byte code is kept by the digest of its source,
    because two mutants may have one length and one second.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    ).stdout.decode("utf-8")
    for name in filter(None, listed.split("\0")):
        if not name.startswith(LEFT_OUT) and (root / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, target / name, follow_symlinks=False)
    python = _environment(target)
    quiet = ["-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "plugins"]
    subprocess.run([python, *quiet], cwd=target, check=True)
    return python


def _environment(target: Path) -> Path:
    folder = target / ".venv"
    binaries = folder / "bin"
    packages = folder / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    for path in (binaries, packages):
        path.mkdir(parents=True)
    home = Path(sys._base_executable).parent  # type: ignore[attr-defined]
    (folder / "pyvenv.cfg").write_text(f"home = {home}\ninclude-system-site-packages = false\n", encoding="utf-8")
    python = binaries / "python"
    python.symlink_to(Path(sys.executable).resolve())
    lines = (str(target / "plugins"), f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})")
    (packages / "copy.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
    script = binaries / "weimin"
    script.write_text(f"#!{python}\nimport sys\nfrom weimin.cli.main import main\nsys.exit(main())\n", encoding="utf-8")
    script.chmod(0o755)
    for program in Path(sys.executable).parent.iterdir():  # programs that tests start: datasette, ruff, …
        if not (binaries / program.name).exists():
            (binaries / program.name).symlink_to(program)
    return python


def own_environment() -> dict[str, str]:
    """Variables for a process in a copy: nothing that points at this clone, no byte code written, one order of sets."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST", "COV", "WEIMIN"))}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
