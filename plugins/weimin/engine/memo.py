"""What was gathered from many folders, kept while nothing that it was gathered from has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from weimin.engine.computed_register import ComputedRegister
from weimin.engine.state import RENDER

Value = TypeVar("Value")
_KEPT = msgspec.msgpack.Decoder(tuple[str, bytes])
_encode = msgspec.msgpack.Encoder().encode


def memoised(held: ComputedRegister, name: str, of: str, kind: type[Value], gather: Callable[[], Value]) -> Value:
    """`gather()`, or what it came to last time. `of`: what it depends on besides what it notes that it reads.

    `kind` is what it comes to, for msgspec. All that it read is noted as read by whoever asks, this time, too.
    """
    state, store, dependencies = held.state, held.state.store, held.register.dependencies
    node = f"^{name}"
    known = store.first_row("SELECT reads, kept FROM page WHERE id = ?", node)
    if known is not None and not store.first_row("SELECT 1 FROM stale WHERE id = ? AND work = ?", node, RENDER):
        was, data = _KEPT.decode(known[1])
        if was == of:
            for (key,) in store.all_rows("SELECT key FROM reading WHERE reads = ?", known[0]):
                dependencies.record(key)
            return msgspec.msgpack.decode(data, type=kind)
    askers = dependencies.collect()
    value = gather()
    own = dependencies.collect()
    store.replace_row("page", (node, state.dependency_set(own), _encode((of, _encode(value)))))
    state.mark_computed(RENDER, node)
    for key in (*askers, *own):
        dependencies.record(key)
    return value
