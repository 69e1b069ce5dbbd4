"""Memoised values: what was gathered from many units, stored until one of the dependencies changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from weimin.engine.computed_register import ComputedRegister
from weimin.engine.queries.page import PageTable
from weimin.engine.state import RENDER

Value = TypeVar("Value")
_STORED = msgspec.msgpack.Decoder(tuple[str, bytes])
_encode = msgspec.msgpack.Encoder().encode


def memoised(computed: ComputedRegister, name: str, key: str, kind: type[Value], gather: Callable[[], Value]) -> Value:
    """`gather()`, or the value that it returned last time if nothing that it depends on has changed.

    `name` identifies the value in the store. `key` stands for what it depends on besides the dependencies that are recorded
    while it is gathered. `kind` is the type that msgspec decodes.

    The caller depends on the same keys, so they are recorded for it in both cases, in addition to those recorded before.
    """
    state, dependencies = computed.state, computed.register.dependencies
    pages = PageTable(state.store)
    item = f"^{name}"
    stored = pages.get(item)
    if stored is not None and not state.is_stale(RENDER, item):
        stored_key, data = _STORED.decode(stored[1])
        if stored_key == key:
            for read in state.keys_of(stored[0]):
                dependencies.record(read)
            return msgspec.msgpack.decode(data, type=kind)
    callers = dependencies.collect()
    value = gather()
    own = dependencies.collect()
    pages.replace(item, state.dependency_set(own), _encode((key, _encode(value))))
    state.mark_computed(RENDER, item)
    for read in (*callers, *own):
        dependencies.record(read)
    return value
