"""Pupils of the school's list in a post: whether each may appear on each of its networks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolgate.core.clock import local_day
from schoolgate.media.captions import words_of
from schoolgate.media.models import Film, Picture, film_of
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing.models import Post, PostPerson, PostTarget
from schoolgate.pupils.consents import Standing, answers_of, standing
from schoolgate.pupils.models import Pupil, Use
from schoolgate.pupils.named import names_of
from schoolgate.screening import naming

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


def name_found(pupil: Pupil, text: str) -> str:
    """Return how a text names a pupil of the post: "full", "first" for a part of the name, else ""."""
    return max((naming(text, each).value for each in names_of(pupil)), key=STRENGTH.index)
