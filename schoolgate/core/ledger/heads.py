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
"""

from __future__ import annotations

import bisect
import errno
import hmac
import itertools
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from schoolgate.core.clock import check_aware
from schoolgate.core.home import add_lines, folder, kept_secret, whole_lines
from schoolgate.core.ledger.rows import ProofPath, Tree, blind_of, bodies, leaf, root_of
from schoolgate.core.models.directory import Federation
from schoolgate.core.models.ledger import LedgerHead
from schoolgate.core.tenancy.scoping import scope

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
