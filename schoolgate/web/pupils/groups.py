"""Groups of pupils, made from a list in which they are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import School
from schoolgate.pupils import consents, grouping
from schoolgate.pupils.models import Pupil, PupilGroup
from schoolgate.web.frame.doors import Visit, done
from schoolgate.web.frame.numbers import number_in, numbers_in
from schoolgate.web.pupils.forms import GroupForm

SAVE, DROP = "group", "drop-group"


@dataclass
class GroupsOnPage:
    """The groups of these schools, the one that is shown, and the form below its pupils."""

    every: list[PupilGroup]
    shown: PupilGroup | None
    form: GroupForm
    ticked: set[int]

    @property
    def members(self) -> list[Pupil] | None:
        """Return the pupils of the group that is shown; None where none is."""
        return None if self.shown is None else consents.members_of(self.shown)


def groups_on_page(request: HttpRequest, schools: Sequence[School]) -> GroupsOnPage:
    """Return the groups that the page shows. Raises NotFound for a group of another school."""
    every = consents.groups_at(schools)
    shown = consents.group_at(schools, number_in(request.GET["group"])) if "group" in request.GET else None
    sent = request.POST if request.POST.get("do") == SAVE else None
    form = GroupForm(sent, groups=every, group=shown)
    return GroupsOnPage(every, shown, form, set(numbers_in(request.POST.getlist("pupil"))))


def change_groups(
    request: HttpRequest, visit: Visit, schools: Sequence[School], here: GroupsOnPage
) -> HttpResponseBase | None:
    """Save or delete the group that was asked for; None where nothing was, or something is wrong with it."""
    if request.POST.get("do") == DROP and here.shown is not None:
        grouping.drop_group(by=visit.person, at=visit.at, group=here.shown)
        return done(request, _("Group deleted."), "pupils")
    saved = here.form.save(lambda typed: _save(visit, schools, here, typed))
    if saved is None:
        return None
    done(request, _("Group saved."), "pupils")
    return redirect(f"{reverse('pupils')}?group={saved.value.pk}")


def _save(visit: Visit, schools: Sequence[School], here: GroupsOnPage, typed: dict[str, Any]) -> PupilGroup:
    pupils = {each.pk: each for each in consents.pupils_by_id(schools, here.ticked)}
    group, name = here.shown, typed["name"]
    if typed.get("to"):
        group = consents.group_at(schools, number_in(typed["to"]))
        pupils |= {each.pk: each for each in consents.members_of(group)}
        name = group.name
    return grouping.save_group(
        by=visit.person, at=visit.at, name=name, pupils=list(pupils.values()), group=group
    )
