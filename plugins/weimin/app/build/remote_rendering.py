"""Rendering on other machines: what a folder is told goes there, its files and rows come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from weimin.adapters.cluster import Cluster
from weimin.app.build.page_context import Frame, shown_tables, site_context_of
from weimin.app.build.render import Rendered, Renderer, Task
from weimin.engine.judge import Judge
from weimin.engine.remote_judging import judge_from, setting_from, setting_of

_encode = msgspec.msgpack.Encoder().encode
_TASK = msgspec.msgpack.Decoder(Task)
_RENDERED = msgspec.msgpack.Decoder(Rendered)


def rendered(
    cluster: Cluster, judge: Judge, frame: Frame, tasks: Iterable[Task], tick: Callable[[int], None]
) -> Iterator[Rendered]:
    """What comes of every task, in their order."""
    setting = msgspec.structs.replace(setting_of(judge, "seen"), build=frame.view.build, shared=frame.shared)
    items = ((task.unit, _encode(task)) for task in tasks)
    for data in cluster.each(render_here, _encode(setting), items, tick):
        yield _RENDERED.decode(data)


# On the worker
def render_here(given: bytes, items: Sequence[bytes]) -> list[bytes]:
    renderer = _renderer(given)
    return [_encode(renderer(_TASK.decode(item))) for item in items]


@lru_cache(maxsize=1)
def _renderer(given: bytes) -> Renderer:
    setting, judge = setting_from(given), judge_from(given)
    if setting.build is None or setting.shared is None:
        raise ValueError(setting.kind)  # asked for verdicts only
    return Renderer(judge, site_context_of(judge, setting.build, setting.shared), shown_tables())
