"""Signing in: who is let in, the second step, how long a session lasts."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.people import actions, invitations
from schoolgate.people.models import Person, User
from schoolgate.web.signin.middleware import OPEN_WITHOUT_SECOND_STEP
from tests.cast import give, someone
from tests.conftest import recorded
from tests.web.signing import PASSWORD, SECRET, code, is_signed_in, sign_in, with_app, with_password

NOW = datetime.now(UTC)
TODAY = local_day(NOW)


@pytest.fixture(autouse=True)
def empty_cache(db):
    """Nobody is counted from another test."""
    cache.clear()


@pytest.fixture
def head(federation):
    """Decides, approves and administers; has a password and an app."""
    with scope(federation.pk):
        return with_app(with_password(someone("Hanna Head", "slt")))


@pytest.fixture
def head_without(federation):
    """The same, but no second step yet."""
    with scope(federation.pk):
        return with_password(someone("Nia New", "slt"))


@pytest.fixture
def teacher(federation):
    """May propose and write: nothing that needs a second step."""
    with scope(federation.pk):
        return with_password(someone("Tom Teacher", "staff"))


# --- Coming in ---------------------------------------------------------------------------------------------


def test_a_teacher_signs_in_with_a_password_alone(teacher):
    client = sign_in(teacher)
    assert client.get(reverse("me")).status_code == 200


def test_a_wrong_password_lets_nobody_in(teacher):
    client = Client()
    answer = client.post(
        reverse("account_login"), {"login": teacher.user.email, "password": "wrong-wrong-wrong"}
    )
    assert is_signed_in(client) is False
    assert "is not right" in answer.content.decode()


def test_a_wrong_password_and_an_unknown_address_are_told_alike(teacher):
    def told(email):
        page = Client().post(reverse("account_login"), {"login": email, "password": "wrong-wrong-wrong"})
        return "The e-mail address or the password is not right." in page.content.decode()

    assert [told(teacher.user.email), told("nobody@example.org")] == [True, True]


def test_too_many_wrong_passwords_are_stopped_even_before_a_right_one(teacher):
    client = Client()
    for _ in range(5):
        client.post(reverse("account_login"), {"login": teacher.user.email, "password": "wrong-wrong-wrong"})
    client.post(reverse("account_login"), {"login": teacher.user.email, "password": PASSWORD})
    assert is_signed_in(client) is False


def test_the_password_alone_lets_nobody_in_who_has_a_second_step(head):
    client = Client()
    answer = client.post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert is_signed_in(client) is False
    assert client.get(reverse("me")).status_code == 302


def test_the_second_step_takes_the_right_code_only(head):
    client = Client()
    client.post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})
    wrong = "000000" if code() != "000000" else "111111"
    client.post(reverse("mfa_authenticate"), {"code": wrong})
    assert is_signed_in(client) is False
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert is_signed_in(client) is True


def test_a_recovery_code_works_once(head):
    codes = (
        Authenticator.objects.create(user=head.user, type="recovery_codes", data=_sealed_codes(head))
        .wrap()
        .get_unused_codes()
    )
    signed_in = []
    for _ in range(2):
        client = Client()
        client.post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        signed_in.append(is_signed_in(client))
    assert signed_in == [True, False]


def _sealed_codes(person):
    from allauth.mfa.utils import encrypt

    return {"seed": encrypt("seed"), "used_mask": 0}


def test_there_is_no_page_on_which_to_sign_up():
    assert [name for name in addresses() if "signup" in name or "sign-up" in name] == []
    paths = ("/signup/", "/accounts/signup/", "/sign-up", "/sign-in/sign-up")
    assert [Client().get(path).status_code for path in paths] == [404] * 4


def test_too_many_wrong_codes_are_stopped_even_before_a_right_one(head):
    client = Client()
    client.post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})
    for number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert is_signed_in(client) is False


def test_a_code_works_once(head):
    shown = code()
    signed_in = []
    for _ in range(2):
        client = Client()
        client.post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": shown})
        signed_in.append(is_signed_in(client))
    assert signed_in == [True, False]


def test_passwords_are_kept_with_argon2():
    from schoolgate.config import settings as ours

    assert ours.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert Argon2PasswordHasher().encode(PASSWORD, "some-salt-of-ours").startswith("argon2$argon2id$")


def test_signing_in_alone_makes_nobody_staff(federation):
    with scope(federation.pk):
        guest = with_password(someone("Gwen Guest", relation="parent"))
    client = sign_in(guest)
    assert [client.get(reverse(name)).status_code for name in ("me", "people", "add-person")] == [
        200,
        403,
        403,
    ]


def test_who_has_no_seat_is_not_let_in(db):
    user = User.objects.create(email="no.seat@example.org")
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert is_signed_in(client) is False


# --- The compulsory second step ----------------------------------------------------------------------------


def addresses():
    """Every page without arguments."""

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns)
            elif pattern.name and not pattern.pattern.converters and "(?P" not in str(pattern.pattern):
                yield pattern.name

    return sorted(set(walk(get_resolver().url_patterns)))


def test_who_must_have_a_second_step_is_sent_to_its_set_up_from_every_page(head_without):
    client = sign_in(head_without)
    elsewhere = {}
    for name in addresses():
        if name in OPEN_WITHOUT_SECOND_STEP:
            continue
        answer = client.get(reverse(name))
        if (answer.status_code, answer.get("Location")) != (302, reverse("mfa_index")):
            elsewhere[name] = answer.status_code
    assert elsewhere == {}


def test_the_set_up_pages_are_open_to_who_must_set_up(head_without):
    client = sign_in(head_without)
    names = ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn")
    assert [client.get(reverse(name)).status_code for name in names] == [200, 200, 200]


def test_who_need_not_have_a_second_step_goes_on(teacher):
    assert sign_in(teacher).get(reverse("me")).status_code == 200


def test_a_role_that_begins_later_makes_no_second_step_compulsory_yet(federation, teacher):
    with scope(federation.pk):
        holding = give(teacher, "slt")
        holding.from_day = TODAY + timedelta(days=1)
        holding.save()
    client = sign_in(teacher)
    assert client.get(reverse("me")).status_code == 200
    with scope(federation.pk):
        holding.from_day = TODAY
        holding.save()
    assert client.get(reverse("me"))["Location"] == reverse("mfa_index")


def test_one_hat_that_needs_it_is_enough(federation, make_federation, teacher):
    with scope(make_federation("wootton", "wootton").pk):
        admin = someone("Ada", "principal")
        there = actions.add_person(
            by=admin, at=NOW, name="Tom", email=teacher.user.email, relation="governor"
        )
        give(there, "principal")
    assert sign_in(teacher).get(reverse("me"))["Location"] == reverse("mfa_index")


def test_setting_up_an_app_opens_the_way_and_shows_recovery_codes(head_without):
    client = sign_in(head_without)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    assert answer.redirect_chain == [(reverse("mfa_view_recovery_codes"), 302)]
    assert len(answer.context["unused_codes"]) == 10
    assert client.get(reverse("me")).status_code == 200


def test_the_picture_to_scan_carries_no_style_and_no_script_into_the_page(head_without):
    page = sign_in(head_without).get(reverse("mfa_activate_totp")).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert [word for word in ("style=", "onclick", "javascript:") if word in page] == []


def test_the_key_of_an_app_is_sealed_in_the_database(head):
    kept = Authenticator.objects.get(user=head.user_id, type="totp").data["secret"]
    assert SECRET not in kept
    assert len(kept) > len(SECRET)


def set_up_an_app(client, on_commit):
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with on_commit(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code(secret)})


def test_another_session_that_knew_only_the_password_ends_when_a_second_step_is_set_up(
    head_without, django_capture_on_commit_callbacks
):
    intruder, owner = sign_in(head_without), sign_in(head_without)
    set_up_an_app(owner, django_capture_on_commit_callbacks)
    assert intruder.get(reverse("me"))["Location"].startswith(reverse("account_login"))
    assert owner.get(reverse("me")).status_code == 200


def test_a_second_step_that_comes_and_goes_is_on_record(
    federation, head_without, teacher, django_capture_on_commit_callbacks
):
    set_up_an_app(sign_in(head_without), django_capture_on_commit_callbacks)
    with_app(teacher)
    sign_in(teacher).post(reverse("mfa_deactivate_totp"))
    with scope(federation.pk):
        rows = [(row.event, row.actor, row.details) for row in recorded()]
    assert rows == [
        ("people.factor_added", f"people.person:{head_without.pk}", {"kind": "totp"}),
        ("people.factor_removed", f"people.person:{teacher.pk}", {"kind": "totp"}),
    ]


def test_the_last_second_step_stays_while_a_role_needs_it(head):
    client = sign_in(head)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "Your role needs a second step" in answer.content.decode()
    assert Authenticator.objects.filter(user=head.user_id, type="totp").count() == 1


def test_who_needs_no_second_step_may_remove_it(federation, teacher):
    with_app(teacher)
    client = sign_in(teacher)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=teacher.user_id).count() == 0


def test_the_last_passkey_stays_while_a_role_needs_it(head):
    client = sign_in(head)
    passkey = Authenticator.objects.create(
        user=head.user, type="webauthn", data={"name": "phone", "credential": {}}
    )
    Authenticator.objects.filter(user=head.user_id, type="totp").delete()
    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert Authenticator.objects.filter(pk=passkey.pk).exists() is True


def test_somebody_elses_passkey_is_not_found(head, head_without):
    passkey = Authenticator.objects.create(
        user=head_without.user, type="webauthn", data={"name": "phone", "credential": {}}
    )
    assert sign_in(head).post(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code == 404


def test_after_a_reset_a_new_second_step_comes_first_even_for_a_teacher(
    federation, teacher, django_capture_on_commit_callbacks
):
    with_app(teacher)
    old = sign_in(teacher)
    with scope(federation.pk):
        first, second = someone("Ann", "slt"), someone("Bob", "slt")
        reset = actions.start_factor_reset(by=first, at=NOW, person=teacher)
        actions.confirm_factor_reset(by=second, at=NOW, reset=reset)
    assert old.get(reverse("me"))["Location"].startswith(reverse("account_login"))
    client = sign_in(teacher)
    assert client.get(reverse("me"))["Location"] == reverse("mfa_index")
    set_up_an_app(client, django_capture_on_commit_callbacks)
    assert client.get(reverse("me")).status_code == 200
    assert User.objects.get(pk=teacher.user_id).must_set_factor is False


# --- Sessions ----------------------------------------------------------------------------------------------


def _set(client, **changes):
    session = client.session
    session["signed_in"] = {**session["signed_in"], **changes}
    session.save()


def test_a_password_session_ends_when_nothing_was_done_for_an_hour(teacher):
    client = sign_in(teacher)
    _set(client, seen=(datetime.now(UTC) - timedelta(minutes=61)).isoformat())
    answer = client.get(reverse("me"))
    assert answer["Location"].startswith(reverse("account_login"))
    assert is_signed_in(client) is False


def test_a_password_session_goes_on_within_the_hour(teacher):
    client = sign_in(teacher)
    _set(client, seen=(datetime.now(UTC) - timedelta(minutes=58)).isoformat())
    assert client.get(reverse("me")).status_code == 200
    assert datetime.fromisoformat(client.session["signed_in"]["seen"]) > NOW - timedelta(minutes=1)


def test_a_session_says_how_it_began(teacher, head):
    assert sign_in(teacher).session["signed_in"]["with"] == "password"
    assert sign_in(head).session["signed_in"]["with"] == "two_steps"


def test_a_leavers_session_ends(federation, teacher):
    client = sign_in(teacher)
    with scope(federation.pk):
        by = someone("Ann", "slt")
        actions.record_leaving(by=by, at=NOW, person=Person.objects.get(pk=teacher.pk), left_on=TODAY)
    assert UserSession.objects.filter(user=teacher.user_id).count() == 0
    assert client.get(reverse("me"))["Location"].startswith(reverse("account_login"))
    assert is_signed_in(sign_in(teacher)) is False


def test_who_leaves_tomorrow_is_still_in_today(federation, teacher):
    client = sign_in(teacher)
    with scope(federation.pk):
        by = someone("Ann", "slt")
        tomorrow = TODAY + timedelta(days=1)
        actions.record_leaving(by=by, at=NOW, person=Person.objects.get(pk=teacher.pk), left_on=tomorrow)
    assert client.get(reverse("me")).status_code == 200


def test_a_person_lists_and_ends_their_own_sessions(teacher):
    here, there = sign_in(teacher), sign_in(teacher)
    here.get(reverse("me"))
    there.get(reverse("me"))
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert len(here.get(reverse("me")).context["sessions"]) == 2
    here.post(reverse("end-my-session", args=[other.pk]))
    assert there.get(reverse("me"))["Location"].startswith(reverse("account_login"))
    assert here.get(reverse("me")).status_code == 200


def test_somebody_elses_session_is_not_found(teacher, head):
    sign_in(head).get(reverse("me"))
    other = UserSession.objects.get(user=head.user_id)
    assert sign_in(teacher).post(reverse("end-my-session", args=[other.pk])).status_code == 404
    assert UserSession.objects.filter(pk=other.pk).exists() is True


# --- Links in mails ----------------------------------------------------------------------------------------


def test_an_invitation_leads_to_a_password_and_then_to_the_sign_in_page(federation):
    with scope(federation.pk):
        by = someone("Ann", "slt")
        dan = actions.add_person(by=by, at=NOW, name="Dan", email="dan@example.org", relation="staff")
        token = invitations.mint(actions.invite(by=by, at=NOW, person=dan))
    client = Client()
    page = client.get(reverse("invitation", args=[token]), follow=True)
    assert page.redirect_chain == [(reverse("choose_password"), 302)]
    assert token not in page.content.decode()
    two = {"password1": PASSWORD, "password2": "something else"}
    assert client.post(reverse("choose_password"), two).status_code == 422
    done = client.post(reverse("choose_password"), {"password1": PASSWORD, "password2": PASSWORD})
    assert done["Location"] == reverse("account_login")
    assert is_signed_in(sign_in(dan)) is True


def test_the_page_of_an_invitation_says_when_the_link_is_too_old(federation):
    assert Client().get(reverse("invitation", args=["guessed"]), follow=True).status_code == 404
    assert Client().get(reverse("choose_password")).status_code == 404


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(teacher):
    Client().post(reverse("account_reset_password"), {"email": teacher.user.email})
    path = next(line for line in mail.outbox[0].body.splitlines() if "/password/new/" in line)
    client = Client()
    form = client.get(path[path.index("/password/") :], follow=True)
    client.post(
        form.context["action_url"], {"password1": "four-brown-horses", "password2": "four-brown-horses"}
    )
    assert is_signed_in(sign_in(teacher, password="four-brown-horses")) is True


def test_no_mail_goes_to_an_address_that_nobody_here_has(db):
    answer = Client().post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert answer["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []
