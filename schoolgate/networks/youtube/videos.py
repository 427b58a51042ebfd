"""A post as YouTube has it: a film whose description is the post's whole text, and whose title is taken from
its first line. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import grapheme

from schoolgate.networks.archives.times import from_iso
from schoolgate.networks.checks import clean_incoming, length, whole
from schoolgate.networks.normal import NormalFilm, NormalPost, tidy_text
from schoolgate.networks.port import OutgoingPost, PublishedPost, Reactions, Ref
from schoolgate.networks.youtube.calls import table

LONGEST_TITLE = 100
ELLIPSIS = "…"
EDUCATION = "27"
"""YouTube's category for education."""
PRIVATE, PUBLIC = "private", "public"
BROKEN = frozenset({"failed", "rejected", "deleted"})


def title_of(text: str) -> str:
    """Return a title for a text: its first line, shortened at a word where YouTube takes no more."""
    line = tidy_text(text).partition("\n")[0].strip()
    if length(line, "UTF-16 units") <= LONGEST_TITLE:
        return line
    short = ""
    for sign in grapheme.graphemes(line):
        if length(short + sign + ELLIPSIS, "UTF-16 units") > LONGEST_TITLE:
            break
        short += sign
    word = short.rpartition(" ")[0].rstrip(" ,;:–-")
    return (word if length(word, "UTF-16 units") > LONGEST_TITLE // 2 else short.rstrip()) + ELLIPSIS


def resource(out: OutgoingPost, *, for_children: bool) -> dict[str, Any]:
    """Return what YouTube is told about a film when it is uploaded: no one sees it yet."""
    text = tidy_text(out.text)
    snippet: dict[str, Any] = {"title": title_of(text), "description": text, "categoryId": EDUCATION}
    if out.languages:
        snippet["defaultLanguage"] = out.languages[0].lower()
    return {"snippet": snippet, "status": status(PRIVATE, for_children=for_children)}


def status(privacy: str, *, for_children: bool) -> dict[str, Any]:
    """Return the whole of a film's status: what an update leaves out, YouTube deletes."""
    return {
        "privacyStatus": privacy, "selfDeclaredMadeForKids": for_children, "embeddable": True,
        "license": "youtube", "publicStatsViewable": True,
    }  # fmt: skip


def address_of(number: str, comment: str = "") -> str:
    """Return where people see a film, or a comment below it."""
    return f"https://www.youtube.com/watch?v={number}" + (f"&lc={comment}" if comment else "")


def is_seen(video: Mapping[str, Any]) -> bool:
    """Return whether others than the channel's owners can see a film."""
    told = table(video.get("status"))
    return told.get("uploadStatus") not in BROKEN and told.get("privacyStatus") != PRIVATE


def words_of(video: Mapping[str, Any]) -> str:
    """Return the text of the post that it is; with its title where that isn't the one that we give."""
    told = table(video.get("snippet"))
    title, text = (tidy_text(clean_incoming(told.get(name))) for name in ("title", "description"))
    return text if title == title_of(text) else f"{title}\n{text}"


def published(key: str, number: str, video: Mapping[str, Any]) -> PublishedPost:
    """Return it in normal form. YouTube plays its own copy, and has no place for a description of the film;
    which captions it shows would cost too much to read."""
    told = table(video.get("snippet"))
    language = clean_incoming(told.get("defaultLanguage")).lower()
    film = NormalFilm("", None, None)
    normal = NormalPost.of(words_of(video), (language,) if language else (), film=film)
    open_ = table(video.get("status")).get("madeForKids") is not True
    return PublishedPost(
        Ref(key, number, address_of(number)), normal, from_iso(told.get("publishedAt")), open_
    )


def size_of(video: Mapping[str, Any]) -> int | None:
    """Return how large the file was that was uploaded; YouTube writes numbers as text."""
    return number_in(table(video.get("fileDetails")).get("fileSize"))


def reactions(video: Mapping[str, Any]) -> Reactions:
    """Return what is counted; what the channel hides is not known."""
    told = table(video.get("statistics"))
    return Reactions(
        likes=_counted(told.get("likeCount")),
        replies=_counted(told.get("commentCount")),
        views=_counted(told.get("viewCount")),
    )


def number_in(told: object) -> int | None:
    """Return a number that was written as text or as a number."""
    if isinstance(told, str) and told.isascii() and told.isdigit() and len(told) <= 19:
        return int(told)
    return whole(told)


def _counted(told: object) -> int | None:
    return whole(number_in(told))
