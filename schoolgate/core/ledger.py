"""Signed heads: the record's last row at a certain hour, stored where the database cannot reach it; the
federations that left, a signed line for each; and proofs of single rows.

The database's owner can rewrite a whole chain so that it is consistent in itself. A head signed earlier,
in a file of the home and in the governors' mailboxes, then no longer matches. The key is in the home's
`keys`, never in the database.

A row's hash covers the hash of the row before it, so the chain can only be checked by someone who may
read all of it. Each signed head therefore also has the root of a hash tree over the rows since the head
before (ADR 0069). A row is proven by its own bytes and one hash for each level of that tree, without
showing the others. A row has so few possible values that its hash could be guessed. Each leaf therefore
also covers a secret of its own row, the *blind*, which is given away for the rows that are shown, and
for no other.

Reading the record, and checking it again, from its own bytes and against the heads that were signed.
"""

from __future__ import annotations

import bisect
import errno
import hashlib
import hmac
import itertools
import json
import os
import secrets
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import connection
from django.db.models import Model
from psycopg import capabilities

from schoolgate.core.clock import check_aware
from schoolgate.core.env import env
from schoolgate.core.home import add_lines, folder, kept_secret, whole_lines
from schoolgate.core.ledger_rows import (
    NOTHING_BEFORE,
    ProofPath,
    Tree,
    blind_of,
    bodies,
    chained,
    leaf,
    root_of,
)
from schoolgate.core.models import Federation, Heartbeat, LedgerClause, LedgerHead, LedgerRow
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope

KEY = "record-heads.pem"
NOT_SIGNED = frozenset({"signature", "open_signature"})
OF_ROWS = frozenset({"first", "root"})
"""What a head tells about the rows since the one before; a head from before ADR 0069 has neither."""


class BadAnchor(ValueError):
    """A line of the file of heads cannot be read, or its signature does not hold."""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """Number and hash (hex) of a federation's last row at an instant (ISO), with a signature (hex).

    `first` and `root`: the first row since the head before, and the root (hex) of a tree over the rows from
    there, with which single rows can be proven (`proofs`). Without new rows there is no root. What is passed
    on with proofs is signed once more by itself (`open_signature`), because `hash` may be that of a row that
    isn't shown, and that row could be guessed from it.
    """

    federation: int
    number: int
    hash: str
    at: str
    signature: str = ""
    first: int = 0
    root: str = ""
    open_signature: str = ""

    def signed_bytes(self) -> bytes:
        """Return the bytes that the signature covers: canonical JSON of everything else."""
        left_out = NOT_SIGNED if self.root else NOT_SIGNED | OF_ROWS
        said = {name: value for name, value in asdict(self).items() if name not in left_out}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")

    def open_bytes(self) -> bytes:
        """Return the bytes that the open signature covers: what tells nothing of a row."""
        return json.dumps(self._open(), sort_keys=True, separators=(",", ":")).encode("ascii")

    def open_line(self) -> str:
        """The head as one line of a file that is passed on."""
        return json.dumps(self._open() | {"open_signature": self.open_signature}, sort_keys=True) + "\n"

    def _open(self) -> dict[str, str | int]:
        return {
            "federation": self.federation, "first": self.first, "number": self.number, "root": self.root,
            "at": self.at,
        }  # fmt: skip

    def to_line(self) -> str:
        """The head as one line of the file."""
        return json.dumps(asdict(self), sort_keys=True)


def heads_file() -> Path:
    """The file in the home to which signed heads are added."""
    return folder("record") / "heads.jsonl"


def public_key() -> Ed25519PublicKey:
    """The key that heads are checked with."""
    return _private_key().public_key()


def public_key_pem() -> str:
    """Return the public key as PEM, for people who want to check for themselves."""
    pem = public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem.decode("ascii")


def sign_heads(at: datetime) -> list[SignedHead]:
    """Sign the head of every federation that has a record, add the lines to the file and have it reach the
    disk.

    Called hourly; the heads returned are for the mails to the governors. No transaction is open while it
    writes.
    """
    return _add(_heads(at, Federation.objects.values_list("pk", flat=True).order_by("pk")))


