"""Pupils of the school's list in a post: whether each may appear on each of its networks, and where they are
live."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schoolgate.core.clock import local_day
from schoolgate.networks.handshake import Intent
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing.models import Delivery, Post, PostPerson, PostTarget
from schoolgate.publishing.states import Purpose
from schoolgate.pupils.consents import Standing
from schoolgate.pupils.models import Pupil
from schoolgate.pupils.queries import standings_by_channel
from schoolgate.pupils.states import Use

FULL, FIRST, INITIALS, NO = "full", "first", "initials", "no"
STRENGTH = ("", NO, INITIALS, FIRST, FULL)
"""How a post names a person, the stronger the later; the first: not stated."""

Standings = Mapping[int, Mapping[str, Mapping[str, Standing]]]
"""By pupil, network and use."""


@dataclass(frozen=True)
class No:
    """A pupil in a post who may not appear as they do, on one network. `use`: a picture of them, or their
    name."""

    place: int
    network: str
    use: str


def pupils_in(post: Post) -> list[PostPerson]:
    """Return those of a post's people who were chosen from the school's list."""
    return [row for row in post.people.all() if row.pupil_id is not None]


def standings_in(post: Post, *, on: date) -> Standings:
    """Return whether each pupil of a post may be shown and named on each of its networks on a day. Three
    queries; none where no pupil was chosen."""
    pupils = [row.pupil for row in pupils_in(post) if row.pupil is not None]
    if not pupils:
        return {}
    return standings_by_channel(
        pupils,
        uses=(Use.PICTURE, Use.NAME),
        channels=sorted({target.account.network for target in post.targets.all()}),
        on=on,
        own_yes_from=own_yes_from(on=on),
        since=local_day(post.picture.added_at) if post.picture is not None else None,
    )


def noes_in(post: Post, *, on: date) -> list[No]:
    """Return where a pupil of a post may not appear as they do. House rule, whatever a policy asks: such a
    post neither goes to its approvers nor out. Not known is no."""
    may = standings_in(post, on=on)
    found = [
        No(row.place, target.account.network, use)
        for row in pupils_in(post)
        for target in post.targets.all()
        for use in uses_of(row, target)
        if not may[row.pupil_id or 0][target.account.network][use].may
    ]
    return list(dict.fromkeys(found))


def uses_of(row: PostPerson, target: PostTarget) -> list[str]:
    """Return what a pupil's appearance on an account is: a picture unless that is denied, their name where it
    is given."""
    named = how_named(row, target) not in ("", NO)
    return [*([Use.PICTURE] if row.shown is not False else []), *([Use.NAME] if named else [])]


def how_named(row: PostPerson, target: PostTarget) -> str:
    """Return how a post names a pupil on an account: as the author said, or as the name is found in the text
    or the picture's description, whichever says more. That no name is found proves nothing."""
    picture = target.post.picture
    text = "\n".join((target.text, picture.alt if picture is not None else ""))
    found = name_found(row.pupil, text) if row.pupil is not None else ""
    return max(row.named, found, key=STRENGTH.index)


def name_found(pupil: Pupil, text: str) -> str:
    """Return "full" if a text has a pupil's full name, "first" if it has one of their names, else "". A name
    alone counts with its capital, so that the word "grace" names no one."""
    parts = {name for name in (pupil.first_name, pupil.known_as, pupil.last_name) if name.strip()}
    for name in {pupil.first_name, pupil.known_as} & parts:
        if _has(f"{name} {pupil.last_name}", text, re.IGNORECASE):
            return FULL
    return FIRST if any(_has(name, text) or _has(name.upper(), text) for name in parts) else ""


def _has(name: str, text: str, flags: re.RegexFlag = re.NOFLAG) -> bool:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.search(rf"(?<!\w){words}(?!\w)", text, flags) is not None


def live_copies_of(pupil: Pupil) -> list[Delivery]:
    """Return the live copies of posts that show or name this pupil, newest first, each with its post and
    account. Live as far as is known: sent, and no take-down of it was seen to work. One query."""
    posts = PostPerson.objects.filter(pupil=pupil).values("post")
    rows = Delivery.objects.filter(post__in=posts, purpose=Purpose.PUBLISH, receipt__isnull=False).exclude(
        take_downs__state=Intent.CONFIRMED
    )
    return list(rows.select_related("account", "post__school", "post__author").order_by("-id"))
