"""Rendering on other machines: what a folder is told goes there, its files and rows come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from weimin.adapters.cluster import Cluster
from weimin.app.build.page_context import PageContext, shell_of, shown_tables
from weimin.app.build.render import Renderer, RenderInput, RenderResult
from weimin.engine.judge import Judge
from weimin.engine.remote_judging import judge_from, remote_context_from, remote_context_of

_encode = msgspec.msgpack.Encoder().encode
_INPUT = msgspec.msgpack.Decoder(RenderInput)
_RENDERED = msgspec.msgpack.Decoder(RenderResult)


def rendered(
    cluster: Cluster, judge: Judge, frame: PageContext, tasks: Iterable[RenderInput], tick: Callable[[int], None]
) -> Iterator[RenderResult]:
    """What comes of every task, in their order."""
    setting = msgspec.structs.replace(remote_context_of(judge, "seen"), build=frame.view.build, shared=frame.shared)
    items = ((task.unit, _encode(task)) for task in tasks)
    for data in cluster.map(render_batch, _encode(setting), items, tick):
        yield _RENDERED.decode(data)


# On the worker
def render_batch(given: bytes, items: Sequence[bytes]) -> list[bytes]:
    renderer = _renderer(given)
    return [_encode(renderer(_INPUT.decode(item))) for item in items]


@lru_cache(maxsize=1)
def _renderer(given: bytes) -> Renderer:
    setting, judge = remote_context_from(given), judge_from(given)
    if setting.build is None or setting.shared is None:
        raise ValueError(setting.kind)  # asked for verdicts only
    return Renderer(judge, shell_of(judge, setting.build, setting.shared), shown_tables())