def sign_head(federation_id: int, at: datetime) -> list[SignedHead]:
    """Sign the head of one federation now, as `sign_heads` does hourly; none where its record is empty."""
    return _add(_heads(at, [federation_id]))


def _add(heads: Sequence[SignedHead]) -> list[SignedHead]:
    key = _private_key()
    signed = [
        replace(
            head,
            signature=key.sign(head.signed_bytes()).hex(),
            open_signature=key.sign(head.open_bytes()).hex() if head.root else "",
        )
        for head in heads
    ]
    if signed:
        add_lines(heads_file(), [head.to_line() for head in signed])
    return signed


def blinding_key() -> bytes:
    """Return the secret that hides rows in the trees of the heads, made from the signing key (`proofs`)."""
    raw = _private_key().private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    return hmac.digest(raw, b"schoolgate.record.blinds", "sha256")


def own_heads() -> list[SignedHead]:
    """Return the heads of this installation; none before the first hour. Raises BadAnchor."""
    return read_heads(heads_file()) if heads_file().exists() else []


def read_heads(path: Path, key: Ed25519PublicKey | None = None, *, of: int | None = None) -> list[SignedHead]:
    """The heads in a file, in its order, each with a signature that holds; `of`: of one federation alone. A
    last line that was cut off while it was written is left out.

    Raises:
        BadAnchor: naming the line that cannot be read or was not signed with the key.
        OSError: the file cannot be opened.
    """
    key = key or public_key()
    found = []
    if not path.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    for number, line in enumerate(whole_lines(path), 1):
        try:
            head = SignedHead(**json.loads(line))
            if of is not None and head.federation != of:
                continue
            key.verify(bytes.fromhex(head.signature), head.signed_bytes())
        except (TypeError, ValueError, InvalidSignature) as error:
            raise BadAnchor(f"line {number} of {path.name} is not a head signed with this key") from error
        found.append(head)
    return found


def is_up_to(line: bytes, record: Mapping[str, tuple[int, str, str]]) -> bool:
    """Whether a line of the file refers to a row that a snapshot has; `record`: the last number by
    federation."""
    try:
        said = json.loads(line)
        last = record.get(str(said["federation"]))
        return last is not None and int(said["number"]) <= last[0]
    except (ValueError, KeyError, TypeError):
        return True  # the check is meant to fail on it


def sign_bytes(content: bytes) -> str:
    """A signature (hex) with the key of the record, for what leaves the home beside the heads."""
    return _private_key().sign(content).hex()


def key_from_pem(pem: str) -> Ed25519PublicKey:
    """The public key in a PEM text. Raises ValueError."""
    loaded = serialization.load_pem_public_key(pem.encode())
    if not isinstance(loaded, Ed25519PublicKey):
        raise ValueError("a key of another type than Ed25519")
    return loaded


def heads_of(federation_id: int, heads: Iterable[SignedHead]) -> Sequence[SignedHead]:
    """The heads of one federation, by number and time."""
    return sorted(
        (head for head in heads if head.federation == federation_id), key=lambda h: (h.number, h.at)
    )


def _heads(at: datetime, federations: Iterable[int]) -> list[SignedHead]:
    instant = check_aware(at).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = []
    for federation_id in federations:
        with scope(federation_id):
            head = LedgerHead.objects.filter(number__gt=0).first()
            if head is None:
                continue
            first = _covered(federation_id, head.number) + 1
            root = root_of(federation_id, first, head.number, blinding_key()) if first <= head.number else ""
        digest = bytes(head.hash).hex()
        found.append(
            SignedHead(federation_id, head.number, digest, instant, first=first if root else 0, root=root)
        )
    return found


def _covered(federation_id: int, last: int) -> int:
    """Return the number of the last row that a head with a root covers; 0 where there is none."""
    covered = 0
    for line in whole_lines(heads_file()):
        try:
            said = json.loads(line)
            if said["federation"] == federation_id and said.get("root") and said["number"] <= last:
                covered = max(covered, int(said["number"]))
        except (ValueError, KeyError, TypeError):
            continue  # `read_heads` names it
    return covered


