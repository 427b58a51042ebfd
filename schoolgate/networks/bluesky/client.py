"""The port over Bluesky. Records are written under our own keys, so that a look-up on the server proves
absence.

It stays signed in with as few sign-ins as possible: Bluesky allows 300 `createSession` a day and account
(see `sign_ins_per_day` in capabilities.yaml).

The gate of a thread (app.bsky.feed.threadgate) has the key of its post; an empty `allow` stops all
replies, an absent one allows them; `hiddenReplies` holds at most 300. The server accepts replies against
the gate: only the AppView enforces it, so a closed thread shows only when it is read. The AppView is a
few seconds behind and its lists leave things out, so the thread below a post and the account's
notifications are read both, and neither is taken for complete.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from schoolgate.core.outside.client import Client
from schoolgate.networks import threads
from schoolgate.networks.bluesky.records import (
    BLOCK,
    GATE,
    POST,
    card_embed,
    film_embed,
    instant,
    item_of,
    pictures_embed,
    post_record,
    published,
    read_instant,
    record_key,
    records_of,
)
from schoolgate.networks.capabilities import Capabilities, all_capabilities
from schoolgate.networks.checks import NotOffered, check_outgoing, check_text, limits_of, whole
from schoolgate.networks.normal import NormalPost, OutgoingCard
from schoolgate.networks.port import (
    Author,
    Credential,
    IncomingItem,
    Limits,
    NetworkError,
    OutgoingFilm,
    OutgoingPicture,
    OutgoingPost,
    OutgoingReply,
    Profile,
    PublishedPost,
    Reactions,
    Receipt,
    Ref,
    part_key,
)
from schoolgate.networks.transport import Answer, Transport, check_service, refusal

_STALE = frozenset({"ExpiredToken", "InvalidToken"})
_NOT_FOUND = frozenset({"RecordNotFound", "NotFound", "HandleNotFound", "RepoNotFound", "AccountNotFound"})
_CLOSED = frozenset(
    {"AccountTakedown", "AccountSuspended", "AccountDeactivated", "RepoTakendown", "RepoSuspended"}
)


@dataclass(frozen=True, slots=True)
class Session:
    """What the server gave us: our identity, a token for two hours and one for ninety days.

    `host` is the server that hosts the account if that differs from the one that signs in (bsky.social has
    many): only there is a record that is not found proven absent. Empty: the same.
    """

    did: str
    handle: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    host: str = ""

    @classmethod
    def read(cls, text: str) -> Session | None:
        """From the vault; None for one that is not there or not ours."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError):
            return None


