"""The steps of `scripts/test`, run by the Python of `.venv/`: style, types, tests; the tests' closing line comes last."""

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


def selection(left_out: set[str]) -> list[str]:
    """The pytest option that leaves these marks out."""
    return ["-m", " and ".join(f"not {mark}" for mark in sorted(left_out))] if left_out else []


def still_missing(missing: list[Tool]) -> str:
    """One line: what did not run, and the fix."""
    names = "、".join(tool.name for tool in missing)
    packages = " ".join(package for tool in missing for package in tool.packages)
    marks = "、".join(sorted({tool.mark for tool in missing}))
    return f"没有通过：缺少{names}，标记 {marks} 的测试没有运行。改法：apt install {packages}（其他系统装同名软件）"


def main(arguments: list[str]) -> int:
    """`--fast` leaves out the slow tests and those that need more than Python; programs from npm run with `--long` alone."""
    speak_utf8()
    fast, long = "--fast" in arguments, "--long" in arguments
    if long:
        os.environ["WEIMIN_LONG"] = "1"
    missing = [] if fast else provide((*TOOLS, *LONG_TOOLS) if long else TOOLS)
    left_out = {"slow", *(tool.mark for tool in TOOLS)} if fast else {tool.mark for tool in missing}
    left_out |= set() if long else {tool.mark for tool in LONG_TOOLS}
    for name, (tool, *options) in CHECKS:
        say(f"检查{name}（{tool}）……")
        if code := start(tool, *options):
            say(f"没有通过：{name}（{tool} {' '.join(options)}），原因见上")
            return code
    compile_package()  # the tests start hundreds of commands, and what was edited since the installation is not compiled
    say("运行测试……")
    rest = [argument for argument in arguments if argument not in OWN]
    # each process begins with tests that lie together, so that what a file sets up is set up once, and takes over at the end
    code = start("pytest", "-q", "-n", "auto", "--dist", "worksteal", *selection(left_out), *rest)
    if missing:
        say(still_missing(missing))
    return code or bool(missing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
