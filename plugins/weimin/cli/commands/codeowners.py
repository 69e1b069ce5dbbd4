"""`weimin codeowners`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from weimin.app.entry.codeowners import FORGES, CodeOwners, codeowners
from weimin.cli.commands.check import day
from weimin.cli.errors import UsageError
from weimin.cli.exit_codes import OK
from weimin.engine.opening import open_register


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--forge", choices=FORGES, help="代码托管平台（默认看 content/site.yml 的 forge）")
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")
    parser.add_argument("--as-of", type=day, metavar="日期", help="按哪一天有效的名单（默认今天）")
    parser.add_argument("--output", type=Path, metavar="文件", help="写到文件而不是屏幕，例如 CODEOWNERS")


def run(args: argparse.Namespace) -> int:
    register = open_register(args.root, Path.cwd())
    forge = args.forge or (register.site.forge.kind if register.site.forge else "")
    if forge not in FORGES:
        problem = f"content/site.yml 的代码托管平台“{forge}”没有 CODEOWNERS" if forge else "不知道用哪种代码托管平台"
        raise UsageError(f"{problem}。改法：加上 --forge，从 {'、'.join(FORGES)} 里选一个。")
    owners = codeowners(register, forge, args.as_of)
    if args.output is None:
        sys.stdout.write(owners.text)
    else:
        args.output.write_text(owners.text, encoding="utf-8", newline="\n")
    for note in _notes(owners):
        print(note, file=sys.stderr)
    return OK


def _notes(owners: CodeOwners) -> list[str]:
    notes = [f"签名名单第 {fault.line} 行没有用上：{fault.message}。改法：{fault.hint}" for fault in owners.faults]
    if owners.unknown_scopes:
        notes.append(f"名单里的 {'、'.join(owners.unknown_scopes)} 不是组织网络里的平台，没有写进去。")
    if owners.without_account:
        notes.append(
            f"没有写账号、因此没有写进去：{'、'.join(owners.without_account)}。改法：在公钥后面写上账号，例如 @zhang"
        )
    return notes
