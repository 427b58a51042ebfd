"""A passkey on a phone: set up once, then one touch signs in for the school day."""

import re
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Membership
from tests.browsing import keep_pictures
from tests.cast import someone
from tests.eyes import expect
from tests.journeys.conftest import virtual_authenticator
from tests.web import scriptless
from tests.web.signing import PASSWORD, with_password

pytestmark = pytest.mark.browser


@pytest.fixture
def head(make_federation, own_database):
    """Decides, approves and administers; a second step is compulsory and there is none yet."""
    with scope(make_federation().pk):
        return with_password(someone("Hanna Head", "slt"))


def sign_in_with_password(page, person):
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(person.user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def session_began_with(person):
    """How each session of the person began, as the sessions themselves say."""
    sessions = (
        session.get_decoded() for session in Session.objects.filter(expire_date__gt=datetime.now(UTC))
    )
    return [one["signed_in"]["with"] for one in sessions if one.get("_auth_user_id") == str(person.user_id)]


def test_a_passkey_is_set_up_and_signs_in_with_one_touch_to_the_page_that_was_asked_for(head, new_browser):
    page = new_browser().new_page()
    with virtual_authenticator(page):
        sign_in_with_password(page, head)
        expect(page.get_by_role("heading", name="Set up two-step verification")).to_be_visible()
        expect(page.get_by_text("Do this first")).to_be_visible()
        keep_pictures(page, "second-step")
        page.goto("/me")
        expect(page).to_have_url(re.compile(r"/account/second-step$"))
        page.get_by_role("link", name="Set up a passkey").click()
        page.get_by_label("Passkey name").fill("Hanna's phone")
        page.get_by_role("button", name="Set up a passkey").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        keep_pictures(page, "recovery-codes")

        page.goto("/me")
        expect(page.get_by_text("Hanna's phone")).to_be_visible()
        keep_pictures(page, "me")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
        keep_pictures(page, "sign-in")
        page.goto("/people")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("heading", name="People and roles")).to_be_visible()
        page.goto("/me")
        expect(page.get_by_role("heading", name="Hanna Head")).to_be_visible()
    assert session_began_with(head) == ["passkey"]
    assert Authenticator.objects.filter(user=head.user_id, type="webauthn").count() == 1


def test_a_leavers_passkey_lets_nobody_in(head, new_browser):
    page = new_browser().new_page()
    with virtual_authenticator(page):
        sign_in_with_password(page, head)
        page.get_by_role("link", name="Set up a passkey").click()
        page.get_by_role("button", name="Set up a passkey").click()
        page.get_by_role("heading", name="Recovery codes").wait_for()
        Membership.objects.filter(user=head.user_id).update(ends_on=local_day(datetime.now(UTC)))
        page.goto("/me")
        expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("heading", name="You can’t sign in")).to_be_visible()


def test_a_device_that_declines_says_so_and_the_other_way_stays_open(head, new_browser):
    page = new_browser().new_page()
    with virtual_authenticator(page):
        page.goto("/sign-in")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_text("That didn’t work")).to_be_visible()
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_enabled()


def test_without_scripts_the_password_and_an_app_remain(head):
    page = scriptless.open_context().new_page()
    sign_in_with_password(page, head)
    expect(page.get_by_role("heading", name="Set up two-step verification")).to_be_visible()
    page.get_by_role("link", name="Set up an app").click()
    expect(page.get_by_label("Code", exact=True)).to_be_visible()
    expect(page.get_by_role("img", name="QR code to scan. The key below does the same.")).to_be_visible()
