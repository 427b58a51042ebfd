"""Reads of pictures with a name.

Finds prints of pictures that differ in few bits: one among very many, and those of one picture among those
of another.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Sequence
from functools import cache, cached_property
from itertools import pairwise

from django.db.models import BooleanField, F
from django.db.models.expressions import RawSQL

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.media.models import ConsentCheck, Picture
from schoolgate.people.models import Person

BITS = 64
UPRIGHT, TURNS, OF_ONE_SIDE = 2, 8, 174
"""So many of a picture's prints, the first, are of the whole as it is and mirrored; so many with it turned;
and so many with what is left of it after a tilt or a crop of one side, which is looked for turned too. Looked
for turned, all other crops found pictures of something else."""
_PADDED = 64
"""Prints are put side by side in multiples of so many, so that there are few masks."""


class Near:
    """Prints, of which one is looked for that differs from another in at most `bits`.

    Where so few differ, one of `bits` + 1 stretches of them is the same in both: only prints that share a
    stretch are compared.
    """

    def __init__(self, prints: Iterable[int], *, bits: int) -> None:
        self._bits = bits
        places = [BITS * number // (bits + 1) for number in range(bits + 2)]
        self._stretches = [
            (begin, (1 << end - begin) - 1, defaultdict[int, list[int]](list))
            for begin, end in pairwise(places)
        ]
        for each in set(prints):
            for begin, mask, sharing in self._stretches:
                sharing[each >> begin & mask].append(each)

    def finds(self, asked: Sequence[int]) -> bool:
        """Return whether one of these prints is that near to one of them."""
        return any(
            ((one ^ each) & (1 << BITS) - 1).bit_count() <= self._bits
            for begin, mask, sharing in self._stretches
            for one in asked
            if one >> begin & mask in sharing
            for each in sharing[one >> begin & mask]
        )


class Side:
    """Prints side by side in one number, so that one is compared with all of them at once."""

    def __init__(self, prints: Sequence[int]) -> None:
        padded = [*prints, *(list(prints[:1]) * (-len(prints) % _PADDED))]
        self._size = len(padded)
        self._number = int.from_bytes(struct.pack(f"<{len(padded)}q", *padded), "little")

    def has_near(self, one: int, *, bits: int) -> bool:
        """Return whether one of them differs from this print in at most so many bits: the ones of each
        difference are counted where it lies, in pairs, fours, eights and so on."""
        ones, pairs, fours, eights, counts, top, over = _masks(self._size, bits)
        left = self._number ^ (one & (1 << BITS) - 1) * ones
        left -= left >> 1 & pairs
        left = (left & fours) + (left >> 2 & fours)
        left = left + (left >> 4) & eights
        left += left >> 8
        left += left >> 16
        left = left + (left >> 32) & counts
        return left + over & top != top


@cache
def _masks(size: int, bits: int) -> tuple[int, ...]:
    """Return for so many prints side by side a one for each, what counts its ones, and what makes more of
    them than `bits` overflow."""
    ones = sum(1 << BITS * place for place in range(size))
    each = (1, 0x5555555555555555, 0x3333333333333333, 0x0F0F0F0F0F0F0F0F, 0x7F, 0x80, 127 - bits)
    return tuple(ones * mask for mask in each)


class Compared:
    """The prints of one picture, as they are compared with another's."""

    def __init__(self, prints: Sequence[int]) -> None:
        self._prints = prints

    def is_like(self, other: Compared, *, bits: int) -> bool:
        """Return whether one of these pictures may be the other, a part of it, also mirrored, or half of it
        turned. Of any two prints one is of a whole picture: two crops of different pictures are too easily
        alike. That one is turned and mirrored, so that of the other nothing more has to be kept."""
        return self._has(other, bits) or other._has(self, bits)

    def _has(self, other: Compared, bits: int) -> bool:
        wholes = other._prints[:TURNS]
        if not (self._prints and wholes):
            return False
        return any(self._all.has_near(each, bits=bits) for each in wholes[:UPRIGHT]) or any(
            self._of_one_side.has_near(each, bits=bits) for each in wholes[UPRIGHT:]
        )

    @cached_property
    def _all(self) -> Side:
        return Side(self._prints)

    @cached_property
    def _of_one_side(self) -> Side:
        return Side(self._prints[:OF_ONE_SIDE])


