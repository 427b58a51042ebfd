"""The port over Bluesky. Records are written under our own keys, so that a look-up on the server proves
absence."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from schoolgate.core.outside.client import Client
from schoolgate.networks import threads
from schoolgate.networks.bluesky import gates, reading, records
from schoolgate.networks.bluesky.session import SignedIn
from schoolgate.networks.bluesky.threading import records_of
from schoolgate.networks.capabilities import Capabilities, all_capabilities
from schoolgate.networks.checks import check_outgoing, check_text, limits_of
from schoolgate.networks.keys import part_key
from schoolgate.networks.not_offered import NotOffered
from schoolgate.networks.port import (
    Author,
    Credential,
    IncomingItem,
    Limits,
    NetworkError,
    NormalPost,
    OutgoingCard,
    OutgoingFilm,
    OutgoingPicture,
    OutgoingPost,
    OutgoingReply,
    Profile,
    PublishedPost,
    Reactions,
    Receipt,
    Ref,
)
from schoolgate.networks.transport import Transport, check_service

REASONS = {
    "spam": "Spam",
    "rude": "Rude",
    "sexual": "Sexual",
    "misleading": "Misleading",
    "violation": "Violation",
    "other": "Other",
}
LONGEST_NOTE = 2000


def open_client(key: str, credential: Credential) -> Bluesky:
    """Return a client for one account."""
    return Bluesky(all_capabilities()[key], credential)


class Bluesky(NotOffered):
    """One Bluesky account, by app password."""

    def __init__(
        self, capabilities: Capabilities, credential: Credential, *, client: Client | None = None
    ) -> None:
        super().__init__(capabilities)
        origin = check_service(credential.service or capabilities.service)
        transport = Transport(origin, time_out=capabilities.pace.time_out_seconds, client=client)
        self._account = SignedIn(transport, credential)
        self._dids: dict[str, str | None] = {}

    def publish(self, out: OutgoingPost) -> Receipt:
        check_outgoing(out, self.limits() if out.film else limits_of(self.capabilities))
        embed = self._film(out.film) if out.film else self._pictures(out.pictures)
        if out.link_card is not None:
            embed = self._card(out.link_card)
        parts = records_of(out, uri_of=self._post_uri, did_of=self._did_of, embed=embed)
        writes = [(records.POST, key, record) for key, record in parts]
        if not out.comments_open:
            gate = gates.new_gate(self._post_uri(out.intent_key), at=out.created_at, allow=[])
            writes.append((records.GATE, out.intent_key, gate))
        return self._write(out.intent_key, writes)

    def reply(self, out: OutgoingReply) -> Receipt:
        check_text(out.text, limits_of(self.capabilities))
        whole = replace(out, parent=self._with_version(out.parent), root=self._with_version(out.root))
        record = records.post_record(whole, did_of=self._did_of)
        return self._write(out.intent_key, [(records.POST, out.intent_key, record)])

    def read_back(self, ref: Ref) -> PublishedPost | None:
        return threads.read_back(ref, self._read_one)

    def _read_one(self, ref: Ref) -> PublishedPost | None:
        did, collection, key = _parts(ref.id)
        found = gates.get_record(self._account, did, collection, key)
        if found is None:
            return None
        gate = gates.get_record(self._account, did, records.GATE, key) if did == self._did else None
        try:
            now = Ref(self.key, found["uri"], self._address(found["uri"]), found["cid"])
            return records.published(now, found["value"], comments_open=not gates.is_closed(gate))
        except (KeyError, TypeError, ValueError, AttributeError):
            raise NetworkError("unreadable_answer", what_next="try_again") from None

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        number = len(wanted.parts) if wanted is not None else 0
        uris = [self._post_uri(part_key(intent_key, each)) for each in range(max(1, number))]
        # All are written at once: a part that is not there was removed on the network.
        return self.read_back(threads.ref_of([Ref(self.key, uri) for uri in uris]))

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        return reading.reactions(self._account, refs)

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        found = reading.thread(self._account, ref)
        for item in reading.notifications(self._account, since):
            if item.root == ref.id:
                found.setdefault(item.ref.id, item)
        return _since(found.values(), since)

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        told = reading.notifications(self._account, since)
        return _since([item for item in told if item.kind != "comment"], since)

    def search(self, words: str, since: datetime | None = None) -> list[IncomingItem]:
        return _since(reading.search(self._account, words, since), since)

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        return reading.by_id(self._account, refs)

    def hide(self, item: IncomingItem) -> None:
        gates.hide(
            self._account, self._root_key(item.root), item, most=self.capabilities.number("hidden_replies")
        )

    def block(self, author: Author, *, intent_key: str, at: datetime) -> None:
        record = {"$type": records.BLOCK, "subject": author.id, "createdAt": records.instant(at)}
        gates.put_record(self._account, records.BLOCK, intent_key, record)

    def unblock(self, author: Author, *, block_key: str) -> None:
        gates.delete_record(self._account, records.BLOCK, block_key)

    def report(self, item: IncomingItem, *, reason: str, note: str = "") -> str:
        body: dict[str, Any] = {
            "reasonType": f"com.atproto.moderation.defs#reason{REASONS.get(reason, 'Other')}",
            "subject": {"$type": "com.atproto.repo.strongRef", "uri": item.ref.id, "cid": item.ref.version},
        }
        if note:
            body["reason"] = note[:LONGEST_NOTE]
        return str(self._account.change("com.atproto.moderation.createReport", body).get("id", ""))

    def close_comments(self, ref: Ref, *, at: datetime) -> None:
        gates.close(self._account, self._root_key(ref.id), ref.id, at=at)

    def take_down(self, ref: Ref) -> None:
        threads.take_down(ref, self._take_one)

    def _take_one(self, ref: Ref) -> None:
        key = self._root_key(ref.id)
        deletes = [
            {"$type": "com.atproto.repo.applyWrites#delete", "collection": collection, "rkey": key}
            for collection in (records.POST, records.GATE)
            if gates.get_record(self._account, self._did, collection, key) is not None
        ]
        if deletes:
            self._account.change("com.atproto.repo.applyWrites", {"repo": self._did, "writes": deletes})

    def profile(self) -> Profile:
        found = self._account.ask("app.bsky.actor.getProfile", {"actor": self._did})
        handle = str(found.get("handle", ""))
        display, description = (str(found.get(name) or "") for name in ("displayName", "description"))
        return Profile(self._did, handle, display, description, f"https://bsky.app/profile/{handle}")

    def limits(self) -> Limits:
        known = limits_of(self.capabilities)
        told = self._account.ask("com.atproto.server.describeServer").get("blobUploadLimit")
        if isinstance(told, int) and known.picture_bytes is not None and known.film_bytes is not None:
            films = min(told, known.film_bytes)
            return replace(known, picture_bytes=min(told, known.picture_bytes), film_bytes=films)
        return known

    def session_to_keep(self) -> str | None:
        return self._account.to_keep()

    @property
    def _did(self) -> str:
        return self._account.session().did

    def _post_uri(self, key: str) -> str:
        return f"at://{self._did}/{records.POST}/{key}"

    def _address(self, uri: str) -> str:
        return reading.address_of(self._account, uri, self._account.session().handle)

    def _pictures(self, pictures: Sequence[OutgoingPicture]) -> dict[str, Any] | None:
        stored = [(each, self._stored(each.data, each.media_type)) for each in pictures]
        return records.pictures_embed(stored) if stored else None

    def _card(self, card: OutgoingCard) -> dict[str, Any]:
        return records.card_embed(card, self._stored(card.data, card.media_type) if card.data else None)

    def _film(self, film: OutgoingFilm) -> dict[str, Any]:
        """Upload a film and its captions. Raises NetworkError `timed_out` where that took so long that the
        post itself could come after it was looked up: nothing is published then."""
        ends = time.monotonic() + self.capabilities.pace.film_seconds
        stored = self._stored(film.data, film.media_type, time_out=self.capabilities.pace.film_seconds)
        captions = self._stored(film.captions.encode(), "text/vtt") if film.captions else None
        if time.monotonic() > ends:
            raise NetworkError("timed_out", what_next="try_again", detail="film")
        return records.film_embed(film, stored, captions)

    def _stored(self, data: bytes, media_type: str, *, time_out: float | None = None) -> dict[str, Any]:
        """Upload one file and return the server's blob. An upload that no post names shows nowhere."""
        blob = self._account.upload(data, media_type, time_out=time_out).get("blob")
        if not isinstance(blob, dict):
            raise NetworkError("unreadable_answer", what_next="try_again")
        return blob

    def _write(self, intent_key: str, writes: list[tuple[str, str, dict[str, Any]]]) -> Receipt:
        """Create records (collection, key, content), all or none; the receipt is for the posts among them."""
        creates = [
            {"$type": "com.atproto.repo.applyWrites#create", "collection": name, "rkey": key, "value": record}
            for name, key, record in writes
        ]
        answer = self._account.change("com.atproto.repo.applyWrites", {"repo": self._did, "writes": creates})
        try:
            posts = sum(name == records.POST for name, _key, _record in writes)
            made = [(str(each["uri"]), str(each["cid"])) for each in answer["results"][:posts]]
            refs = [Ref(self.key, uri, self._address(uri), cid) for uri, cid in made]
            return Receipt(threads.ref_of(refs), intent_key)
        except (KeyError, IndexError, TypeError):
            raise NetworkError("unreadable_answer", what_next="try_again", outcome_unknown=True) from None

    def _root_key(self, uri: str) -> str:
        """The key of our own post; others' posts cannot be changed from here."""
        if not uri.startswith(f"at://{self._did}/{records.POST}/"):
            raise NetworkError("not_allowed", what_next="give_up")
        return records.record_key(uri)

    def _with_version(self, ref: Ref) -> Ref:
        """An answer must name the version it answers."""
        if ref.version:
            return ref
        now = reading.by_id(self._account, [ref])[ref.id]
        if now is None:
            raise NetworkError("not_found", what_next="give_up")
        return now.ref

    def _did_of(self, handle: str) -> str | None:
        """The account behind a handle; None where there is none. Asked once for each client."""
        if handle not in self._dids:
            try:
                found = self._account.ask("com.atproto.identity.resolveHandle", {"handle": handle})
                self._dids[handle] = str(found["did"])
            except (NetworkError, KeyError) as error:
                if isinstance(error, NetworkError) and error.what_next != "give_up":
                    raise
                self._dids[handle] = None
        return self._dids[handle]


def _parts(uri: str) -> tuple[str, str, str]:
    """at://did/collection/key -> its parts. Raises NetworkError for what is none."""
    parts = uri.removeprefix("at://").split("/")
    if len(parts) != 3 or not all(parts):
        raise NetworkError("not_found", what_next="give_up")
    return parts[0], parts[1], parts[2]


def _since(items: Any, since: datetime | None) -> list[IncomingItem]:
    """Oldest first; those that the network saw at or after `since`, or whose time it does not tell."""
    kept = [item for item in items if since is None or item.seen_at is None or item.seen_at >= since]
    return sorted(kept, key=lambda item: (item.seen_at or item.created_at, item.ref.id))
