"""Rendering of units on the machines of a cluster: inputs are sent, files and open data rows come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from weimin.adapters.cluster import Cluster
from weimin.app.build.page_context import PageContext, open_data_tables, site_context_of
from weimin.app.build.render import Renderer, RenderInput, RenderResult
from weimin.engine.judge import Judge
from weimin.engine.remote_judging import judge_from, remote_context_from, remote_context_of

_encode = msgspec.msgpack.Encoder().encode
_INPUT = msgspec.msgpack.Decoder(RenderInput)
_RESULT = msgspec.msgpack.Decoder(RenderResult)


def render_remotely(
    cluster: Cluster, judge: Judge, context: PageContext, inputs: Iterable[RenderInput], tick: Callable[[int], None]
) -> Iterator[RenderResult]:
    """The results, in the order of the inputs. Raises ClusterFault, WorkerDied."""
    remote = msgspec.structs.replace(remote_context_of(judge, "seen"), build=context.view.build, shared=context.shared)
    items = ((i.unit, _encode(i)) for i in inputs)
    for data in cluster.map(render_batch, _encode(remote), items, tick):
        yield _RESULT.decode(data)


# On the worker
def render_batch(context: bytes, items: Sequence[bytes]) -> list[bytes]:
    """The encoded results of some encoded inputs; runs on a worker."""
    renderer = _renderer(context)
    return [_encode(renderer(_INPUT.decode(item))) for item in items]


@lru_cache(maxsize=1)
def _renderer(data: bytes) -> Renderer:
    context, judge = remote_context_from(data), judge_from(data)
    if context.build is None or context.shared is None:
        raise ValueError(context.kind)  # a context for judging only
    return Renderer(judge, site_context_of(judge, context.build, context.shared), open_data_tables())
