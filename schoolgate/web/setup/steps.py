"""Setting up, signed in: what still blocks the first post, schools, the second administrator, which policy it
is, safeguarding leads with a change of them by two people, and the mail server with a test mail; and one
school, its term dates from a file or by hand with every school day that they would make, and its details;
what it publishes of itself isn't taken for a person's own.

The mail server belongs to the installation, not to a federation. Where several federations share it, only the
person who runs the machine sets it. Demo sites send nothing, because their passwords are public.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core import setting_up
from schoolgate.core.calendars import SchoolCalendar, bank_holidays, days_of_pupils, set_calendar
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.models import Federation, Safeguarder, School
from schoolgate.core.vault import CannotOpen
from schoolgate.duties import queries as duties
from schoolgate.notices import mail_server
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.people import queries, rules
from schoolgate.people.leads import asks_two, check_entry_may_end, left_alone_without, schools_left_alone
from schoolgate.people.models import LeadChange, LeadPlace, LeadState, Person
from schoolgate.people.queries import book_of, holders_of_capacity
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import leads
from schoolgate.people.setting_up import add_school, change_school, invite_second, schools_of_policy
from schoolgate.people.sheets import day_of
from schoolgate.people.term_dates import LARGEST, Dates, inset_together, read_term_dates, together
from schoolgate.policy import adopting
from schoolgate.policy import rules as policy_rules
from schoolgate.policy.leads import (
    agree_to_lead,
    decline_lead,
    end_safeguarder,
    look_at_lead,
    may_agree,
    name_safeguarder,
    replaced_by,
)
from schoolgate.policy.queries import book_in_scope, policy_or_none
from schoolgate.publishing.hit_answers import agree_own_detail, keep_own_details, remove_own_detail
from schoolgate.publishing.models import OwnDetail
from schoolgate.publishing.own_details import own_details
from schoolgate.reports.ready import Point, points
from schoolgate.web.frame.doors import Visit, done, opens, page
from schoolgate.web.frame.errors import limited
from schoolgate.web.frame.forms import SchoolForm, form_page
from schoolgate.web.frame.found_words import KINDS
from schoolgate.web.frame.lists import read_first
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.frame.uploads import text_sent
from schoolgate.web.setup.forms import (
    AdoptionForm,
    AgreeForm,
    CalendarForm,
    CodeForm,
    MailForm,
    OwnDetailsForm,
    SafeguarderForm,
    SchoolDetailsForm,
    SecondForm,
    TermFileForm,
    TestMailForm,
)


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


@page(place="policy")
def policy(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what the policy is and who records its adoption; record it."""
    may_own = can(policy_rules.check_may_own, visit.person, on=visit.on)
    book = book_in_scope()
    if request.method == "POST" and not book.clauses:
        adopting.adopt_first(by=visit.person, at=visit.at, adopted_on=visit.on)
        return done(request, _("Your policy is empty. Now add its clauses."), "own-import")
    form = AdoptionForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        policy_rules.check_may_own(visit.person, on=visit.on)
    if form.save(lambda typed: _adopt(visit, **typed)):
        told = _("The policy is in force. Now read through our interpretation and sign it.")
        return done(request, told, "policy")
    context = {
        "book": book,
        "may_own": may_own,
        "owners": holders_of_capacity("own_policy", federation=visit.federation, on=visit.on)[:3],
        "owner_roles": [role.name for role in book.pack.roles_with("own_policy")],
        "standing": policy_or_none(visit.on),
    }
    return form_page(request, "setting_up/policy.html", form, context)


def _adopt(visit: Visit, *, adopted_on: Any, minute_reference: str, text: Any) -> None:
    adopting.adopt_first(
        by=visit.person,
        at=visit.at,
        adopted_on=adopted_on,
        minute_reference=minute_reference,
        text=text_sent(text) if text else None,
    )


TAGS = {
    LeadState.ASKED: "wait", LeadState.AGREED: "good", LeadState.DECLINED: "no", LeadState.ENDED: "",
}  # fmt: skip


