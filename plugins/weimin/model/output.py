"""The type of text that is HTML already and must not be escaped."""

from __future__ import annotations


class SafeHtml(str):
    """HTML that `prose.render` made and sanitised. Joined with other text it becomes plain `str` again, and is escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)
