"""Is this account genuine? Anybody is answered, in plain words, and nothing that they type is kept."""

import logging
from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from schoolgate.accounts.models import Account, Fake
from schoolgate.accounts.register import move_account
from schoolgate.accounts.unofficial import confirm_fake, end_fake, report_fake
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import DecisionRecord
from tests.cast import someone
from tests.web.counted import counted_as
from tests.web.plain import check_page

NOW = datetime.now(UTC)
OURS = "https://www.facebook.com/wildgroundjuniors"


@pytest.fixture(autouse=True)
def nothing_counted(db):
    cache.clear()


@pytest.fixture
def account(federation) -> Account:
    """An open account on Facebook, with a handle."""
    with scope(federation.pk):
        return Account.objects.create(
            name="Wildground Juniors", network="facebook", kind="school", made_at=NOW, state="open",
            opened_at=NOW, opened_by=someone("Sian Parry", "slt", "administrator-moderator"), address=OURS,
            handle="@wildgroundjuniors", contact="The office",
        )  # fmt: skip


@pytest.fixture
def ask(client, account):
    """`ask("...")`: the page that answers it, checked."""

    def get(text, slug="wildground", language="en") -> str:
        answer = client.get(f"/{slug}/genuine", {"q": text}, headers={"accept-language": language})
        assert answer.status_code == 200
        html = answer.content.decode()
        check_page(html, language)
        return html

    return get


def test_an_account_of_ours_is_ours_however_its_address_is_typed(ask):
    for typed in (
        OURS, "http://m.facebook.com/WildgroundJuniors/?fbclid=x", "facebook.com/wildgroundjuniors/posts/9",
    ):  # fmt: skip
        assert "Yes, this is ours" in ask(typed), typed

    html = ask("@WildgroundJuniors")
    assert "Yes, on the networks below this is ours" in html
    assert "Facebook Page" in html
    assert "may belong to someone else" in html


def test_what_is_not_on_the_register_is_never_called_a_fake_and_a_look_alike_told_with_what_is_ours(ask):
    html = ask("https://www.facebook.com/somebody-else")
    assert "This isn’t on our register" in html
    assert "It doesn’t speak for us. That alone doesn’t make it fake: it may belong to someone else." in html
    assert "This isn’t on our register" in ask("https://www.instagram.com/wildgroundjuniors")

    html = ask("https://fаcebook.com/wildgroundjuniors")
    assert "This isn’t on our register, but it looks very similar to one of ours" in html
    assert "letters are from another alphabet" in html
    assert "xn--fcebook-2fg.com" in html

    ask("https://www.facebook.com/somebody-else", language="cy")
    ask(OURS, language="cy")


def test_a_closed_account_is_closed_since_its_day(ask, federation, account):
    with scope(federation.pk):
        Account.objects.filter(pk=account.pk).update(
            state="closed", closed_at=datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
        )
    html = ask(OURS)

    assert "This was ours and closed on Thursday 5 March 2026" in html
    assert "Yes, this is ours" not in html


def test_an_earlier_address_leads_to_the_new_one(ask, federation, account):
    with scope(federation.pk):
        move_account(
            account=account, by=account.opened_by, at=NOW, address="https://www.facebook.com/wildground-new"
        )
    html = ask(OURS)

    assert "This was ours until" in html
    assert "https://www.facebook.com/wildground-new" in html


def test_a_confirmed_fake_says_so_and_a_reported_one_does_not_yet(ask, federation):
    fake_at = "https://www.facebook.com/wildground.juniors.shop"
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        fake = report_fake(at=NOW, address=fake_at, words="It sells.", where=lambda _: "")
    assert "This isn’t on our register" in ask(fake_at)

    with scope(federation.pk):
        confirm_fake(fake=fake, by=sam, at=NOW, show_address=True)
    assert "No. This is a fake" in ask(fake_at)
    with scope(federation.pk):
        end_fake(fake=fake, by=sam, at=NOW, to="ours")
    assert "No. This is a fake account. We confirmed on" not in ask(fake_at)


def test_our_own_noticeboard_is_ours(client, federation):
    with scope(federation.pk):
        school = School.objects.create(name="North", slug="north")
        Account.objects.create(
            name="Board", network="noticeboard", kind="school", school=school, made_at=NOW, state="open",
            opened_at=NOW, opened_by=someone("Noor", "slt"),
        )  # fmt: skip
    asked = {"q": "http://localhost:8000/wildground/noticeboard/north/abc/"}
    answer = client.get("/wildground/genuine", asked, headers={"host": "localhost:8000"})

    assert "Yes, this is ours" in answer.content.decode()


