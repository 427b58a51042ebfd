"""The links in mails: invitation and new password."""

from datetime import UTC, datetime

from django.test import Client
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.people import actions, invitations
from tests.cast import someone
from tests.notices.mails import sign_in_mails
from tests.web.signing import PASSWORD, is_signed_in, sign_in

NOW = datetime.now(UTC)
TODAY = local_day(NOW)


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
