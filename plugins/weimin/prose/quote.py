"""How a message shows what somebody wrote: in “”, cut at 40 characters, with nothing invisible left in it."""

from __future__ import annotations

LONGEST = 40


def quoted(text: str) -> str:
    cut = "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in text[:LONGEST])
    return f"“{cut}{'…' if len(text) > LONGEST else ''}”"
