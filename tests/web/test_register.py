"""The public register: nobody signs in, nobody is named, nothing but open accounts is on it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account, AccountMark
from schoolgate.accounts.register import enter_associated, move_account
from schoolgate.accounts.unofficial import confirm_fake, end_fake, report_fake
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.assignments import give_permission
from schoolgate.policy.adopting import adopt
from tests.accounts.watched import CHECKS, choose
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
    assert "No accounts open yet" in client.get(reverse("register", args=["wildground"])).content.decode()


def test_another_federations_accounts_are_on_its_own_register(client, make_federation, account):
    make_federation("llanidloes", "llanidloes")

    assert client.get(reverse("register-json", args=["llanidloes"])).json() == {
        "federation": "Llanidloes", "accounts": [], "fakes": [], "known_to_us": [], "next": None,
    }  # fmt: skip


def test_a_text_with_markup_is_shown_as_text(client, federation, account):
    with scope(federation.pk):
        Account.objects.filter(pk=account.pk).update(purpose="<script>alert(1)</script>")
    html = client.get(reverse("register", args=["wildground"])).content.decode()

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def feed_of(client, slug="wildground") -> str:
    answer = client.get(reverse("register-atom", args=[slug]))
    assert answer["Content-Type"].startswith("application/atom+xml")
    return answer.content.decode()


def test_what_shows_that_it_is_ours_stands_beside_it_with_the_day_of_the_last_look(
    client, federation, account
):
    with scope(federation.pk):
        looked = datetime(2026, 11, 13, 9, 0, tzinfo=UTC)
        AccountMark.objects.create(
            account=account,
            mark="text",
            seen="there",
            looked_at=looked,
            tried_at=looked,
            by=account.opened_by,
        )
    shown = client.get(reverse("register-json", args=["wildground"])).json()["accounts"][0]

    assert shown["proofs"] == [
        {"mark": "text", "there": True, "looked_at": "2026-11-13T09:00:00Z", "by": "person"}
    ]
    assert (
        "(checked on Friday 13 November 2026"
        in client.get(reverse("register", args=["wildground"])).content.decode()
    )


def test_the_keys_of_the_data_that_were_there_before_are_there_still(client):
    shown = client.get(reverse("register-json", args=["wildground"])).json()["accounts"][0]

    assert {"name", "network", "handle", "address", "school", "purpose", "contact"} <= set(shown)


def test_a_confirmed_fake_is_told_to_all_with_its_address_as_text_and_without_where_that_was_chosen(
    client, federation
):
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        fakes = [
            report_fake(
                at=NOW, address=f"https://www.facebook.com/fake{n}", words="It sells.", where=lambda _: ""
            )
            for n in (1, 2, 3)
        ]
        confirm_fake(fake=fakes[0], by=sam, at=NOW, show_address=True)
        confirm_fake(fake=fakes[1], by=sam, at=NOW, show_address=False)
    html = client.get(reverse("register", args=["wildground"])).content.decode()
    told = client.get(reverse("register-json", args=["wildground"])).json()["fakes"]

    assert "facebook.com/fake1" in html
    assert 'href="https://www.facebook.com/fake1"' not in html
    assert "fake2" not in html + str(told)
    assert "fake3" not in html + str(told)
    assert len(told) == 2
    assert "fake account on Facebook Page" in feed_of(client)

    with scope(federation.pk):
        end_fake(fake=fakes[0], by=sam, at=NOW, to="gone")
    assert len(client.get(reverse("register-json", args=["wildground"])).json()["fakes"]) == 1
    assert "is gone" in feed_of(client)


def test_the_feed_tells_of_openings_new_addresses_and_closings(client, federation, account):
    with scope(federation.pk):
        admin = someone("Adam Admin", "administrator-moderator")
        move_account(account=account, by=admin, at=NOW, address="https://social.example/@new")
    assert "New official account: Wildground" in feed_of(client)
    assert "New address: Wildground" in feed_of(client)

    with scope(federation.pk):
        Account.objects.filter(pk=account.pk).update(state="closed", closed_at=NOW)
    assert "Closed: Wildground" in feed_of(client)


def test_pages_of_friends_stand_apart_where_no_policy_wants_leave_and_with_it_where_one_does(
    client, make_federation
):
    other = make_federation("learn-to-live", "learn-to-live")
    with scope(other.pk):
        head = someone("Hana Head", "headteacher")
        adopt(by=head, at=NOW)
        page = enter_associated(
            by=head, at=NOW, name="Friends of Oakfield", address="https://www.facebook.com/oakfieldfriends",
            uses_name=True, uses_logo=False,
        )  # fmt: skip
    known = client.get(reverse("register-json", args=["learn-to-live"])).json()["known_to_us"]
    assert known == []

    with scope(other.pk):
        give_permission(
            by=head, at=NOW, role_key="headteacher", written=True, covers="name", subject=subject_of(page),
            from_day=NOW.date(),
        )  # fmt: skip
    known = client.get(reverse("register-json", args=["learn-to-live"])).json()["known_to_us"]
    assert [one["name"] for one in known] == ["Friends of Oakfield"]
    html = client.get(reverse("register", args=["learn-to-live"])).content.decode()
    check_page(html)
    assert "Not ours, but known to us" in html


def test_where_a_signature_would_do_for_an_account_a_page_of_friends_needs_the_principals_leave(
    client, make_federation
):
    with scope(make_federation("wootton", "wootton").pk):
        principal = someone("Pia Principal", "principal")
        adopt(by=principal, at=NOW)
        page = enter_associated(
            by=principal, at=NOW, name="PTA", address="https://www.facebook.com/woottonpta", uses_name=True,
            uses_logo=False,
        )  # fmt: skip
    assert client.get("/wootton/register.json").json()["known_to_us"] == []
    with scope(principal.federation_id):
        give_permission(
            by=principal, at=NOW, role_key="principal", written=True, covers="name",
            subject=subject_of(page), from_day=NOW.date(),
        )  # fmt: skip
    assert len(client.get("/wootton/register.json").json()["known_to_us"]) == 1


def test_hours_are_said_only_where_a_policy_says_them(client, federation, make_federation):
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        version = adopt(by=sam, at=NOW)
    with scope(make_federation("wootton", "wootton").pk):
        adopt(by=someone("Pia Principal", "principal"), at=NOW)

    assert "We check our accounts at least every" not in client.get("/wildground/register").content.decode()
    with scope(federation.pk):
        choose(version, sam, CHECKS, check_interval_hours=24)
    said = client.get("/wildground/register").content.decode()
    assert "We check our accounts at least every 24 hours. This is our own choice." in said
    assert "looks in" not in client.get("/wootton/register").content.decode()


def test_the_same_number_of_queries_for_one_account_and_for_many(client, federation, account, same_queries):
    with scope(federation.pk):
        adopt(by=someone("Sam Slater", "slt"), at=NOW)

    def grow():
        with scope(federation.pk):
            for n in range(9):
                one = Account.objects.create(
                    name=f"A{n}", network=BY_HAND, kind="school", made_at=NOW, state="open", opened_at=NOW,
                    opened_by=account.opened_by, address=f"https://social.example/@a{n}",
                )  # fmt: skip
                AccountMark.objects.create(
                    account=one, mark="text", seen="there", looked_at=NOW, tried_at=NOW
                )

    same_queries(lambda: client.get("/wildground/register"), grow)
