"""`weimin redact`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from weimin.app.audit.ancestry import RewriteMismatch
from weimin.app.audit.redact import RedactionRequest, RedactionResult, redact
from weimin.app.audit.redact_text import CannotRedact
from weimin.cli.errors import UsageError
from weimin.cli.exit_codes import ERRORS, OK
from weimin.engine.opening import NothingToCheck, open_register


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--of", required=True, metavar="记录", help="哪一份记录：代码/年份-编号/文件名，或者路径")
    parser.add_argument("--field", required=True, metavar="字段", help="哪一项：/summary 这样的指针，正文写 /body")
    parser.add_argument("--reason", required=True, metavar="理由", help="为什么脱敏，不要写出要脱去的内容")
    parser.add_argument("--approved-by", required=True, metavar="单位", help="谁批准的，写单位或岗位，不写姓名")
    parser.add_argument(
        "--text-file", type=Path, metavar="文件", help="只脱去这个文件里写的文字（写在文件里，不会留在命令历史中）"
    )
    parser.add_argument("--log", type=Path, metavar="目录", help="发布日志的文件夹：一并销毁相关叶子的盐")
    parser.add_argument("--salt-file", type=Path, metavar="文件", help="把摘要的盐交给保管人（默认当场销毁）")
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")


def run(args: argparse.Namespace) -> int:
    if args.salt_file is not None and args.salt_file.exists():
        raise UsageError(f"“{args.salt_file}”已经存在，不会改写它。改法：换一个文件名。")
    request = RedactionRequest(
        of=args.of,
        field=args.field,
        reason=args.reason,
        approved_by=args.approved_by,
        secret=_secret(args.text_file) if args.text_file else "",
        log=args.log,
    )
    try:
        result = redact(open_register(args.root, Path.cwd()), request)
    except CannotRedact as error:
        raise UsageError(str(error)) from None  # the causing error may contain the text
    except RewriteMismatch as error:
        raise NothingToCheck(f"改写后的历史与改写前会不只差这一处：{error}。什么都没有改，请报告给维护者。") from None
    if args.salt_file is not None:
        args.salt_file.touch(mode=0o600)
        args.salt_file.write_text(result.salt + "\n", encoding="utf-8")
    print(summary_text(result), end="")
    if result.remaining:
        print("同样的文字还在这些地方，请逐一处理后再推送：", file=sys.stderr)
        print("".join(f"  {where}\n" for where in result.remaining), end="", file=sys.stderr)
        return ERRORS
    return OK


def _secret(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8").strip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"读不了文件“{file}”。") from error
    if not text:
        raise UsageError(f"文件“{file}”是空的。改法：写上要脱去的文字。")
    return text


def summary_text(result: RedactionResult) -> str:
    """What was done and what people have to do next; never the text itself."""
    leaves = f"，{len(result.leaves)} 个日志叶子的盐已销毁" if result.leaves else ""
    return (
        f"已脱敏：改写了 {result.versions} 个版本、{result.commits} 次提交{leaves}；"
        f"逐步比较过，主分支每一步的其他文件都没有变。\n"
        f"改写前 {result.before}\n改写后 {result.after}\n"
        f"接下来：\n"
        f"  1. 提交公告 {result.notice}；本站要求签名的，由一位管全站的签名人提交，另一位合并\n"
        f"  2. git push --force 所有分支和标签，请托管平台清除旧对象和合并请求里的副本\n"
        f"  3. 留一份旧仓库给审计人（不公开），其他副本：git reflog expire --expire=now --all && git gc --prune=now\n"
        f"  4. 重新生成并发布网站，清除缓存、搜索引擎和存档里的旧页\n"
    )
