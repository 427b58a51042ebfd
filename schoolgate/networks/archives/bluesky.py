"""Bluesky's repository file (CAR): every record of an account, as `com.atproto.sync.getRepo` gives it out.

Blocks are found by walking the file once, each compared with its own digest, so that a damaged or changed
file is told; the posts are then found through the repository's tree, which alone knows their names. Sources:
atproto.com/specs/repository (commit version 3, tree of `l` and `e` with `p`, `k`, `v`, `t`), ipld.io CARv1.
Proven on files of a real network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from libipld import decode_dag_cbor

from schoolgate.networks.archives import port
from schoolgate.networks.archives.files import WHOLE
from schoolgate.networks.archives.port import Bundle, LeftOut, OldPost, Owner, Unreadable, from_iso
from schoolgate.networks.checks import clean_incoming

POST = "app.bsky.feed.post"
_CID = 36
"""Bytes of a CID here: version 1, a codec, SHA-256 of 32 bytes."""
_HASHED = b"\x12\x20"
_IMAGES, _WITH_RECORD = "app.bsky.embed.images", "app.bsky.embed.recordWithMedia"


class Bluesky:
    """The reader."""

    network = "bluesky"

    def fits(self, bundle: Bundle) -> bool:
        """Whether it is a repository file."""
        return bundle.kind == "car"

    def owner(self, bundle: Bundle) -> Owner:
        """The account's DID; its handle is not in the file."""
        with bundle.open(WHOLE) as stream:
            did = _Repository(stream).commit["did"]
        return Owner(id=did, address=f"https://bsky.app/profile/{did}")

    def posts(self, bundle: Bundle) -> Iterator[OldPost | LeftOut]:
        """Return the posts that are in the repository now; those taken down are not."""
        with bundle.open(WHOLE) as stream:
            repository = _Repository(stream)
            did = repository.commit["did"]
            for key, cid in repository.entries():
                collection, _, name = key.partition("/")
                if collection == "app.bsky.feed.repost":
                    yield LeftOut("shared")
                elif collection == POST:
                    yield _post(repository.record(cid), did, name)


def _post(record: Any, did: str, name: str) -> OldPost | LeftOut:
    if not isinstance(record, dict) or record.get("$type") != POST:
        return LeftOut("not_a_post")
    at = from_iso(record.get("createdAt"))
    if at is None:
        return LeftOut("no_time")
    languages, shown = record.get("langs"), _pictures(record.get("embed"))
    return OldPost(
        key=f"at://{did}/{POST}/{name}",
        written_at=at,
        text=clean_incoming(record.get("text")),
        address=f"https://bsky.app/profile/{did}/post/{name}",
        pictures=len(shown),
        reply=isinstance(record.get("reply"), dict),
        language=languages[0][:8]
        if isinstance(languages, list) and languages and isinstance(languages[0], str)
        else "",
        alts="\n".join(
            filter(None, (clean_incoming(one.get("alt")) for one in shown if isinstance(one, dict)))
        ),
    )


def _pictures(embed: Any) -> list[Any]:
    if not isinstance(embed, dict):
        return []
    if embed.get("$type") == _WITH_RECORD:
        embed = embed.get("media")
        if not isinstance(embed, dict):
            return []
    images = embed.get("images")
    if embed.get("$type") == _IMAGES and isinstance(images, list):
        return images
    return [embed] if embed.get("$type") == "app.bsky.embed.video" else []


class _Repository:
    """The blocks of a file by their digest, and the commit at its root."""

    def __init__(self, stream: BinaryIO) -> None:
        self._blocks: dict[bytes, bytes] = {}
        header = _decoded(_section(stream, port.MOST_WHOLE) or b"")
        roots = header.get("roots") if isinstance(header, dict) else None
        if not isinstance(roots, list) or len(roots) != 1 or header.get("version") != 1:
            raise Unreadable("broken")
        total = 0
        while (section := _section(stream, port.MOST_BLOCK)) is not None:
            cid, block = section[:_CID], section[_CID:]
            if cid[2:4] != _HASHED or hashlib.sha256(block).digest() != cid[4:]:
                raise Unreadable("broken")
            self._blocks[cid] = block
            total += len(section)
            if len(self._blocks) > port.MOST_BLOCKS or total > port.MOST_REPOSITORY:
                raise Unreadable("too_much")
        self.commit = self._decoded(_bytes_of(roots[0]))
        if (
            not isinstance(self.commit, dict)
            or self.commit.get("version") != 3
            or not isinstance(self.commit.get("did"), str)
            or not self.commit["did"].startswith("did:")
            or len(self.commit["did"]) > 300
        ):
            raise Unreadable("broken")

    def record(self, cid: bytes) -> Any:
        """A record. Raises Unreadable where the file lacks it."""
        return self._decoded(cid)

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """Collection and name of each record, with its block, in the tree's order.

        Each node once: a file made to lead round in circles, or to the same node a thousand ways, ends.
        """
        waiting: list[tuple[str, Any]] = [("node", self.commit.get("data"))]
        seen: set[bytes] = set()
        while waiting:
            key, link = waiting.pop()
            if link is None:
                continue
            cid = _bytes_of(link)
            if key != "node":
                yield key, cid
                continue
            if cid in seen:
                continue
            seen.add(cid)
            waiting.extend(reversed(list(_below(self._decoded(cid)))))

    def _decoded(self, cid: bytes) -> Any:
        block = self._blocks.get(cid)
        if block is None:
            raise Unreadable("broken")
        return _decoded(block)


def _below(node: Any) -> Iterator[tuple[str, Any]]:
    """What a node of the tree holds: ("node", link) for a node below, (key, link) for a record."""
    if not isinstance(node, dict) or not isinstance(node.get("e"), list):
        raise Unreadable("broken")
    yield "node", node.get("l")
    key = b""
    for entry in node["e"]:
        try:
            key = key[: entry["p"]] + entry["k"]
            name = key.decode("ascii")
            link, below = entry["v"], entry.get("t")
        except (KeyError, TypeError, UnicodeDecodeError, AttributeError) as error:
            raise Unreadable("broken") from error
        if "/" not in name or len(name) > port.LONGEST_KEY:
            raise Unreadable("broken")
        yield name, link
        yield "node", below


def _decoded(block: bytes) -> Any:
    try:
        return decode_dag_cbor(block)
    except (ValueError, RecursionError, OverflowError, TypeError) as error:
        raise Unreadable("broken") from error


def _bytes_of(link: Any) -> bytes:
    if not isinstance(link, bytes) or len(link) != _CID:
        raise Unreadable("broken")
    return link


def _section(stream: BinaryIO, most: int) -> bytes | None:
    """The next section of the file, None at its end. Raises Unreadable where it ends within one."""
    length = shift = 0
    while True:
        one = stream.read(1)
        if not one:
            if shift:
                raise Unreadable("broken")
            return None
        length |= (one[0] & 0x7F) << shift
        shift += 7
        if not one[0] & 0x80:
            break
        if shift > 35:
            raise Unreadable("broken")
    if not 0 < length <= most:
        raise Unreadable("item_too_large" if length else "broken")
    content = stream.read(length)
    if len(content) != length:
        raise Unreadable("broken")
    return content
