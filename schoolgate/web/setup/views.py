"""Setting up, signed in: what still blocks the first post, schools, the second administrator, safeguarding
leads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core import setting_up
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.people import queries, rules
from schoolgate.people.actions.setting_up import add_school, invite_second
from schoolgate.people.letting_go import asks_two, check_entry_may_end, left_alone_without, schools_left_alone
from schoolgate.people.models import LeadChange
from schoolgate.people.states import LeadState
from schoolgate.policy.actions.leads import end_safeguarder, name_safeguarder
from schoolgate.reports.ready import Point, points
from schoolgate.web.frame.doors import Visit, done, opens, page
from schoolgate.web.frame.forms import SchoolForm, form_page
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.setup.forms import SafeguarderForm, SchoolDetailsForm, SecondForm


def shown(each: Point, visit: Visit) -> dict[str, Any]:
    """One point of the list, with its address where this visitor may go there."""
    leads = not each.by_machine and opens(visit, each.to, *each.to_args)
    return {"point": each, "href": reverse(each.to, args=each.to_args) if leads else ""}


@page(place="people", check=rules.check_may_administer, methods=("GET", "HEAD"))
def set_up(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the list: what is done, what is still open, and who can do it."""
    rows = [shown(each, visit) for each in points(at=visit.at)]
    open_rows = [row for row in rows if not row["point"].done]
    context = {"open": open_rows, "done": [row for row in rows if row["point"].done], "number": len(rows)}
    return render(request, "setting_up/list.html", context)


@page(place="people", check=rules.check_may_administer)
def schools(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The schools with their days, and adding another."""
    form = SchoolDetailsForm(request.POST or None, federation=visit.federation)
    if form.save(lambda typed: add_school(by=visit.person, at=visit.at, **typed)):
        return done(request, _("School added."), "set-up-schools")
    rows = [
        {"school": school, "until": max((t.last_day for t in school.terms.all()), default=None)}
        for school in setting_up.schools()
    ]
    return form_page(request, "setting_up/schools.html", form, {"rows": rows})


@page(place="people", check=rules.check_may_administer)
def step(request: HttpRequest, visit: Visit, step: str) -> HttpResponseBase:
    """One step that is a form: the second administrator, or who leads on safeguarding."""
    policy = queries.book_of(visit.federation)
    form: SchoolForm
    if step == "second":
        form = SecondForm(request.POST or None, federation=visit.federation, policy=policy)
        added = form.save(lambda typed: invite_second(by=visit.person, at=visit.at, **typed))
        if added:
            message = _("Invited. They choose their own password and set up two-step verification.")
            return done(request, message, "person", added.value.pk)
        return form_page(request, "setting_up/second.html", form)
    if step != "safeguarding":
        raise NotFound
    form = SafeguarderForm(request.POST or None)
    made = form.save(lambda typed: name_safeguarder(by=visit.person, at=visit.at, **typed))
    if made:
        waits = made.value.state == LeadState.ASKED
        said = _("We’ve asked a second person. The change applies once they agree.") if waits else _("Saved.")
        return done(request, said, "set-up-step", "safeguarding")
    rows = setting_up.safeguarders()
    people = queries.people_by_id({row.person_id for row in rows})
    context = {
        "named": [role.name for role in policy.roles if "safeguarding" in role.key],
        "waiting": LeadChange.objects.filter(state=LeadState.ASKED).select_related("person", "school"),
        "rows": [{"row": row, "person": people.get(row.person_id)} for row in rows],
    }
    return form_page(request, "setting_up/safeguarding.html", form, context)


@page(place="people", check=rules.check_may_administer)
def safeguarding_end(request: HttpRequest, visit: Visit, safeguarder_pk: int) -> HttpResponseBase:
    """Ask, then record that a person is no longer a safeguarding lead."""
    row = setting_up.safeguarder(safeguarder_pk)
    if request.method != "POST":
        return render(request, "setting_up/safeguarding_end.html", _before_the_end(visit, row))
    change = end_safeguarder(by=visit.person, at=visit.at, safeguarder=row)
    if change.state == LeadState.ASKED:
        said = _("We’ve asked a second person. They lead until that person agrees: then remove them.")
        return done(request, said, "set-up-lead", change.pk)
    return done(request, _("Removed."), "set-up-step", "safeguarding")


def _before_the_end(visit: Visit, row: Safeguarder) -> dict[str, Any]:
    """What pressing would do: nothing where no one else leads, ask a second person, or remove."""
    person = queries.people_by_id({row.person_id})[row.person_id]
    book = queries.book_of(visit.federation)
    asks, stays = asks_two(row, person, at=visit.at), False
    try:
        check_entry_may_end(row, person, at=visit.at)
    except NotNow:
        stays = True
    alone = left_alone_without(row, book, on=visit.on)
    if asks:
        alone = alone or schools_left_alone(person, book, on=visit.on)
    return {"row": row, "person": person, "asks": asks, "stays": stays, "alone": [one.name for one in alone]}


@beside_people
def leads_to_set_up(visit: Visit) -> PlaceLink | None:
    """Return a link for people who manage people."""
    return PlaceLink("set-up", _("Set-up")) if opens(visit, "set-up") else None


urlpatterns = [
    path("set-up", set_up, name="set-up"),
    path("set-up/schools", schools, name="set-up-schools"),
    path("set-up/safeguarding/<int:safeguarder_pk>/end", safeguarding_end, name="set-up-safeguarding-end"),
]
