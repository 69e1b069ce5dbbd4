"""Judging on other machines: each has its own clone, and is told the commit, the day, and what only the store knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from weimin.adapters.cluster import Cluster, ClusterFault, clone, machine
from weimin.adapters.git import commit_of, repository
from weimin.adapters.installation import program_digest
from weimin.adapters.objects import Snapshot
from weimin.engine.computed_register import rows_of
from weimin.engine.judge import DossierResult, Judge
from weimin.engine.network_context import NetworkContext
from weimin.engine.provenance import origin_of
from weimin.engine.register import Register
from weimin.model.dossier import Inbound
from weimin.model.finding import Duty
from weimin.model.network import PlatformRow
from weimin.model.view import Build


class RemoteContext(msgspec.Struct, frozen=True, kw_only=True):
    """What every folder of a run is judged or rendered with. `kind`, `rows`: as `NetworkContext.judge` has them.

    `program`: the digest of the program that asks. `build`, `shared`: what pages are made with; None where none are.
    """

    commit: str
    program: str
    as_of: date
    kind: str
    rows: tuple[PlatformRow, ...]
    disabled: tuple[str, ...] = ()
    build: Build | None = None
    shared: dict[str, Any] | None = None


class JudgeInput(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier to judge, and what others say of it."""

    unit: str
    inbound: tuple[Inbound, ...] = ()
    carried: tuple[Duty, ...] = ()


_encode = msgspec.msgpack.Encoder().encode
_SETTING = msgspec.msgpack.Decoder(RemoteContext)
_ASKED = msgspec.msgpack.Decoder(JudgeInput)
_RESULT = msgspec.msgpack.Decoder(DossierResult)


def commit_of_register(register: Register) -> str:
    """The commit that holds just these records. Raises ClusterFault where none does: other machines could not read them."""
    commit, _dirty = origin_of(register)
    if not commit:
        raise ClusterFault(
            "有改动还没有提交，别的机器看不到。改法：先用 git commit 提交并推送，各台工作机取回以后再生成。"
        )
    return commit


def remote_context_of(judge: Judge, kind: str) -> RemoteContext:
    return RemoteContext(
        commit=commit_of_register(judge.register),
        program=program_digest(),
        as_of=judge.as_of,
        kind=kind,
        rows=tuple(rows_of(judge.register.state)),
        disabled=tuple(sorted(judge.disabled)),
    )


def judge_remotely(cluster: Cluster, judge: Judge, asked: Iterable[JudgeInput], tick: Any) -> Iterator[DossierResult]:
    """Verdicts on dossiers by themselves, in the order asked."""
    items = ((a.unit, _encode(a)) for a in asked)
    for data in cluster.map(judge_batch, _encode(remote_context_of(judge, "row")), items, tick):
        yield _RESULT.decode(data)


# On the worker
def judge_batch(given: bytes, items: Sequence[bytes]) -> list[bytes]:
    judge = judge_from(given)
    judge.register.dependencies.collect()
    asked = (_ASKED.decode(item) for item in items)
    return [_encode(judge.dossier(judge.register.units[a.unit], a.inbound, a.carried)) for a in asked]


@lru_cache(maxsize=2)
def remote_context_from(given: bytes) -> RemoteContext:
    """Raises ClusterFault where this machine's program is another one."""
    try:
        setting = _SETTING.decode(given)
    except msgspec.ValidationError:
        setting = None
    if setting is None or setting.program != program_digest():
        raise ClusterFault(
            f"工作机 {machine()} 上的 weimin、它的表单和版式，或者它用的库，与这里的不是同一个版本。"
            "改法：各台机器按同一个版本安装，再重新启动 dask worker。"
        )
    return setting


@lru_cache(maxsize=2)
def judge_from(given: bytes) -> Judge:
    """The judge that the asking machine has, over this machine's clone; made once for a run."""
    setting = remote_context_from(given)
    world = NetworkContext(_register(setting.commit), setting.as_of, frozenset(setting.disabled), ())
    world.rows = {row.code: row for row in setting.rows}
    return world.judge(setting.kind)


@lru_cache(maxsize=1)
def _register(commit: str) -> Register:
    root = clone()
    git = repository(root)
    if git is None or commit_of(git, commit) != commit:
        raise ClusterFault(
            f"工作机 {machine()} 的副本里没有提交 {commit[:12]}。改法：在那台机器上运行 git fetch，再生成一次。"
        )
    return Register(Snapshot(root, git, commit))