def _private_key() -> Ed25519PrivateKey:
    loaded = serialization.load_pem_private_key(kept_secret(KEY, _new_key), password=None)
    if not isinstance(loaded, Ed25519PrivateKey):
        raise TypeError(f"keys/{KEY} contains a key of another type than Ed25519")
    return loaded


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@dataclass(frozen=True)
class Left:
    """A line of the file. `done`: whether its files are gone too. `number`, `hash`: the record's last row."""

    federation: int
    slug: str
    at: str
    rows: int
    number: int
    hash: str
    done: bool
    signature: str = ""

    def signed_bytes(self) -> bytes:
        """Return what the signature covers: everything else."""
        said = {name: value for name, value in asdict(self).items() if name != "signature"}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()

    def is_signed(self) -> bool:
        """Return whether this installation's key signed it."""
        try:
            public_key().verify(bytes.fromhex(self.signature), self.signed_bytes())
        except (ValueError, InvalidSignature):
            return False
        return True


def left_file() -> Path:
    """Return the file in the home."""
    return folder("record") / "left.jsonl"


def note(left: Left) -> None:
    """Sign a line and add it."""
    signed = replace(left, signature=sign_bytes(left.signed_bytes()))
    add_lines(left_file(), [json.dumps(asdict(signed), sort_keys=True)])


def those_who_left() -> list[Left]:
    """Return the lines in the file's order."""
    return [Left(**json.loads(line)) for line in whole_lines(left_file())]


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
    paths: dict[int, ProofPath] = {}
    for number, body in bodies(federation_id, head.first, head.number):
        blind = blind_of(key, federation_id, number)
        if number in wanted:
            found[number], paths[number] = (body, blind), []
        tree.add(leaf(blind, body), [paths[number]] if number in wanted else [])
    if tree.root().hex() != head.root:
        raise NotAsSigned(head)
    return [Proof(each, *found[each], paths[each], head) for each in sorted(found)]


ROWS_AT_ONCE = 2000
SIGNING: Final = "hourly.record_heads"
"""The job that signs heads (`core.heartbeats`)."""
BEFORE_RESTORE: Final = "heads-before-restore.jsonl"
"""The signed heads of a home whose keys were not restored: the new home signs with another key."""
A_WHILE: Final = timedelta(minutes=10)
"""How long a row may have been on its way when heads were signed."""
NOT_THERE: Final = "federation {}"
NO_HEADS: Final = (
    "its rows were signed by {at:%Y-%m-%dT%H:%M:%SZ}, and the file of signed heads has none of them"
)
Stored = tuple[int, bytes, bytes, bool]
"""Number, hash, the bytes, and whether the columns say what the bytes say."""

# The columns beside the bytes are compared on the server, while this process is busy with hashing. Nothing in
# them ever needs escaping (see `entries`), so their text is put together as it was when the row was written.
ROWS = """
SELECT number, hash, stored, position(convert_to(
    '{"federation":' || federation_id || ',"number":' || number
    || ',"previous":"' || encode(previous_hash, 'hex')
    || '","at":"' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","actor":"' || actor
    || '","event":"' || event || '","subject":"' || subject
    || '","decision":' || coalesce(decision::text, 'null')
    || ',"clauses":[' || CASE WHEN cardinality(clauses) > 0
                              THEN '"' || array_to_string(clauses, '","') || '"' ELSE '' END
    || '],"ids":', 'UTF8') IN stored) = 1
FROM core_ledgerrow ORDER BY number
"""
LAST = "SELECT number, hash FROM core_ledgerhead"
# Whether the list of clauses beside the rows holds exactly what the rows say: on both sides the number of
# pairs and a sum of their hashes. The seed differs each time, so no one can prepare pairs that cancel out.
CLAUSES_AGREE = """
WITH said AS (
    SELECT count(*) AS pairs, coalesce(sum(hashtextextended(clause, number + %(seed)s)), 0) AS hashes
    FROM (SELECT number, unnest(clauses) AS clause FROM core_ledgerrow) AS each_said
), found AS (
    SELECT count(*) AS pairs, coalesce(sum(hashtextextended(clause, number + %(seed)s)), 0) AS hashes
    FROM ledger_clause
)
SELECT said = found FROM said, found
"""
LOOSE_CLAUSES = """
SELECT min(coalesce(said.number, found.number)) FROM
    (SELECT number, unnest(clauses) AS clause FROM core_ledgerrow) AS said
    FULL JOIN ledger_clause AS found ON found.number = said.number AND found.clause = said.clause
WHERE said.number IS NULL OR found.number IS NULL
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking one federation's record.

    `first_bad` is the number of the first row that cannot be as it was written, `why` the reason. `beyond`
    are the first and last number of the rows after the last signed head, which no outside head covers yet.
    """

    federation_id: int
    rows: int
    first_bad: int | None = None
    why: str = ""
    last_head: SignedHead | None = None
    beyond: tuple[int, int] | None = None

    @property
    def sound(self) -> bool:
        """Whether every row is as it was written."""
        return self.first_bad is None


