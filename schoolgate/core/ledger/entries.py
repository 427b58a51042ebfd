"""One event as it goes into the record, and the exact bytes that represent it.

The bytes are JSON in ASCII with the keys in this one order and no spaces. The number and the previous hash
come first, so that a chain can be checked without parsing. Every value is an id, a code from a closed
alphabet or a number, so nothing in it ever needs escaping:

    {"federation":1,"number":7,"previous":"<hex>","at":"2027-01-05T09:30:00.000000Z",
     "actor":"people.person:4","event":"post.approved","subject":"publishing.post:9","decision":12,
     "clauses":["wildground-posts-2"],"ids":{}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Id = str | int | None
NOTHING_BEFORE = bytes(32)
"""What the first row names as its predecessor's hash."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, not yet numbered.

    `at` is in UTC; subject and actor are names made by `subjects.subject_of`.
    """

    event: str
    subject: str
    at: datetime
    actor: str = ""
    clauses: tuple[str, ...] = ()
    decision: int | None = None
    ids: Mapping[str, Id] = field(default_factory=dict)


def chained(federation_id: int, number: int, previous: bytes) -> bytes:
    """How the bytes of row `number` begin when it follows the row with the hash `previous`."""
    return b'{"federation":%d,"number":%d,"previous":"%s",' % (federation_id, number, previous.hex().encode())


def stored_bytes(federation_id: int, number: int, previous: bytes, entry: Entry) -> bytes:
    """The bytes of `entry` as row `number`, after the row with the hash `previous`."""
    clauses = ",".join(f'"{clause}"' for clause in entry.clauses)
    ids = json.dumps(dict(entry.ids), separators=(",", ":")) if entry.ids else "{}"
    instant = entry.at.replace(tzinfo=None).isoformat(timespec="microseconds")
    rest = (
        f'"at":"{instant}Z","actor":"{entry.actor}","event":"{entry.event}",'
        f'"subject":"{entry.subject}","decision":{"null" if entry.decision is None else entry.decision},'
        f'"clauses":[{clauses}],"ids":{ids}}}'
    )
    return chained(federation_id, number, previous) + rest.encode("ascii")
