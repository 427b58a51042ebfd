"""Setting up, signed in: the mail server, a test mail, and the code that shows that it arrived.

The mail server belongs to the installation, not to a federation. Where several federations share it, only the
person who runs the machine sets it. Demo sites send nothing, because their passwords are public.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotAllowed
from schoolgate.core.models import Federation
from schoolgate.core.vault import CannotOpen
from schoolgate.notices import mail_server
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.people import rules
from schoolgate.people.models import Person
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.limits import limited
from schoolgate.web.setup.forms import CodeForm, MailForm, TestMailForm


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
    path("set-up/mail", mail, name="set-up-mail"),
    path("set-up/mail/test", test_mail, name="set-up-mail-test"),
    path("set-up/mail/code", code, name="set-up-mail-code"),
]
