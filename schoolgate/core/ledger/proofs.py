"""Proving single rows of the record without showing the others.

A row's hash covers the hash of the row before it, so the chain can only be checked by someone who may read
all of it. Each signed head therefore also has the root of a hash tree over the rows since the head before
(ADR 0069). A row is proven by its own bytes and one hash for each level of that tree.

A row has so few possible values that its hash could be guessed. Each leaf therefore also covers a secret of
its own row, the *blind*, which is given away for the rows that are shown, and for no other.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from schoolgate.core.ledger.heads import SignedHead, blinding_key, heads_of
from schoolgate.core.ledger.trees import Path, Tree, blind_of, bodies, leaf


class NotAsSigned(ValueError):
    """Rows of the record are not those that were signed: `first` to `last`, by the head of `at`."""

    def __init__(self, head: SignedHead) -> None:
        super().__init__(f"rows {head.first} to {head.number} are not those that were signed at {head.at}")
        self.first, self.last, self.at = head.first, head.number, head.at


@dataclass(frozen=True, slots=True)
class Proof:
    """One row with what proves it: its bytes without the hash of the row before, its blind, and the hashes
    beside it from the leaf up to the root that `head` signs."""

    number: int
    body: bytes
    blind: bytes
    path: Sequence[bytes]
    head: SignedHead


def proofs(federation_id: int, numbers: Collection[int], heads: Iterable[SignedHead]) -> Iterator[Proof]:
    """Yield the proof of each of these rows of the federation in scope, by number; rows that no head with a
    root covers are left out. Reads the rows since the head before each, and keeps only the proofs of one
    head in memory.

    Raises:
        NotAsSigned: rows are not those that were signed.
    """
    key, waiting = blinding_key(), sorted(numbers)
    for head in covering(heads_of(federation_id, heads), waiting):
        wanted = {each for each in waiting if head.first <= each <= head.number}
        yield from _of_head(federation_id, wanted, head, key)
        waiting = [each for each in waiting if each > head.number]


def covering(heads: Iterable[SignedHead], numbers: Iterable[int]) -> list[SignedHead]:
    """Return the first head with a root for each of these numbers (sorted), each head once."""
    rooted = sorted((head for head in heads if head.root), key=lambda head: (head.number, head.at))
    ends = [head.number for head in rooted]
    found: list[SignedHead] = []
    for number in numbers:
        if found and number <= found[-1].number:
            continue
        later = itertools.islice(rooted, bisect.bisect_left(ends, number), None)
        head = next((each for each in later if each.first <= number), None)
        if head is not None:
            found.append(head)
    return found


def _of_head(federation_id: int, wanted: set[int], head: SignedHead, key: bytes) -> list[Proof]:
    tree, found = Tree(), {}
    paths: dict[int, Path] = {}
    for number, body in bodies(federation_id, head.first, head.number):
        blind = blind_of(key, federation_id, number)
        if number in wanted:
            found[number], paths[number] = (body, blind), []
        tree.add(leaf(blind, body), [paths[number]] if number in wanted else [])
    if tree.root().hex() != head.root:
        raise NotAsSigned(head)
    return [Proof(each, *found[each], paths[each], head) for each in sorted(found)]