class SignedIn:
    """Calls as one account. Signs in at the first call that needs it."""

    def __init__(self, transport: Transport, credential: Credential) -> None:
        self._transport = transport
        self._credential = credential
        self._session = Session.read(credential.session)
        self._kept = credential.session

    @property
    def origin(self) -> str:
        """The server's address."""
        return self._transport.origin

    def session(self) -> Session:
        """The session in use; signs in where there is none. Raises NetworkError."""
        if self._session is None:
            self._session = self._sign_in()
        return self._session

    def to_keep(self) -> str | None:
        """The session for the vault, once, when it is another than was given."""
        now = json.dumps(asdict(self._session), sort_keys=True) if self._session else ""
        if now == self._kept:
            return None
        self._kept = now
        return now

    def ask(self, name: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A query. Raises NetworkError."""
        return self._call("GET", name, changes=False, params=params)

    def change(self, name: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """A procedure that changes something others can see. Raises NetworkError."""
        return self._call("POST", name, changes=True, body=body)

    def upload(self, data: bytes, media_type: str, *, time_out: float | None = None) -> dict[str, Any]:
        """Upload bytes, which stay invisible until a record names them: uploading them again does no harm.
        `time_out`: instead of the network's own."""
        return self._call(
            "POST", "com.atproto.repo.uploadBlob", changes=False, content=data,
            headers={"Content-Type": media_type}, time_out=time_out,
        )  # fmt: skip

    def _call(self, method: str, name: str, *, changes: bool, **how: Any) -> dict[str, Any]:
        answer = self._exchange(method, name, self.session().access, changes=changes, **how)
        if answer.name in _STALE:
            # The server checks the token before it does anything: the first try changed nothing.
            self._session = self._renew()
            answer = self._exchange(method, name, self._session.access, changes=changes, **how)
        return _checked(answer, changes=changes)

    def _exchange(self, method: str, name: str, token: str, *, changes: bool, **how: Any) -> Answer:
        headers = {**how.pop("headers", {}), **({"Authorization": f"Bearer {token}"} if token else {})}
        session = self._session
        away = session.host if session and not name.startswith("com.atproto.server.") else ""
        transport = self._transport.to(away) if away else self._transport
        return transport.exchange(method, f"/xrpc/{name}", changes=changes, headers=headers, **how)

    def _renew(self) -> Session:
        """A new access token by the refresh token; a fresh sign-in where that one has ended too."""
        assert self._session is not None
        answer = self._exchange(
            "POST", "com.atproto.server.refreshSession", self._session.refresh, changes=False
        )
        if answer.ok:
            return _session(answer, self.origin)
        if answer.name in _STALE or answer.status == 401:
            return self._sign_in()
        raise refusal(answer, changes=False)

    def _sign_in(self) -> Session:
        body = {"identifier": self._credential.handle, "password": self._credential.secret}
        answer = self._exchange("POST", "com.atproto.server.createSession", "", changes=False, body=body)
        if answer.ok:
            return _session(answer, self.origin)
        if answer.status in (400, 401, 403):
            raise NetworkError("sign_in", what_next="reconnect", status=answer.status, detail=answer.name)
        raise refusal(answer, changes=False)


def _session(answer: Answer, origin: str) -> Session:
    try:
        data = answer.data
        host = _host(data.get("didDoc"), origin)
        return Session(data["did"], data["handle"], data["accessJwt"], data["refreshJwt"], host)
    except KeyError:
        raise NetworkError("unreadable_answer", what_next="try_again", status=answer.status) from None


def _host(document: Any, origin: str) -> str:
    """Return the account's own server by its DID document; empty if it is the one we know, or no address fit
    for a key.

    A server of plain http is on this machine, and is its own host.
    """
    services = document.get("service") if isinstance(document, dict) else None
    for one in services if isinstance(services, list) and origin.startswith("https:") else ():
        if isinstance(one, dict) and str(one.get("id", "")).endswith("#atproto_pds"):
            try:
                found = check_service(str(one.get("serviceEndpoint")))
            except NetworkError:
                return ""
            return "" if found == origin else found
    return ""


def _checked(answer: Answer, *, changes: bool) -> dict[str, Any]:
    """The answer's data, or the error. Bluesky says 400 to nearly everything and means it by the error's
    name."""
    if answer.ok:
        return answer.data
    error = refusal(answer, changes=changes)
    if answer.status == 400 and answer.name in _NOT_FOUND:
        raise NetworkError("not_found", what_next="give_up", status=400, detail=error.detail)
    if answer.name in _CLOSED or answer.name in _STALE:
        raise NetworkError("sign_in", what_next="reconnect", status=answer.status, detail=error.detail)
    if answer.name == "InvalidSwap":
        raise NetworkError(
            "network_trouble", what_next="try_again", status=answer.status, detail=error.detail
        )
    raise error


def new_gate(uri: str, *, at: datetime, allow: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return a gate's record for a post; without `allow` everyone may reply."""
    gate: dict[str, Any] = {"$type": GATE, "post": uri, "createdAt": instant(at)}
    return gate if allow is None else gate | {"allow": allow}


def is_closed(found: dict[str, Any] | None) -> bool:
    """Whether this gate stops all replies."""
    return found is not None and found.get("value", {}).get("allow") == []


def get_record(account: SignedIn, did: str, collection: str, key: str) -> dict[str, Any] | None:
    """One record as the server of the account holds it (uri, cid, value); None: it is not there. Raises
    NetworkError."""
    try:
        return account.ask("com.atproto.repo.getRecord", {"repo": did, "collection": collection, "rkey": key})
    except NetworkError as error:
        if error.code == "not_found":
            return None
        raise


def put_record(
    account: SignedIn, collection: str, key: str, record: dict[str, Any], *, over: str | None = ""
) -> None:
    """Write a record of our own under its key; the same again changes nothing.

    `over`: the version that it replaces (None: there is none yet), so that two changes at once do not lose
    one; the empty string does not ask. Raises NetworkError.
    """
    body = {"repo": account.session().did, "collection": collection, "rkey": key, "record": record}
    account.change("com.atproto.repo.putRecord", body if over == "" else body | {"swapRecord": over})


def delete_record(account: SignedIn, collection: str, key: str) -> None:
    """Delete a record of our own under its key; one that is not there is no error. Raises NetworkError."""
    body = {"repo": account.session().did, "collection": collection, "rkey": key}
    account.change("com.atproto.repo.deleteRecord", body)


def hide(account: SignedIn, key: str, item: IncomingItem, *, most: int | None) -> None:
    """Add an answer to the hidden ones of our post with that key. Raises NetworkError (`too_many_hidden` when
    full)."""
    gate, version = _gate(account, key, item.root, at=item.seen_at or item.created_at)
    hidden = list(gate.get("hiddenReplies") or ())
    if item.ref.id in hidden:
        return
    if most is not None and len(hidden) >= most:
        raise NetworkError("too_many_hidden", what_next="give_up")
    put_record(account, GATE, key, gate | {"hiddenReplies": [*hidden, item.ref.id]}, over=version)


def close(account: SignedIn, key: str, uri: str, *, at: datetime) -> None:
    """Stop all further replies; what is hidden stays hidden. Raises NetworkError."""
    gate, version = _gate(account, key, uri, at=at)
    if gate.get("allow") != []:
        put_record(account, GATE, key, gate | {"allow": []}, over=version)


def _gate(account: SignedIn, key: str, uri: str, *, at: datetime) -> tuple[dict[str, Any], str | None]:
    """Return the gate's record and version; a new one that allows all replies if there is none."""
    found = get_record(account, account.session().did, GATE, key)
    if found is None:
        return new_gate(uri, at=at), None
    return dict(found["value"]), str(found["cid"])


DEPTH = 50
PAGES = 10
SEARCHED = 4
"""Pages of one search."""
AT_ONCE = 25
_REASONS = ("reply", "mention", "quote")


def thread(account: SignedIn, ref: Ref) -> dict[str, IncomingItem]:
    """Return the replies to our post, by id; empty while the AppView does not know the post. Raises
    NetworkError."""
    try:
        found = account.ask("app.bsky.feed.getPostThread", {"uri": ref.id, "depth": DEPTH, "parentHeight": 0})
    except NetworkError as error:
        if error.code == "not_found":
            return {}
        raise
    hidden = set(((found.get("threadgate") or {}).get("record") or {}).get("hiddenReplies") or ())
    me = account.session().did
    return {
        one.ref.id: one for view in _below(found.get("thread")) if (one := _item(view, account, me, hidden))
    }


def notifications(account: SignedIn, since: datetime | None) -> Iterator[IncomingItem]:
    """Return replies, mentions and quotes that the account was notified of, newest first; at most a thousand.
    Raises NetworkError."""
    me = account.session().did
    cursor = ""
    for _ in range(PAGES):
        query = {"limit": 100, "reasons": list(_REASONS), **({"cursor": cursor} if cursor else {})}
        page = account.ask("app.bsky.notification.listNotifications", query)
        views = [view for view in page.get("notifications") or () if isinstance(view, dict)]
        for view in views:
            if view.get("reason") not in _REASONS:
                continue
            one = _item(view, account, me)
            if one is not None:
                yield replace(one, kind="quote") if view["reason"] == "quote" else one
        oldest = read_instant(views[-1].get("indexedAt")) if views else None
        cursor = str(page.get("cursor") or "")
        if not cursor or oldest is None or (since is not None and oldest < since):
            return


def search(account: SignedIn, words: str, since: datetime | None) -> Iterator[IncomingItem]:
    """Return public posts with all these words, newest first; at most 400. Raises NetworkError."""
    me, cursor = account.session().did, ""
    query: dict[str, Any] = {"q": words, "sort": "latest", "limit": 100}
    if since is not None:
        query["since"] = instant(since)
    for _ in range(SEARCHED):
        page = account.ask("app.bsky.feed.searchPosts", query | ({"cursor": cursor} if cursor else {}))
        for view in page.get("posts") or ():
            one = _item(view, account, me) if isinstance(view, dict) else None
            if one is not None:
                yield one
        cursor = str(page.get("cursor") or "")
        if not cursor:
            return


def by_id(account: SignedIn, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
    """Return known items in their current state; None for one that is gone. Raises NetworkError."""
    me = account.session().did
    found: dict[str, IncomingItem | None] = {ref.id: None for ref in refs}
    for view in _views(account, list(found)):
        one = _item(view, account, me)
        if one is not None and one.ref.id in found:
            found[one.ref.id] = one
    return found


def reactions(account: SignedIn, refs: Sequence[Ref]) -> dict[str, Reactions]:
    """Return what the AppView counts for these posts; without those that it doesn't know. Raises
    NetworkError."""
    wanted = {ref.id: None for ref in refs}
    return {
        str(view["uri"]): Reactions(
            likes=whole(view.get("likeCount")),
            shares=whole(view.get("repostCount")),
            replies=whole(view.get("replyCount")),
            quotes=whole(view.get("quoteCount")),
        )
        for view in _views(account, list(wanted))
        if isinstance(view, dict) and view.get("uri") in wanted
    }


def _views(account: SignedIn, wanted: Sequence[str]) -> Iterator[Any]:
    for start in range(0, len(wanted), AT_ONCE):
        answer = account.ask("app.bsky.feed.getPosts", {"uris": wanted[start : start + AT_ONCE]})
        yield from answer.get("posts") or ()


def address_of(account: SignedIn, uri: str, handle: str) -> str:
    """The page where a person sees it. A server on this machine has no pages, so there it is the record
    itself."""
    did, collection, key = uri.removeprefix("at://").split("/")
    if account.origin.startswith("http://"):
        return (
            f"{account.origin}/xrpc/com.atproto.repo.getRecord?repo={did}&collection={collection}&rkey={key}"
        )
    return f"https://bsky.app/profile/{handle or did}/post/{key}"


def _below(node: Any) -> Iterator[dict[str, Any]]:
    """The posts below a thread's node, without recursion: a stranger decides how deep it goes."""
    waiting = _children(node)
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict) and isinstance(one.get("post"), dict):
            yield one["post"]
            waiting.extend(_children(one))


def _children(node: Any) -> list[Any]:
    replies = node.get("replies") if isinstance(node, dict) else None
    return list(replies) if isinstance(replies, list) else []


def _item(
    view: dict[str, Any], account: SignedIn, me: str, hidden: set[str] | frozenset[str] = frozenset()
) -> IncomingItem | None:
    """One post view; None for what does not look like one, so that one odd post does not hide the others."""
    try:
        uri = str(view["uri"])
        address = address_of(account, uri, str(view["author"].get("handle", "")))
        return item_of(view, address=address, ours=me, hidden=uri in hidden)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


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
        writes = [(POST, key, record) for key, record in parts]
        if not out.comments_open:
            gate = new_gate(self._post_uri(out.intent_key), at=out.created_at, allow=[])
            writes.append((GATE, out.intent_key, gate))
        return self._write(out.intent_key, writes)

    def reply(self, out: OutgoingReply) -> Receipt:
        check_text(out.text, limits_of(self.capabilities))
        whole = replace(out, parent=self._with_version(out.parent), root=self._with_version(out.root))
        record = post_record(whole, did_of=self._did_of)
        return self._write(out.intent_key, [(POST, out.intent_key, record)])

    def read_back(self, ref: Ref) -> PublishedPost | None:
        return threads.read_back(ref, self._read_one)

    def _read_one(self, ref: Ref) -> PublishedPost | None:
        did, collection, key = _parts(ref.id)
        found = get_record(self._account, did, collection, key)
        if found is None:
            return None
        gate = get_record(self._account, did, GATE, key) if did == self._did else None
        try:
            now = Ref(self.key, found["uri"], self._address(found["uri"]), found["cid"])
            return published(now, found["value"], comments_open=not is_closed(gate))
        except (KeyError, TypeError, ValueError, AttributeError):
            raise NetworkError("unreadable_answer", what_next="try_again") from None

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        number = len(wanted.parts) if wanted is not None else 0
        uris = [self._post_uri(part_key(intent_key, each)) for each in range(max(1, number))]
        # All are written at once: a part that is not there was removed on the network.
        return self.read_back(threads.ref_of([Ref(self.key, uri) for uri in uris]))

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        return reactions(self._account, refs)

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        found = thread(self._account, ref)
        for item in notifications(self._account, since):
            if item.root == ref.id:
                found.setdefault(item.ref.id, item)
        return _since(found.values(), since)

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        told = notifications(self._account, since)
        return _since([item for item in told if item.kind != "comment"], since)

    def search(self, words: str, since: datetime | None = None) -> list[IncomingItem]:
        return _since(search(self._account, words, since), since)

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        return by_id(self._account, refs)

    def hide(self, item: IncomingItem) -> None:
        hide(self._account, self._root_key(item.root), item, most=self.capabilities.number("hidden_replies"))

    def block(self, author: Author, *, intent_key: str, at: datetime) -> None:
        record = {"$type": BLOCK, "subject": author.id, "createdAt": instant(at)}
        put_record(self._account, BLOCK, intent_key, record)

    def unblock(self, author: Author, *, block_key: str) -> None:
        delete_record(self._account, BLOCK, block_key)

    def report(self, item: IncomingItem, *, reason: str, note: str = "") -> str:
        body: dict[str, Any] = {
            "reasonType": f"com.atproto.moderation.defs#reason{REASONS.get(reason, 'Other')}",
            "subject": {"$type": "com.atproto.repo.strongRef", "uri": item.ref.id, "cid": item.ref.version},
        }
        if note:
            body["reason"] = note[:LONGEST_NOTE]
        return str(self._account.change("com.atproto.moderation.createReport", body).get("id", ""))

    def close_comments(self, ref: Ref, *, at: datetime) -> None:
        close(self._account, self._root_key(ref.id), ref.id, at=at)

    def take_down(self, ref: Ref) -> None:
        threads.take_down(ref, self._take_one)

    def _take_one(self, ref: Ref) -> None:
        key = self._root_key(ref.id)
        deletes = [
            {"$type": "com.atproto.repo.applyWrites#delete", "collection": collection, "rkey": key}
            for collection in (POST, GATE)
            if get_record(self._account, self._did, collection, key) is not None
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
        return f"at://{self._did}/{POST}/{key}"

    def _address(self, uri: str) -> str:
        return address_of(self._account, uri, self._account.session().handle)

    def _pictures(self, pictures: Sequence[OutgoingPicture]) -> dict[str, Any] | None:
        stored = [(each, self._stored(each.data, each.media_type)) for each in pictures]
        return pictures_embed(stored) if stored else None

    def _card(self, card: OutgoingCard) -> dict[str, Any]:
        return card_embed(card, self._stored(card.data, card.media_type) if card.data else None)

    def _film(self, film: OutgoingFilm) -> dict[str, Any]:
        """Upload a film and its captions. Raises NetworkError `timed_out` where that took so long that the
        post itself could come after it was looked up: nothing is published then."""
        ends = time.monotonic() + self.capabilities.pace.film_seconds
        stored = self._stored(film.data, film.media_type, time_out=self.capabilities.pace.film_seconds)
        captions = self._stored(film.captions.encode(), "text/vtt") if film.captions else None
        if time.monotonic() > ends:
            raise NetworkError("timed_out", what_next="try_again", detail="film")
        return film_embed(film, stored, captions)

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
            posts = sum(name == POST for name, _key, _record in writes)
            made = [(str(each["uri"]), str(each["cid"])) for each in answer["results"][:posts]]
            refs = [Ref(self.key, uri, self._address(uri), cid) for uri, cid in made]
            return Receipt(threads.ref_of(refs), intent_key)
        except (KeyError, IndexError, TypeError):
            raise NetworkError("unreadable_answer", what_next="try_again", outcome_unknown=True) from None

    def _root_key(self, uri: str) -> str:
        """The key of our own post; others' posts cannot be changed from here."""
        if not uri.startswith(f"at://{self._did}/{POST}/"):
            raise NetworkError("not_allowed", what_next="give_up")
        return record_key(uri)

    def _with_version(self, ref: Ref) -> Ref:
        """An answer must name the version it answers."""
        if ref.version:
            return ref
        now = by_id(self._account, [ref])[ref.id]
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
