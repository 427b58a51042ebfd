"""Setting up, signed in: what still blocks the first post, schools, the second administrator, which policy
it is, safeguarding leads with a change of them by two people, and the mail server with a test mail.

The mail server belongs to the installation, not to a federation. Where several federations share it,
only the person who runs the machine sets it. Demo sites send nothing, because their passwords are
public.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core import setting_up
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import Federation, Safeguarder
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
from schoolgate.people.setting_up import add_school, invite_second
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
from schoolgate.reports.ready import Point, points
from schoolgate.web.frame.doors import Visit, done, opens, page
from schoolgate.web.frame.errors import limited
from schoolgate.web.frame.forms import SchoolForm, form_page
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.policy.uploads import text_sent
from schoolgate.web.setup.forms import (
    AdoptionForm,
    AgreeForm,
    CodeForm,
    MailForm,
    SafeguarderForm,
    SchoolDetailsForm,
    SecondForm,
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


urlpatterns: list[Any] = [
    path("set-up", set_up, name="set-up"),
    path("set-up/schools", schools, name="set-up-schools"),
    path("set-up/safeguarding/<int:safeguarder_pk>/end", safeguarding_end, name="set-up-safeguarding-end"),
    path("set-up/leads/<int:change_pk>", lead, name="set-up-lead"),
    path("set-up/policy", policy, name="set-up-policy"),
    path("set-up/mail", mail, name="set-up-mail"),
    path("set-up/mail/test", test_mail, name="set-up-mail-test"),
    path("set-up/mail/code", code, name="set-up-mail-code"),
]
