"""`weimin serve`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from weimin.adapters.preview import Preview
from weimin.app.build.build import build
from weimin.app.build.refused import Refused
from weimin.cli.commands.build import print_refusal
from weimin.cli.commands.check import day
from weimin.cli.errors import UsageError, warn_without_store
from weimin.cli.exit_codes import ERRORS, OK
from weimin.cli.progress import Progress
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.publish.run import publish


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听的地址（默认只有本机能看）")
    parser.add_argument("--port", type=int, default=8000, metavar="端口", help="端口（默认 8000）")
    parser.add_argument("--output", type=Path, metavar="目录", help="网站写到哪里（默认仓库里的 output/current）")
    parser.add_argument("--as-of", type=day, metavar="日期", help="按哪一天判断是否逾期（默认今天）")
    parser.add_argument("--demo", action="store_true", help="用演示数据（均为虚构）而不是仓库里的记录")


def run(args: argparse.Namespace) -> int:
    if not args.demo:
        return _serve(args, args.root)
    from weimin.demo import make_demo

    with tempfile.TemporaryDirectory(prefix="weimin-demo-") as folder:
        root = Path(folder) / "demo"
        with Progress() as tick:
            summary = make_demo(root, tick)
        print(f"演示仓库：{summary}", file=sys.stderr)
        return _serve(args, root)


def _serve(args: argparse.Namespace, root: Path | None) -> int:
    register = open_register(root, Path.cwd())
    where = register.tree.root
    output = args.output or where / "output" / "current"
    if not _rebuild(where, output, args) and not output.exists():
        return ERRORS
    try:
        server = Preview(output, args.host, args.port)
    except OSError as error:
        raise UsageError(
            f"端口 {args.port} 打不开（{error.strerror}）。多半是另一个程序在用：换一个，例如 --port {args.port + 1}。"
        ) from error
    shown = "127.0.0.1" if args.host in ("0.0.0.0", "") else args.host
    print(
        f"网站在 http://{shown}:{server.server_address[1]}/ ，改了记录会自动更新；按 Ctrl+C 结束。",
        file=sys.stderr,
        flush=True,
    )
    _watch(server, where, output, args)
    return OK


def _watch(server: Preview, root: Path, output: Path, args: argparse.Namespace) -> None:
    """Serve in the background; rebuild when a record, a template or a schema is saved."""
    import threading

    from watchfiles import watch

    from weimin.adapters.installation import schema_dir, theme_dir

    threading.Thread(target=server.serve_forever, daemon=True).start()
    folders = {root / "content", theme_dir(), schema_dir()}
    try:
        for _changes in watch(*sorted(folders), raise_interrupt=False):
            if _rebuild(root, output, args):
                server.reload()
    finally:
        server.shutdown()


def _rebuild(root: Path, output: Path, args: argparse.Namespace) -> bool:
    """Build; where errors prevent it, print them, keep the previous site and return False."""
    with closing(open_register(root, root, stored=True)) as register:
        warn_without_store(register)
        try:
            with Progress() as tick:
                built = build(register, Options(as_of=args.as_of), output, publish, tick=tick)
        except Refused as refused:
            print_refusal(refused)
            return False
    print(built.message, file=sys.stderr, flush=True)
    return True
