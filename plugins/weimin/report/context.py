"""What a report needs besides the findings: names, source lines, addresses. Every writer gets the same object."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from weimin.model.change import Impact


class ReportContext(msgspec.Struct, frozen=True, kw_only=True):
    """`source`: (path, line) → that line of the file, empty if there is none. `names`: code of a platform → its name.

    `clause`: reference of a clause → its citation. `base_url` of the public site, empty if unknown. `records`: the paths
    that were checked. `impact` describes a change; it is empty for a check of everything.
    """

    source: Callable[[str, int], str]
    names: Callable[[str], str]
    clause: Callable[[str], str]
    base_url: str = ""
    records: tuple[str, ...] = ()
    impact: Impact = Impact()
    colour: bool = False

    def rule_page(self, code: str) -> str:
        """The public page of a rule: its full address if the base URL is known, otherwise its path."""
        return f"{self.base_url.rstrip('/')}/rules/{code}/"