@page(place="people")
def lead(request: HttpRequest, visit: Visit, change_pk: int) -> HttpResponseBase:
    """Show a change to those who may agree, to the leads and to who asked; agree, say no, or mark as seen."""
    rows = LeadChange.objects.select_related("person__federation", "school", "by", "second", "assignment")
    change = rows.filter(pk=change_pk).first()
    if change is None:
        raise NotFound
    book = book_of(visit.federation)
    is_lead = visit.person in leads(book, None, on=visit.on)
    agrees = change.state == LeadState.ASKED and visit.person in may_agree(change, at=visit.at)
    told = any(one.person_id == visit.person.pk for one in duties.about(change))
    if not (is_lead or agrees or told or change.by_id == visit.person.pk or "administer" in visit.capacities):
        raise NotFound
    form = AgreeForm(request.POST if "agree" in request.POST else None)
    if request.method == "POST" and "agree" not in request.POST:
        return _act(request, visit, change)
    if form.save(
        lambda typed: agree_to_lead(
            by=visit.person, at=visit.at, change=change, earlier=request.POST.get("earlier") == "yes", **typed
        )
    ):
        return done(request, _("Agreed. Every safeguarding lead is told."), "set-up-lead", change.pk)
    names = {role.key: role.name for role in book.roles}
    context = {
        "change": change,
        "tag": TAGS[LeadState(change.state)],
        "role": names.get(change.assignment.role_key if change.assignment else change.role_key, ""),
        "may_agree": agrees,
        "goes": change.place == LeadPlace.GOES,
        "replaced": replaced_by(change),
        "tells": change.place == LeadPlace.TOLD,
        "form": form,
        "may_open": change.place not in (LeadPlace.GOES, LeadPlace.TOLD)
        and visit.person in leads(book, change.school, on=visit.on),
        "may_look": (is_lead or told) and change.state != LeadState.ASKED,
    }
    status = 422 if form.errors else 200
    return render(request, "setting_up/lead.html", context, status=status)


def _act(request: HttpRequest, visit: Visit, change: LeadChange) -> HttpResponseBase:
    its: dict[str, Any] = {"by": visit.person, "at": visit.at, "change": change}
    if "decline" in request.POST:
        decline_lead(**its)
        said = _("You said no. They don’t lead on safeguarding.")
        if change.place == LeadPlace.GOES:
            said = _("You said no. They still lead on safeguarding.")
        if change.place == LeadPlace.TOLD:
            said = _("You said no. This role isn’t told of concerns.")
        return done(request, said, "set-up-lead", change.pk)
    look_at_lead(**its)
    return done(request, _("Marked as seen."), "today")


