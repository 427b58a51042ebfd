"""Finds prints of pictures that differ in few bits, without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

BITS = 64


class Near:
    """Prints, of which one is looked for that differs from another in at most `bits`.

    Where so few differ, one of `bits` + 1 stretches of them is the same in both: only prints that share a
    stretch are compared.
    """

    def __init__(self, prints: Iterable[int], *, bits: int) -> None:
        self._bits = bits
        places = [BITS * number // (bits + 1) for number in range(bits + 2)]
        self._stretches = [
            (begin, (1 << end - begin) - 1, defaultdict[int, list[int]](list))
            for begin, end in pairwise(places)
        ]
        for each in set(prints):
            for begin, mask, sharing in self._stretches:
                sharing[each >> begin & mask].append(each)

    def finds(self, asked: Sequence[int]) -> bool:
        """Return whether one of these prints is that near to one of them."""
        return any(
            ((one ^ each) & (1 << BITS) - 1).bit_count() <= self._bits
            for begin, mask, sharing in self._stretches
            for one in asked
            if one >> begin & mask in sharing
            for each in sharing[one >> begin & mask]
        )
