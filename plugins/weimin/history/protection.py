"""Which kinds of records only a correction may change, and which may be edited (docs/reference/records.md, "Principles" 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

EVENTS = frozenset({"topic", "consultation", "outcome", "response", "followup", "evaluation", "correction"})

PROTECTED = EVENTS | {"opinion", "attachment"}
"""Kinds that say what was said: only a correction changes them.

All other kinds describe how things stand now: they may be edited, and every edit is a revision. What they have promised
or reported (`STANDING`) is edited with a reason in the record itself; guidance and pages freely (docs/adr/0040, 0079).
"""

STANDING: Mapping[str, re.Pattern[str]] = {
    "platform": re.compile(r"/(?:established|closed(?:/.*)?)"),
    "projects": re.compile(r"/(?:title|adopted(?:/.*)?|items(?:/\d+(?:/(?:name|lead|plan|due|progress(?:/.*)?))?)?)"),
    "plan": re.compile(r"/(?:approved(?:/.*)?|items(?:/\d+(?:/(?:subject|when|dropped))?)?)"),
    "news": re.compile(r"/(?:title|date|platform|body)"),
}
"""Kind of a standing record → the fields that are changed or removed only with a line of `corrected`, which says why.

The line of a list that is removed is `/items/N` itself. What is added is free, as in a protected record."""

BINDING: Mapping[str, str] = {"projects": "adopted", "plan": "approved"}
"""Kind → the field without which nothing in the record is binding: a draft list and a plan under work are edited freely."""

STANDING_SINCE = date(2026, 12, 1)
"""The first day on which a step is held to `STANDING`. Earlier edits could not state a reason: there was no field for it."""

DELETABLE = frozenset({"exemptions", "signers"})
"""Kinds that may be deleted: no exemptions means no file, and without a list of signers signatures are off."""

DATED = (EVENTS - {"topic"}) | {"opinion", "guidance"}
"""Kinds whose file name carries the day of something that happened. Plans and lists of projects look ahead instead."""
