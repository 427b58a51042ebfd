"""Downloads of Facebook and Instagram, asked for as JSON ("Download your information").

Both write each byte of a text as a letter of its own, so that "Côr" arrives as "CÃ´r"; it is corrected here.
Neither gives a post's name on the network, so that a post is known again by its time and content. By the
published form: the folders and fields that the companies' own help pages and downloads show (posts/
your_posts_1.json, posts/profile_posts_1.json of a Page, content/posts_1.json and media/posts_1.json).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from schoolgate.networks.archives.files import WHOLE, first_item, items, named, whole
from schoolgate.networks.archives.port import Bundle, LeftOut, OldPost, Owner, Unreadable, from_seconds
from schoolgate.networks.checks import clean_incoming

_FACEBOOK = r"(?:.*/)?posts/(?:your_posts\w*|profile_posts\w*|page_posts\w*)\.{ending}"
_INSTAGRAM = r"(?:.*/)?(?:content|media)/(?:archived_)?posts_\d+\.{ending}"


def put_right(text: object) -> str:
    """A text whose bytes were each written as a letter; one that was written well stays as it is."""
    said = clean_incoming(text)
    try:
        return clean_incoming(said.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return said


class Facebook:
    """The reader of Facebook, for profiles and Pages."""

    network = "facebook"

    def fits(self, bundle: Bundle) -> bool:
        """Whether there is a list of posts in it. Raises Unreadable("html") where it is there as pages."""
        if bundle.kind == "text":
            item = first_item(bundle, WHOLE)
            return (
                isinstance(item, dict) and "timestamp" in item and bool({"data", "attachments"} & set(item))
            )
        return _fits(bundle, _FACEBOOK)

    def owner(self, bundle: Bundle) -> Owner:
        """What the profile in it says; a Page's download mostly says nothing."""
        for name in named(bundle, r"(?:.*/)?profile_information/profile_information\.json"):
            with bundle.open(name) as stream:
                said = whole(stream)
            profile = said.get("profile_v2") or said.get("profile") if isinstance(said, dict) else None
            if isinstance(profile, dict):
                return Owner(
                    handle=put_right(profile.get("username")), address=put_right(profile.get("profile_uri"))
                )
        return Owner()

    def posts(self, bundle: Bundle) -> Iterator[OldPost | LeftOut]:
        """Every entry of the lists of posts."""
        for name in _lists(bundle, _FACEBOOK):
            with bundle.open(name) as stream:
                for entry in items(stream):
                    yield _facebook(entry)


class Instagram:
    """The reader of Instagram."""

    network = "instagram"

    def fits(self, bundle: Bundle) -> bool:
        """Whether there is a list of posts in it. Raises Unreadable("html") where it is there as pages."""
        if bundle.kind == "text":
            item = first_item(bundle, WHOLE)
            return isinstance(item, dict) and isinstance(item.get("media"), list)
        return _fits(bundle, _INSTAGRAM)

    def owner(self, bundle: Bundle) -> Owner:
        """The user name in it."""
        for name in named(bundle, r"(?:.*/)?personal_information/personal_information\.json"):
            with bundle.open(name) as stream:
                said = whole(stream)
            try:
                handle = put_right(said["profile_user"][0]["string_map_data"]["Username"]["value"])
            except (KeyError, IndexError, TypeError):
                continue
            return Owner(handle=handle, address=f"https://www.instagram.com/{handle}" if handle else "")
        return Owner()

    def posts(self, bundle: Bundle) -> Iterator[OldPost | LeftOut]:
        """Every entry of the lists of posts."""
        for name in _lists(bundle, _INSTAGRAM):
            with bundle.open(name) as stream:
                for entry in items(stream):
                    yield _instagram(entry)


def _fits(bundle: Bundle, pattern: str) -> bool:
    if named(bundle, pattern.format(ending="json")):
        return True
    if named(bundle, pattern.format(ending="html")):
        raise Unreadable("html")
    return False


def _lists(bundle: Bundle, pattern: str) -> list[str]:
    return [WHOLE] if bundle.kind == "text" else named(bundle, pattern.format(ending="json"))


def _facebook(entry: Any) -> OldPost | LeftOut:
    if not isinstance(entry, dict):
        return LeftOut("not_a_post")
    at = from_seconds(entry.get("timestamp"))
    if at is None:
        return LeftOut("no_time")
    said = _dicts(entry.get("data"))
    text = "\n\n".join(put_right(part["post"]) for part in said if "post" in part)
    attached = [part for each in _dicts(entry.get("attachments")) for part in _dicts(each.get("data"))]
    media = [part["media"] for part in attached if isinstance(part.get("media"), dict)]
    links = [part["external_context"] for part in attached if isinstance(part.get("external_context"), dict)]
    addresses = [put_right(link.get("url")) for link in links if link.get("url")]
    whole_text = "\n".join([text, *(one for one in addresses if one not in text)]).strip()
    if not whole_text and media:  # an album's text is beside its pictures
        whole_text = "\n\n".join(
            dict.fromkeys(put_right(one["description"]) for one in media if one.get("description"))
        )
    if not whole_text and not media:
        return LeftOut("empty")
    return OldPost(
        key=_key("facebook", at.timestamp(), whole_text, [one.get("uri") for one in media]),
        written_at=at,
        text=whole_text,
        pictures=len(media),
        edited=any(from_seconds(part.get("update_timestamp")) not in (None, at) for part in said),
    )


def _instagram(entry: Any) -> OldPost | LeftOut:
    if not isinstance(entry, dict):
        return LeftOut("not_a_post")
    media = _dicts(entry.get("media"))
    times = [entry.get("creation_timestamp"), *(one.get("creation_timestamp") for one in media)]
    at = next((read for one in times if (read := from_seconds(one))), None)
    if at is None:
        return LeftOut("no_time")
    texts = [put_right(one) for one in (entry.get("title"), *(each.get("title") for each in media)) if one]
    if not texts and not media:
        return LeftOut("empty")
    return OldPost(
        key=_key("instagram", at.timestamp(), texts[0] if texts else "", [one.get("uri") for one in media]),
        written_at=at,
        text=texts[0] if texts else "",
        pictures=len(media),
    )


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _key(network: str, seconds: float, text: str, pictures: list[Any]) -> str:
    """A name of our own for a post that its network gives none in the download."""
    # A picture's folder changes from one download to the next, its own name does not.
    names = sorted(str(one).rpartition("/")[2] for one in pictures)
    digest = hashlib.sha256("\n".join([text, *names]).encode("utf-8", "replace")).hexdigest()
    return f"{network}:{int(seconds)}:{digest[:20]}"
