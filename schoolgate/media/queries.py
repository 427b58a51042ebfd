"""Reads of pictures with a name."""

from collections.abc import Container, Sequence

from django.db.models import F, IntegerField
from django.db.models.expressions import RawSQL

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.media.models import ConsentCheck, Picture
from schoolgate.media.near import OF_ONE_SIDE, TURNS, Near
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
OFTEN = 460
"""So many of a picture's prints, the first, are of all but crops of both sides that keep no corner: they find
what people do most."""
FIRST_PRINTS = f"prints__0_{OFTEN}"
"""How a query reads these alone."""
_NEAREST = """(
    SELECT min(bit_count((part # whole)::bit(64)))
    FROM unnest(media_picture.prints[:%s]) AS p(part), unnest(%s::bigint[]) AS w(whole)
)"""


def pictures_like(of: Sequence[Picture]) -> set[int]:
    """Return the ids of the federation's other pictures that may be the same as one of these, a part of it,
    or what it is a part of. Two queries.

    A hint for a person who looks: it finds copies of another size, quality or brightness, mirrored, turned
    or tilted ones and crops to about half, and misses others. Which post used which file is on record.
    """
    others = Picture.objects.exclude(pk__in=[each.pk for each in of])
    parts = Near((one for each in of for one in each.prints), bits=ALIKE)
    one_side = Near((one for each in of for one in each.prints[:OF_ONE_SIDE]), bits=ALIKE)
    rows = others.values_list("pk", f"prints__0_{TURNS}")
    found = {pk for pk, whole in rows if whole and (parts.finds(whole[:1]) or one_side.finds(whole))}
    wholes = [one for each in of for one in each.prints[:1]]
    away = RawSQL(_NEAREST, (OFTEN, wholes), output_field=IntegerField())  # noqa: S611
    return found.union(others.annotate(away=away).filter(away__lte=ALIKE).values_list("pk", flat=True))
