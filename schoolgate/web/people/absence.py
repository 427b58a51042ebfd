"""When a person is not there: days away, long leave, leaving. One page that asks for how long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import handover_facts
from schoolgate.accounts.handover_facts import Meant, meant_by_leaving, uncovered, who_instead
from schoolgate.accounts.models import Handover, RunBy
from schoolgate.core.calendars import holidays_ahead
from schoolgate.core.errors import NotFound
from schoolgate.duties.kinds import not_passed_on
from schoolgate.duties.queries import known_to, open_for
from schoolgate.people import leaving, queries, rules
from schoolgate.people.leads import schools_left_alone
from schoolgate.people.leaving import check_may_say
from schoolgate.people.models import AbsenceKind, Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.rulebook import Book
from schoolgate.web.accounts.handover import who_runs
from schoolgate.web.frame import duty_words
from schoolgate.web.frame.doors import Visit, done, opens, page
from schoolgate.web.frame.forms import DayField, SchoolForm, at, form_page
from schoolgate.web.people.person import asked_first, asks_first

MOST_SHOWN = 10
"""Things to do that are shown one by one before a leaving; the rest is counted."""
DAYS, LEAVE, LEAVING = "days", "leave", "leaving"
HOW_LONG = {DAYS: _("Some days"), LEAVE: _("A term or longer"), LEAVING: _("For good")}


class AbsenceForm(SchoolForm):
    """From when to when. Why is not asked."""

    policy_help = {
        "from_day": (
            at("account.watch", "looked_at_in_holidays"),
            at("site.check", "looked_after_in_absence", "moderators_on_hand"),
        )
    }

    from_day = DayField(label=_("First day away"))
    to_day = DayField(label=_("Last day away"))


class ExtendedAbsenceForm(SchoolForm):
    """From when and until when a person is away. The reason is only one of three words."""

    kind = forms.ChoiceField(
        label=_("Type"),
        choices=AbsenceKind.choices,
        widget=forms.RadioSelect,
        help_text=_("Nothing else about the reason is recorded, and nothing about anyone’s health."),
    )
    from_day = DayField(label=_("First day away"))
    to_day = DayField(
        label=_("Last day away"),
        help_text=_("Leave blank if you don’t know. It then ends when someone records their return."),
        required=False,
    )


class DepartureForm(SchoolForm):
    """The day of leaving."""

    left_on = DayField(
        label=_("Leaving date"),
        help_text=_(
            "From this date they can’t sign in and have no roles. Today or earlier takes effect at once."
        ),
    )


@page()
def absence(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record for how long a person is not there: some days, a long leave, or for good."""
    about = person_by_id(pk)
    administers = rules.can(rules.check_may_administer, visit.person, on=visit.on)
    how = request.GET.get("for", DAYS)
    if how not in HOW_LONG:
        raise NotFound
    if how == DAYS:
        check_may_say(visit.person, about, on=visit.on)
    else:
        rules.check_may_administer(visit.person, on=visit.on)
    make, save, label, said, to = _parts(how, visit, about)
    form = make(request.POST or None, initial=_begins(how, visit))
    asks = request.method == "POST" and how != DAYS and form.is_valid()
    if asks and (asked := asked_first(request, visit, about)):
        return asked
    if form.save(save):
        return done(request, said, to, pk)
    context = {
        "about": about,
        "own": about.pk == visit.person.pk,
        "how": how,
        "choices": HOW_LONG.items() if administers and about.left_on is None else (),
        "label": label,
        "asks_first": how != DAYS and asks_first(visit, about),
        "seen": opens(visit, "person", pk),
        **_meaning(how, visit, about),
    }
    return form_page(request, "people/absence.html", form, context)


def _parts(
    how: str, visit: Visit, about: Person
) -> tuple[type[SchoolForm], Callable[[dict[str, Any]], object], Any, Any, str]:
    """Return the form, what it does, the words of its button, the message and the page afterwards."""
    given: dict[str, Any] = {"by": visit.person, "at": visit.at, "person": about}
    if how == DAYS:
        said = _("Days away saved. Roles and sign-in don’t change.")
        return (
            AbsenceForm,
            lambda typed: leaving.enter_absence(**given, **typed),
            _("Save days"),
            said,
            "person-away",
        )
    if how == LEAVE:
        said = _("Long leave recorded.")
        return (
            ExtendedAbsenceForm,
            lambda typed: leaving.start_extended_absence(**given, **typed),
            _("Record long leave"),
            said,
            "person",
        )
    said = _("Departure recorded. Anyone with a task has been asked.")
    return (
        DepartureForm,
        lambda typed: leaving.record_departure(**given, **typed),
        _("Record leaver"),
        said,
        "person",
    )


