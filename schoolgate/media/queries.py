"""Reads of pictures with a name."""

from collections.abc import Collection, Container, Sequence

from django.db.models import BooleanField, F
from django.db.models.expressions import RawSQL

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.media.models import ConsentCheck, Picture
from schoolgate.media.near import OF_ONE_SIDE, TURNS, UPRIGHT, Near
from schoolgate.people.models import Person


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
