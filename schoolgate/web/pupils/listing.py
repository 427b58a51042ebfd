"""Who may be shown: the pupils of a school, a class or a group that was ticked in a list, on one network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.rows import words_of
from schoolgate.people.rules import can
from schoolgate.policy.choices import (
    choose_leavers,
    choose_own_yes,
    choose_withdrawn_within,
    leavers_looked_for,
    own_yes_from,
    removal_clauses,
    withdrawn_within,
)
from schoolgate.policy.queries import policy_or_none
from schoolgate.policy.rules import check_may_own
from schoolgate.pupils import consents
from schoolgate.pupils.consents import Standing
from schoolgate.pupils.models import Pupil, PupilGroup, Use
from schoolgate.pupils.retention import PupilsWhoLeft
from schoolgate.records.destroying import in_force
from schoolgate.web.accounts.register_wording import network_name
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.paging import number_in, numbers_in
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.wording import clauses_of
from schoolgate.web.pupils.consents import of_class
from schoolgate.web.pupils.pupil import GroupForm, HoursForm, LeaversForm, OwnYesForm

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
        consents.drop_group(by=visit.person, at=visit.at, group=here.shown)
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
    return consents.save_group(
        by=visit.person, at=visit.at, name=name, pupils=list(pupils.values()), group=group
    )


SIZE = 25
LONGEST = 200
SHOWN = (Use.PICTURE, Use.FILM, Use.NAME)
"""Uses that the list shows; a pupil's page shows all."""
TO_PRINT = (Use.PICTURE, Use.NAME)


