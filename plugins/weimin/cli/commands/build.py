"""`weimin build`."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from weimin.adapters.cluster import Cluster
from weimin.adapters.workers import available_cores
from weimin.app.build.build import build, no_release
from weimin.app.build.checkpoint import Release, checkpoint_writer
from weimin.app.build.refused import Refused
from weimin.cli.commands.check import day, formatted
from weimin.cli.errors import UsageError, warn_without_store
from weimin.cli.exit_codes import ERRORS, OK
from weimin.cli.progress import Progress
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.engine.register import Register
from weimin.engine.remote_judging import commit_of_register
from weimin.publish.run import publish


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")
    parser.add_argument("--output", type=Path, metavar="目录", help="网站写到哪里（默认仓库里的 output/current）")
    parser.add_argument("--as-of", type=day, metavar="日期", help="按哪一天判断是否逾期（默认今天）")
    parser.add_argument("--jobs", type=int, default=available_cores(), metavar="N", help="同时用几个进程")
    parser.add_argument(
        "--scheduler", metavar="地址", help="把活分给别的机器：Dask 调度程序的地址，例如 tcp://10.0.0.1:8786"
    )
    parser.add_argument("--base-url", default="", metavar="网址", help="网站的网址（默认用站点设置里的）")
    parser.add_argument("--clean", action="store_true", help="不用上次留下的结果，全部重新核对、重新生成")
    parser.add_argument("--no-pictures", action="store_true", help="不画分享图（cards），生成得快一些")
    parser.add_argument("--log", type=Path, metavar="目录", help="正式发布：在这个文件夹的日志里写一个检查点，一并公开")
    parser.add_argument("--sign", type=Path, metavar="密钥", help="用这把 SSH 密钥给检查点签名（与 --log 一起用）")


def run(args: argparse.Namespace) -> int:
    if args.sign and not args.log:
        raise UsageError("--sign 给检查点签名，要与 --log 一起用。改法：加上 --log 目录。")
    register = open_register(args.root, Path.cwd(), stored=not args.clean)
    warn_without_store(register)
    if args.scheduler is None:
        return _build(args, register, None)
    commit_of_register(register)
    with Cluster(args.scheduler) as cluster:
        return _build(args, register, cluster)


def _build(args: argparse.Namespace, register: Register, cluster: Cluster | None) -> int:
    output = args.output or register.tree.root / "output" / "current"
    options = Options(as_of=args.as_of, jobs=args.jobs, cluster=cluster)
    release = Release(folder=args.log, base_url=args.base_url, key=args.sign) if args.log else None
    log = partial(checkpoint_writer, release) if release else no_release
    try:
        with Progress() as tick:
            built = build(
                register,
                options,
                output,
                publish,
                base_url=args.base_url,
                share_images=not args.no_pictures,
                tick=tick,
                log=log,
            )
    except Refused as refused:
        print_refusal(refused)
        return ERRORS
    print(built.message)
    return OK


def print_refusal(refused: Refused, so: str = "有错误，网站没有重新生成，原来的网站不变。") -> None:
    """Print the errors that prevent a build on standard error. `so`: what did not happen."""
    print(formatted(refused.checked, refused.computed, "text", colour=sys.stderr.isatty()), end="", file=sys.stderr)
    print(so, file=sys.stderr, flush=True)
