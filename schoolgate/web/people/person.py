"""The list of people, by name or by role, with each role's holder, who acts for them and what is vacant;
the page of one person, their roles (given, handed over from a chosen day, extended, ended), and the
reset of two-step verification.

Whoever leads on safeguarding goes by two people's word: a page that would take them out asks first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import handover_facts
from schoolgate.conduct.answers import check_may_tell, kinds_to_remove
from schoolgate.core.actions import together
from schoolgate.core.calendars import turn_of
from schoolgate.core.errors import NotFound
from schoolgate.core.models import Federation, School
from schoolgate.core.rows import words_of
from schoolgate.duties.queries import known_to, waiting_for_roles
from schoolgate.notices.mails import bad_address
from schoolgate.people import assignments, leaving, persons, queries, rules, sessions
from schoolgate.people.assignments import (
    Days,
    RoleHeld,
    acting_for_it,
    awaited,
    days_of,
    own_words,
    roles_held,
)
from schoolgate.people.leads import is_only_seat, leads_anywhere, let_go
from schoolgate.people.leaving import check_may_say
from schoolgate.people.models import RESET_LASTS, FactorReset, Person, Relation, RoleAssignment
from schoolgate.people.persons import check_may_change_contact
from schoolgate.people.queries import assignment as assignment_of
from schoolgate.people.queries import (
    book_for,
    book_of,
    last_day_of,
    others_here,
    people_page,
    roles_held_by,
    schools,
    search_people,
)
from schoolgate.people.queries import person as person_by_id
from schoolgate.policy.leads import ask_to_let_go
from schoolgate.records.destroying import check_decides
from schoolgate.reports.year_turn import days_without, waits_for
from schoolgate.rulebook import Book
from schoolgate.web.accounts.handover import last_day_of as last_day_of_handover
from schoolgate.web.accounts.handover import who_runs
from schoolgate.web.conduct.own_accounts import RemoveForm
from schoolgate.web.frame import duty_words
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, form_page
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.parts import links_beside_people
from schoolgate.web.frame.shown import instant_in_words
from schoolgate.web.frame.twice import undo_by
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from

LANGUAGES = {"en": "English", "cy": "Cymraeg"}
"""Each language named in itself."""


def languages_of(federation: Federation) -> list[tuple[str, str]]:
    """The federation's languages as choices."""
    return [(code, LANGUAGES.get(code, code)) for code in federation.languages]


class AddPersonForm(SchoolForm):
    """Who comes."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Email address"), help_text=_("We’ll send the invitation here."))
    relation = forms.ChoiceField(label=_("Relationship to the federation"), choices=Relation.choices)
    language = forms.ChoiceField(label=_("Language for pages and emails"))

    def __init__(self, *args: Any, federation: Federation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages_of(federation)  # type: ignore[attr-defined]


class GiveRoleForm(SchoolForm):
    """Which of the policy's roles, where it applies, from when to when, and the person they act for."""

    role_key = forms.ChoiceField(label=_("Policy role"))
    school: forms.ModelChoiceField[School] = forms.ModelChoiceField(
        None, label=_("School"), required=False, empty_label=_("The whole federation")
    )
    managed: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        None,
        label=_("Only as line manager of"),
        required=False,
        empty_label=_("Not as a line manager"),
    )
    from_day = DayField(label=_("From"), help_text=_("First day of the role"))
    to_day = DayField(
        label=_("Until"), help_text=_("Last day. Leave empty if there isn’t one."), required=False
    )
    acting_for: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        None,
        label=_("Acting for"),
        required=False,
        empty_label=_("No one (their own role)"),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = book_for(person).roles
        choices = [("", _("Choose")), *((role.key, role.name) for role in roles)]
        self.fields["role_key"].choices = choices  # type: ignore[attr-defined]
        self.fields["school"].queryset = schools()  # type: ignore[attr-defined]
        for name in ("managed", "acting_for"):
            self.fields[name].queryset = others_here(person)  # type: ignore[attr-defined]


def asks_first(visit: Visit, person: Person) -> bool:
    """Return whether a second person has yet to agree before this person goes: a page says so beforehand."""
    return leads_anywhere(person, on=visit.on) and let_go(person, at=visit.at) is None


