"""Connect a school to where its pupils are read from by a key, and end that. What is read becomes a list that
a person checks and confirms, like any other."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.pupils.models import PupilSource
from schoolgate.pupils.rules import check_may_keep

PURPOSE = "school_records"


def sources() -> list[PupilSource]:
    """Return the schools that are connected, by name."""
    return list(PupilSource.objects.select_related("school").order_by("school__name"))


def source(pk: int) -> PupilSource:
    """Return one of them. Raises NotFound."""
    found = PupilSource.objects.select_related("school").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@action
def connect_source(
    *, by: Person, at: datetime, school: School, their_school: str, their_name: str, key: str
) -> PupilSource:
    """Save the key with which a school's pupils are read, in place of the one it had. `their_name`: how the
    school is called where they are read: the key was tried. Raises NotAllowed."""
    check_may_keep(by, on=local_day(at))
    if by.federation.is_example:
        raise NotAllowed(
            _("Demo sites don’t read real pupils."), _("Connect the school in your own installation.")
        )
    _forget(PupilSource.objects.select_for_update().filter(school=school).first())
    made = PupilSource(school=school, their_school=their_school, their_name=their_name, by=by, at=at)
    made.key_ref = vault.put(PURPOSE, key, about=school)
    made.save()
    record("pupils.source_connected", subject=made, at=at, actor=by, school=school.pk)
    return made


@action
def end_source(*, by: Person, at: datetime, source: PupilSource) -> None:
    """Forget the key of a school; its pupils and consents stay. Raises NotAllowed."""
    check_may_keep(by, on=local_day(at))
    record("pupils.source_ended", subject=source, at=at, actor=by, school=source.school_id)
    _forget(source)


@action
def note_read(*, at: datetime, source: PupilSource) -> None:
    """Note when a school's pupils were read last."""
    PupilSource.objects.filter(pk=source.pk).update(read_at=at)


def _forget(row: PupilSource | None) -> None:
    if row is not None:
        vault.forget(row.key_ref)
        row.delete()
