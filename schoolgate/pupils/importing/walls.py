"""Who of a list is on the do-not-publish list, or bears the name of a pupil who is."""

from __future__ import annotations

from schoolgate.people.sheets import same_word
from schoolgate.pupils.importing.reading import Read
from schoolgate.pupils.models import NotPublished


class Walls:
    """The pupils on the do-not-publish list, of all schools: one query. `of`: their entries by pupil."""

    def __init__(self) -> None:
        rows = NotPublished.objects.filter(ended_at=None).select_related("pupil", "by")
        self.of = {row.pupil_id: row for row in rows}

    def like(self, read: Read) -> NotPublished | None:
        """Return the entry of a pupil whose name a new one bears, unless the two were born on different
        days: a child who comes to another school, or with another number, stays on the list."""
        for row in self.of.values():
            pupil = row.pupil
            days = {pupil.born_on, read.born_on} - {None}
            theirs = {same_word(f"{first} {pupil.last_name}") for first in (pupil.first_name, pupil.known_as)}
            named = {same_word(read.full_name), same_word(read.name)} & theirs
            if named and len(days) < 2:
                return row
        return None
