"""The links in mails: invitation and new password."""

from datetime import UTC, datetime

from django.test import Client
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.notices.actions import give_address
from schoolgate.people import directories, persons
from schoolgate.people.models import User
from tests.cast import someone
from tests.notices.mails import sign_in_mails
from tests.web.signing import PASSWORD, is_signed_in, sign_in, with_password

NOW = datetime.now(UTC)


def test_an_invitation_leads_to_a_password_and_then_to_the_sign_in_page(federation):
    with scope(federation.pk):
        by = someone("Ann", "slt")
        dan = persons.add_person(by=by, at=NOW, name="Dan", email="dan@example.org", relation="staff")
        token = directories.mint(persons.invite(by=by, at=NOW, person=dan), to=dan.user.email)
    client = Client()
    page = client.get(reverse("invitation", args=[token]), follow=True)
    assert page.redirect_chain == [(reverse("choose_password"), 302)]
    assert token not in page.content.decode()
    two = {"password1": PASSWORD, "password2": "something else"}
    assert client.post(reverse("choose_password"), two).status_code == 422
    once = {"password1": PASSWORD, "password2": PASSWORD, "csrfmiddlewaretoken": "drawn once"}
    for _click in range(2):
        done = client.post(reverse("choose_password"), once)
        assert (done.status_code, done.headers.get("Location")) == (302, reverse("account_login"))
    assert (
        client.post(reverse("choose_password"), {**once, "csrfmiddlewaretoken": "again"}).status_code == 404
    )
    assert is_signed_in(sign_in(dan)) is True


def test_the_page_of_an_invitation_says_when_the_link_is_too_old(federation):
    assert Client().get(reverse("invitation", args=["guessed"]), follow=True).status_code == 404
    assert Client().get(reverse("choose_password")).status_code == 404


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(teacher):
    Client().post(reverse("account_reset_password"), {"email": teacher.user.email})
    (letter,) = sign_in_mails(datetime.now(UTC))
    path = next(line for line in letter.body.splitlines() if "/password/new/" in line)
    client = Client()
    form = client.get(path[path.index("/password/") :], follow=True)
    client.post(
        form.context["action_url"], {"password1": "four-brown-horses", "password2": "four-brown-horses"}
    )
    assert is_signed_in(sign_in(teacher, password="four-brown-horses")) is True


def test_no_mail_goes_to_an_address_that_nobody_here_has(db):
    answer = Client().post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert answer["Location"] == reverse("account_reset_password_done")
    assert sign_in_mails(datetime.now(UTC)) == []


def test_a_forgotten_password_is_mailed_to_the_address_of_the_sign_in_only(federation, teacher):
    with scope(federation.pk):
        ann = someone("Ann", "slt")
        give_address(by=ann, at=NOW, person=teacher, address="evil@elsewhere.example")
    for email in ("evil@elsewhere.example", teacher.user.email.replace("t", "ţ"), teacher.user.email.upper()):
        Client().post(reverse("account_reset_password"), {"email": email})
    (letter,) = sign_in_mails(datetime.now(UTC))
    assert letter.to_address.lower() == teacher.user.email


def test_a_new_password_by_mail_proves_an_address_that_was_only_typed_at_the_machine(teacher):
    teacher.user.address_unproven = True
    teacher.user.save()
    Client().post(reverse("account_reset_password"), {"email": teacher.user.email})
    (letter,) = sign_in_mails(datetime.now(UTC))
    assert User.objects.get(pk=teacher.user_id).address_unproven is True, "asking for a mail proves nothing"
    path = next(line for line in letter.body.splitlines() if "/password/new/" in line)
    client = Client()
    form = client.get(path[path.index("/password/") :], follow=True)
    client.post(
        form.context["action_url"], {"password1": "four-brown-horses", "password2": "four-brown-horses"}
    )
    assert User.objects.get(pk=teacher.user_id).address_unproven is False


def test_the_page_of_a_link_that_has_ended_sends_whoever_has_a_password_to_the_sign_in_page(federation):
    with scope(federation.pk):
        ann = someone("Ann", "slt")
        dan = persons.add_person(by=ann, at=NOW, name="Dan", email="dan@example.org", relation="staff")
        token = directories.mint(persons.invite(by=ann, at=NOW, person=dan), to=dan.user.email)
    client = Client()
    assert client.get(reverse("invitation", args=[token]), follow=True).status_code == 200
    with_password(dan)
    answer = client.post(reverse("choose_password"), {"password1": "x" * 20, "password2": "x" * 20})
    assert answer.status_code == 409
    assert "You already have a password." in answer.content.decode()
    assert is_signed_in(sign_in(dan)) is True
