"""Programs from npm that tests run: installed as locked in `scripts/npm/NAME/`, once, beside the Python packages."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from environment import ROOT, VENV, say

LOCKS = ROOT / "scripts" / "npm"
NAMES = ("markup", "lighthouse")
OPTIONS = ("--ignore-scripts", "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund", "--loglevel=error")


def installed(name: str) -> Path:
    """Where the packages of a lock stand, or would stand: a newer lock has another folder."""
    taken = hashlib.sha256((LOCKS / name / "package-lock.json").read_bytes()).hexdigest()[:12]
    return VENV / "npm" / f"{name}-{taken}" / "node_modules"


def install(name: str) -> bool:
    """Install what is locked, each package held to its integrity; True where it stands. What npm says is shown when it fails."""
    packages = installed(name)
    if packages.is_dir():
        return True
    if shutil.which("npm") is None:
        return False
    say(f"安装 npm 里的测试软件（{name}）……")
    made = packages.parent.with_name(f"{packages.parent.name}.{os.getpid()}")
    shutil.copytree(LOCKS / name, made)
    npm = subprocess.run(["npm", "ci", *OPTIONS], cwd=made, capture_output=True, text=True, check=False)
    if npm.returncode == 0:
        made.rename(packages.parent)
        return True
    shutil.rmtree(made)
    say("\n".join(f"  {line}" for line in npm.stderr.splitlines()[-5:]))
    return False
