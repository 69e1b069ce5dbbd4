"""What is written out: text that needs no more escaping."""

from __future__ import annotations


class SafeHtml(str):
    """HTML that `prose.render` made and sanitised. Joined with other text it is plain text again, and escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)
