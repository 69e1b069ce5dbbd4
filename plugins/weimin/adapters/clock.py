"""The only place where the program reads the clock: the current day in the site's time zone."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo


def today(timezone: str) -> date:
    """The day in a time zone of the IANA database (`Asia/Shanghai`), or the one in the variable WEIMIN_AS_OF."""
    if given := os.environ.get("WEIMIN_AS_OF"):
        return date.fromisoformat(given)
    return datetime.now(ZoneInfo(timezone)).date()
