"""Judging dossiers on the machines of a cluster.

Each worker has its own clone of the repository, so records are never sent. What is sent is the commit, the day, and what
only the store of the requesting machine contains: the platforms' rows, inbound references, and duties handed on.
"""

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
from weimin.engine.judge import DossierResult, Judge
from weimin.engine.network_context import NetworkContext
from weimin.engine.provenance import origin_of
from weimin.engine.queries.platform import PlatformTable
from weimin.engine.register import Register
from weimin.model.dossier import Inbound
from weimin.model.finding import Duty
from weimin.model.network import PlatformRow
from weimin.model.parameter import ParameterSetting
from weimin.model.view import Build


class RemoteContext(msgspec.Struct, frozen=True, kw_only=True):
    """What all units of a run have in common, as it is sent to every worker once.

    `program`: the digest of the requesting program. `kind`, `rows`, `settings`: as for NetworkContext. `build`, `shared`: what pages are
    rendered with (app/build/page_context.py); None if units are only judged.
    """

    commit: str
    program: str
    as_of: date
    kind: str
    rows: tuple[PlatformRow, ...]
    settings: tuple[ParameterSetting, ...]
    disabled: tuple[str, ...] = ()
    build: Build | None = None
    shared: dict[str, Any] | None = None


class JudgeInput(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier to judge: `inbound` references of other units, `carried` duties of dossiers merged or moved into it."""

    unit: str
    inbound: tuple[Inbound, ...] = ()
    carried: tuple[Duty, ...] = ()


_encode = msgspec.msgpack.Encoder().encode
_CONTEXT = msgspec.msgpack.Decoder(RemoteContext)
_INPUT = msgspec.msgpack.Decoder(JudgeInput)
_RESULT = msgspec.msgpack.Decoder(DossierResult)


def commit_of_register(register: Register) -> str:
    """The commit that contains just these records. Raises ClusterFault if none does: workers could not read them."""
    commit, _dirty = origin_of(register)
    if not commit:
        raise ClusterFault(
            "有改动还没有提交，别的机器看不到。改法：先用 git commit 提交并推送，各台工作机取回以后再生成。"
        )
    return commit


def remote_context_of(judge: Judge, kind: str) -> RemoteContext:
    """Raises ClusterFault, as `commit_of_register`."""
    return RemoteContext(
        commit=commit_of_register(judge.register),
        program=program_digest(),
        as_of=judge.as_of,
        kind=kind,
        rows=tuple(PlatformTable(judge.register.state.store).all()),
        settings=judge.parameters.settings,
        disabled=tuple(sorted(judge.disabled)),
    )


def judge_remotely(cluster: Cluster, judge: Judge, inputs: Iterable[JudgeInput], tick: Any) -> Iterator[DossierResult]:
    """The results of dossiers, in the order of the inputs. Raises ClusterFault, WorkerDied."""
    items = ((i.unit, _encode(i)) for i in inputs)
    for data in cluster.map(judge_batch, _encode(remote_context_of(judge, "row")), items, tick):
        yield _RESULT.decode(data)


# On the worker
def judge_batch(context: bytes, items: Sequence[bytes]) -> list[bytes]:
    """The encoded results of some encoded inputs; runs on a worker."""
    judge = judge_from(context)
    judge.register.dependencies.collect()
    inputs = (_INPUT.decode(item) for item in items)
    return [_encode(judge.dossier(judge.register.units[i.unit], i.inbound, i.carried)) for i in inputs]


@lru_cache(maxsize=2)
def remote_context_from(data: bytes) -> RemoteContext:
    """The decoded context. Raises ClusterFault if this machine's program differs from the requesting one."""
    try:
        context = _CONTEXT.decode(data)
    except msgspec.ValidationError:
        context = None
    if context is None or context.program != program_digest():
        raise ClusterFault(
            f"工作机 {machine()} 上的 weimin、它的表单和版式，或者它用的库，与这里的不是同一个版本。"
            "改法：各台机器按同一个版本安装，再重新启动 dask worker。"
        )
    return context


@lru_cache(maxsize=2)
def judge_from(data: bytes) -> Judge:
    """The judge of the requesting machine, over this machine's clone; made once for a run."""
    context = remote_context_from(data)
    register, disabled = _register(context.commit), frozenset(context.disabled)
    network = NetworkContext(register, context.as_of, disabled, (), rows=context.rows, settings=context.settings)
    return network.judge(context.kind)


@lru_cache(maxsize=1)
def _register(commit: str) -> Register:
    """The records of a commit in this machine's clone. Raises ClusterFault if the clone does not contain it."""
    root = clone()
    git = repository(root)
    if git is None or commit_of(git, commit) != commit:
        raise ClusterFault(
            f"工作机 {machine()} 的副本里没有提交 {commit[:12]}。改法：在那台机器上运行 git fetch，再生成一次。"
        )
    return Register(Snapshot(root, git, commit))
