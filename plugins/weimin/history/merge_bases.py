"""Merge bases of all merges of the main branch, computed over the whole history in one pass.

Asking Git for the merge base of every merge starts one process per merge. For the common shape (a branch that left
the main branch once) the commit graph that is in memory anyway gives the same answer:

1. Walk from the merged side towards its ancestors; stop at commits that an earlier merge brought, that are on the
   chain up to the main branch's side of this merge, or that are older than all of the graph.
2. One such edge commit: it is the merge base. None: there is no common history.
3. Several, all on the chain: the latest of them. Several others: the sides met several times, so ask Git.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence


class MergeBases:
    """`chain`: the first-parent chain, oldest first, or its last part, from the commit before the first step on.

    `parents`: commit → parents of every commit to be looked at; a commit that is neither there nor on the chain counts
    as older than the chain. `git_merge_base`: Git's own answer, for what this class cannot decide.
    """

    def __init__(
        self, chain: Sequence[str], parents: Mapping[str, Sequence[str]], git_merge_base: Callable[[str, str], str]
    ) -> None:
        self._position = {commit: n for n, commit in enumerate(chain)}
        self._parents = parents
        self._git_merge_base = git_merge_base
        self._merged: set[str] = set()

    def base(self, first: str, side: str) -> str:
        """The merge base of `first` (on the chain) and `side`; empty if they have no common ancestor.

        Call it for the merges of the chain in their order, once for each side: it remembers what earlier merges brought.
        """
        position = self._position[first]
        edge: set[str] = set()
        pending = [side]
        visited: set[str] = set()
        while pending:
            commit = pending.pop()
            if commit in visited:
                continue
            merged_before = commit in self._merged or commit not in self._parents
            if merged_before or self._position.get(commit, position + 1) <= position:
                edge.add(commit)
                continue
            visited.add(commit)
            pending += self._parents[commit]
        self._merged |= visited
        if len(edge) <= 1:
            return next(iter(edge), "")
        if edge <= self._position.keys():
            return max(edge, key=lambda c: self._position[c])
        return self._git_merge_base(first, side)
