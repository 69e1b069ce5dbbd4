"""Where each side of a merge parted from the main branch, worked out over the whole history at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence


class MergeBases:
    """`chain` is the first-parent chain in order, or its end, from the commit before the first step on; `parents` those of every commit that is to be looked at.

    A commit that is in neither is taken for one that the main branch had before. `ask` is Git's own answer, for what this
    cannot decide: sides that have met the main branch in several places.
    """

    def __init__(
        self, chain: Sequence[str], parents: Mapping[str, Sequence[str]], ask: Callable[[str, str], str]
    ) -> None:
        self._chain = {commit: n for n, commit in enumerate(chain)}
        self._parents = parents
        self._ask = ask
        self._brought: set[str] = set()

    def base(self, first: str, side: str) -> str:
        """The commit from which `side` parted from `first`; empty where they have nothing in common.

        To be asked for the merges of the chain in their order, for every side once.
        """
        place = self._chain[first]
        edge: set[str] = set()
        waiting = [side]
        here: set[str] = set()
        while waiting:
            commit = waiting.pop()
            if commit in here:
                continue
            known = commit in self._brought or commit not in self._parents
            if known or self._chain.get(commit, place + 1) <= place:
                edge.add(commit)
                continue
            here.add(commit)
            waiting += self._parents[commit]
        self._brought |= here
        if len(edge) <= 1:
            return next(iter(edge), "")
        if edge <= self._chain.keys():
            return max(edge, key=lambda c: self._chain[c])
        return self._ask(first, side)