def asked_first(request: HttpRequest, visit: Visit, person: Person) -> HttpResponseBase | None:
    """Ask a second person whether a lead may go, and return the page that says so; None where nothing has to
    be asked, or it was agreed."""
    if not asks_first(visit, person):
        return None
    change = ask_to_let_go(by=visit.person, at=visit.at, person=person)
    said = _(
        "This person leads on safeguarding. Nothing changes until a second person agrees. Then do it again."
    )
    return done(request, said, "set-up-lead", change.pk)


def by_role(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List every role of the policy, vacant ones first."""
    book = book_of(visit.federation)
    waiting = waiting_for_roles(known_to(visit.person, visit.on))
    quote, name = quote_from(book), book.meta.federation
    rows: list[dict[str, Any]] = [
        {
            "held": each,
            "waiting": waiting.get(each.role.key, 0),
            "named": each.number == 0 or bool(each.own),
            "why": [clause_shown(one, basis="policy", federation=name, quote=quote) for one in each.own_word],
            "awaited": _awaited(each, visit),
        }
        for each in roles_held(book, on=visit.on)
    ]
    gaps = [row for row in rows if row["held"].nobody and not (row["why"] or row["held"].away)]
    context = {
        "gaps": gaps,
        "rows": sorted((row for row in rows if row not in gaps), key=lambda row: not row["held"].nobody),
        "without": sum(row["held"].nobody for row in rows),
    }
    return render(request, "people/by_role.html", context)


def _awaited(each: RoleHeld, visit: Visit) -> list[str]:
    """Return the holders of a role whose own decision is awaited while they are away."""
    if not each.own_word or each.number:
        return []
    return [person.name for person in awaited(each.role.key, on=visit.on)]


MOST_NAMED = 3
PAGE = 25
MOST_FOUND = 50
LONGEST = 200


@page(place="people", check=rules.check_may_see_people)
def people(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List everyone here by name (`?role=`: who has one role), or by role (`?by=role`); `?new` adds a person.

    Names that are searched for come by POST, so that they reach no address and no log.
    """
    if "new" in request.GET:
        return _add(request, visit)
    if request.GET.get("by") == "role":
        return by_role(request, visit)
    names = queries.book_of(visit.federation).role_names
    typed, role = request.POST.get("words", "")[:LONGEST], request.GET.get("role", "")
    if role and role not in names:
        raise NotFound
    if words := words_of(typed):
        found, following = search_people(words, on=visit.on, limit=MOST_FOUND), None
    else:
        found, following = people_page(on=visit.on, after=_after(request), limit=PAGE, role=role)
    context = {
        "rows": [{"person": each, "roles": _roles_of(each, names)} for each in found],
        "following": urlencode({"after": following[1]} | ({"role": role} if role else {}))
        if following
        else "",
        "asked": bool(words),
        "typed": typed,
        "role": names.get(role, ""),
        "may_add": rules.can(rules.check_may_administer, visit.person, on=visit.on),
        "links": links_beside_people(visit),
    }
    return render(request, "people/people.html", context)


def _roles_of(person: Person, names: Any) -> list[str]:
    """Return the names of a person's roles, each once; the row comes with `.held`."""
    return list(dict.fromkeys(names.get(h.role_key, h.role_key) for h in person.held))  # type: ignore[attr-defined]


def _after(request: HttpRequest) -> tuple[str, int] | None:
    """The key of the list from the last person's id: an address carries no name."""
    number = request.GET.get("after", "")
    if not number:
        return None
    last = person_by_id(number_in(number))
    return last.name, last.pk


def _add(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Add a person to this federation, and invite them."""
    rules.check_may_administer(visit.person, on=visit.on)
    form = AddPersonForm(request.POST or None, federation=visit.federation)

    def add(typed: dict[str, Any]) -> Person:
        with together(at=visit.at, by=visit.person):
            added: Person = persons.add_person(by=visit.person, at=visit.at, **typed)
            persons.invite(by=visit.person, at=visit.at, person=added)
        return added

    if added := form.save(add):
        return done(request, _("Person added. We’re sending them an invitation."), "person", added.value.pk)
    context = {
        "title": _("Add a person"),
        "caption": "",
        "lead": _("They’ll get an email to choose a password. Give them a role afterwards."),
        "back": reverse("people"),
        "button": _("Add and invite"),
    }
    return form_page(request, "people/form.html", form, context)


@page(place="people", check=rules.check_may_see_people)
def person(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One person: their roles, what needs doing, and what may be done about them."""
    about, on = person_by_id(pk), visit.on
    reset, book = _reset_shown(visit, about), queries.book_of(visit.federation)
    administers = rules.can(rules.check_may_administer, visit.person, on=on)
    gone = about.left_on is not None and about.left_on <= on
    contact = not gone and rules.can(check_may_change_contact, visit.person, about, on=on)
    context = {
        "visit": visit,
        "about": about,
        "gone": gone,
        "roles": [
            {"assignment": each, "name": book.role_names.get(each.role_key, each.role_key)}
            for each in queries.roles_held_by(about, on=on)
        ],
        "reset": reset,
        "may_administer": administers,
        "may_change_contact": contact,
        "may_enter_days": not gone and rules.can(check_may_say, visit.person, about, on=on),
        "may_reset": not gone and rules.can(rules.check_may_reset_factor, visit.person, about, on=on),
        "too_few": not gone and not rules.who_may_confirm(about, asked_by=visit.person, on=on),
        "may_confirm": reset and rules.can(rules.check_may_confirm_reset, visit.person, reset.row, on=on),
        "bad": contact and about.left_on is None and bad_address(about) is not None,
        "remove": _remove_form(visit, about) if not gone else None,
        "may_erase": gone and about.destroyed_at is None and rules.can(check_decides, visit.person, on=on),
        **_absence(visit, about),
    }
    return render(request, "people/person.html", context)


@dataclass(frozen=True)
class ShownReset:
    """A reset that can still be confirmed: until when, and who can; `names` is empty where no one here can,
    so that the person who runs the server does."""

    row: FactorReset
    until: str
    names: str


def _reset_shown(visit: Visit, about: Person) -> ShownReset | None:
    row = queries.open_reset(about)
    if row is None or row.asked_by is None or visit.at - row.asked_at >= RESET_LASTS:
        return None
    can = rules.who_may_confirm(about, asked_by=row.asked_by, on=visit.on)
    names = ", ".join(each.name for each in can[:MOST_NAMED])
    return ShownReset(row, instant_in_words(row.asked_at + RESET_LASTS), names)


def _remove_form(visit: Visit, about: Person) -> RemoveForm | None:
    """Return the form that tells them to remove something of their own, where the policy has words for it."""
    if about.pk == visit.person.pk or not rules.can(check_may_tell, visit.person, on=visit.on):
        return None
    kinds = kinds_to_remove(about, at=visit.at)
    return RemoveForm(kinds=kinds) if kinds else None


def _absence(visit: Visit, about: Person) -> dict[str, Any]:
    """Return the recorded long leave, the days away, and the accounts that a leaver hands over."""
    leave = leaving.extended_absence(about, on=visit.on)
    handovers: list[dict[str, Any]] = []
    if about.left_on is not None:
        book = queries.book_of(visit.federation)
        for each in handover_facts.open_handovers_of(about):
            runners = handover_facts.runners_of(each, on=visit.on)
            handovers.append(
                {"handover": each, "who_runs": who_runs(each.run_by, each.role_key, runners, book)}
            )
    return {
        "leave": leave,
        "is_away": leave is not None and leave.from_day <= visit.on,
        "handovers": handovers,
        "last_day": last_day_of_handover(handovers[0]["handover"]) if handovers else None,
        "days_away": leaving.days_away(about, on=visit.on),
    }


@page(methods=("POST",))
def invite(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Send a new invitation."""
    persons.invite(by=visit.person, at=visit.at, person=person_by_id(pk))
    return done(request, _("We’re sending an invitation."), "person", pk)


@page(methods=("POST",))
def end_sessions(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Sign a person out everywhere."""
    sessions.end_sessions(by=visit.person, at=visit.at, person=person_by_id(pk))
    return done(request, _("They’ve been signed out everywhere."), "person", pk)


# --- Reset of a second step --------------------------------------------------------------------------------


@page(methods=("POST",))
def start_reset(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The first of two people asks."""
    about = person_by_id(pk)
    sessions.start_factor_reset(by=visit.person, at=visit.at, person=about)
    shown = _reset_shown(visit, about)
    assert shown is not None
    if shown.names:
        told = _("Reset requested. Who can confirm it: {names}. Deadline: {until}.")
    else:
        told = _("Reset requested. The person who runs the server confirms it. Deadline: {until}.")
    return done(request, format_lazy(told, names=shown.names, until=shown.until), "person", pk)


@page(methods=("POST",))
def confirm_reset(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The second of two people confirms."""
    sessions.confirm_factor_reset(by=visit.person, at=visit.at, reset=_open_reset(pk))
    return done(request, _("Two-step verification reset. The person has been told."), "person", pk)


@page(methods=("POST",))
def withdraw_reset(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Cancel a reset that was not confirmed yet."""
    sessions.withdraw_factor_reset(by=visit.person, at=visit.at, reset=_open_reset(pk))
    return done(request, _("Reset withdrawn."), "person", pk)


def _open_reset(pk: int) -> FactorReset:
    reset = queries.open_reset(person_by_id(pk))
    if reset is None:
        raise NotFound
    return reset


DAYS = ("first_day", "last_day")


class HandOnForm(SchoolForm):
    """Who follows, and from which day."""

    title, button = _("Hand over role"), _("Check dates and tasks")

    to: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        None, label=_("New person in the role"), help_text=_("Add a new person first.")
    )
    first_day = DayField(
        label=_("From"),
        help_text=_("The new person’s first day. The current person has the role until the day before."),
    )
    last_day = DayField(
        label=_("Current person’s last day"),
        help_text=_(
            "Only if the current person leaves the role before the new one starts. Otherwise leave empty."
        ),
        required=False,
    )

    def __init__(self, *args: Any, assignment: RoleAssignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = others_here(assignment.person)  # type: ignore[attr-defined]


class RenewForm(SchoolForm):
    """Until when."""

    title = button = _("Extend role")

    to_day = DayField(
        label=_("Until"), help_text=_("Last day. Leave empty if there isn’t one."), required=False
    )


@page(place="people", check=rules.check_may_administer)
def roles(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """List a person's roles with what can be done about each, and give them another.

    `?hand-over=` and `?extend=` name one of the roles: the page then asks from when, or until when.
    """
    about = person_by_id(pk)
    for key, change in (("hand-over", _hand_over), ("extend", _extend)):
        if chosen := request.GET.get(key):
            return change(request, visit, _chosen(about, chosen))
    if request.method == "POST":
        rules.check_may_give(visit.person, about, on=visit.on)
    form = GiveRoleForm(request.POST or None, person=about, initial={"from_day": visit.on})
    if form.save(
        lambda typed: assignments.give_assignment(by=visit.person, at=visit.at, person=about, **typed)
    ):
        return done(request, _("Role given."), "person", pk)
    names = book_of(visit.federation).role_names
    context = {
        "about": about,
        "roles": [
            {
                "assignment": each,
                "name": names.get(each.role_key, each.role_key),
                "last": last_day_of(each),
                "asks_first": is_only_seat(each) and asks_first(visit, about),
            }
            for each in roles_held_by(about, on=visit.on)
        ],
        "may_give": rules.can(rules.check_may_give, visit.person, about, on=visit.on)
        and about.left_on is None,
    }
    return form_page(request, "people/person_roles.html", form, context)


def _chosen(about: Person, number: str) -> RoleAssignment:
    return assignment_of(about.pk, number_in(number))


def _hand_over(request: HttpRequest, visit: Visit, assignment: RoleAssignment) -> HttpResponseBase:
    """Choose who follows and from when; show the days and what waits; pass the role on."""
    begins = max(turn_of(visit.on).closes.replace(day=1), visit.on)
    form = HandOnForm(request.POST or None, assignment=assignment, initial={"first_day": begins})
    if passed := form.save(lambda typed: _pass_on(request, visit, assignment, typed)):
        return passed.value
    return _change(request, visit, assignment, form)


def _pass_on(
    request: HttpRequest, visit: Visit, assignment: RoleAssignment, typed: dict[str, Any]
) -> HttpResponseBase:
    """Show what it means, or pass the role on where the person has seen that. Raises BadInput."""
    given = {key: typed[key] for key in DAYS}
    if "sure" in request.POST:
        assignments.hand_on_role(
            by=visit.person, at=visit.at, assignment=assignment, to=typed["to"],
            gap_is_meant="gap_is_meant" in request.POST, **given,
        )  # fmt: skip
        return done(request, _("The role is handed over from that date."), _way_back(request, assignment))
    rules.check_may_give(visit.person, typed["to"], on=visit.on)
    days = days_of(
        began=assignment.from_day, ends=last_day_of(assignment), first=given["first_day"],
        last_day=given["last_day"], today=visit.on,
    )  # fmt: skip
    return _days_shown(request, visit, assignment, typed["to"], days)


def _extend(request: HttpRequest, visit: Visit, assignment: RoleAssignment) -> HttpResponseBase:
    """Give the same role again, from the day after its last one."""
    if last_day_of(assignment) is None:
        raise NotFound
    form = RenewForm(request.POST if request.method == "POST" else None)
    if form.save(
        lambda typed: assignments.renew_assignment(
            by=visit.person, at=visit.at, assignment=assignment, **typed
        )
    ):
        return done(request, _("Role extended."), _way_back(request, assignment))
    return _change(request, visit, assignment, form)


def _change(
    request: HttpRequest, visit: Visit, assignment: RoleAssignment, form: HandOnForm | RenewForm
) -> HttpResponseBase:
    """Return the page of one role with a form."""
    context = {
        "title": form.title,
        "caption": book_of(visit.federation).role_names.get(assignment.role_key, ""),
        "lead": "",
        "back": _way_back(request, assignment),
        "button": form.button,
        "assignment": assignment,
        "last": last_day_of(assignment),
    }
    return form_page(request, "people/role_change.html", form, context)


def _way_back(request: HttpRequest, assignment: RoleAssignment) -> str:
    """Return the page that the role was chosen on: the new school year's, or the person's roles."""
    of_year = request.GET.get("from") == "year"
    return reverse("year-turn") if of_year else reverse("person-roles", args=[assignment.person_id])


@page(methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int, assignment_pk: int) -> HttpResponseBase:
    """End a person's role at once."""
    assignment = assignment_of(pk, assignment_pk)
    if is_only_seat(assignment) and (asked := asked_first(request, visit, assignment.person)):
        return asked
    assignments.end_assignment(by=visit.person, at=visit.at, assignment=assignment)
    may_undo = rules.can(rules.check_may_give, visit.person, assignment.person, on=visit.on)
    way_back = undo_by("give-role-back", pk, assignment_pk) if may_undo else None
    return done(request, _("Role ended."), "person", pk, undo=way_back)


@page(methods=("POST",))
def give_back(request: HttpRequest, visit: Visit, pk: int, assignment_pk: int) -> HttpResponseBase:
    """Undo the end of a role, for a short while."""
    assignments.take_back_ending(by=visit.person, at=visit.at, assignment=assignment_of(pk, assignment_pk))
    return done(request, _("Role given back."), "person", pk)


def _days_shown(
    request: HttpRequest, visit: Visit, assignment: RoleAssignment, to: Person, days: Days
) -> HttpResponseBase:
    book = book_of(visit.federation)
    waits = waits_for(assignment, known_to(visit.person, visit.on))
    context = {
        "assignment": assignment,
        "role": book.role_names.get(assignment.role_key, ""),
        "to": to,
        "days": days,
        "at_once": days.last < visit.on,
        "nobody": days_without(assignment, *days.gap) if days.gap else [],
        "own_word": _own_word(book, assignment),
        "acting": list(acting_for_it(assignment, on=visit.on)),
        "of_role": duty_words.shown(waits.of_role, book, at=visit.at),
        "of_person": duty_words.shown(waits.of_person, book, at=visit.at),
        "waits": waits,
        "parts": [("to", str(to.pk))] + [(key, request.POST.get(key, "")) for key in DAYS],
    }
    return render(request, "people/hand_over_days.html", context)


def _own_word(book: Book, assignment: RoleAssignment) -> list[Any]:
    """Return the clauses under which only this role can decide, so that no one decides for it meanwhile."""
    federation, quote = federation_of(book.key), quote_from(book)
    return [
        clause_shown(clause, basis="policy", federation=federation, quote=quote)
        for clause in own_words(book).get(assignment.role_key, ())
    ]


urlpatterns = [
    path("people/<int:pk>/roles", roles, name="person-roles"),
    path("people/<int:pk>/roles/<int:assignment_pk>/end", end, name="end-role"),
    path("people/<int:pk>/roles/<int:assignment_pk>/give-back", give_back, name="give-role-back"),
    path("people", people, name="people"),
    path("people/<int:pk>", person, name="person"),
    path("people/<int:pk>/invite", invite, name="invite-person"),
    path("people/<int:pk>/sessions/end", end_sessions, name="end-sessions"),
    path("people/<int:pk>/reset", start_reset, name="start-reset"),
    path("people/<int:pk>/reset/confirm", confirm_reset, name="confirm-reset"),
    path("people/<int:pk>/reset/withdraw", withdraw_reset, name="withdraw-reset"),
]
