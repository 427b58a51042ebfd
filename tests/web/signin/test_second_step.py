"""The second step: who must have one, how it is set up, when it may go."""

from datetime import UTC, datetime, timedelta

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.test import Client
from django.urls import reverse

from schoolgate.core.home import keys
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.people import persons, sessions
from schoolgate.people.models import User
from schoolgate.people.sessions import make_token
from schoolgate.web.signin.middleware import OPEN_WITHOUT_SECOND_STEP
from tests.cast import give, someone
from tests.conftest import recorded
from tests.days import today
from tests.web.signing import (
    PASSWORD,
    SECRET,
    addresses,
    code,
    is_signed_in,
    sign_in,
    with_app,
    with_password,
)

NOW = datetime.now(UTC)


def test_who_must_have_a_second_step_is_sent_to_its_set_up_from_every_page_and_finds_that_open(head_without):
    """A quarter of the pages: whether it opens without depends on its name alone."""
    client = sign_in(head_without)
    elsewhere = {}
    for name in [name for name in addresses() if name not in OPEN_WITHOUT_SECOND_STEP][::4]:
        answer = client.get(reverse(name))
        if (answer.status_code, answer.get("Location")) != (302, reverse("mfa_index")):
            elsewhere[name] = answer.status_code
    assert elsewhere == {}
    names = ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn")
    assert [client.get(reverse(name)).status_code for name in names] == [200, 200, 200]


def test_who_need_not_have_a_second_step_goes_on(teacher):
    assert sign_in(teacher).get(reverse("me")).status_code == 200


def test_a_role_that_begins_later_makes_no_second_step_compulsory_yet(federation, teacher):
    with scope(federation.pk):
        assignment = give(teacher, "slt")
        assignment.from_day = today() + timedelta(days=1)
        assignment.save()
    client = sign_in(teacher)
    assert client.get(reverse("me")).status_code == 200
    with scope(federation.pk):
        assignment.from_day = today()
        assignment.save()
    assert client.get(reverse("me"))["Location"] == reverse("mfa_index")


def test_one_hat_that_needs_it_is_enough(federation, make_federation, teacher):
    with scope(make_federation("wootton", "wootton").pk):
        admin = someone("Ada", "principal")
        there = persons.add_person(
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
    assert (
        "Your role needs two-step verification. Set up another method before you remove this one."
        in answer.content.decode()
    )
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
        reset = sessions.start_factor_reset(by=first, at=NOW, person=teacher)
        sessions.confirm_factor_reset(by=second, at=NOW, reset=reset)
    assert old.get(reverse("me"))["Location"].startswith(reverse("account_login"))
    client = sign_in(teacher)
    assert client.get(reverse("me"))["Location"] == reverse("mfa_index")
    set_up_an_app(client, django_capture_on_commit_callbacks)
    assert client.get(reverse("me")).status_code == 200
    assert User.objects.get(pk=teacher.user_id).must_set_factor is False


def test_a_code_that_no_key_can_check_lets_nobody_in_and_says_whom_to_ask(home, head):
    (keys() / "vault.keys").write_text(Fernet.generate_key().decode() + "\n")
    client = Client()
    client.post(reverse("account_login"), {"login": head.user.email, "password": PASSWORD})

    answer = client.post(reverse("mfa_authenticate"), {"code": code()})

    assert (answer.status_code, is_signed_in(client)) == (200, False)
    assert "ask two people who look after people and roles" in answer.content.decode()


def test_a_safeguarding_lead_or_deputy_reads_nothing_without_a_second_step(federation):
    """Neither on a page, nor with a key that was made before they were named."""
    for place in ("lead", "deputy"):
        with scope(federation.pk):
            person = with_password(someone(f"Nadia {place}", "staff"))
            key = make_token(by=person, at=NOW, name="Desk", days=9, may_write=False, with_factor=False)
        browser = sign_in(person)
        assert browser.get(reverse("me")).status_code == 200
        assert sessions.find(key.text, at=NOW) is not None

        with scope(federation.pk):
            Safeguarder.objects.create(place=place, person_id=person.pk, since=NOW)

        assert browser.get(reverse("me"))["Location"] == reverse("mfa_index")
        assert sessions.find(key.text, at=NOW) is None
