"""How a message shows what somebody wrote: in “”, cut at 40 characters, with nothing invisible left in it."""

from __future__ import annotations

LONGEST = 40


def visible(text: str) -> str:
    """The text with every character that cannot be seen written as U+XXXX."""
    return text if text.isprintable() else "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in text)


def quoted(value: object) -> str:
    text = str(value) if not isinstance(value, str) else value
    cut = text[:LONGEST]
    return f"“{visible(cut)}{'…' if len(text) > LONGEST else ''}”"