def picture(pk: int) -> Picture:
    """The picture of this federation with that id. Raises NotFound, also for another federation's."""
    found = Picture.objects.select_related("school", "film").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def picture_for(person: Person, pk: int, *, school: School, kept: Container[int] = ()) -> Picture:
    """Return a picture that `person` may put into a post of `school`: their own, or one it has (`kept`).

    Raises NotFound for any other, and for one of another school.
    """
    found = picture(pk)
    if found.school_id != school.pk or not (found.pk in kept or found.added_by_id == person.pk):
        raise NotFound
    return found


def newest_checks(of: Sequence[Picture], channels: Sequence[str]) -> dict[tuple[int, str], ConsentCheck]:
    """Return the newest check of each of these pictures as it is now, by the picture's id and the channel.
    Without a check there is no entry."""
    if not of:
        return {}
    rows = ConsentCheck.objects.filter(picture__in=of, channel__in=channels)
    rows = rows.filter(picture_digest=F("picture__digest")).select_related("by").order_by("id")
    return {(row.picture_id, row.channel): row for row in rows}


ALIKE = 10
"""Bits of 64 in which the prints of two pictures may differ so that they may be the same."""
_NEAR = """(
    EXISTS (
        SELECT FROM unnest(media_picture.prints) AS p(part), unnest(%s::bigint[]) AS w(whole)
        WHERE bit_count((part # whole)::bit(64)) <= %s
    ) OR EXISTS (
        SELECT FROM unnest(media_picture.prints[1:%s]) AS p(part), unnest(%s::bigint[]) AS w(whole)
        WHERE bit_count((part # whole)::bit(64)) <= %s
    )
)"""
"""Whether a part of a picture may be the whole of another, or what is left of one side that one turned."""


def pictures_like(of: Sequence[Picture]) -> set[int]:
    """Return the ids of the federation's other pictures that may be the same as one of these, a part of it,
    or what it is a part of, as each was compared with the others once it was added (`media.handlers`).

    A hint for a person who looks: it finds copies of another size, quality or brightness, mirrored, turned
    or tilted ones and crops to about half, and misses others. Which post used which file is on record.
    """
    own = {each.pk for each in of}
    return {pk for like in pictures_like_each(of).values() for pk in like} - own


def pictures_like_each(of: Collection[Picture]) -> dict[int, set[int]]:
    """Return the same of each of these pictures by itself, by their ids. One query, two more for each that
    wasn't compared yet."""
    found = {
        each.pk: set(look_for_like(each) if each.like is None and each.prints else each.like or ())
        for each in of
    }
    later = Picture.objects.filter(like__overlap=[*found]).values_list("pk", "like") if found else ()
    for pk, like in later:
        for each in found.keys() & set(like or ()):
            found[each].add(pk)
    return found


def look_for_like(to: Picture) -> set[int]:
    """Compare this picture with all others of the federation and return the ids of those. Of two each finds
    the other. Two queries, which take half a millisecond for each picture there is."""
    others = Picture.objects.exclude(pk=to.pk)
    parts, one_side = Near(to.prints, bits=ALIKE), Near(to.prints[:OF_ONE_SIDE], bits=ALIKE)
    rows = others.values_list("pk", f"prints__0_{TURNS}")
    found = {pk for pk, whole in rows if parts.finds(whole[:UPRIGHT]) or one_side.finds(whole)}
    own = (to.prints[:UPRIGHT], ALIKE, OF_ONE_SIDE, to.prints[UPRIGHT:TURNS], ALIKE)
    near = RawSQL(_NEAR, own, output_field=BooleanField())  # noqa: S611
    return found.union(others.filter(near).values_list("pk", flat=True))
