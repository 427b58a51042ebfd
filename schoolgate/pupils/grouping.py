"""Groups of pupils of one school, for posts and for the list before a match."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.people.models import Person
from schoolgate.pupils.consents import check_may_choose
from schoolgate.pupils.models import Pupil, PupilGroup, PupilInGroup

LONGEST_NAME = 60
MOST = 200
"""Pupils of one group (house rule): a whole year group, not a school."""


@action
def save_group(
    *, by: Person, at: datetime, name: str, pupils: Collection[Pupil], group: PupilGroup | None = None
) -> PupilGroup:
    """Make a group of these pupils, or give a group this name and these pupils.

    Raises NotAllowed for people who neither write posts nor keep consents at the school, BadInput (`name`,
    `pupils`: none, too many, or of several schools).
    """
    tidy = " ".join(name.split())
    schools = {each.school_id: each.school for each in pupils}
    if group is not None:
        schools[group.school_id] = group.school
    wrong = {}
    if not pupils or len(pupils) > MOST:
        wrong["pupils"] = _("Tick from 1 to 200 pupils.")
    elif len(schools) > 1:
        wrong["pupils"] = _("Choose pupils of one school.")
    if not tidy or len(tidy) > LONGEST_NAME:
        wrong["name"] = _("Enter a name of up to 60 characters.")
    if not wrong:
        (school,) = schools.values()
        check_may_choose(by, school, on=local_day(at))
        same = PupilGroup.objects.filter(school=school, name=tidy)
        if (same.exclude(pk=group.pk) if group else same).exists():
            wrong["name"] = _("Choose another name: there’s already a group with this one.")
    if wrong:
        raise BadInput(wrong)
    if group is None:
        group = PupilGroup.objects.create(school=school, name=tidy, by=by, at=at)
    else:
        group.name, group.by, group.at = tidy, by, at
        group.save(update_fields=["name", "by", "at"])
        group.members.all().delete()
    PupilInGroup.objects.bulk_create([PupilInGroup(group=group, pupil=each) for each in pupils])
    record("pupils.group_saved", subject=group, at=at, actor=by)
    return group


@action
def drop_group(*, by: Person, at: datetime, group: PupilGroup) -> None:
    """Delete a group; its pupils and their consents stay. Raises NotAllowed."""
    check_may_choose(by, group.school, on=local_day(at))
    record("pupils.group_dropped", subject=group, at=at, actor=by)
    group.delete()
