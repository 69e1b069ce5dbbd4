"""What a report needs to know besides the findings: names, sources, addresses; every writer is given the same."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from weimin.model.change import Impact


class ReportContext(msgspec.Struct, frozen=True, kw_only=True):
    """`source`: (path, line) → that line of the file, empty where there is none. `names`: code of a platform → its name.

    `clause`: reference of a clause → how people cite it. `base_url`: of the public site, empty where it is not known.
    `records`: paths that were checked. `impact` is told of a change alone.
    """

    source: Callable[[str, int], str]
    names: Callable[[str], str]
    clause: Callable[[str], str]
    base_url: str = ""
    records: tuple[str, ...] = ()
    impact: Impact = Impact()
    colour: bool = False

    def rule_page(self, code: str) -> str:
        """The public page of a rule: its address where the site's is known, else its path."""
        return f"{self.base_url.rstrip('/')}/rules/{code}/"
