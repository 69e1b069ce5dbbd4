"""The steps of `scripts/test`, run by the Python of `.venv/`: style, types, tests; the summary of the tests comes last."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from environment import ROOT, compile_package, say, speak_utf8
from provision import LONG_TOOLS, TOOLS, Tool, provide

CHECKS = (
    ("风格", ["ruff", "check", "--quiet"]),
    ("排版", ["ruff", "format", "--check", "--quiet"]),
    ("类型", ["mypy", "--no-error-summary"]),
    ("网页脚本", ["oxlint", "--config=theme/oxlint.json", "--deny-warnings", "--quiet", "theme/static/js"]),
)
PROGRAMS = {"oxlint"}
"""Tools whose package installs a program and no module."""
OWN = {"--fast", "--long"}


def command(tool: str) -> list[str]:
    """How a tool is started: as a module of this Python, or as the program that is installed beside it."""
    if tool not in PROGRAMS:
        return [sys.executable, "-m", tool]
    folder = Path(sys.executable).parent
    return [shutil.which(tool, path=str(folder)) or str(folder / tool)]


def start(tool: str, *arguments: str) -> int:
    """The exit code of a tool, run at the root of the clone."""
    return subprocess.call([*command(tool), *arguments], cwd=ROOT)


def selection(deselected: set[str]) -> list[str]:
    """The pytest option that deselects these marks."""
    return ["-m", " and ".join(f"not {mark}" for mark in sorted(deselected))] if deselected else []


def still_missing(missing: list[Tool]) -> str:
    """One line that names the tools that are missing, the tests that did not run, and the fix."""
    names = "、".join(tool.name for tool in missing)
    packages = " ".join(package for tool in missing for package in tool.packages)
    marks = "、".join(sorted({tool.mark for tool in missing}))
    return f"没有通过：缺少{names}，标记 {marks} 的测试没有运行。改法：apt install {packages}（其他系统装同名软件）"


def main(arguments: list[str]) -> int:
    """Run all steps; return the exit code. `--fast` deselects slow tests and those that need tools; only `--long` runs npm."""
    speak_utf8()
    fast, long = "--fast" in arguments, "--long" in arguments
    if long:
        os.environ["WEIMIN_LONG"] = "1"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each process would compile all tests anew
    missing = [] if fast else provide((*TOOLS, *LONG_TOOLS) if long else TOOLS)
    deselected = {"slow", *(tool.mark for tool in TOOLS)} if fast else {tool.mark for tool in missing}
    deselected |= set() if long else {tool.mark for tool in LONG_TOOLS}
    for name, (tool, *options) in CHECKS:
        say(f"检查{name}（{tool}）……")
        if code := start(tool, *options):
            say(f"没有通过：{name}（{tool} {' '.join(options)}），原因见上")
            return code
    compile_package()  # the tests start hundreds of commands, and what was edited since the installation is not compiled
    say("运行测试……")
    rest = [argument for argument in arguments if argument not in OWN]
    # each process starts with neighbouring tests, so that fixtures of a file are set up once; idle processes take over tests at the end
    code = start("pytest", "-q", "-n", "auto", "--dist", "worksteal", *selection(deselected), *rest)
    if missing:
        say(still_missing(missing))
    return code or bool(missing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
