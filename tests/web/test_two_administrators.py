"""Two administrators, one of whom lost her phone: the other reads how it goes on, and can't do it alone."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.people.sessions import start_factor_reset
from tests.cast import someone
from tests.web.plain import check_page
from tests.web.signing import with_app, with_password


@pytest.fixture
def two(federation):
    with scope(federation.pk):
        return with_app(with_password(someone("Hanna", "slt"))), someone("Dora", "slt")


def test_the_other_administrator_reads_how_it_goes_on_and_cannot_do_it_alone(two, sign_in):
    hanna, dora = two
    page = sign_in(dora)
    assert (
        "The person who runs the server then confirms it" in page.get(f"/people/{hanna.pk}").content.decode()
    )
    page.post(f"/people/{hanna.pk}/reset")
    waiting = page.get(f"/people/{hanna.pk}").content.decode()
    assert f"schoolgate reset-second-step {hanna.email}" in waiting
    check_page(waiting)
    assert page.post(f"/people/{hanna.pk}/reset/confirm").status_code == 403
    assert Authenticator.objects.filter(user=hanna.user_id).exists()


def test_a_single_administrator_reads_who_confirms_it_until_when_and_with_which_command(federation, sign_in):
    with scope(federation.pk):
        lone, staff = someone("Dora", "slt"), with_app(with_password(someone("Stan", "staff")))
    page = sign_in(lone)
    assert "then confirms it" in page.get(f"/people/{staff.pk}").content.decode()

    told = page.post(f"/people/{staff.pk}/reset", follow=True).content.decode()

    assert "Reset requested. The person who runs the server confirms it. Deadline: " in told
    assert "second person" not in told
    for html in (told, page.get(f"/people/{staff.pk}").content.decode()):
        assert f"schoolgate reset-second-step {staff.email}" in html
        assert html.count("Deadline: ") >= 1
    check_page(told)


def test_where_a_third_person_can_confirm_it_they_are_named(two, federation, sign_in):
    hanna, dora = two
    with scope(federation.pk):
        third = someone("Tariq", "slt")
    told = sign_in(dora).post(f"/people/{hanna.pk}/reset", follow=True).content.decode()
    assert "Reset requested. Who can confirm it: Tariq. Deadline: " in told
    assert "reset-second-step" not in told
    waiting = sign_in(third).get(f"/people/{hanna.pk}").content.decode()
    assert "Confirm reset" in waiting


def test_after_a_day_it_can_be_asked_for_again_from_the_page(two, federation, sign_in):
    hanna, dora = two
    with scope(federation.pk):
        start_factor_reset(by=dora, at=now() - timedelta(hours=25), person=hanna)
    page = sign_in(dora)
    assert "Ask for a reset" in page.get(f"/people/{hanna.pk}").content.decode()
    again = page.post(f"/people/{hanna.pk}/reset", follow=True).content.decode()
    assert "Reset requested." in again
