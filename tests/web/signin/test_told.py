"""What is told of a sign-in: an email about a new device, and lines in the log that name no one."""

import json
import re
import time
from datetime import UTC, datetime

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from schoolgate.core import vault
from schoolgate.core.tenancy import scope
from schoolgate.notices.models import SignInMail
from tests.cast import someone
from tests.logged import logged
from tests.web.signing import PASSWORD, code, is_signed_in, sign_in, with_password

FIREFOX = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def log():
    """The lines of the log about signing in: `log()`."""
    with logged() as written:

        def lines(*events):
            read = [json.loads(line) for line in written.getvalue().splitlines()]
            return [each for each in read if each["event"] in events]

        yield lines


def mails() -> list[tuple[str, str]]:
    return [
        (mail.address, json.loads(vault.unseal(mail.sealed))[1]) for mail in SignInMail.objects.order_by("pk")
    ]


def test_a_sign_in_on_a_new_device_is_told_by_email_and_the_next_one_there_is_not(teacher, head):
    browser = Client(headers=FIREFOX)
    sign_in(teacher, browser)
    [(to, said)] = mails()
    assert to == teacher.user.email
    assert "Firefox, Windows" in said
    assert reverse("me") in said
    assert teacher.name not in said

    browser.post(reverse("account_logout"))
    sign_in(teacher, browser)
    assert len(mails()) == 1

    browser.post(reverse("account_logout"))
    sign_in(head, browser)
    assert [to for to, _said in mails()] == [teacher.user.email, head.user.email]


def test_a_password_without_its_second_step_tells_nobody_yet(head):
    Client().post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})
    assert mails() == []


def test_the_log_has_a_line_for_whatever_happens_to_a_sign_in_and_names_nobody(head, log):
    browser = Client()
    browser.post(reverse("account_login"), {"login": head.user.email, "password": "not-this-one-at-all"})
    browser.post(reverse("account_login"), {"login": "no.one@school.example", "password": PASSWORD})
    browser.post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})
    browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    cache.clear()
    browser.post(reverse("mfa_authenticate"), {"code": code()})
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.post(reverse("account_logout"))

    told = log("sign_in_failed", "second_step_failed", "signed_in", "confirmed", "signed_out")
    assert [each["event"] for each in told] == [
        "sign_in_failed", "sign_in_failed", "second_step_failed", "signed_in", "confirmed", "signed_out",
    ]  # fmt: skip
    of_head = {each["account"] for each in told[:1] + told[2:]}
    assert len(of_head) == 1
    assert told[1]["account"] not in of_head
    assert (told[2]["kind"], told[3]["how"]) == ("totp", "two_steps")
    assert {each["sender"] for each in told} == {told[0]["sender"]} != {""}
    assert all(each["timestamp"].endswith("Z") for each in told)
    written = json.dumps(told)
    assert [
        word for word in (head.user.email, head.name, "no.one", "127.0.0.1", PASSWORD) if word in written
    ] == []


def test_who_is_refused_is_in_the_log_by_number(teacher, log):
    browser = sign_in(teacher)
    assert browser.get(reverse("running")).status_code == 403
    assert [each["user"] for each in log("refused")] == [teacher.user_id]
    Client().get(reverse("running"))
    assert len(log("refused")) == 1


def test_confirming_gives_the_session_another_key_and_the_old_one_opens_nothing(teacher):
    browser, found = sign_in(teacher), Client()
    browser.get(reverse("me"))
    old = browser.cookies["sessionid"].value
    found.cookies["sessionid"] = old
    assert found.get(reverse("me")).status_code == 200

    browser.post(reverse("account_reauthenticate"), {"password": "not-this-one-at-all"})
    assert browser.cookies["sessionid"].value == old
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert browser.cookies["sessionid"].value != old
    assert browser.get(reverse("me")).status_code == 200
    assert found.get(reverse("me")).status_code == 302
    assert [each.session_key for each in UserSession.objects.filter(user=teacher.user_id)] == [
        browser.cookies["sessionid"].value
    ]


def test_ending_another_session_needs_a_sign_in_that_was_confirmed_just_now(teacher):
    here, there = sign_in(teacher), sign_in(teacher)
    there.get(reverse("me"))
    other = UserSession.objects.get(session_key=there.session.session_key)
    session = here.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 601}]
    session.save()

    answer = here.post(reverse("end-my-session", args=[other.pk]))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert there.get(reverse("me")).status_code == 200

    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    here.post(reverse("end-my-session", args=[other.pk]))
    assert there.get(reverse("me")).status_code == 302


