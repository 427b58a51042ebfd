"""Days on which a person is away, entered by themselves or by others."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.core.school_holidays import holidays_ahead
from schoolgate.people import absences, actions, rules
from schoolgate.people.actions.away import check_may_say
from schoolgate.people.models import Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.frame.parts import PagePart, on_person_page


class AwayForm(SchoolForm):
    """From when to when. Why is not asked."""

    policy_help = {
        "from_day": (
            at("account.watch", "looked_at_in_holidays"),
            at("site.check", "looked_after_in_absence", "moderators_on_hand"),
        )
    }

    from_day = DayField(label=_("First day away"))
    to_day = DayField(label=_("Last day away"))


@page()
def away(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record on which days a person is away, and show the recorded ones."""
    about = person_by_id(pk)
    check_may_say(visit.person, about, on=visit.on)
    ahead = [each for each in holidays_ahead(visit.on) if each.known]
    begins = {"from_day": max(ahead[0].first, visit.on), "to_day": ahead[0].last} if ahead else {}
    form = AwayForm(request.POST or None, initial=begins)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_away(by=visit.person, at=visit.at, person=about, **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Days away saved. Roles and sign-in don’t change."), "person-away", pk)
    context = {
        "form": form,
        "about": about,
        "own": about.pk == visit.person.pk,
        "rows": absences.days_away(about, on=visit.on),
    }
    return render(request, "cover/away.html", context, status=422 if form.errors else 200)


@page(methods=("POST",))
def take_back(request: HttpRequest, visit: Visit, pk: int, away_pk: int) -> HttpResponseBase:
    """They are there after all."""
    about = person_by_id(pk)
    check_may_say(visit.person, about, on=visit.on)
    row = absences.day_away(about, away_pk)
    actions.take_back_away(by=visit.person, at=visit.at, away=row)
    return done(request, _("Days away removed."), "person-away", pk)


@on_person_page
def part_of_person(visit: Visit, about: Person) -> PagePart | None:
    """Return a card with the days away, for the person and for people who may enter them."""
    if about.left_on is not None and about.left_on <= visit.on:
        return None
    if not rules.can(check_may_say, visit.person, about, on=visit.on):
        return None
    rows = absences.days_away(about, on=visit.on)
    return PagePart("cover/_person.html", {"about": about, "rows": rows})


urlpatterns = [
    path("people/<int:pk>/away", away, name="person-away"),
    path("people/<int:pk>/away/<int:away_pk>/take-back", take_back, name="person-away-take-back"),
]
