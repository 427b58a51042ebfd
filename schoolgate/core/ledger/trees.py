"""Hash trees over rows of the record, and what a leaf of them covers (ADR 0069)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import psycopg
from django.db import connection
from psycopg import capabilities

from schoolgate.core.ledger.entries import NOTHING_BEFORE, chained

ROWS_AT_ONCE = 2000
LEAF, NODE = b"\x00", b"\x01"
ROWS = "SELECT number, stored FROM core_ledgerrow WHERE number BETWEEN %s AND %s ORDER BY number"
Path = list[bytes]


def root_of(federation_id: int, first: int, last: int, key: bytes) -> str:
    """Return the root (hex) of the tree over the rows from `first` to `last` of the federation in scope."""
    tree = Tree()
    for number, body in bodies(federation_id, first, last):
        tree.add(leaf(blind_of(key, federation_id, number), body))
    return tree.root().hex()


def blind_of(key: bytes, federation_id: int, number: int) -> bytes:
    """Return the secret of one row. All parts have a fixed length."""
    return hashlib.sha256(key + federation_id.to_bytes(8) + number.to_bytes(8)).digest()


def leaf(blind: bytes, body: bytes) -> bytes:
    """Return the leaf of a row."""
    return hashlib.sha256(LEAF + blind + body).digest()


def bodies(federation_id: int, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """Yield the rows' bytes without the hash of the row before: that one would be a row that is not shown."""
    start = len(chained(federation_id, 1, NOTHING_BEFORE)) - 1
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        chunk = ROWS_AT_ONCE if capabilities.has_stream_chunked() else 1
        for number, stored in cursor.stream(ROWS, [first, last], binary=True, size=chunk):
            beginning = b'{"federation":%d,"number":%d,' % (federation_id, number)
            yield number, beginning + bytes(stored)[start + len(str(number)) :]


class Tree:
    """A hash tree that grows by its leaves; in memory are one node for each level and the paths asked for."""

    def __init__(self) -> None:
        self._stack: list[tuple[int, bytes, list[Path]]] = []

    def add(self, digest: bytes, paths: list[Path] | None = None) -> None:
        """Add the next leaf; to each of `paths` the hashes beside it are added as they become known."""
        node = (0, digest, paths or [])
        while self._stack and self._stack[-1][0] == node[0]:
            node = self._joined(self._stack.pop(), node)
        self._stack.append(node)

    def root(self) -> bytes:
        """Return the root over all leaves; no leaf can be added after it."""
        if not self._stack:
            return hashlib.sha256(b"").digest()
        while len(self._stack) > 1:
            right, left = self._stack.pop(), self._stack.pop()
            self._stack.append(self._joined(left, right))
        return self._stack[0][1]

    @staticmethod
    def _joined(
        left: tuple[int, bytes, list[Path]], right: tuple[int, bytes, list[Path]]
    ) -> tuple[int, bytes, list[Path]]:
        for path in left[2]:
            path.append(right[1])
        for path in right[2]:
            path.append(left[1])
        digest = hashlib.sha256(NODE + left[1] + right[1]).digest()
        return left[0] + 1, digest, left[2] + right[2] if left[2] or right[2] else []
