"""Reads of pictures with a name."""

from collections.abc import Sequence

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.media.models import ConsentCheck, Picture
from schoolgate.people.models import Person


def picture(pk: int) -> Picture:
    """The picture of this federation with that id. Raises NotFound, also for another federation's."""
    found = Picture.objects.select_related("school").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def picture_for(person: Person, pk: int, *, school: School, kept: int | None = None) -> Picture:
    """Return a picture that `person` may put into a post of `school`: their own, or the one it has (`kept`).

    Raises NotFound for any other, and for one of another school.
    """
    found = picture(pk)
    if found.school_id != school.pk or not (found.pk == kept or found.added_by_id == person.pk):
        raise NotFound
    return found


def newest_checks(of: Picture, channels: Sequence[str]) -> dict[str, ConsentCheck]:
    """Return for each channel the newest check of this picture as it is now. Channels without a check are
    left out."""
    rows = ConsentCheck.objects.filter(picture=of, channel__in=channels, picture_digest=of.digest)
    return {row.channel: row for row in rows.select_related("by").order_by("id")}
