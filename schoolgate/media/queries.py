"""Reads of pictures with a name."""

from collections.abc import Container, Sequence

from django.db.models import F, IntegerField
from django.db.models.expressions import RawSQL

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.media.models import ConsentCheck, Picture
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
_DIFFERENCE = """least(
    (SELECT min(bit_count((theirs # %s::bigint)::bit(64))) FROM unnest({column}) AS t(theirs)),
    (SELECT min(bit_count(((SELECT ({column})[1]) # asked)::bit(64))) FROM unnest(%s::bigint[]) AS a(asked))
)"""
"""One of the two prints is of a whole picture: two crops of different pictures are too easily alike. A query
of its own reads the whole of a long column once, not once for each pair."""


def difference(prints: Sequence[int], *, column: str) -> RawSQL:
    """Return in how many bits the nearest of these prints and of a column's differ; None where either has
    none. `column`: with its table, written in the program."""
    asked = (prints[0] if prints else None, list(prints))
    return RawSQL(_DIFFERENCE.format(column=column), asked, output_field=IntegerField())  # noqa: S611


def pictures_like(of: Picture) -> list[Picture]:
    """Return the federation's other pictures that may be the same as `of`, the nearest first.

    A hint for a person who looks: it finds copies of another size, quality or brightness, mirrored, turned or
    tilted ones and the usual crops, and misses others. Which post used which file is on record, and first.
    """
    rows = Picture.objects.exclude(pk=of.pk).annotate(
        difference=difference(of.prints, column="media_picture.prints")
    )
    return list(rows.filter(difference__lte=ALIKE).select_related("school").order_by("difference", "pk"))