@dataclass(frozen=True, slots=True)
class _Checked:
    """How far the chain was sound, and the hashes of the rows that were signed."""

    rows: int
    bad: tuple[int, str] | None
    hashes: dict[int, str]


def verify(federation_id: int, anchors: Iterable[SignedHead] | None = None) -> Verdict:
    """Recompute a federation's chain from its stored bytes and compare it with signed heads.

    Opens a scope of its own; to be called outside any other.

    Args:
        anchors: heads whose signatures were checked (`heads.read_heads`); None: only the chain in itself.
    """
    heads = heads_of(federation_id, anchors or ())
    with scope(federation_id):
        before = _last()
        checked = _chain(federation_id, _stored_rows(), {head.number for head in heads} | {before[0]})
        bad = checked.bad or _bad_by_heads(checked, heads)
        bad = bad or _bad_by_last(checked, before, _last()) or _bad_by_clauses()
    known = [head for head in heads if checked.hashes.get(head.number) == head.hash]
    last = known[-1] if known else None
    signed = last.number if last else 0
    return Verdict(
        federation_id=federation_id,
        rows=checked.rows,
        first_bad=bad[0] if bad else None,
        why=bad[1] if bad else "",
        last_head=last,
        beyond=(signed + 1, checked.rows) if checked.rows > signed else None,
    )


def verify_all(
    anchors: Sequence[SignedHead], *, own: bool = True, only: str = ""
) -> list[tuple[str, Verdict]]:
    """Check every federation's record, and say what isn't there to be checked; each with the federation's
    name in addresses.

    A federation that heads name is there, or left with a signed line (`left`). With the installation's `own`
    heads, there are heads of each record that is older than the last hourly signing. `only`: the name of one
    that is there, and nothing else.
    """
    there = dict(Federation.objects.order_by("slug").values_list("pk", "slug"))
    signed = {head.federation: head for head in sorted(anchors, key=lambda one: (one.number, one.at))}
    found = []
    for pk, slug in there.items():
        if only not in ("", slug):
            continue
        verdict = verify(pk, anchors)
        if own and verdict.sound and pk not in signed and (at := heads_lost_since(pk)):
            verdict = replace(verdict, first_bad=1, why=NO_HEADS.format(at=at))
        found.append((slug, verdict))
    if only:
        return found
    return found + [(NOT_THERE.format(pk), _gone(head)) for pk, head in absent(signed, there).items()]


def absent(signed: Mapping[int, SignedHead], there: Container[int]) -> dict[int, SignedHead]:
    """Return of the federations' newest heads those of which the federation isn't there, and didn't leave."""
    left = {one.federation for one in those_who_left() if one.is_signed()}
    return {pk: head for pk, head in sorted(signed.items()) if pk not in there and pk not in left}


def _gone(head: SignedHead) -> Verdict:
    why = f"the federation and its whole record are gone; rows up to {head.number} were signed at {head.at}"
    return Verdict(head.federation, rows=0, first_bad=1, why=why)


def heads_lost_since(federation_id: int) -> datetime | None:
    """Return when heads were last signed, where this record was there by then; to be asked of a record of
    which the file has no head. None too in an installation that was restored under another key and has signed
    none yet, and on a machine that doesn't keep them."""
    if not env().keeps_record:
        return None
    if (folder("record") / BEFORE_RESTORE).exists() and not heads_file().exists():
        return None
    row = Heartbeat.objects.filter(what=SIGNING).first()
    if row is None:
        return None
    with scope(federation_id):
        began = LedgerRow.objects.filter(number=1, at__lt=row.last_good - A_WHILE).exists()
    return row.last_good if began else None


