"""Two administrators, one of whom lost her phone: the other reads how it goes on, and can't do it alone."""

import pytest
from allauth.mfa.models import Authenticator

from schoolgate.core.tenancy import scope
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
