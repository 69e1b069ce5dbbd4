"""Deterministic pseudo-random numbers: the same seed gives the same numbers on every machine and version of Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1


class PseudoRandom:
    """A linear congruential generator of 64 bits, seeded with a few integers."""

    __slots__ = ("_state",)

    def __init__(self, *seed: int) -> None:
        self._state = 0x9E3779B97F4A7C15
        for number in seed:
            self._state = ((self._state ^ number) * 0xD1342543DE82EF95 + 0x2545F4914F6CDD1D) & _MASK
            self._state ^= self._state >> 29

    def below(self, limit: int) -> int:
        """A number from 0 to limit − 1."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) & _MASK
        return (self._state >> 33) % limit

    def between(self, low: int, high: int) -> int:
        """A number from low to high, both inclusive."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        return self.below(100) < percent

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """`count` different options (all, if there are fewer), in their order."""
        start, step = self.below(len(options)), 1 + self.below(max(1, len(options) // max(1, count)))
        places = sorted({(start + i * step) % len(options) for i in range(count)})
        return [options[place] for place in places]