@page(place="people", check=consents.check_may_see)
def pupils(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List who may be shown on a network, by class or group; with `show=list` one class or group as a list to
    print, with yes or no for all networks. Names that are searched for come by POST, so that they reach no
    address and no log."""
    sent = request.POST if request.POST.get("do") == "age" else None
    age = OwnYesForm(sent)
    if age.save(lambda typed: choose_own_yes(by=visit.person, at=visit.at, age=typed["age"])):
        return done(request, _("Age saved as your federation’s own choice."), "pupils")
    hours = HoursForm(request.POST if request.POST.get("do") == "hours" else None)
    if hours.save(lambda typed: choose_withdrawn_within(by=visit.person, at=visit.at, **typed)):
        return done(request, _("Time saved as your federation’s own choice."), "pupils")
    leavers = LeaversForm(request.POST if request.POST.get("do") == "leavers" else None)
    if leavers.save(lambda typed: choose_leavers(by=visit.person, at=visit.at, **typed)):
        return done(request, _("Years saved as your federation’s own choice."), "pupils")
    schools = consents.schools_seen(visit.person, on=visit.on)
    channels = consents.channels_here()
    channel, form = request.GET.get("on", channels[0]), request.GET.get("class", "")
    forms = consents.forms_at(schools)
    if channel not in channels or (form and form not in forms):
        raise NotFound
    keeps = can(consents.check_may_keep, visit.person, on=visit.on)
    of_links = of_class(request, visit, schools, form) if keeps else {}
    if not isinstance(of_links, dict):
        return of_links
    groups = groups_on_page(request, schools)
    if changed := change_groups(request, visit, schools, groups):
        return changed
    words = words_of(request.POST.get("words", "")[:LONGEST])
    to_print = request.GET.get("show") == "list"
    found, more = _found(request, visit, schools, groups, form=form, words=words, to_print=to_print)
    from_age = own_yes_from(on=visit.on)
    may = consents.standings_by_channel(
        found, uses=SHOWN, channels=channels, on=visit.on, own_yes_from=from_age
    )
    disputed, more_disputed = _disputed(request, visit, schools) if keeps and not to_print else ([], False)
    here: dict[str, str] = {"on": channel, **({"class": form} if form else {})}
    if groups.shown is not None:
        here["group"] = str(groups.shown.pk)
    may_choose = can(check_may_own, visit.person, on=visit.on)
    context = {
        "rows": [
            {
                "pupil": each,
                "may": [use.label for use in SHOWN if may[each.pk][channel][use].may],
                "everywhere": [_everywhere(may[each.pk], use) for use in TO_PRINT],
                "ticked": each.pk in groups.ticked if groups.form.errors else groups.shown is not None,
            }
            for each in found
        ],
        "to_print": to_print,
        "groups": groups,
        "channels": [(key, network_name(key)) for key in channels],
        "channel": channel,
        "network": network_name(channel),
        "forms": forms,
        "form": form,
        "several": len(schools) > 1,
        "typed": request.POST.get("words", "")[:LONGEST],
        "here": urlencode(here),
        "following": urlencode({**here, "after": str(found[-1].pk)}) if more else "",
        "keeps": keeps,
        "disputed": disputed,
        "more_disputed": disputed[-1].pk if more_disputed else 0,
        **of_links,
        "may_choose": may_choose,
        "looked_for": leavers_looked_for(on=visit.on) if may_choose else None,
        "kept_months": in_force(PupilsWhoLeft()).months if may_choose else None,
        "leavers_form": leavers,
        "age": from_age,
        "age_form": age,
        "within": withdrawn_within(on=visit.on),
        "within_of_policy": _removal_of_policy(visit, schools) if may_choose else [],
        "hours_form": hours,
        "on": visit.on,
    }
    forms_sent = (age, hours, leavers, groups.form, of_links.get("words_form"))
    wrong = any(each is not None and each.errors for each in forms_sent)
    response = render(request, "pupils/pupils.html", context, status=422 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response


def _removal_of_policy(visit: Visit, schools: Sequence[School]) -> list[ShownClause]:
    """Return the clauses of the policy in force that give a time for pictures whose consent is withdrawn."""
    policy = policy_or_none(visit.on)
    if policy is None:
        return []
    asked: Sequence[School | None] = schools or [None]
    found = [clause for school in asked for clause in removal_clauses(policy.book, school, at=visit.at)]
    return clauses_of(policy, dict.fromkeys(found))


def _found(
    request: HttpRequest, visit: Visit, schools: Sequence[School], groups: GroupsOnPage, *,
    form: str, words: Sequence[str], to_print: bool,
) -> tuple[list[Pupil], bool]:  # fmt: skip
    """Return the pupils on the page, and whether more follow."""
    if (members := groups.members) is not None:
        return members, False
    if to_print:
        return consents.pupils_of_class(schools, form) if form else [], False
    after = _after(request, visit)
    return consents.pupils_page(schools, form=form, words=words, after=after, limit=SIZE, left=bool(words))


def _everywhere(may: Mapping[str, Mapping[str, Standing]], use: Use) -> dict[str, Any]:
    """Return whether a use is allowed on all networks, and on which where not on all."""
    yes = [channel for channel, each in may.items() if each[use].may]
    return {
        "label": use.label,
        "all": len(yes) == len(may),
        "some": [network_name(channel) for channel in yes],
    }


def _disputed(request: HttpRequest, visit: Visit, schools: Sequence[School]) -> tuple[list[Pupil], bool]:
    """Return the pupils to settle on the page, and whether more follow."""
    after = _after(request, visit, key="settle-after")
    return consents.disputed_at(schools, on=visit.on, after=after, limit=SIZE)


def _after(request: HttpRequest, visit: Visit, *, key: str = "after") -> Pupil | None:
    """The key of a list from the last pupil's number: an address carries no name."""
    if key not in request.GET:
        return None
    return consents.pupil_for(visit.person, number_in(request.GET[key]), on=visit.on)


@beside_people
def lead(visit: Visit) -> PlaceLink | None:
    """Return a link for people who may see pupils."""
    link: Any = PlaceLink("pupils", _("Pupils and consents"))
    return link if can(consents.check_may_see, visit.person, on=visit.on) else None