def test_the_clause_is_there_only_where_the_policy_has_one(ask, federation, make_federation):
    with scope(federation.pk):
        adopt(by=someone("Sam Slater", "slt"), at=NOW)
    with scope(make_federation("learn-to-live", "learn-to-live").pk):
        adopt(by=someone("Hana Head", "headteacher"), at=NOW)

    assert "What our policy says" not in ask("https://www.facebook.com/x")
    assert "Rationale" in ask("https://www.facebook.com/x", slug="learn-to-live")


def test_nothing_that_is_typed_is_kept_or_logged_or_stored_on_the_way(client, account, federation, caplog):
    with caplog.at_level(logging.INFO):
        answer = client.get("/wildground/genuine", {"q": "facebook.com/secretname"})

    assert "secretname" not in caplog.text
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "strict-origin"
    with scope(federation.pk):
        assert not DecisionRecord.objects.exists()
        assert not LedgerRow.objects.filter(event__startswith="fake").exists()


def test_what_cannot_be_read_is_told_so(client, account):
    for nothing in ("", "   ", "javascript:alert(1)", "x" * 1200):
        answer = client.get("/wildground/genuine", {"q": nothing})

        assert answer.status_code in (200, 422)
        assert 'alert(1)">' not in answer.content.decode()


def test_somebody_who_asks_without_end_is_asked_to_wait(client, account):
    with counted_as(299):
        assert client.get("/wildground/genuine", {"q": "@a"}).status_code == 200
    codes = [client.get("/wildground/genuine", {"q": f"@a{n}"}).status_code for n in range(3)]

    assert codes == [200, 429, 429]


def test_another_federations_account_is_not_ours(ask, make_federation):
    make_federation("llanidloes", "llanidloes")

    assert "This isn’t on our register" in ask(OURS, slug="llanidloes")


def test_the_same_number_of_queries_for_one_account_and_for_many(client, account, federation, same_queries):
    def grow():
        with scope(federation.pk):
            for n in range(3):
                Account.objects.create(
                    name=f"A{n}", network="facebook", kind="school", made_at=NOW, state="open", opened_at=NOW,
                    opened_by=account.opened_by, address=f"https://www.facebook.com/a{n}",
                )  # fmt: skip

    same_queries(lambda: client.get("/wildground/genuine", {"q": "facebook.com/x"}), grow)


def test_a_report_begins_with_the_address_and_ends_with_a_reference(client, account, federation):
    begun = client.post("/wildground/register/fake", {"do": "begin", "address": "facebook.com/shop"})
    assert 'value="facebook.com/shop"' in begun.content.decode()

    sent = client.post(
        "/wildground/register/fake", {"address": "facebook.com/shop", "words": "It sells cards."}, follow=True
    )
    with scope(federation.pk):
        fake = Fake.objects.get()
    assert f"Your reference is {fake.reference}" in sent.content.decode()
    assert fake.reference not in sent.request["PATH_INFO"] + sent.request["QUERY_STRING"]


SAYS_TOO_LITTLE = [
    ("", "x", "Enter the page’s address"),
    ("facebook.com/shop", "", "in one or two sentences"),
    (OURS, "x", "it’s ours"),
]


def test_a_report_that_says_too_little_is_of_ours_or_of_a_program_is_not_taken_up(
    client, account, federation
):
    for address, words, told in SAYS_TOO_LITTLE:
        answer = client.post("/wildground/register/fake", {"address": address, "words": words})
        assert answer.status_code == 422
        assert told in answer.content.decode(), told
    client.post("/wildground/register/fake", {"address": "facebook.com/a", "words": "x", "website": "y"})
    with scope(federation.pk):
        assert not Fake.objects.exists()


def test_somebody_who_reports_without_end_is_asked_to_wait(client, account):
    def report(number: int) -> int:
        sent = {"address": f"facebook.com/a{number}", "words": "x"}
        return client.post("/wildground/register/fake", sent).status_code

    with counted_as(29):
        assert report(0) == 302
    assert [report(number) for number in (1, 2)] == [302, 429]
