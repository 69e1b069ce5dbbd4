"""User text inside a message: in “”, cut at 40 characters, with no invisible character in it.

Records and prose both quote file contents in their findings; this module is the one place that decides how.
"""

from __future__ import annotations

LONGEST = 40


def visible(text: str) -> str:
    """The text with every non-printable character written as `[U+XXXX]`."""
    return text if text.isprintable() else "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in text)


def quoted(value: object) -> str:
    """`value` as text in Chinese quotation marks; a text longer than 40 characters is cut and ends with “…”."""
    text = str(value) if not isinstance(value, str) else value
    cut = text[:LONGEST]
    return f"“{visible(cut)}{'…' if len(text) > LONGEST else ''}”"
