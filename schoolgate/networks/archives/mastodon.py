"""Mastodon's archive: `outbox.json` and `actor.json`, in a tar.gz or a zip, or the outbox alone.

Source: mastodon/mastodon app/services/backup_service.rb (the outbox is an ordered collection of Create and
Announce activities; addresses of pictures become paths inside the archive), docs.joinmastodon.org "Moving or
leaving accounts". What is only for followers is a post of the account; what goes to single people is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schoolgate.core.outside.texts import TooDeep, read_page
from schoolgate.networks.archives.files import WHOLE, first_item, items, named, whole
from schoolgate.networks.archives.port import Bundle, LeftOut, OldPost, Owner, Unreadable, from_iso
from schoolgate.networks.checks import clean_incoming

UNDER = ("orderedItems",)
_TO_ALL = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_KINDS = frozenset({"Note", "Question", "Article"})
_OUTBOX = r"(?:.*/)?outbox\.json"


class Mastodon:
    """The reader."""

    network = "mastodon"

    def fits(self, bundle: Bundle) -> bool:
        """Whether there is an outbox with activities in it."""
        name = _outbox(bundle)
        if name is None:
            return False
        if name:
            return True
        item = first_item(bundle, WHOLE, under=UNDER)
        return isinstance(item, dict) and item.get("type") in ("Create", "Announce")

    def owner(self, bundle: Bundle) -> Owner:
        """The actor beside the outbox; without it, who wrote the first activity."""
        for name in named(bundle, r"(?:.*/)?actor\.json"):
            with bundle.open(name) as stream:
                actor = whole(stream)
            if isinstance(actor, dict):
                return Owner(
                    id=_text(actor.get("id")),
                    handle=_text(actor.get("preferredUsername")),
                    address=_text(actor.get("url")) or _text(actor.get("id")),
                )
        item = first_item(bundle, _outbox(bundle) or WHOLE, under=UNDER)
        actor = _text(item.get("actor")) if isinstance(item, dict) else ""
        return Owner(id=actor, address=actor)

    def posts(self, bundle: Bundle) -> Iterator[OldPost | LeftOut]:
        """The activities of the outbox."""
        with bundle.open(_outbox(bundle) or WHOLE) as stream:
            for activity in items(stream, under=UNDER):
                yield _post(activity)


def _outbox(bundle: Bundle) -> str | None:
    if bundle.kind == "text":
        return WHOLE
    return next(iter(named(bundle, _OUTBOX)), None)


def _post(activity: Any) -> OldPost | LeftOut:
    if not isinstance(activity, dict):
        return LeftOut("not_a_post")
    if activity.get("type") == "Announce":
        return LeftOut("shared")
    note = activity.get("object")
    if activity.get("type") != "Create" or not isinstance(note, dict) or note.get("type") not in _KINDS:
        return LeftOut("not_a_post")
    if not _for_many(note):
        return LeftOut("private")
    at = from_iso(note.get("published") or activity.get("published"))
    key = _text(note.get("id"))
    if at is None or not key:
        return LeftOut("no_time")
    texts = [plain(_text(note.get(part))) for part in ("summary", "content")]
    attached = note.get("attachment")
    languages = note.get("contentMap")
    return OldPost(
        key=key,
        written_at=at,
        text=clean_incoming("\n\n".join(text for text in texts if text)),
        address=_text(note.get("url")) or key,
        pictures=len(attached) if isinstance(attached, list) else 0,
        edited=bool(note.get("updated")),
        reply=bool(note.get("inReplyTo")),
        language=next(iter(languages), "")[:8] if isinstance(languages, dict) else "",
        alts=_alts(attached),
    )


def _alts(attached: Any) -> str:
    """Return what the network calls the pictures' names: their descriptions."""
    said = (_text(one.get("name")) for one in _listed(attached) if isinstance(one, dict))
    return "\n".join(filter(None, said))


def _for_many(note: dict[str, Any]) -> bool:
    """Whether it is public or for followers, and not for single people."""
    told = [one for part in ("to", "cc") for one in _listed(note.get(part)) if isinstance(one, str)]
    return any(one in _TO_ALL or one.endswith("/followers") for one in told)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return clean_incoming(value)


def plain(html: str) -> str:
    """What a reader sees of the HTML that a post is written in; paragraphs and lines stay.

    Raises Unreadable for a post that no program of the network's wrote.
    """
    words = _Words()
    try:
        read_page(html, words)
    except TooDeep as error:
        raise Unreadable("too_deep") from error
    return "".join(words.found).strip()


class _Words:
    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self.found.append("\n")
        elif tag in ("p", "li", "blockquote") and self.found:
            self.found.append("\n\n")

    def end(self, tag: str) -> None:
        """Nothing is written where something ends."""

    def data(self, text: str) -> None:
        self.found.append(text)
