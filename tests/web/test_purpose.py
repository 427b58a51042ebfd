"""Purpose and audience of a new account where the policy's form asks for neither: a page of setting it up."""

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from tests.web.proposals_cast import at_school, begun, page

__all__ = ["at_school"]


@pytest.fixture
def approved(at_school):
    """Llanidloes, an account that its headteacher approved; `.account`."""
    cast = at_school("llanidloes", "headteacher", carys=("Carys Huws", "staff"), nia=("Nia Pugh",))
    with scope(cast.federation.pk):
        School.objects.update(name="Llanidloes High School")
    pk = begun(cast, cast.carys)
    typed = {
        "name": "News", "school": cast.school.pk, "network": "noticeboard", "kind": "school",
        "pupils_in_audience": "no",
    }  # fmt: skip
    cast.carys.post(reverse("proposal-edit", args=[pk]), typed)
    assert cast.carys.post(reverse("proposal-submit", args=[pk])).status_code == 302
    decide = reverse("proposal-decide", args=[pk])
    cast.owner.post(decide, {"answer": "yes", "seen": cast.owner.get(decide).context["seen"]})
    with scope(cast.federation.pk):
        cast.account = Account.objects.get()
    return cast


def test_it_is_a_task_of_setting_up_and_is_chosen_from_the_policys_list(approved):
    about = reverse("account-about", args=[approved.account.pk])
    before = page(approved.carys, "account-setup", approved.account.pk)
    assert about in before
    shown = page(approved.carys, "account-about", approved.account.pk)
    assert "share pupils&#x27; work" in shown
    assert 'name="kind"' not in shown

    typed = {
        "purpose": "News of the school", "audience": "Families", "listed": ["promote the school"],
        "readers": ["existing parents"],
    }  # fmt: skip
    assert approved.carys.post(about, typed).status_code == 302
    with scope(approved.federation.pk):
        approved.account.refresh_from_db()
    assert (approved.account.purpose, approved.account.kind) == ("News of the school", "school")
    assert "News of the school" in page(approved.carys, "account", approved.account.pk)


def test_what_the_list_does_not_have_is_refused(approved):
    about = reverse("account-about", args=[approved.account.pk])
    answer = approved.carys.post(about, {"purpose": "x", "audience": "y", "listed": ["local activities"]})
    assert answer.status_code == 422


def test_who_does_not_set_it_up_has_no_such_page(approved):
    assert approved.nia.get(reverse("account-about", args=[approved.account.pk])).status_code in (403, 404)
