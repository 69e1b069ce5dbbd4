"""Installs programs from npm that tests run, as locked in `scripts/npm/NAME/`, once, beside the Python packages."""

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
    """The folder for the packages of a lock; a changed lock has another folder."""
    digest = hashlib.sha256((LOCKS / name / "package-lock.json").read_bytes()).hexdigest()[:12]
    return VENV / "npm" / f"{name}-{digest}" / "node_modules"


def install(name: str) -> bool:
    """Install the locked packages, each verified by its integrity value. False, with npm's messages, where that fails."""
    packages = installed(name)
    if packages.is_dir():
        return True
    if shutil.which("npm") is None:
        return False
    say(f"安装 npm 里的测试软件（{name}）……")
    temporary = packages.parent.with_name(f"{packages.parent.name}.{os.getpid()}")
    shutil.copytree(LOCKS / name, temporary)
    npm = subprocess.run(["npm", "ci", *OPTIONS], cwd=temporary, capture_output=True, text=True, check=False)
    if npm.returncode == 0:
        temporary.rename(packages.parent)
        return True
    shutil.rmtree(temporary)
    say("\n".join(f"  {line}" for line in npm.stderr.splitlines()[-5:]))
    return False
