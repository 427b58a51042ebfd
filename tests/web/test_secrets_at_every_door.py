"""Made-up secrets go through every door: no log has them, no record and no table."""

import json
import re
from types import SimpleNamespace

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from schoolgate.core import vault
from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.notices.models import SignInMail
from tests.web.inboxes import wild
from tests.web.signing import PASSWORD, SECRET, code, is_signed_in, with_app, with_password
from tests.web.test_log_without_people import log

__all__ = ["log", "wild"]

SPOKEN = SimpleNamespace(
    wrong="wrong-canary-of-a-password", new="new-canary-of-a-password", key="canary-app-word-of-bluesky",
    program="sg_canary0of0a0programs0key0that0is0none", reply="canary-token-in-an-error",
)  # fmt: skip
"""Made-up secrets that are typed, sent, answered and raised."""


def test_no_log_and_no_table_has_a_secret_that_went_through_a_door(wild, log, httpserver, monkeypatch):
    amina, browser = with_app(with_password(wild.people.amina)), Client(raise_request_exception=False)
    known = [SECRET, PASSWORD, *vars(SPOKEN).values()]
    known += through_sign_in(amina, browser)
    known += through_programs(amina, browser)
    through_networks(wild, httpserver)
    through_errors(browser, monkeypatch)
    httpserver.clear()

    written = log.getvalue()
    assert "sign_in_failed" in written
    assert "LookupError" in written
    assert [one for one in known if one.lower() in written.lower()] == []
    held = all_rows(wild.federation.pk)
    assert "people.token_made" in held["the record"]
    assert len(held) > 100
    session = browser.session.session_key
    found = {(table, one) for table, text in held.items() for one in known if one in text}
    assert {table for table, one in found if one == session} == {"django_session", "usersessions_usersession"}
    assert {(table, one) for table, one in found if one != session} == set()


def through_sign_in(person, browser) -> list[str]:
    """Wrong and right passwords and codes, a confirmation, a link by mail, another password."""
    signing_in = reverse("account_login")
    browser.post(signing_in, {"login": person.user.email, "password": SPOKEN.wrong})
    browser.post(signing_in, {"login": SPOKEN.wrong, "password": SPOKEN.wrong})
    browser.post(signing_in, {"login": person.user.email, "password": PASSWORD})
    browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    cache.clear()
    shown = code()
    browser.post(reverse("mfa_authenticate"), {"code": shown})
    browser.post(reverse("account_reauthenticate"), {"password": SPOKEN.wrong})
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    recovery = RecoveryCodes.activate(person.user).generate_codes()
    browser.post(reverse("account_reset_password"), {"email": person.user.email})
    [mail] = SignInMail.objects.exclude(sealed="").order_by("-pk")[:1]
    [link] = re.findall(r"/password/new/\w+-(\S+)", json.loads(vault.unseal(mail.sealed))[1])
    new = {"password1": SPOKEN.new, "password2": SPOKEN.new}
    browser.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})
    assert is_signed_in(browser) is True
    return [link, *recovery, browser.session.session_key]


def through_programs(person, browser) -> list[str]:
    """A key that is made, used and put where it doesn't belong, and one that is none."""
    made = browser.post(reverse("add-my-key"), {"name": "Newsletter", "may": "write", "days": "30"})
    [key] = re.findall(r"sg_\w+", made.content.decode())
    for sent in (key, SPOKEN.program):
        program = Client(headers={"Authorization": f"Bearer {sent}"}, raise_request_exception=False)
        program.get("/api/v1/me", {"key": sent})
        program.post("/api/v1/posts", {"text": sent}, content_type="application/json")
        program.post("/api/v1/posts", f'{{"text": "{sent}', content_type="application/json")
        program.get(f"/api/v1/decisions/{sent}")
    return [key]


def through_networks(wild, httpserver) -> None:
    """Keys that a server refuses in words that repeat them."""
    told = {"error": "AuthMissing", "message": f"no session for {SPOKEN.key}: {SPOKEN.reply}"}
    httpserver.expect_request(re.compile("/xrpc/.*")).respond_with_json(told, status=401)
    given = {"handle": "north.test", "secret": SPOKEN.key, "service": httpserver.url_for("").rstrip("/")}
    wild.mari.raise_request_exception = False
    answer = wild.mari.post(
        reverse("account-connect", args=[wild.bluesky.pk]), given | {"network": "bluesky"}
    )
    assert answer.status_code == 422
    assert len(httpserver.log) > 0, "the server was asked"
    assert SPOKEN.key not in answer.content.decode()


def through_errors(browser, monkeypatch) -> None:
    """A page and a job that break with a secret in hand."""

    def broken(*_: object, **__: object) -> None:
        raise LookupError(f"no row for {SPOKEN.reply}") from ValueError(SPOKEN.key)

    monkeypatch.setattr("schoolgate.web.people.me._shown", broken)
    answer = browser.get(reverse("me"))
    assert answer.status_code == 500
    assert SPOKEN.reply not in answer.content.decode()
    in_every_federation(broken, failed="a sweep failed")


def all_rows(federation: int) -> dict[str, str]:
    """Every row that the program can read in this federation, as text; the record as its bytes say it."""
    held = {}
    with scope(federation), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {connection.ops.quote_name(table)} t")
            held[table] = cursor.fetchone()[0] or ""
        held["the record"] = " ".join(bytes(row.stored).decode() for row in LedgerRow.objects.all())
    return held