def _stored_rows() -> Iterator[Stored]:
    """All rows of the federation in scope, as the server sends them, never all at once in memory."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        chunk = ROWS_AT_ONCE if capabilities.has_stream_chunked() else 1
        cursor.execute("SET LOCAL enable_sort = off")  # the chain's own index has the rows in order
        yield from cursor.stream(ROWS, binary=True, size=chunk)


def _chain(federation_id: int, rows: Iterable[Stored], signed: set[int]) -> _Checked:
    sha256 = hashlib.sha256
    previous, expected, bad = NOTHING_BEFORE, 1, None
    hashes: dict[int, str] = {}
    for number, digest, stored, agrees in rows:
        if bad is None:
            if number != expected:
                bad = (expected, "the row is missing")
            elif sha256(stored).digest() != digest:
                bad = (number, "its bytes have been altered")
            elif not stored.startswith(chained(federation_id, number, previous)):
                bad = (number, "it does not follow the row before it")
            elif not agrees:
                bad = (number, "its columns do not match its bytes")
        if number in signed:
            hashes[number] = digest.hex()
        previous, expected = digest, number + 1
    return _Checked(expected - 1, bad, hashes)


def _bad_by_heads(checked: _Checked, heads: Sequence[SignedHead]) -> tuple[int, str] | None:
    """The first row that may have been rewritten: the one after the last head that fits."""
    fits = 0
    for head in heads:
        if head.number > checked.rows:
            return checked.rows + 1, f"rows up to {head.number} were signed and are missing"
        if checked.hashes.get(head.number) != head.hash:
            return fits + 1, f"row {head.number} is not the one that was signed at {head.at}"
        fits = head.number
    return None


def _last() -> tuple[int, bytes]:
    """The last row by the head that each batch moves with its rows."""
    with connection.cursor() as cursor:
        cursor.execute(LAST)
        number, digest = cursor.fetchone() or (0, b"")
    return number, bytes(digest)


def _bad_by_last(
    checked: _Checked, before: tuple[int, bytes], after: tuple[int, bytes]
) -> tuple[int, str] | None:
    """The first row that was taken from the end or put there by hand.

    Others may add rows during the check, so the end lies between the heads `before` and `after` it.
    """
    number, digest = before
    if checked.rows < number:
        return checked.rows + 1, f"rows up to {number} were written and are missing"
    if number and checked.hashes.get(number) != digest.hex():
        return number, "it is not the row that was written last"
    if checked.rows > after[0]:
        return after[0] + 1, "it was added behind the record's back"
    return None


def _bad_by_clauses() -> tuple[int, str] | None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 2")  # our process only waits
        cursor.execute(CLAUSES_AGREE, {"seed": secrets.randbits(62)})
        if cursor.fetchone() == (True,):
            return None
        cursor.execute(LOOSE_CLAUSES)
        found = cursor.fetchone()
    if found is None or found[0] is None:
        return None
    return int(found[0]), "the list of clauses does not match its bytes"


def rows_for_clause(
    clause_id: str, *, before: int | None = None, limit: int = 50, hidden: Collection[int] = ()
) -> list[LedgerRow]:
    """The federation's rows that rest on a clause, newest first.

    Args:
        before: only rows with a smaller number: give the last one of the page before.
        limit: how many at most.
        hidden: numbers of rows that are left out.
    """
    tokens = LedgerClause.objects.filter(clause=clause_id)
    if hidden:
        tokens = tokens.exclude(number__in=hidden)
    if before is not None:
        tokens = tokens.filter(number__lt=before)
    numbers = list(tokens.order_by("-number").values_list("number", flat=True)[:limit])
    return list(LedgerRow.objects.filter(number__in=numbers).order_by("-number"))


def rows_for_subject(subject: Model | str, *, before: int | None = None, limit: int = 50) -> list[LedgerRow]:
    """What the record says about one thing, newest first; `before` and `limit` as in `rows_for_clause`."""
    rows = LedgerRow.objects.filter(subject=subject_of(subject))
    if before is not None:
        rows = rows.filter(number__lt=before)
    return list(rows.order_by("-number")[:limit])
