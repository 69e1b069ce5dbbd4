"""Which records say what was said, and which say how things stand (docs/reference/records.md, "Principles" 3)."""

from __future__ import annotations

EVENTS = frozenset({"topic", "consultation", "outcome", "response", "followup", "evaluation", "correction"})

PROTECTED = EVENTS | {"opinion", "attachment"}
"""Changed by a correction alone. All other kinds are standing records: they may be edited, and every edit is a revision.

Guidance, news and pages are among those: the records have no place for a correction of them (docs/adr/0040).
"""

KEPT_OUT_OF_USE = frozenset({"exemptions", "signers"})
"""May be deleted: an empty list of exemptions is no file, and signatures are off without a list of signers."""

DATED = (EVENTS - {"topic"}) | {"opinion", "guidance"}
"""Tell of something on the day in their name; plans and lists of projects look ahead."""
