"""Pictures of a post that may be one that may not be shown: of a pupil whose consent was withdrawn, or who
may not be shown and is in it as another post says; or taken down for someone's safety."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Exists, F, Func, OuterRef, Q, QuerySet, Value

from schoolgate.media.near import Compared
from schoolgate.media.queries import ALIKE
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import leads_at
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing.link_cards import cards_going_out
from schoolgate.publishing.models import LeftOut, Post, PostPerson, PostPicture, WithheldPicture
from schoolgate.publishing.of_pupils import film_in, first_day_of, pupils_in, shown_as
from schoolgate.publishing.states import PostState
from schoolgate.publishing.writers import wrote
from schoolgate.pupils.consents import check_may_keep, listed_of, standings_by_channel
from schoolgate.pupils.models import Pupil
from schoolgate.screening import Hit, Kind, Strength

SEEN = "picture-"
"""How the field of a picture begins, before its id."""
SEEN_IN_CARD = "card-picture-"
"""How the field of a link card's picture begins, before the card's id."""
AT_ONCE = 100
"""Pictures that are read at once."""
SAYS = frozenset(PostState) - {PostState.PUBLISHED, PostState.TAKEN_DOWN}
"""The states of a post that says which pupils its pictures show without having shown them. In public they
could be shown, and where that ends their pictures are withheld."""


@dataclass(frozen=True)
class Seen:
    """A picture that goes out with a post, and the field it is in."""

    field: str
    digest: str
    prints: tuple[int, ...]


@dataclass(frozen=True)
class Like:
    """One that another picture may be. `pupil`: who may be in it, None where it was taken down for safety;
    `said_in`: the post that says so, None where it is withheld."""

    pupil: Pupil | None
    said_in: int | None


@dataclass(frozen=True)
class SeenAgain:
    """One that may be withheld. `lead_only`: taken down for safety, or of a pupil on the do-not-publish list;
    `names`: of the pupils that it may show; `networks`: of the post, where it may not be shown."""

    hit: Hit
    field: str
    lead_only: bool
    names: tuple[str, ...]
    networks: tuple[str, ...]


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
    is judged by their consent itself. One query, four more for a post with one that is
    like a picture of a pupil."""
    seen = [[each for each in pictures_going_out(post) if each.digest] for post in posts]
    like = _like_each({each for some in seen for each in some})
    return [
        _withheld(post, [(each, one) for each in some for one in like.get(each, ())], on=on)
        for post, some in zip(posts, seen, strict=True)
    ]


def _withheld(post: Post, found: Sequence[tuple[Seen, Like]], *, on: date) -> list[SeenAgain]:
    found = [(each, one) for each, one in found if one.said_in != post.pk]
    if not found:
        return []
    chosen = {row.pupil_id for row in pupils_in(post) if row.shown is not False}
    pupils = {one.pupil.pk: one.pupil for _each, one in found if one.pupil and one.pupil.pk not in chosen}
    noes, walled = _noes(post, pupils.values(), on=on), listed_of(list(pupils))
    against: dict[Seen, list[Pupil | None]] = defaultdict(list)
    for each, one in found:
        if one.pupil is None or noes.get(one.pupil.pk):
            against[each].append(one.pupil)
    return [_again(post, each, of, noes, walled) for each, of in against.items()]


def pictures_withheld(posts: Sequence[Post]) -> dict[int, list[Like]]:
    """Return by post the pictures that its own may be and that are withheld, or show a pupil as another post
    says. Two queries."""
    posts_of: dict[Seen, list[int]] = defaultdict(list)
    for post in posts:
        for each in post.pictures:
            posts_of[Seen(f"{SEEN}{each.pk}", each.digest, tuple(each.prints))].append(post.pk)
    found: dict[int, list[Like]] = defaultdict(list)
    for seen, rows in _like_each(posts_of).items():
        for pk in posts_of[seen]:
            found[pk] += [one for one in rows if one.said_in != pk]
    return dict(found)


def _like_each(seen: Iterable[Seen]) -> dict[Seen, list[Like]]:
    """Return for each of these pictures those that it may be. One query, and one for the pupils."""
    asked = [(each, Compared(each.prints)) for each in seen]
    if not asked:
        return {}
    no_post = Value(None, BigIntegerField())
    withheld = WithheldPicture.objects.annotate(
        of=_array(), said_in=no_post, sha=F("digest"), of_it=F("prints")
    )
    told = _told().annotate(
        of=_people(), said_in=F("post"), sha=F("picture__digest"), of_it=F("picture__prints")
    )
    read = ("of", "said_in", "sha", "of_it")
    rows = withheld.values_list(*read).union(told.values_list(*read), all=True)
    like = [
        (each, of, said_in)
        for of, said_in, sha, prints in rows.iterator(AT_ONCE)
        for other in [Compared(prints)]
        for each, own in asked
        if sha == each.digest or own.is_like(other, bits=ALIKE)
    ]
    pupils = Pupil.objects.in_bulk({pk for _each, of, _said_in in like for pk in of if pk}) if like else {}
    found: dict[Seen, list[Like]] = defaultdict(list)
    for each, of, said_in in like:
        found[each] += [Like(pupils[pk] if pk else None, said_in) for pk in of]
    return found


def _told() -> QuerySet[PostPicture]:
    """Return the pictures of posts that say which pupils of the list they show, or from which one was taken
    out who may not be shown; not those that show no one beside others of their post."""
    beside = PostPicture.objects.filter(post=OuterRef("post")).exclude(picture__shows_people=False)
    shows = Q(picture__shows_people=None) | Q(picture__shows_people=True) | ~Exists(beside)
    says = Exists(_shown()) | Exists(_left_out())
    rows = PostPicture.objects.filter(shows, says, post__state__in=SAYS, picture__destroyed_at=None)
    return rows.order_by()


def _shown() -> QuerySet[PostPerson]:
    rows = PostPerson.objects.filter(post=OuterRef("post"), pupil__destroyed_at=None)
    return rows.exclude(pupil=None).exclude(shown=False).order_by()


def _left_out() -> QuerySet[LeftOut]:
    return LeftOut.objects.filter(post=OuterRef("post"), pupil__destroyed_at=None).order_by()


def _array() -> Func:
    template = "ARRAY[%(expressions)s]"
    return Func(F("pupil"), template=template, output_field=ArrayField(BigIntegerField(null=True)))


def _people() -> Func:
    both = (ArraySubquery(rows.values("pupil")) for rows in (_shown(), _left_out()))
    return Func(*both, function="array_cat", output_field=ArrayField(BigIntegerField()))


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
    post: Post, each: Seen, shows: Sequence[Pupil | None], noes: dict[int, list[str]], walled: set[int]
) -> SeenAgain:
    names = {pupil.pk: pupil.name for pupil in shows if pupil is not None}
    of, safety = sorted(names), None in shows
    where = sorted({network for pk in of for network in noes[pk]})
    said = f"{each.digest} {safety:d} {' '.join(where)}"
    everywhere = sorted({target.account.network for target in post.targets.all()})
    return SeenAgain(
        Hit(0, 0, "", Kind.PICTURE, Strength.STOP, "picture", said, tuple(of)),
        each.field,
        lead_only=safety or not walled.isdisjoint(of),
        names=tuple(sorted(set(names.values()))),
        networks=tuple(everywhere if safety else where),
    )
