"""Which kinds of records only a correction may change, and which may be edited (docs/reference/records.md, "Principles" 3)."""

from __future__ import annotations

EVENTS = frozenset({"topic", "consultation", "outcome", "response", "followup", "evaluation", "correction"})

PROTECTED = EVENTS | {"opinion", "attachment"}
"""Kinds that say what was said: only a correction changes them.

All other kinds describe how a platform is organised now: they may be edited, and every edit is a revision. Guidance, news
and pages are among those, because the records have no place for a correction of them (docs/adr/0040).
"""

DELETABLE = frozenset({"exemptions", "signers"})
"""Kinds that may be deleted: no exemptions means no file, and without a list of signers signatures are off."""

DATED = (EVENTS - {"topic"}) | {"opinion", "guidance"}
"""Kinds whose file name carries the day of something that happened. Plans and lists of projects look ahead instead."""
