"""A restored home shows the public nothing until it's released: each public address is walked."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_socket import SocketBlockedError

from schoolgate.core.restored import awaiting_release, release
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents.models import Report
from schoolgate.notices import mail_server
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.web.frame.errors import ANYBODY
from tests.restored import restore_here
from tests.web.addresses import ALL
from tests.web.everything import Everything, everything
from tests.web.plain import check_page
from tests.web.test_other_federations import PUBLIC
from tests.web.things import NOW
from tests.worlds import world

STAYS_OPEN = {
    "": "static files, and the API's answer to what it doesn't know",
    "healthz": "whether pages can be made", "metrics": "numbers, with a token",
    "home": "leads to the sign-in page", "language": "", "style": "", "theme": "", "robots": "",
    "manifest": "", "manifest-of": "a name and icons", "service-worker": "", "icon": "",
    "offline": "emergency numbers",
    "account_login": "who releases has to sign in", "account_logout": "", "account_inactive": "",
    "mfa_authenticate": "", "mfa_login_webauthn": "", "account_reset_password": "",
    "account_reset_password_done": "", "account_reset_password_from_key": "",
    "account_reset_password_from_key_done": "", "choose_password": "", "invitation": "",
    "set-up-begin": "", "set-up-first": "", "set-up-first-password": "",
    "school-accounts": "", "school-account-start": "", "school-account-back": "",
    "school-account-invitation": "",
    "wrong-start": "a child may need it today", "wrong-public": "", "wrong-school": "", "wrong-answer": "",
    "api:openapi-json": "the API's document", "api:api-root": "nothing", "api-nothing": "",
}  # fmt: skip
"""What of `PUBLIC` stays open, because it shows nothing that a backup could bring back, lets people in who
have to look, or helps a child. A closed list: think before adding to it."""


@world(everything)
def one_federation(made: SimpleNamespace, _at) -> SimpleNamespace:
    return SimpleNamespace(there=made.everything)


@pytest.fixture
def there(own_database, in_world, home) -> Everything:
    found = in_world(one_federation, NOW).there
    restore_here(backup_at=NOW - timedelta(hours=1), at=NOW)
    return found


def public_addresses():
    return [each for each in ALL if each.name in PUBLIC and each.name not in STAYS_OPEN]


def path_of(address, there: Everything) -> str:
    return address.path(**{key: there.value(thing) for key, thing in address.things.items()})


def let_go() -> None:
    release(awaiting_release(), by=None, at=NOW + timedelta(hours=1))


def test_every_public_address_is_closed_until_the_release(there, client):
    addresses = public_addresses()
    assert len(addresses) > 25, "the list of public addresses is read from somewhere else now"
    shown = []
    for address in addresses:
        for method in ("get", "head", "post"):
            answer = getattr(client, method)(path_of(address, there))
            closed = (answer.status_code, answer.get("Retry-After"), answer.get("Cache-Control"))
            if closed != (503, "3600", "no-store"):
                shown.append(f"{method} {address.name}: {closed}")
    assert shown == []
    let_go()
    still = [a.name for a in addresses if client.get(path_of(a, there)).status_code == 503]
    assert still == [], "released, and it shows what it has again"


def test_what_stays_open_says_so_itself(there):
    """Nothing stays open by having no door: whatever anyone may open is closed unless it's on the list."""
    open_still = {
        each.name
        for each in ALL
        if getattr(each.view, "open_to", "") == ANYBODY and getattr(each.view, "stays_open", False)
    }
    assert open_still == {"wrong-start", "wrong-public", "wrong-school", "wrong-answer"}
    no_door = {each.name for each in ALL if each.name in PUBLIC and not hasattr(each.view, "open_to")}
    assert no_door - set(STAYS_OPEN) == set()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_page_says_what_to_do_and_keeps_what_was_typed(there, client, language):
    client.cookies["django_language"] = language
    page = client.post(
        f"/{there.federation.slug}/register/fake", {"why": "It has our crest on it, and asks."}
    )
    text = page.content.decode()
    assert page.status_code == 503
    assert "It has our crest on it, and asks." in text
    assert "999" in text
    assert "/something-is-wrong" in text
    check_page(text, language)


def test_a_concern_is_taken_and_nobody_is_promised_that_it_was_told(there):
    address, sent = (
        f"/{there.federation.slug}/something-is-wrong",
        {"what": "He waits at the gate.", "shows": "no"},
    )
    visitor = Client()
    form = visitor.get(address).content.decode()
    assert "We can’t tell anyone straight away today." in form
    assert "we tell the right people at once" not in form
    assert "999" in form
    with scope(there.federation.pk):
        before = Report.objects.count()
    page = visitor.post(address, {**sent, "mark": "while it waits"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "We’ve saved what you wrote, but we can’t tell anyone yet." in text
    assert "told the right people" not in text
    assert "999" in text
    check_page(text, "en")
    with scope(there.federation.pk):
        assert Report.objects.count() == before + 1
        made = Report.objects.order_by("-pk").first()
        assert Duty.objects.filter(subject=f"incidents.report:{made.pk}", ended_at=None).exists()
    let_go()
    after = visitor.post(address, {**sent, "mark": "once it's released"}).content.decode()
    assert "told the right people" in after


def test_no_test_email_leaves_before_the_release(there):
    mail_server.keep(host="127.0.0.1", port=9, security="none", sender="a@b.example", at=NOW)
    with pytest.raises(MailTrouble) as refused:
        mail_server.send_test("ada@school.example", NOW)
    assert refused.value.code == "restored"
    let_go()
    with pytest.warns(UserWarning, match="getaddrinfo"), pytest.raises(SocketBlockedError):
        mail_server.send_test("ada@school.example", NOW)
