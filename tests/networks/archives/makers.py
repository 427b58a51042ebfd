"""Downloads as the networks make them, small enough to read."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from libipld import encode_dag_cbor

DID = "did:plc:oakwoodprimaryschool234"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ACTOR = "https://social.example/users/oakwood"


def put(folder: Path, content: bytes, name: str = "download") -> Path:
    """The file, lying there."""
    path = folder / name
    path.write_bytes(content)
    return path


def zip_of(files: Mapping[str, bytes | str]) -> bytes:
    """A zip with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
    return out.getvalue()


def tar_of(files: Mapping[str, bytes | str], *members: tarfile.TarInfo) -> bytes:
    """A tar.gz with these files, and these members besides."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as bundle:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            body = content.encode() if isinstance(content, str) else content
            info.size = len(body)
            bundle.addfile(info, io.BytesIO(body))
        for member in members:
            bundle.addfile(member)
    return out.getvalue()


# --- Bluesky---


def skeet(text: str, at: str = "2024-05-06T09:30:00.000Z", **more: Any) -> dict[str, Any]:
    """A post's record."""
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": at, **more}


def car_of(records: Mapping[str, Mapping[str, Any]], *, did: str = DID) -> bytes:
    """A repository file whose tree is one node; `records`: "collection/name" -> record."""
    blocks: list[tuple[bytes, bytes]] = []

    def keep(content: bytes) -> bytes:
        cid = bytes([1, 0x71, 0x12, 0x20]) + hashlib.sha256(content).digest()
        blocks.append((cid, content))
        return cid

    entries, before = [], b""
    for key in sorted(records):
        name = key.encode()
        shared = next((i for i, (a, b) in enumerate(zip(before, name, strict=False)) if a != b), 0)
        entries.append(
            {"p": shared, "k": name[shared:], "v": link(keep(encode_dag_cbor(dict(records[key])))), "t": None}
        )
        before = name
    node = keep(tree({"l": None, "e": entries}))
    commit = keep(tree({"did": did, "version": 3, "data": link(node), "rev": "3kabc", "prev": None}))
    return car(commit, blocks)


def car(root: bytes, blocks: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The file itself, from its blocks."""
    header = tree({"version": 1, "roots": [link(root)]})
    sections = [header, *(cid + content for cid, content in blocks)]
    return b"".join(varint(len(section)) + section for section in sections)


class link(bytes):
    """A link to a block."""


def tree(value: Any) -> bytes:
    """DAG-CBOR with links, which the library writes for no type of Python's own."""
    if isinstance(value, link):
        return b"\xd8\x2a\x58" + bytes([len(value) + 1]) + b"\x00" + value
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key), key))
        return _head(5, len(value)) + b"".join(tree(key) + tree(value[key]) for key in keys)
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(tree(one) for one in value)
    return encode_dag_cbor(value)


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    size = 1 if number < 256 else 2 if number < 65536 else 4
    return bytes([kind << 5 | {1: 24, 2: 25, 4: 26}[size]]) + number.to_bytes(size)


def varint(number: int) -> bytes:
    """As the format writes lengths."""
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


# --- Mastodon---


def toot(number: int, content: str, at: str = "2024-05-06T09:30:00Z", **more: Any) -> dict[str, Any]:
    """A Create activity."""
    note = {
        "id": f"{ACTOR}/statuses/{number}", "type": "Note", "summary": None, "inReplyTo": None,
        "published": at, "url": f"https://social.example/@oakwood/{number}", "to": [PUBLIC],
        "cc": [f"{ACTOR}/followers"], "content": content, "contentMap": {"en": content}, "attachment": [],
        **more,
    }  # fmt: skip
    return {
        "id": f"{note['id']}/activity", "type": "Create", "actor": ACTOR, "published": at, "object": note,
    }  # fmt: skip


def outbox(*activities: Mapping[str, Any]) -> str:
    """outbox.json."""
    return json.dumps(
        {
            "@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json",
            "type": "OrderedCollection", "totalItems": len(activities), "orderedItems": list(activities),
        }
    )  # fmt: skip


def actor(address: str = "https://social.example/@oakwood") -> str:
    """actor.json."""
    return json.dumps(
        {"id": ACTOR, "type": "Person", "preferredUsername": address.rpartition("@")[2], "url": address}
    )


# --- Facebook, Instagram, X---


def as_bytes(text: str) -> str:
    """A text as Facebook writes it: each byte as a letter."""
    return text.encode().decode("latin-1")


def facebook(*posts: Any) -> str:
    """posts/profile_posts_1.json."""
    return json.dumps(list(posts))


def status(text: str, at: int = 1_714_988_000, **more: Any) -> dict[str, Any]:
    """A post of Facebook's with words alone."""
    return {"timestamp": at, "data": [{"post": as_bytes(text)}], "title": as_bytes("Oakwood wrote"), **more}


def tweets(*posts: Mapping[str, Any], part: int = 0) -> str:
    """data/tweets.js."""
    return f"window.YTD.tweets.part{part} = {json.dumps([{'tweet': dict(post)} for post in posts])}"


def tweet(number: int, text: str, at: str = "Mon May 06 09:30:00 +0000 2024", **more: Any) -> dict[str, Any]:
    """A post of X's."""
    return {"id_str": str(number), "full_text": text, "created_at": at, "lang": "en", **more}


def account_js(handle: str = "oakwood") -> str:
    """data/account.js."""
    return "window.YTD.account.part0 = " + json.dumps([{"account": {"username": handle, "accountId": "42"}}])
