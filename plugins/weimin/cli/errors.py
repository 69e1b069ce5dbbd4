"""Turns an exception into a message on standard error and an exit code."""

from __future__ import annotations

import os
import sys
import traceback

from weimin.adapters.cluster import ClusterFault
from weimin.adapters.git import GitError
from weimin.adapters.release_secrets import ReleaseFault
from weimin.adapters.staging import NotALink
from weimin.adapters.store import StoreFault
from weimin.adapters.workers import WorkerDied
from weimin.app.build.refused import NotPublished
from weimin.app.build.share_images import MissingGlyph
from weimin.cli.exit_codes import ERRORS, FAULT, NO_ANSWER, USAGE
from weimin.engine.opening import NothingToCheck
from weimin.engine.register import Register


class UsageError(Exception):
    """A command got an argument that it cannot use; the message says which one and gives the fix, in Chinese."""


def warn_without_store(register: Register) -> None:
    """Print on standard error why this run has no stored results, if that is so."""
    if register.state.reason_not_stored:
        print(register.state.reason_not_stored, file=sys.stderr, flush=True)


def report(error: Exception) -> int:
    """Print the message of an error and return the exit code; only a fault of this program shows a trace."""
    if isinstance(error, NothingToCheck):
        print(error, file=sys.stderr)
        return NO_ANSWER
    if isinstance(error, UsageError):
        print(error, file=sys.stderr)
        return USAGE
    if isinstance(error, ReleaseFault | ClusterFault):
        print(error, file=sys.stderr)
        return NO_ANSWER
    if isinstance(error, GitError):
        print(f"Git 没能回答：{error}", file=sys.stderr)
        return NO_ANSWER
    if isinstance(error, WorkerDied):
        print(_worker_died_message(str(error)), file=sys.stderr)
        return FAULT
    if isinstance(error, MissingGlyph):
        print(f"{error}\n网站没有换上新的，原来的不变。", file=sys.stderr)
        return ERRORS
    if isinstance(error, NotALink):
        print(f"“{error}”是一个有文件的文件夹，不能一次换上新网站。换一个 --output，或者先把它移走。", file=sys.stderr)
        return USAGE
    if isinstance(error, NotPublished):
        print("网站没有换上新的，原来的不变。", file=sys.stderr)
        return FAULT
    if isinstance(error, StoreFault):
        print(
            f"存放中间结果的文件读写出错：{error.path}（{error}）。什么都没有发布，原来的网站不变。"
            "改法：多半是磁盘满了，腾出空间再运行；还不行就删掉这个文件，它会重新生成。",
            file=sys.stderr,
        )
        return FAULT
    if isinstance(error, OSError):
        print(f"读写文件时出错：{error.filename or ''} {error.strerror or error}。什么都没有发布。", file=sys.stderr)
        return FAULT
    print("程序自身出错，什么都没有写入。请把下面的内容报告给维护者：", file=sys.stderr)
    if os.environ.get("WEIMIN_TRACE"):
        traceback.print_exception(error)
    else:
        last = traceback.extract_tb(error.__traceback__)[-1]
        print(
            f"{type(error).__name__}: {error}（{last.name}，{last.lineno} 行）；设 WEIMIN_TRACE=1 可看全部",
            file=sys.stderr,
        )
    return FAULT


def _worker_died_message(unit: str) -> str:
    if unit:
        return (
            f"处理“{unit}”时，工作进程意外结束（多半是内存不足）。什么都没有发布，原来的网站不变。\n"
            "改法：看看里面有没有特别大的文件，处理后再运行一次。"
        )
    return (
        "一个工作进程意外结束；它手里的卷宗逐个重做都没有问题，多半是当时内存不足，或者被别的程序结束了。什么都没有发布，原来的网站不变。\n"
        "改法：再运行一次；如果还这样，加上 --jobs 1。"
    )