def _begins(how: str, visit: Visit) -> dict[str, Any]:
    """Return the days that the form begins with."""
    if how != DAYS:
        return {"left_on": visit.on, "from_day": visit.on}
    ahead = [each for each in holidays_ahead(visit.on) if each.known]
    return {"from_day": max(ahead[0].first, visit.on), "to_day": ahead[0].last} if ahead else {}


def _meaning(how: str, visit: Visit, about: Person) -> dict[str, Any]:
    """Return what the page says beside the form."""
    if how == DAYS:
        return {"rows": leaving.days_away(about, on=visit.on)}
    if how == LEAVE:
        alone = schools_left_alone(about, queries.book_of(visit.federation), on=visit.on)
        return {"uncovered": uncovered(about, on=visit.on), "no_lead_at": alone}
    book = queries.book_of(visit.federation)
    meant = meant_by_leaving(about, left_on=about.left_on or visit.on, at=visit.at)
    return {"accounts": [_meant(one, about, book, visit) for one in meant], **_to_do(about, book, visit)}


def _meant(one: Meant, about: Person, book: Book, visit: Visit) -> dict[str, Any]:
    """Return what the leaving means for one account, in words."""
    would_be = Handover(account=one.account, leaver=about, run_by=one.runs.run_by, role_key=one.runs.role_key)
    runners = handover_facts.runners_of(would_be, on=visit.on) if one.wanted else []
    return {
        "account": one.account,
        "staying": ", ".join(each.name for each in one.staying),
        "wanted": one.wanted,
        "who_runs": who_runs(one.runs.run_by, one.runs.role_key, runners, book),
        "by_house": one.runs.run_by == RunBy.HOUSE,
    }


def _to_do(about: Person, book: Book, visit: Visit) -> dict[str, Any]:
    """Return the person's open tasks, with who gets each."""
    theirs = known_to(visit.person, visit.on).filter(person=about)
    first, number = open_for(theirs, but=not_passed_on(), limit=MOST_SHOWN)
    names = book.role_names
    shown = []
    for each in duty_words.shown(first, book, at=visit.at):
        person, role = who_instead(each.duty, about, at=visit.at)
        shown.append({"duty": each, "to": person.name if person else names.get(role or "", role)})
    return {"duties": shown, "more_duties": max(number - len(shown), 0)}


@page(methods=("POST",))
def take_back(request: HttpRequest, visit: Visit, pk: int, away_pk: int) -> HttpResponseBase:
    """They are there after all."""
    about = person_by_id(pk)
    check_may_say(visit.person, about, on=visit.on)
    row = leaving.day_away(about, away_pk)
    leaving.withdraw_absence(by=visit.person, at=visit.at, away=row)
    return done(request, _("Days away removed."), "person-away", pk)


@page(methods=("POST",))
def returned(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take a leaver back, or cancel a leaving whose day has not come."""
    about = person_by_id(pk)
    not_gone = about.left_on is not None and about.left_on > visit.on
    leaving.record_return(by=visit.person, at=visit.at, person=about)
    if not_gone:
        return done(request, _("Departure cancelled. Their roles are as before."), "person", pk)
    return done(request, _("Return recorded. Their former roles aren’t restored."), "person", pk)


@page(methods=("POST",))
def back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that a person is back from long leave, or cancel a long leave to come."""
    standing = leaving.extended_absence(person_by_id(pk), on=visit.on)
    if standing is None:
        raise NotFound
    leaving.end_extended_absence(by=visit.person, at=visit.at, leave=standing)
    return done(request, _("They’re back. They can sign in, and their roles count."), "person", pk)


urlpatterns = [
    path("people/<int:pk>/away", absence, name="person-away"),
    path("people/<int:pk>/away/<int:away_pk>/take-back", take_back, name="person-away-take-back"),
    path("people/<int:pk>/return", returned, name="person-returns"),
    path("people/<int:pk>/back", back, name="person-back"),
]
