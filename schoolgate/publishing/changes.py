"""What changed in a post between two versions: words, media, people, cards, accounts and time. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from schoolgate.core.days import stored_instant
from schoolgate.media.captions import words_of
from schoolgate.media.models import Picture, film_of
from schoolgate.publishing.link_cards import cards_going_out, frozen_card
from schoolgate.publishing.models import Post

SAME, ADDED, GONE = "same", "added", "gone"
WORD = re.compile(r"\s*\S+|\s+$")


@dataclass(frozen=True)
class Run:
    """Words that stayed (`same`), came (`added`) or went (`gone`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class FilmChanges:
    """What is different about a film. `other`: another file; `cover`: another picture before it plays.
    `sound`, `no_speech`: what is so now, None where it was so before. `captions`: the runs of their words;
    `times`: the same words at other times."""

    other: bool
    cover: bool
    sound: bool | None
    captions: Sequence[Run]
    times: bool
    no_speech: bool | None

    def __bool__(self) -> bool:
        return (
            any((self.other, self.cover, self.sound is not None, self.captions, self.times))
            or self.no_speech is not None
        )


@dataclass(frozen=True)
class Changes:
    """What is different now. `texts`: the runs of each account's text that changed, by the account's id.
    Pictures are named by their place: `edited` has another file there. `described`: the runs of each new
    description. `time`: before and after."""

    since: datetime
    version: int
    texts: Mapping[int, Sequence[Run]]
    accounts_added: Sequence[str]
    accounts_removed: Sequence[str]
    pictures_added: Sequence[int]
    pictures_edited: Sequence[int]
    pictures_moved: bool
    pictures_removed: Sequence[str]
    described: Mapping[int, Sequence[Run]]
    film: FilmChanges | None
    people: bool
    cards: bool
    time: tuple[datetime | None, datetime | None] | None

    def __bool__(self) -> bool:
        return any(
            (
                self.texts, self.accounts_added, self.accounts_removed, self.pictures_added,
                self.pictures_edited, self.pictures_moved, self.pictures_removed, self.described,
                self.film, self.people, self.cards, self.time,
            )
        )  # fmt: skip


def content_of(post: Post) -> dict[str, Any]:
    """Return what an approver sees of a post, as JSON. Of pupils it has the number alone, never a name."""
    return {
        "time": post.planned_at.isoformat() if post.planned_at else None,
        "accounts": [
            {"account": each.account_id, "name": each.account.name, "text": each.text}
            for each in post.targets.all()
        ],
        "pictures": [{"file": each.digest, "alt": each.alt, **_film_shown(each)} for each in post.pictures],
        "cards": [frozen_card(each) for each in cards_going_out(post)],
        "people": [
            [each.pupil_id, each.relation, each.number, each.shown, each.named] for each in post.people.all()
        ],
    }


def changes_between(
    before: Mapping[str, Any], now: Mapping[str, Any], *, since: datetime, version: int
) -> Changes:
    """Return what differs between two contents (`content_of`). `since`, `version`: of the earlier one."""
    old = {each["account"]: each for each in before["accounts"]}
    new = {each["account"]: each for each in now["accounts"]}
    files, was = [each["file"] for each in now["pictures"]], [each["file"] for each in before["pictures"]]
    edited = [
        place
        for place, (file, other) in enumerate(zip(files, was, strict=False), start=1)
        if file not in was and other not in files
    ]
    stayed = [each for each in files if each in was]
    alts = {each["file"]: each["alt"] for each in before["pictures"]}
    replaced = {was[place - 1] for place in edited}
    return Changes(
        since=since,
        version=version,
        texts={
            pk: words_changed(old[pk]["text"], each["text"])
            for pk, each in new.items()
            if pk in old and old[pk]["text"] != each["text"]
        },
        accounts_added=[each["name"] for pk, each in new.items() if pk not in old],
        accounts_removed=[each["name"] for pk, each in old.items() if pk not in new],
        pictures_added=[
            place for place, file in enumerate(files, start=1) if file not in was and place not in edited
        ],
        pictures_edited=edited,
        pictures_moved=stayed != [each for each in was if each in files],
        pictures_removed=[
            each["alt"]
            for each in before["pictures"]
            if each["file"] not in files and each["file"] not in replaced
        ],
        described={
            place: words_changed(alts.get(each["file"], was_alt), each["alt"])
            for place, each in enumerate(now["pictures"], start=1)
            if (was_alt := _described_before(before, alts, each["file"], place, edited)) is not None
            and was_alt != each["alt"]
        },
        film=_film_changes(before["pictures"], now["pictures"]),
        people=before["people"] != now["people"],
        cards=before.get("cards", []) != now.get("cards", []),
        time=None if before["time"] == now["time"] else (_instant(before["time"]), _instant(now["time"])),
    )


def words_changed(before: str, after: str) -> list[Run]:
    """Return the words of both texts in reading order: what stayed, what went, what came. Joined, the words
    that stayed and came are the text after; those that stayed and went are the text before."""
    old, new = WORD.findall(before), WORD.findall(after)
    runs: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            runs.append(Run(SAME, "".join(new[c:d])))
            continue
        if gone := "".join(old[a:b]):
            runs.append(Run(GONE, gone))
        if came := "".join(new[c:d]):
            runs.append(Run(ADDED, came))
    return runs


def _film_shown(cover: Picture) -> dict[str, Any]:
    film = film_of(cover)
    if film is None:
        return {}
    said = {"captions": film.captions, "no_speech": bool(film.no_speech)}
    return {"film": {"file": film.digest, "sound": film.has_sound, **said}}


def _film_changes(
    before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> FilmChanges | None:
    """Return what differs about the film of a post, which is alone in it; None where nothing does, or where
    its place had another picture, which is marked as a picture."""
    if len(before) != 1 or len(now) != 1 or "film" not in now[0]:
        return None
    (was,), (cover,) = before, now
    new, same_cover = cover["film"], was["file"] == cover["file"]
    if "film" not in was:
        return FilmChanges(True, False, None, [], False, None) if same_cover else None
    old = was["film"]
    words, then = words_of(new["captions"]), words_of(old["captions"])
    found = FilmChanges(
        other=old["file"] != new["file"],
        cover=old["file"] == new["file"] and not same_cover,
        sound=_new(old, new, "sound"),
        captions=words_changed(then, words) if then != words else [],
        times=old["captions"] != new["captions"] and then == words,
        no_speech=_new(old, new, "no_speech"),
    )
    return found or None


def _new(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> bool | None:
    return bool(new[name]) if bool(old[name]) != bool(new[name]) else None


def _described_before(
    before: Mapping[str, Any], alts: Mapping[str, str], file: str, place: int, edited: Sequence[int]
) -> str | None:
    if file in alts:
        return alts[file]
    return str(before["pictures"][place - 1]["alt"]) if place in edited else None


def _instant(written: str | None) -> datetime | None:
    return stored_instant(written) if written else None
