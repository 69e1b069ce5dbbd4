"""A ledger of a few dossiers in memory, by the same shares as the one in the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from weimin.model.finding import Finding
from weimin.model.ledger import Contributions, ListRow
from weimin.model.network import Network
from weimin.model.summary import Summary
from weimin.totals.contributions import contributions_of_dossier, contributions_of_platform, contributions_of_row
from weimin.totals.periods import rolled_up


class MadeLedger:
    """Sums and lists of `summaries`, of the rows of `network`, and of what platforms owe themselves."""

    def __init__(self, summaries: Iterable[Summary], network: Network, owed: Mapping[str, tuple[Finding, ...]]) -> None:
        self._sums: dict[str, Counter[str]] = {}
        self._lists: dict[str, list[tuple[str, str, str, ListRow]]] = {}
        for s in summaries:
            self._take(s.id, contributions_of_dossier(s), lambda key, s=s: ListRow(key=key, summary=s))
        for code, findings in owed.items():
            share = contributions_of_platform(code, findings, {})
            self._take(code, share, lambda key, f=findings: ListRow(key=key, finding=f[int(key)]))
        for row in network.rows.values():
            self._take(row.code, contributions_of_row(row), lambda key: ListRow(key=key))

    def _take(self, node, shares: Contributions, line) -> None:
        for (scope, name), n in rolled_up(shares.sums).items():
            self._sums.setdefault(scope, Counter())[name] += n
        for p in shares.entries:
            self._lists.setdefault(p.list, []).append((p.rank, node, p.key, line(p.key)))

    def sums(self, scope: str) -> Mapping[str, int]:
        return {name: n for name, n in sorted(self._sums.get(scope, Counter()).items()) if n}

    def scopes(self) -> list[str]:
        return sorted(scope for scope in self._sums if self.sums(scope))

    def newest(self, name: str, count: int) -> Iterator[ListRow]:
        found = sorted(self._lists.get(name, ()), key=lambda row: row[:3], reverse=True)
        return (line for *_, line in found[:count])

    def soonest(self, name: str, count: int, since: str = "") -> Iterator[ListRow]:
        found = sorted((row for row in self._lists.get(name, ()) if row[0] >= since), key=lambda row: row[:3])
        return (line for *_, line in found[:count])
