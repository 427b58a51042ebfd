"""Pupils of the school's list in a post: whether each may appear on each of its networks, who was left
out; pictures that may be of one who may not be shown, and those of which someone said that they show no
one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Exists, F, Func, OuterRef, Q, QuerySet, Value

from schoolgate.core.clock import local_day
from schoolgate.media.captions import words_of
from schoolgate.media.models import Film, Picture, film_of
from schoolgate.media.pictures import ALIKE, Compared, pictures_like_each
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import leads_at
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing.models import (
    LeftOut,
    Post,
    PostPerson,
    PostPicture,
    PostState,
    PostTarget,
    WithheldPicture,
)
from schoolgate.publishing.post_parts import cards_going_out, wrote
from schoolgate.pupils.consents import (
    Standing,
    answers_of,
    check_may_keep,
    listed_of,
    standing,
    standings_by_channel,
)
from schoolgate.pupils.models import Pupil, Use
from schoolgate.pupils.named import names_of
from schoolgate.screening import Hit, Kind, Strength, naming
from schoolgate.screening.described import has_children

FULL, FIRST, INITIALS, NO = "full", "first", "initials", "no"
STRENGTH = ("", NO, INITIALS, FIRST, FULL)
"""How a post names a person, the stronger the later; the first: not stated."""

Standings = Mapping[int, Mapping[str, Mapping[str, Standing]]]
"""By pupil, network and use."""


@dataclass(frozen=True)
class No:
    """A pupil in a post who may not appear as they do, on one network. `use`: a picture of them, a
    film, their voice or their name."""

    place: int
    network: str
    use: str


def film_in(post: Post) -> Film | None:
    """Return the film of a post; None where it has none."""
    return next((film for each in post.pictures if (film := film_of(each)) is not None), None)


def shown_as(film: Film | None) -> tuple[str, ...]:
    """Return the uses for which a consent may be needed of a pupil in it: a film is none of a picture, and
    where voices may be heard in it that is one more."""
    if film is None:
        return (Use.PICTURE,)
    return (Use.FILM, Use.VOICE) if film.may_be_heard else (Use.FILM,)


def seen_and_heard(row: PostPerson, film: Film | None) -> list[str]:
    """Return the uses for which a consent is needed of one pupil: each unless the author denies it."""
    denied = {Use.VOICE} if row.heard is False else set()
    denied |= {Use.PICTURE, Use.FILM} if row.shown is False else set()
    return [use for use in shown_as(film) if use not in denied]


def hears_no_one_listed(post: Post) -> bool:
    """Return whether the author says that pupils can be heard in its film, and lists none who is."""
    film = film_in(post)
    if film is None or not film.may_be_heard or not film.hears_pupils:
        return False
    listed = any(row.relation == "pupil" and row.heard is not False for row in post.people.all())
    return not listed and Pupil.objects.filter(school=post.school_id, left_on=None).exists()


def seen_against_the_pictures(post: Post) -> bool:
    """Return whether an entry says that someone, or a pupil, can be seen, and of every picture the same
    author says that no one, or no pupil, can."""
    people = [each for each in post.pictures if each.shows_people is not False]
    pupils = [each for each in people if each.shows_pupils is not False]
    seen = [row for row in post.people.all() if row.shown is True] if post.pictures else []
    return any(not (pupils if row.relation == "pupil" else people) for row in seen)


def described_with_children(post: Post) -> bool:
    """Return whether a description has children in a picture in which, as the same author says, only adults
    can be recognised."""
    adults = (each for each in post.pictures if each.shows_people and each.shows_pupils is False)
    return any(has_children(each.alt) for each in adults)


def pupils_in(post: Post) -> list[PostPerson]:
    """Return those of a post's people who were chosen from the school's list."""
    return [row for row in post.people.all() if row.pupil_id is not None]


def standings_in(post: Post, *, on: date) -> Standings:
    """Return whether each pupil of a post may be shown and named on each of its networks on a day. Three
    queries; none where no pupil was chosen."""
    return standings_in_each([post], on=on)[0]


def standings_in_each(posts: Sequence[Post], *, on: date) -> list[Standings]:
    """Return the same for each of these posts. As many queries for many as for one."""
    pupils = {row.pupil_id: row.pupil for post in posts for row in pupils_in(post) if row.pupil is not None}
    if not pupils:
        return [{} for _post in posts]
    asked = answers_of(pupils.values(), on=on, own_yes_from=own_yes_from(on=on))
    answers = {pk: (said, about) for pk, said, about in asked}
    return [
        {
            pk: {
                channel: {
                    use: standing(
                        *answers[pk], use=use, channel=channel, on=on, since=first_day_of(post.pictures)
                    )
                    for use in (*shown_as(film_in(post)), Use.NAME)
                }
                for channel in sorted({target.account.network for target in post.targets.all()})
            }
            for pk in dict.fromkeys(row.pupil_id for row in pupils_in(post))
            if pk in answers
        }
        for post in posts
    ]


def first_day_of(pictures: Iterable[Picture]) -> date | None:
    """Return the day of the oldest of these pictures; None without any."""
    return min((local_day(each.added_at) for each in pictures), default=None)


def noes_in(post: Post, *, on: date) -> list[No]:
    """Return where a pupil of a post may not appear as they do. House rule, whatever a policy asks: such a
    post neither goes to its approvers nor out. Not known is no."""
    return noes_in_each([post], on=on)[0]


def noes_in_each(posts: Sequence[Post], *, on: date) -> list[list[No]]:
    """Return the same for each of these posts. As many queries for many as for one."""
    return [_noes(post, may) for post, may in zip(posts, standings_in_each(posts, on=on), strict=True)]


def _noes(post: Post, may: Standings) -> list[No]:
    found = [
        No(row.place, target.account.network, use)
        for row in pupils_in(post)
        for target in post.targets.all()
        for use in uses_of(row, words_on(target), film_in(post))
        if not may[row.pupil_id or 0][target.account.network][use].may
    ]
    return list(dict.fromkeys(found))


def uses_of(row: PostPerson, words: str, film: Film | None = None) -> list[str]:
    """Return what a pupil's appearance in a post with these words is: a picture, the film or their voice
    unless that is denied, their name where it is given."""
    named = how_named(row, words) not in ("", NO)
    return [*seen_and_heard(row, film), *([Use.NAME] if named else [])]


def words_on(target: PostTarget) -> str:
    """Return all that goes out in words on an account: the text, the description of each picture, and the
    captions of a film."""
    film = film_in(target.post)
    said = words_of(film.captions) if film else ""
    return "\n".join((target.text, *(each.alt for each in target.post.pictures), said))


def how_named(row: PostPerson, words: str) -> str:
    """Return how a post with these words names a pupil: as the author said, or as the name is found in them,
    whichever says more. That no name is found proves nothing."""
    found = name_found(row.pupil, words) if row.pupil is not None else ""
    return max(row.named, found, key=STRENGTH.index)


def named_in(post: Post, row: PostPerson) -> str:
    """Return how a post names a pupil of the list on any of its accounts: no claim of its author makes that
    less than its words do."""
    said = (how_named(row, words_on(each)) for each in post.targets.all())
    return max(said, key=STRENGTH.index, default=row.named)


def name_found(pupil: Pupil, text: str) -> str:
    """Return how a text names a pupil of the post: "full", "first" for a part of the name, else ""."""
    return max((naming(text, each).value for each in names_of(pupil)), key=STRENGTH.index)


def note_left_out(post: Post, pupils: Iterable[Pupil], *, by: Person, at: datetime) -> None:
    """Note those of these pupils who aren't chosen for the post any more and may not be shown or heard
    somewhere it goes. Who is chosen again is no longer left out."""
    chosen, on = [row.pupil_id for row in pupils_in(post)], local_day(at)
    LeftOut.objects.filter(post=post, pupil__in=chosen).delete()
    gone = list({each.pk: each for each in pupils if each.pk not in chosen}.values())
    networks = sorted({each.account.network for each in post.targets.all()})
    if not gone or not networks:
        return
    may = standings_by_channel(
        gone, uses=shown_as(film_in(post)), channels=networks, on=on, own_yes_from=own_yes_from(on=on),
        since=first_day_of(post.pictures),
    )  # fmt: skip
    for each in gone:
        if not all(one.may for by_use in may[each.pk].values() for one in by_use.values()):
            LeftOut.objects.get_or_create(post=post, pupil=each, defaults={"by": by, "at": at})


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
    noes, walled = _noes_by_picture(post, pupils.values(), on=on), listed_of(list(pupils))
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


def _noes_by_picture(post: Post, pupils: Iterable[Pupil], *, on: date) -> dict[int, list[str]]:
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


FACE, PART = "face", "part"
"""Why it is asked about: a face alone, or another picture too."""


@dataclass(frozen=True)
class NoOne:
    """One such picture, the `number`-th of its post. `names`: of the school's pupils in the pictures that it
    may be a part of."""

    hit: Hit
    number: int
    picture: Picture
    names: tuple[str, ...]


def no_one_in_each(posts: Sequence[Post]) -> list[list[NoOne]]:
    """Return for each of these posts its pictures of which that has to be explained. No query where no such
    picture is like another; else three, and those for a picture that was added before others were looked for.
    Where nothing was counted and nothing is like it, the page says what no program has seen."""
    said = [each for post in posts for each in post.pictures if each.shows_people is False]
    like = pictures_like_each(said)
    people = _people_in({pk for found in like.values() for pk in found})
    of = {pk: [people[other] for other in found & people.keys()] for pk, found in like.items()}
    return [
        [
            _asked(post, number, each, of[each.pk])
            for number, each in enumerate(post.pictures, start=1)
            if each.shows_people is False and (each.faces or of[each.pk])
        ]
        for post in posts
    ]


def _people_in(pictures: Collection[int]) -> dict[int, list[Pupil]]:
    """Return those of these pictures that show people, each with the pupils who are in it as posts say."""
    if not pictures:
        return {}
    shows = Picture.objects.filter(pk__in=pictures, shows_people=True)
    found: dict[int, list[Pupil]] = {pk: [] for pk in shows.values_list("pk", flat=True)}
    posts_of: dict[int, list[int]] = defaultdict(list)
    for post, picture in PostPicture.objects.filter(picture__in=found).values_list("post", "picture"):
        posts_of[post].append(picture)
    rows = PostPerson.objects.filter(post__in=posts_of, pupil__destroyed_at=None).exclude(shown=False)
    for row in rows.exclude(pupil=None).select_related("pupil"):
        for picture in posts_of[row.post_id]:
            found[picture] += [row.pupil] if row.pupil else []
    return found


def _asked(post: Post, number: int, picture: Picture, like: Sequence[Sequence[Pupil]]) -> NoOne:
    """Return what is asked about one. `like`: for each picture that it may be a part of, the pupils in it."""
    pupils = {each.pk: each for of in like for each in of}
    why, said = (PART, f"{picture.digest} {PART}") if like else (FACE, picture.digest)
    names = {each.name for each in pupils.values() if each.school_id == post.school_id}
    hit = Hit(0, 0, "", Kind.FACE, Strength.STOP, why, said, tuple(sorted(pupils)))
    return NoOne(hit, number, picture, tuple(sorted(names)))
