"""The home's keys are lost: no page of one's own second step fails; each says whom to ask."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.urls import reverse

from schoolgate.core.home import keys
from tests.web.plain import check_page
from tests.web.signing import PASSWORD, code, is_signed_in, sign_in, with_app, with_password

pytestmark = pytest.mark.usefixtures("home")
WHOM_TO_ASK = "two people who look after people and roles"


@pytest.fixture
def person(cast):
    """A teacher who signs in with a password and an app, and has recovery codes."""
    cache.clear()
    made = with_app(with_password(cast("Cara", "staff")))
    RecoveryCodes.activate(made.user)
    return made


def test_the_second_step_of_a_sign_in_says_whom_to_ask(person, client):
    (keys() / "vault.keys").unlink()
    client.post(reverse("account_login"), {"login": person.user.email, "password": PASSWORD})

    answer = client.post(reverse("mfa_authenticate"), {"code": code()})

    assert answer.status_code == 200
    assert WHOM_TO_ASK in answer.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("page", ["mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_index"])
def test_pages_of_ones_own_second_step_do_not_fail(person, page):
    browser = sign_in(person)
    assert is_signed_in(browser)
    (keys() / "vault.keys").unlink()

    answer = browser.get(reverse(page))

    assert answer.status_code in (200, 409)
    html = answer.content.decode()
    check_page(html)
    assert page == "mfa_index" or WHOM_TO_ASK in html
    assert Authenticator.objects.filter(user=person.user).count() == 2
