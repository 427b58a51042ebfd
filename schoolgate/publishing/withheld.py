"""Pictures of a post that may be one that may not be shown: of a pupil whose consent was withdrawn, or taken
down for someone's safety."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from schoolgate.media.queries import ALIKE, difference
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import leads_at
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing.link_cards import cards_going_out
from schoolgate.publishing.models import Post, WithheldPicture
from schoolgate.publishing.of_pupils import film_in, first_day_of, pupils_in, shown_as
from schoolgate.publishing.writers import wrote
from schoolgate.pupils.models import Pupil
from schoolgate.pupils.queries import listed_of, standings_by_channel
from schoolgate.pupils.rules import check_may_keep
from schoolgate.screening import Hit, Kind, Strength

SEEN = "picture-"
"""How the field of a picture begins, before its id."""
SEEN_IN_CARD = "card-picture-"
"""How the field of a link card's picture begins, before the card's id."""
AT_ONCE = 100
"""Pictures that are compared in one query."""


@dataclass(frozen=True)
class Seen:
    """A picture that goes out with a post, and the field it is in."""

    field: str
    digest: str
    prints: tuple[int, ...]


@dataclass(frozen=True)
class SeenAgain:
    """One that may be withheld. `lead_only`: taken down for safety, or of a pupil on the do-not-publish list;
    `names`: of the pupils that it may show."""

    hit: Hit
    field: str
    lead_only: bool
    names: tuple[str, ...]


def may_let_out(person: Person, post: Post, *, lead_only: bool, on: date) -> bool:
    """Return whether this person may say why a withheld picture may go out with this post: a safeguarding
    lead, or who keeps consents here; none of its writers."""
    if wrote(person, post):
        return False
    keeps = not lead_only and can(check_may_keep, person, on=on, school=post.school)
    return keeps or leads_at(person, post.school_id, on=on)


def pictures_going_out(post: Post) -> Iterator[Seen]:
    """Yield each picture that goes out with a post, its link cards' too."""
    for each in post.pictures:
        yield Seen(f"{SEEN}{each.pk}", each.digest, tuple(each.prints))
    for card in cards_going_out(post):
        if card.has_picture:
            yield Seen(f"{SEEN_IN_CARD}{card.pk}", card.digest, tuple(card.prints))


def withheld_in_each(posts: Sequence[Post], *, on: date) -> list[list[SeenAgain]]:
    """Return for each of these posts its pictures that may be withheld where it goes. A pupil chosen as shown
    is judged by their consent itself. One query for each hundred pictures, three more for a post with one
    that is like a picture of a pupil."""
    seen = [[each for each in pictures_going_out(post) if each.digest] for post in posts]
    like = _like_each({each for some in seen for each in some})
    return [
        _withheld(post, [(each, row) for each in some for row in like.get(each, ())], on=on)
        for post, some in zip(posts, seen, strict=True)
    ]


def _withheld(post: Post, found: Sequence[tuple[Seen, WithheldPicture]], *, on: date) -> list[SeenAgain]:
    if not found:
        return []
    chosen = {row.pupil_id for row in pupils_in(post) if row.shown is not False}
    pupils = {row.pupil_id: row.pupil for _each, row in found if row.pupil and row.pupil_id not in chosen}
    noes, walled = _noes(post, pupils.values(), on=on), listed_of([pk for pk in pupils if pk is not None])
    against: dict[Seen, list[WithheldPicture]] = defaultdict(list)
    for each, row in found:
        if row.pupil_id is None or noes.get(row.pupil_id):
            against[each].append(row)
    return [_again(each, rows, noes, walled) for each, rows in against.items()]


def pictures_withheld(posts: Sequence[Post]) -> dict[int, list[WithheldPicture]]:
    """Return by post the withheld pictures that its own may be. One query for each hundred pictures."""
    posts_of: dict[Seen, list[int]] = defaultdict(list)
    for post in posts:
        for each in post.pictures:
            posts_of[Seen(f"{SEEN}{each.pk}", each.digest, tuple(each.prints))].append(post.pk)
    found: dict[int, list[WithheldPicture]] = defaultdict(list)
    for seen, rows in _like_each(posts_of).items():
        for pk in posts_of[seen]:
            found[pk] += rows
    return dict(found)


def _like_each(seen: Iterable[Seen]) -> dict[Seen, list[WithheldPicture]]:
    """Return for each of these pictures the withheld ones that it may be. One query for each hundred."""
    every = list(seen)
    found: dict[Seen, list[WithheldPicture]] = defaultdict(list)
    for first in range(0, len(every), AT_ONCE):
        for each, row in _like(every[first : first + AT_ONCE]):
            found[each].append(row)
    return found


def _like(seen: list[Seen]) -> Iterator[tuple[Seen, WithheldPicture]]:
    rows = WithheldPicture.objects.select_related("pupil")
    near = {}
    for n, each in enumerate(seen):
        rows = rows.annotate(**{f"d{n}": difference(each.prints, column="publishing_withheldpicture.prints")})
        near[n] = Q(digest=each.digest) | Q(**{f"d{n}__lte": ALIKE})
    for row in rows.filter(reduce(or_, near.values())).order_by("pk"):
        for n, each in enumerate(seen):
            apart = getattr(row, f"d{n}")
            if row.digest == each.digest or (apart is not None and apart <= ALIKE):
                yield each, row


def _noes(post: Post, pupils: Iterable[Pupil], *, on: date) -> dict[int, list[str]]:
    """Return on which networks of the post each of these pupils may not be shown today."""
    use, networks = shown_as(film_in(post))[0], sorted({each.account.network for each in post.targets.all()})
    if not networks or not (pupils := list(pupils)):
        return {}
    may = standings_by_channel(
        pupils, uses=[use], channels=networks, on=on, own_yes_from=own_yes_from(on=on),
        since=first_day_of(post.pictures),
    )  # fmt: skip
    return {pk: [one for one in networks if not by_channel[one][use].may] for pk, by_channel in may.items()}


def _again(
    each: Seen, rows: list[WithheldPicture], noes: dict[int, list[str]], walled: set[int]
) -> SeenAgain:
    of = sorted({row.pupil_id for row in rows if row.pupil_id is not None})
    safety = any(row.pupil_id is None for row in rows)
    where = sorted({network for pk in of for network in noes[pk]})
    said = f"{each.digest} {safety:d} {' '.join(where)}"
    names = {row.pupil.name for row in rows if row.pupil is not None}
    hit = Hit(0, 0, "", Kind.PICTURE, Strength.STOP, "picture", said, tuple(of))
    return SeenAgain(hit, each.field, safety or bool(walled & set(of)), tuple(sorted(names)))
