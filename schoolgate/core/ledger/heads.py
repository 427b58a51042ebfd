"""Signed heads: the record's last row at a certain hour, stored where the database cannot reach it.

The database's owner can rewrite a whole chain so that it is consistent in itself. A head signed earlier, in a
file of the home and in the governors' mailboxes, then no longer matches. The key is in the home's `keys`,
never in the database.
"""

from __future__ import annotations

import errno
import hmac
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from schoolgate.core.clock import check_aware
from schoolgate.core.home import folder, kept_secret
from schoolgate.core.ledger.trees import root_of
from schoolgate.core.line_files import add_lines, whole_lines
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
