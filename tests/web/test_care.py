"""The pages of looking in, looking back, closing and handing on, as the people whose steps they are."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.closing import begin_closing
from schoolgate.accounts.models import Account, AimResult, Archive, Look, Offer
from schoolgate.accounts.opening import offer_part
from schoolgate.accounts.watching import watch_accounts
from schoolgate.core import files
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import sweep
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.policy.adopting import adopt
from tests.accounts.conftest import ready
from tests.accounts.watched import CHECKS, choose, in_term, open_account_of
from tests.cast import give, someone
from tests.web.plain import check_page, shown_by
from tests.web.there import There
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
AIMS = "To show what we grow.\nTo find helpers."


ROLES = {
    "wildground": ("slt", "staff"),
    "wootton": ("principal", "site-author"),
    "learn-to-live": ("headteacher", "staff"),
}
"""Who owns the policy, and who runs the account."""
WITH_AIMS = {"aim": AIMS, "evaluation_date": (NOW.date() + 10 * DAY).isoformat()}


@world()
def account_run(at, key, role=""):
    """A federation under that policy, an account, and its people."""
    federation = enter_federation(key, key)
    owner, runs = ROLES[key]
    roles = [role or runs]
    with scope(federation.pk):
        school = School.objects.create(name="North", slug="north")
        in_term(school, at.replace(year=2027, month=1, day=19))
        people = {
            "owner": someone("Olwen Price", owner),
            "amina": someone("Amina Khan", *roles),
            "bryn": someone("Bryn Ellis", *roles),
            "cai": someone("Cai Rees", *roles),
        }
        version = adopt(by=people["owner"], at=at - 90 * DAY)
        account = {"answers": WITH_AIMS} if key == "wootton" else {}
        found = open_account_of(school, people["amina"], people["bryn"], opened_at=at - 60 * DAY, **account)
    return SimpleNamespace(
        federation=federation, school=school, account=found, version=version, people=SimpleNamespace(**people)
    )


@pytest.fixture
def at_policy(db, sign_in):
    """`at_policy(key, role)`: such a federation for one test alone, with a browser for each of its people."""
    return lambda *words: There(**vars(account_run.build(NOW, *words)), sign_in=sign_in)


@pytest.fixture
def wildground(in_world, sign_in):
    return There(**vars(in_world(account_run, NOW, "wildground")), sign_in=sign_in)


@pytest.fixture
def wootton(in_world, sign_in):
    return There(**vars(in_world(account_run, NOW, "wootton")), sign_in=sign_in)


def page(browser, name, *args, language: str = "en", **asked) -> str:
    response = browser.get(reverse(name, args=args), asked, headers={"accept-language": language})
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html)
    return shown_by(html)


def post(browser, name, *args, **data):
    return browser.post(reverse(name, args=args), data)


def test_one_tap_on_today_is_a_look_and_the_page_says_so_and_tells_advice_from_what_is_owed(wildground):
    cast = wildground
    assert "Mark as checked" in page(cast.amina, "today")

    tapped = post(cast.amina, "account-look", cast.account.pk, **{"from": "today"})

    assert tapped["Location"] == reverse("today")
    shown = page(cast.amina, "today")
    assert "Checked today" in shown
    assert "Amina Khan" in page(cast.bryn, "account-care", cast.account.pk)
    with scope(cast.federation.pk):
        assert Look.objects.get().by == cast.people.amina
    shown = page(cast.amina, "account-care", cast.account.pk)
    assert "Can friends of the account comment?" not in shown
    assert "Advised, not compulsory" in shown
    assert "Schoolgate’s own rule, not the policy’s" in shown


def test_a_missed_look_is_on_the_page_of_the_second_person_with_its_clause(wildground):
    cast = wildground
    with scope(cast.federation.pk):
        choose(cast.version, cast.people.owner, CHECKS, check_interval_hours=24)
        watch_accounts(at=NOW)
        sweep(at=NOW + timedelta(minutes=1))

    shown = page(cast.bryn, "today")
    assert "Check an account (overdue)" in shown
    assert "Passed to you because it is overdue." in shown
    post(cast.bryn, "account-look", cast.account.pk)
    assert "overdue" not in page(cast.bryn, "today")


def test_a_policy_that_says_nothing_asks_nothing_and_has_no_look_back(at_policy):
    cast = at_policy("learn-to-live")
    shown = page(cast.amina, "account-care", cast.account.pk)
    assert "This policy doesn’t say how often to check an account. Nothing is due." in shown
    assert "Record a review" not in shown
    assert post(cast.amina, "account-care", cast.account.pk, words="Go on.").status_code == 404
    assert "Daily check of your accounts" not in page(cast.amina, "today")


def test_opening_its_page_from_here_is_a_look_and_from_elsewhere_is_not(wildground):
    cast = wildground
    for site, looks in (("cross-site", 0), ("none", 0), ("same-origin", 1)):
        there = reverse("account-there", args=[cast.account.pk])
        gone = cast.amina.get(there, headers={"sec-fetch-site": site})
        assert gone["Location"] == cast.account.address
        with scope(cast.federation.pk):
            assert Look.objects.count() == looks, site


@pytest.mark.parametrize(
    ("key", "role", "counts"), [("wootton", "administrator", 1), ("wildground", "administrator-moderator", 0)]
)
def test_reading_a_comment_counts_where_the_policy_speaks_of_going_through_them(at_policy, key, role, counts):
    cast = at_policy(key, role)
    with scope(cast.federation.pk):
        item = Item.objects.create(
            account=cast.account, school=cast.school, network_id="1", version="1", received_at=NOW,
            ref={"network": "facebook", "id": "1", "address": "", "version": "1"}, first_seen_at=NOW,
            state_at=NOW, due_words="no_rule",
        )  # fmt: skip
        ItemVersion.objects.create(item=item, number=1, version="1", text="Lovely", seen_at=NOW)
    for _again in range(2):
        assert cast.amina.get(reverse("item", args=[item.pk])).status_code == 200
    with scope(cast.federation.pk):
        assert Look.objects.filter(what="contributions").count() == counts


def test_who_has_no_part_in_it_sees_nothing_of_its_care(wildground):
    for name in ("account-care",):
        assert wildground.cai.get(reverse(name, args=[wildground.account.pk])).status_code == 404
    for name in ("account-closing", "account-offers"):
        assert wildground.cai.get(reverse(name, args=[wildground.account.pk])).status_code == 403
    assert post(wildground.cai, "account-look", wildground.account.pk).status_code == 403
    assert post(wildground.amina, "account-look", wildground.account.pk, what="x").status_code == 404


def test_accounts_that_nobody_leads_are_listed_for_who_decides(wildground):
    cast = wildground
    assert "Every account has a lead" in page(cast.owner, "accounts", show="nobody")
    with scope(cast.federation.pk):
        for person in (cast.people.amina, cast.people.bryn):
            person.left_on = NOW.date() - DAY
            person.save(update_fields=["left_on"])

    assert "Year 4" in page(cast.owner, "accounts", show="nobody")
    assert "This account has no lead" in page(cast.owner, "account", cast.account.pk)
    assert "No lead" in page(cast.owner, "accounts")
    assert "Year 4" not in page(cast.owner, "accounts", show="closed")
    assert "No lead" not in page(cast.cai, "accounts")
    assert cast.cai.get(reverse("accounts"), {"show": "nobody"}).status_code == 404


def test_friends_are_asked_about_only_where_the_policy_speaks_of_them(wootton):
    assert "Can friends of the account comment?" in page(wootton.amina, "account-care", wootton.account.pk)
    post(wootton.amina, "account-friends", wootton.account.pk, answer="no")
    assert "No." in page(wootton.amina, "account-care", wootton.account.pk)
    assert post(wootton.amina, "account-friends", wootton.account.pk, answer="perhaps").status_code == 404


def test_a_look_back_is_typed_aim_by_aim(wootton):
    cast = wootton
    shown = page(cast.amina, "account-care", cast.account.pk)
    assert "To find helpers." in shown
    assert "No posts, comments or replies yet." in shown
    next_on = NOW.date() + 300 * DAY
    given = {
        "state_0": "met", "words_0": "Every week.", "state_1": "not_met", "words_1": "", "serves": "yes",
        "words": "Go on.", "next_on": f"{next_on:%Y-%m-%d}",
    }  # fmt: skip
    half = post(cast.amina, "account-care", cast.account.pk, **{**given, "state_1": ""})
    assert half.status_code == 422

    assert post(cast.amina, "account-care", cast.account.pk, **given).status_code == 302

    after = page(cast.owner, "account-care", cast.account.pk)
    assert "Not achieved" in after
    assert "Every week." not in after  # in a part that is marked as somebody's own words
    with scope(cast.federation.pk):
        assert [one.state for one in AimResult.objects.order_by("number")] == ["met", "not_met"]


def test_closing_goes_step_by_step_and_another_lead_goes_on(wildground, home):
    cast = wildground
    opener = cast.amina
    assert (
        "Starting changes nothing. The account carries on until the last step, and you can pause or cancel"
        in page(opener, "account-closing", cast.account.pk)
    )
    with scope(cast.federation.pk):
        give(cast.people.bryn, "administrator-moderator")
    post(opener, "account-closing-begin", cast.account.pk)
    assert post(opener, "account-closing-told", cast.account.pk).status_code == 409
    plan = {"who": "Amina", "content": "It is deleted.", "followers": "We close. Thank you!"}
    post(opener, "account-closing", cast.account.pk, **plan)
    post(opener, "account-closing-told", cast.account.pk)
    post(opener, "account-closing-archive", cast.account.pk)
    assert post(opener, "account-closing-gone", cast.account.pk).status_code == 409
    stored = files.keep(b"PK", "application/zip", federation_id=cast.federation.pk)
    with scope(cast.federation.pk):
        Archive.objects.update(state="ready", digest=stored.digest, size=2)
        archive = Archive.objects.get()

    shown = page(cast.bryn, "account-closing", cast.account.pk)
    assert "Download archive" in shown
    taken = post(cast.bryn, "account-archive", archive.pk)
    assert (taken["Content-Type"], b"".join(taken.streaming_content)) == ("application/zip", b"PK")
    assert "Year-4" not in taken["Content-Disposition"]
    post(cast.bryn, "account-closing-gone", cast.account.pk)
    assert post(cast.bryn, "account-closing-finish", cast.account.pk).status_code == 302

    assert "This account is closed" in page(cast.bryn, "account-closing", cast.account.pk)
    assert "Closed" in page(cast.bryn, "account", cast.account.pk)
    with scope(cast.federation.pk):
        assert Account.objects.get(pk=cast.account.pk).state == "closed"
        assert LedgerRow.objects.filter(event="archive.taken").count() == 1


def test_a_closing_is_called_off(wildground):
    cast = wildground
    with scope(cast.federation.pk):
        begin_closing(account=cast.account, by=cast.people.amina, at=NOW)
    post(cast.amina, "account-closing-off", cast.account.pk)
    assert (
        "Starting changes nothing. The account carries on until the last step, and you can pause or cancel"
        in page(cast.amina, "account-closing", cast.account.pk)
    )
    assert post(cast.amina, "account-closing-finish", cast.account.pk).status_code == 409


def test_a_part_is_taken_by_whom_it_was_offered_to(wildground):
    cast = wildground
    given = {"to": cast.people.cai.pk, "part": "lead", "instead_of": cast.people.amina.pk}
    assert post(cast.amina, "account-offers", cast.account.pk, **given).status_code == 302
    with scope(cast.federation.pk):
        offer = Offer.objects.get()
    assert "Accept or decline a role in an account" in page(cast.cai, "today")
    assert "Accept" in page(cast.cai, "account-offer", offer.pk)
    assert cast.bryn.get(reverse("account-offer", args=[offer.pk])).status_code == 200
    assert post(cast.cai, "account-offer-accept", offer.pk).status_code == 409
    with scope(cast.federation.pk):
        ready(cast.people.cai, cast.version, trained_by=cast.people.owner, at=NOW)

    assert post(cast.cai, "account-offer-accept", offer.pk).status_code == 302
    with scope(cast.federation.pk):
        names = cast.account.team.filter(to_day=None).values_list("person__name", flat=True)
        assert sorted(names) == ["Bryn Ellis", "Cai Rees"]


def test_an_offer_is_declined_or_taken_back(wildground):
    cast = wildground
    with scope(cast.federation.pk):
        first = offer_part(account=cast.account, by=cast.people.amina, at=NOW, to=cast.people.cai)
    assert post(cast.amina, "account-offer-decline", first.pk).status_code == 403
    post(cast.cai, "account-offer-decline", first.pk)
    with scope(cast.federation.pk):
        second = offer_part(account=cast.account, by=cast.people.amina, at=NOW, to=cast.people.cai)
    post(cast.amina, "account-offer-withdraw", second.pk)
    with scope(cast.federation.pk):
        assert [one.state for one in Offer.objects.order_by("id")] == ["declined", "withdrawn"]


def test_today_and_the_pages_of_care_ask_as_often_for_one_row_as_for_many(wildground, same_queries):
    cast = wildground

    def more() -> None:
        with scope(cast.federation.pk):
            for number in range(3):
                open_account_of(cast.school, cast.people.amina, opened_at=NOW - DAY, name=f"A {number}")
                Look.objects.create(account=cast.account, by=cast.people.amina, at=NOW - number * DAY)

    post(cast.amina, "account-look", cast.account.pk)
    names = [("today",), ("account-care", cast.account.pk), ("account", cast.account.pk)]

    def read() -> None:
        for name, *args in names:
            cast.amina.get(reverse(name, args=args))

    same_queries(read, more)
