"""Pictures of which someone said that no one is recognisable, where that isn't taken on their word alone: a
face was counted, or it may be a picture with people again, or a part of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from schoolgate.media.models import Picture
from schoolgate.media.queries import pictures_like_each
from schoolgate.publishing.models import Post, PostPerson, PostPicture
from schoolgate.pupils.models import Pupil
from schoolgate.screening import Hit, Kind, Strength

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