def check_may_set_mail(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless this person manages people in the installation's only federation, and it is a
    real one."""
    rules.check_may_administer(person, on=on)
    if person.federation.is_example:
        raise NotAllowed(_("Demo sites don’t send email."), _("Set up your own installation first."))
    if len(Federation.objects.order_by("pk")[:2]) > 1:
        raise NotAllowed(
            _("Several federations share this email server."),
            _("Ask the person who runs the server to set it."),
        )


@page(place="people", check=check_may_set_mail)
def mail(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The mail server, and how far its proof is."""
    form = MailForm(request.POST or None, initial=_standing())
    if form.save(
        lambda said: mail_server.keep(
            at=visit.at, **{**said, "password": said["password"] or _unchanged(said)}
        )
    ):
        return done(request, _("Email server saved. Send a test email now."), "set-up-mail")
    return _shown(request, visit, form=form)


def _unchanged(said: dict[str, Any]) -> str | None:
    """Return what an empty password box means: None keeps the password of the same server and user; "" clears
    it for another. A password is never sent to a server for which it was not entered."""
    standing = _standing()
    return None if all(standing.get(name) == said[name] for name in ("host", "port", "user")) else ""


def _standing() -> dict[str, Any]:
    try:
        server = mail_server.current()
    except CannotOpen:
        return {}
    if server is None:
        return {}
    return {name: getattr(server, name) for name in ("host", "port", "security", "user", "sender")}


def _send(request: HttpRequest) -> BadInput | MailTrouble | CannotOpen | TestMailForm | None:
    """The door's `prepare`: send the test mail with no transaction open; what went wrong is handed on."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    form = TestMailForm(request.POST)
    if not form.is_valid():
        return form
    try:
        mail_server.send_test(form.cleaned_data["to"], visit.at)
    except (BadInput, MailTrouble, CannotOpen) as error:
        return error
    return None


@limited("test-mail", rate="20/h")
@page(place="people", check=check_may_set_mail, prepare=_send, methods=("POST",))
def test_mail(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Send a test mail."""
    told = visit.prepared
    if told is None:
        return done(request, _("Test email sent. Enter the code from it."), "set-up-mail")
    form = told if isinstance(told, TestMailForm) else TestMailForm(request.POST)
    if isinstance(told, BadInput):
        form.refuse(told)
    elif not isinstance(told, TestMailForm):
        form.is_valid()
        form.add_error(None, f"{told.message} {told.next_step}".strip())
    return _shown(request, visit, test_form=form)


@page(place="people", check=check_may_set_mail, methods=("POST",))
def code(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Enter the code of the test mail."""
    form = CodeForm(request.POST)
    if form.save(lambda typed: mail_server.confirm(typed["code"], visit.at)):
        return done(request, _("Email works. The test was sent and received."), "set-up")
    return _shown(request, visit, code_form=form)


def _shown(request: HttpRequest, visit: Visit, **forms: Any) -> HttpResponseBase:
    bound = [form for form in forms.values() if form.is_bound]
    try:
        server = mail_server.current()
    except CannotOpen:
        server = None
    context = {
        "form": forms.get("form") or MailForm(initial=_standing()),
        "test_form": forms.get("test_form") or TestMailForm(initial={"to": visit.person.email}),
        "code_form": forms.get("code_form") or CodeForm(),
        "wrong": [form for form in bound if form.errors],
        "server": server,
        "proven_at": mail_server.proven_at() if server else None,
        "trouble": mail_server.trouble_since() if server else None,
    }
    return render(request, "setting_up/mail.html", context, status=422 if context["wrong"] else 200)


@page(place="people", check=rules.check_may_administer, methods=("POST",))
def contact(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """Add some of a school's own details, agree to one that a colleague proposed, or remove one."""
    about = setting_up.school(school_pk)
    for name, act in (("agree", agree_own_detail), ("remove", remove_own_detail)):
        if name in request.POST:
            kept = own_details([about])
            detail = next((each for each in kept if str(each.pk) == request.POST[name]), None)
            if detail is None:
                raise NotFound
            act(by=visit.person, at=visit.at, detail=detail)
            return done(request, _("Saved."), "set-up-school", about.pk)
    form = OwnDetailsForm(request.POST)
    if form.save(lambda typed: keep_own_details(by=visit.person, at=visit.at, school=about, **typed)):
        return done(request, _("Saved. No one will be asked about it again."), "set-up-school", about.pk)
    return form_page(request, "setting_up/contact.html", form, {"about": about, "rows": own_rows(about)})


def own_rows(about: School) -> list[tuple[OwnDetail, object]]:
    """Return a school's own details, each with what it is in words."""
    return [(each, KINDS[each.kind]) for each in own_details([about])]


FRIDAY, AFTER_WEEKEND = 4, 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """One month. `days`: the school days as runs of numbers, of which weekends are no end; `off`: the other
    weekdays, by why pupils aren't in."""

    first: date
    number: int
    days: str
    off: Sequence[tuple[Text, str]]


def months_of(
    terms: Sequence[tuple[str, date, date]], inset: Iterable[date], added: Iterable[date], *, country: str
) -> list[Month]:
    """Return the months from the first day of the terms and INSET days to the last."""
    if not terms:
        return []
    training = set(inset)
    first, last = min(training | {each[1] for each in terms}), max(training | {each[2] for each in terms})
    free = set(bank_holidays(country, first, last)) | set(added)
    known = SchoolCalendar(
        country, first, last, tuple(sorted(free)), (), tuple(each[1:] for each in terms), tuple(training)
    )
    school = set(days_of_pupils(known))
    weekdays = [
        day
        for number in range((last - first).days + 1)
        if (day := first + ONE_DAY * number).weekday() <= FRIDAY
    ]
    found = []
    for month, each in groupby(weekdays, key=lambda day: day.replace(day=1)):
        days = list(each)
        there = [day for day in days if day in school]
        reasons = {
            _("Bank holidays"): [day for day in days if day in free],
            _("INSET"): [day for day in days if day in training and day not in free],
            _("Holidays"): [day for day in days if day not in school and day not in free | training],
        }
        off = [(why, _runs(away)) for why, away in reasons.items() if away]
        found.append(Month(month, len(there), _runs(there), off))
    return found


def _runs(days: Sequence[date]) -> str:
    """Return days as runs of numbers: 2–13, 16."""
    runs: list[list[date]] = []
    for day in days:
        before = runs[-1][-1] if runs else None
        apart = (day - before).days if before else 0
        if before and (apart == 1 or (apart == AFTER_WEEKEND and before.weekday() == FRIDAY)):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(f"{run[0].day}–{run[-1].day}" if run[1:] else str(run[0].day) for run in runs)


Term = tuple[str, date, date]


def _dates(content: bytes, visit: Visit) -> Dates:
    return read_term_dates(content, on=visit.on)


_take = read_first(_dates, most=LARGEST)


@page(place="people", check=rules.check_may_administer, prepare=_take)
def school(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """Show one school, its days saved and those read from a file, and its details; save them on POST.

    A file saves nothing: its days fill the form, to be checked and saved.
    """
    about = setting_up.school(school_pk)
    terms, inset, added = setting_up.days_of(about)
    sends = request.method == "POST"
    reads, dates = sends and "read" in request.POST, sends and "terms" in request.POST
    details = sends and not reads and not dates
    file_form = TermFileForm(request.POST if reads else None, request.FILES if reads else None)
    form = CalendarForm(request.POST if dates else None, initial=_in_words(terms, inset))
    details_form = _details(visit, about, request.POST if details else None)
    found = file_form.save(lambda _typed: _read(visit))
    months: list[Month] = []
    gone: list[date] = []
    if found:
        days, gone = inset_together(inset, found.value)
        read = together(terms, found.value.terms), days
        form = CalendarForm(initial=_in_words(*read))
        months = months_of(*read, added, country=about.country)

    def save(typed: dict[str, Any]) -> Any:
        try:
            new_terms, new_inset = _read_terms(typed["terms"]), _read_days(typed["inset"])
            if (new_terms, new_inset) == (terms, inset):
                return _("These dates were already saved. Nothing has changed.")
            set_calendar(
                school=about,
                terms=new_terms,
                inset_days=new_inset,
                added_holidays=added,
                at=visit.at,
                by=visit.person,
            )
        except BadInput as error:
            raise BadInput(
                {"inset" if name == "days" else name: why for name, why in error.fields.items()}
            ) from None
        return _("Dates saved.")

    saved = form.save(save)
    if saved:
        return done(request, saved.value, "set-up-schools")
    if details_form.save(lambda typed: change_school(by=visit.person, at=visit.at, school=about, **typed)):
        return done(request, _("School details saved."), "set-up-schools")
    context = {
        "form": form,
        "file_form": file_form,
        "details_form": details_form,
        "about": about,
        "found": found.value if found else None,
        "months": months,
        "gone": ", ".join(map(_written, gone)),
        "own_form": OwnDetailsForm(),
        "rows": own_rows(about),
    }
    status = 422 if form.errors or file_form.errors or details_form.errors else 200
    return render(request, "setting_up/school.html", context, status=status)


def _read(visit: Visit) -> Dates:
    if isinstance(visit.prepared, BadInput):
        raise visit.prepared
    found: Dates = visit.prepared
    return found


def _details(visit: Visit, about: School, sent: QueryDict | None) -> SchoolDetailsForm:
    told = {
        "name": about.name,
        "country": about.country,
        "languages": about.languages,
        "in_policy": about.among(schools_of_policy(visit.federation)),
    }
    return SchoolDetailsForm(sent, federation=visit.federation, new=False, initial=told)


def _in_words(terms: Iterable[Term], inset: Iterable[date]) -> dict[str, str]:
    return {
        "terms": "\n".join(f"{name}; {_written(first)}; {_written(last)}" for name, first, last in terms),
        "inset": "\n".join(_written(day) for day in inset),
    }


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _read_terms(words: str) -> list[Term]:
    """The terms of the box. Raises BadInput on `terms`, naming the line."""
    terms = []
    for number, line in _lines(words):
        parts = [part.strip() for part in line.rsplit(";", 2)]
        days = [day_of(part) for part in parts[1:]]
        if len(parts) != 3 or not parts[0] or len(parts[0]) > 80 or None in days:
            raise BadInput(
                {
                    "terms": format_lazy(
                        _("Line {number}: enter the name, first day and last day, separated by semicolons."),
                        number=number,
                    )
                }
            )
        terms.append((parts[0], *(day for day in days if day)))
    return sorted(terms, key=lambda term: term[1])  # type: ignore[arg-type]


def _read_days(words: str) -> list[date]:
    """The days of the box. Raises BadInput on `inset`, naming the line."""
    days = []
    for number, line in _lines(words):
        day = day_of(line)
        if day is None:
            raise BadInput(
                {
                    "inset": format_lazy(
                        _("Line {number}: enter one day, for example 4/1/2027."), number=number
                    )
                }
            )
        days.append(day)
    return sorted(days)


def _lines(words: str) -> Iterable[tuple[int, str]]:
    return ((number, line.strip()) for number, line in enumerate(words.splitlines(), 1) if line.strip())


urlpatterns = [
    path("set-up", set_up, name="set-up"),
    path("set-up/schools", schools, name="set-up-schools"),
    path("set-up/safeguarding/<int:safeguarder_pk>/end", safeguarding_end, name="set-up-safeguarding-end"),
    path("set-up/leads/<int:change_pk>", lead, name="set-up-lead"),
    path("set-up/policy", policy, name="set-up-policy"),
    path("set-up/mail", mail, name="set-up-mail"),
    path("set-up/mail/test", test_mail, name="set-up-mail-test"),
    path("set-up/mail/code", code, name="set-up-mail-code"),
    path("set-up/schools/<int:school_pk>", school, name="set-up-school"),
    path("set-up/schools/<int:school_pk>/contact", contact, name="set-up-contact"),
    path("set-up/<slug:step>", step, name="set-up-step"),
]
