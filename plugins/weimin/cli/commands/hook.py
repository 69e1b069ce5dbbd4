"""`weimin hook`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from weimin.app.entry.hook import ForeignHook, HookChange, install, remove
from weimin.cli.exit_codes import NO_ANSWER, OK
from weimin.engine.opening import find_records

_MESSAGES = {
    HookChange.INSTALLED: "已安装提交前的核对：{}",
    HookChange.UNCHANGED: "提交前的核对已经装好，没有变化：{}",
    HookChange.REMOVED: "已卸下提交前的核对：{}",
    HookChange.ABSENT: "没有装过提交前的核对：{}",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")
    parser.add_argument("--remove", action="store_true", help="卸下")


def run(args: argparse.Namespace) -> int:
    root = find_records(args.root, Path.cwd())
    try:
        done, path = remove(root) if args.remove else install(root, sys.executable)
    except ForeignHook as other:
        print(_foreign_hook_message(other), file=sys.stderr)
        return NO_ANSWER
    print(_MESSAGES[done].format(path))
    return OK


def _foreign_hook_message(hook: ForeignHook) -> str:
    if not hook.line:
        return f"{hook.path} 不是 weimin 装的钩子，没有动它。"
    return f"{hook.path} 已经有别的钩子，没有动它。改法：在它的末尾加一行：\n{hook.line}"
