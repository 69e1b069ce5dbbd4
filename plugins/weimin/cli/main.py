"""`weimin`: one command line, exit codes as in docs/reference/interface.md."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from importlib import import_module

from weimin import __version__
from weimin.cli.exit_codes import FAULT, OK, USAGE

_COLLECT = (100_000, 50, 1000)
"""Thresholds of the garbage collector. Python's own take a tenth of a build and find next to no cycles."""

COMMANDS = {
    "check": "核对记录是否齐全、合规",
    "explain": "解释一条规则",
    "new": "新建一份记录",
    "import": "从表格导入记录，或者生成空白的工作簿",
    "build": "生成网站",
    "serve": "生成网站并在本机打开，保存后自动更新",
    "hook": "安装 Git 钩子，提交前自动核对",
    "verify": "核对一个已发布的网站与提交是否逐字节一致",
    "redact": "把误入的个人信息从记录和历史里去掉，并留下公告",
    "audit": "按历史核对留痕",
    "codeowners": "按签名名单生成代码托管平台的审阅人名单",
    "export": "导出开放数据",
    "demo": "生成一个演示仓库（数据均为虚构）",
    "bench": "测量速度并打印表格",
}


class _Parser(argparse.ArgumentParser):
    """argparse with its messages in Chinese."""

    def error(self, message: str) -> None:  # type: ignore[override]  # NoReturn in argparse; exit() does not return
        self.exit(USAGE, f"{self.format_usage()}命令用法不对：{_translated(message)}\n用 {self.prog} --help 看说明。\n")


def _translated(message: str) -> str:
    for english, chinese in (
        ("the following arguments are required: ", "缺少参数 "),
        ("unrecognized arguments: ", "不认识的参数 "),
        ("invalid choice: ", "没有这个选项 "),
        ("expected one argument", "后面要跟一个值"),
        ("argument ", "参数 "),
        ("(choose from ", "（可选："),
        ("invalid int value: ", "要写整数："),
    ):
        message = message.replace(english, chinese)
    return message


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands; only `command` gets its arguments, or every command if None (for the documentation)."""
    top = _Parser(prog="weimin", description="为民：把仓库里的协商记录核对、公开成一个网站。", add_help=False)
    top.add_argument("-h", "--help", action="help", help="显示说明")
    top.add_argument("--version", action="version", version=f"weimin {__version__}", help="显示版本")
    commands = top.add_subparsers(dest="command", metavar="命令", required=True, title="命令")
    for name, text in COMMANDS.items():
        sub = commands.add_parser(name, help=text, description=text + "。", add_help=False)
        sub.add_argument("-h", "--help", action="help", help="显示说明")
        if command in (None, name):
            import_module(f"weimin.cli.commands.{name}").arguments(sub)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    argv = list(sys.argv[1:] if argv is None else argv)
    _use_utf8()
    gc.set_threshold(*_COLLECT)
    named = next((a for a in argv if a in COMMANDS), None)
    try:
        args = parser(named or "").parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    module = import_module(f"weimin.cli.commands.{args.command}")
    try:
        return int(module.run(args))
    except BrokenPipeError:  # `weimin check | head`
        sys.stderr.close()
        return OK
    except KeyboardInterrupt:
        print("已中断，没有写入任何文件。", file=sys.stderr)
        return FAULT
    except Exception as error:
        from weimin.cli.errors import report

        return report(error)


def _use_utf8() -> None:
    """Write UTF-8 on any terminal, whatever its locale is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
