"""The public register: nobody signs in, nobody is named, nothing but open accounts is on it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import all_capabilities
from tests.cast import someone
from tests.web.plain import check_page

pytestmark = pytest.mark.usefixtures("account")
NOW = datetime.now(UTC)
BY_HAND = next(key for key, found in all_capabilities().items() if found.connector == "manual")


@pytest.fixture
def account(federation) -> Account:
    """An open account of the whole federation, connected, run by somebody."""
    with scope(federation.pk):
        return Account.objects.create(
            name="Wildground", network=BY_HAND, kind="school", made_at=NOW, state="open", opened_at=NOW,
            opened_by=someone("Sian Parry", "slt"), address="https://social.example/@wildground",
            handle="@wildground", purpose="News of our schools.", contact="The office",
        )  # fmt: skip


def test_anybody_finds_the_account_with_its_address_and_whom_to_turn_to(client):
    html = client.get(reverse("register", args=["wildground"])).content.decode()
    check_page(html)

    for words in ("https://social.example/@wildground", "@wildground", "News of our schools.", "The office"):
        assert words in html


def test_no_person_is_named_on_it(client):
    for name in ("register", "register-json"):
        assert "Sian" not in client.get(reverse(name, args=["wildground"])).content.decode()


@pytest.mark.parametrize(
    ("state", "changes"),
    [("waiting", {"opened_at": None}), ("closed", {"closed_at": NOW})],
)
def test_only_open_accounts_are_on_it(client, federation, account, state, changes):
    with scope(federation.pk):
        Account.objects.filter(pk=account.pk).update(state=state, **changes)

    assert client.get(reverse("register-json", args=["wildground"])).json()["accounts"] == []
    assert "No account is open yet" in client.get(reverse("register", args=["wildground"])).content.decode()


def test_another_federations_accounts_are_on_its_own_register(client, make_federation, account):
    make_federation("llanidloes", "llanidloes")

    assert client.get(reverse("register-json", args=["llanidloes"])).json() == {
        "federation": "Llanidloes", "accounts": [], "next": None,
    }  # fmt: skip


def test_a_text_with_markup_is_shown_as_text(client, federation, account):
    with scope(federation.pk):
        Account.objects.filter(pk=account.pk).update(purpose="<script>alert(1)</script>")
    html = client.get(reverse("register", args=["wildground"])).content.decode()

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