def test_what_is_shown_behind_a_sign_in_is_stored_by_no_browser_and_signing_out_clears_the_rest(teacher):
    browser = sign_in(teacher)
    for page in (reverse("me"), reverse("mfa_index"), "/no-such-page", reverse("running")):
        assert browser.get(page)["Cache-Control"] == "no-store", page
    answer = browser.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in browser.get(reverse("account_login"))
    assert "no-store" not in browser.get("/static/web/mark.svg")["Cache-Control"]


def test_a_session_that_ended_by_itself_clears_what_the_browser_kept(teacher):
    browser = sign_in(teacher)
    session = browser.session
    session["signed_in"] = {**session["signed_in"], "ends": datetime(2020, 1, 1, tzinfo=UTC).isoformat()}
    session.save()
    assert browser.get(reverse("me"))["Clear-Site-Data"] == '"cache"'


def test_signing_in_makes_a_key_of_its_own(teacher):
    browser = Client()
    browser.get(reverse("account_login"))
    browser.cookies["sessionid"] = "planted0planted0planted0planted0"
    sign_in(teacher, browser)
    first = browser.cookies["sessionid"].value
    assert first != "planted0planted0planted0planted0"
    assert (len(first), first.isalnum()) == (32, True)
    assert sign_in(teacher).cookies["sessionid"].value != first


def test_what_was_signed_out_opens_nothing(teacher):
    browser, found = sign_in(teacher), Client()
    found.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert found.get(reverse("me")).status_code == 200
    browser.post(reverse("account_logout"))
    assert found.get(reverse("me")).status_code == 302


def test_changing_a_password_needs_the_old_one_and_ends_the_other_sessions(teacher):
    here, there = sign_in(teacher), sign_in(teacher)
    new = {"password1": "four-green-donkeys", "password2": "four-green-donkeys"}
    here.post(reverse("account_change_password"), {"oldpassword": "not-this-one-at-all", **new})
    assert there.get(reverse("me")).status_code == 200

    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})
    assert here.get(reverse("me")).status_code == 200
    assert there.get(reverse("me")).status_code == 302
    assert is_signed_in(sign_in(teacher)) is False
    assert is_signed_in(sign_in(teacher, password="four-green-donkeys")) is True


@pytest.mark.parametrize("typed", [PASSWORD.upper(), PASSWORD + " ", " " + PASSWORD, PASSWORD[:-1]])
def test_a_password_counts_as_it_was_typed(teacher, typed):
    assert is_signed_in(sign_in(teacher, password=typed)) is False


def test_a_password_by_mail_still_asks_for_the_second_step(head):
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": head.user.email})
    [(_to, said)] = mails()
    [link] = re.findall(r"https?://[^/\s]+(/password/new/\S+)", said)
    form = browser.get(link, follow=True).redirect_chain[-1][0]
    browser.post(form, {"password1": "four-green-donkeys", "password2": "four-green-donkeys"})
    assert is_signed_in(browser) is False
    answer = browser.post(
        reverse("account_login"), {"login": head.user.email, "password": "four-green-donkeys"}
    )
    assert answer["Location"] == reverse("mfa_authenticate")
    assert is_signed_in(browser) is False


def test_a_second_step_is_changed_only_by_who_confirmed_just_now(head):
    RecoveryCodes.activate(head.user)
    browser = sign_in(head)
    session = browser.session
    session["account_authentication_methods"] = [
        {**each, "at": each["at"] - 601} for each in session["account_authentication_methods"]
    ]
    session.save()
    for page in (
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    ):
        assert browser.get(reverse(page))["Location"].startswith(reverse("account_reauthenticate")), page
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert browser.get(reverse("mfa_add_webauthn")).status_code == 200


def test_an_administrator_ends_the_sessions_of_a_person_and_a_teacher_does_not(federation, teacher, head):
    there = sign_in(teacher)
    with scope(federation.pk):
        other = with_password(someone("Ola Other", "staff"))
    assert sign_in(other).post(reverse("end-sessions", args=[teacher.pk])).status_code == 403
    assert there.get(reverse("me")).status_code == 200
    sign_in(head).post(reverse("end-sessions", args=[teacher.pk]))
    assert there.get(reverse("me")).status_code == 302
