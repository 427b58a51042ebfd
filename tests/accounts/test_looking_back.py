"""Looking back: results for the aims, the day that was set, the next one, and accounts that go stale."""

from datetime import date, timedelta

import pytest

from schoolgate.accounts.care import look_in
from schoolgate.accounts.closing import Result, evaluate
from schoolgate.accounts.models import Account, AimResult, Care, Evaluation
from schoolgate.accounts.watching import watch_accounts
from schoolgate.core.errors import BadInput, NotAllowed
from schoolgate.duties import queries as duties
from schoolgate.inbox.models import Item
from schoolgate.policy.models import DecisionRecord
from tests.accounts.test_looking_in import looked_after, owed  # noqa: F401 - a fixture
from tests.accounts.watched import choose, open_account_of
from tests.cast import give, someone

DAY = timedelta(days=1)
AIMS = "To show what we grow.\n- To find helpers."


@pytest.fixture
def wootton(looked_after, at):  # noqa: F811
    """A site with two aims, to be looked back at in 40 days."""
    cast = looked_after("wootton", "site-author")
    cast.manager = someone("Lou Grant")
    give(cast.manager, "line-manager", managed=cast.amina)
    cast.day = at.date() + 40 * DAY
    answers = {"aim": AIMS, "evaluation_date": cast.day.isoformat(), "line_manager": cast.manager.pk}
    cast.site = open_account_of(cast.school, cast.amina, opened_at=at - DAY, name="Garden", answers=answers)
    return cast


def results(*states: str) -> list[Result]:
    return [
        Result(aim, state)
        for aim, state in zip(("To show what we grow.", "To find helpers."), states, strict=False)
    ]


def points(account: Account) -> dict[str, str]:
    row = DecisionRecord.objects.filter(situation="account.evaluated").order_by("-id").first()
    return {point: found for point, found in row.points.items() if found != "silent"}


def test_the_look_back_is_asked_for_thirty_days_before_the_day_that_was_set(wootton, at):
    watch_accounts(at=at + 9 * DAY)
    assert owed(wootton.site) == []

    watch_accounts(at=at + 10 * DAY)

    [duty] = duties.about(wootton.site)
    assert (duty.kind, duty.person, duty.then_person, duty.due_day) == (
        "accounts.evaluate", wootton.amina, wootton.manager, wootton.day,
    )  # fmt: skip
    assert "wootton-a1-18" in duty.clauses


def test_a_result_for_each_aim_and_a_word_on_the_site_end_it_and_set_the_next_day(wootton, at):
    watch_accounts(at=at + 10 * DAY)
    next_on = wootton.day + 365 * DAY

    found = evaluate(
        account=Account.objects.get(pk=wootton.site.pk), by=wootton.amina, at=at + 40 * DAY,
        results=results("met", "partly"), serves_aims=True, words="Two new helpers.", next_on=next_on,
    )  # fmt: skip

    assert (found.set_for, points(wootton.site)) == (
        wootton.day, {"to_the_point": "permitted", "aims_met": "permitted"},
    )  # fmt: skip
    assert list(AimResult.objects.values_list("number", "aim", "state")) == [
        (1, "To show what we grow.", "met"), (2, "To find helpers.", "partly"),
    ]  # fmt: skip
    assert (owed(wootton.site), Care.objects.get(account=wootton.site).evaluate_on) == ([], next_on)
    watch_accounts(at=at + 41 * DAY)
    assert owed(wootton.site) == []


def test_that_it_no_longer_serves_its_aims_is_kept_with_what_the_policy_wants_then(wootton, at):
    found = evaluate(
        account=wootton.site, by=wootton.amina, at=at + 40 * DAY, results=results("not_met", "not_met"),
        serves_aims=False,
    )  # fmt: skip
    kinds = {one["message"] for one in found.decision.body["findings"] if one["point"] == "to_the_point"}
    assert len(kinds) == 1
    assert Care.objects.get(account=wootton.site).evaluate_on is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"results": []}, "results"),
        ({"results": results("met")}, "results"),
        ({"results": results("met", "splendid")}, "results"),
        ({"results": results("met", "met"), "words": "x" * 4001}, "words"),
        ({"results": results("met", "met"), "next_on": date(2027, 1, 19)}, "next_on"),
    ],
)
def test_half_a_look_back_is_refused(wootton, at, given, field):
    with pytest.raises(BadInput) as wrong:
        evaluate(account=wootton.site, by=wootton.amina, at=at, **given)
    assert list(wrong.value.fields) == [field]
    assert Evaluation.objects.count() == 0


def test_who_only_helps_does_not_look_back_for_the_account(wootton, at):
    helper = someone("Cai Rees", "site-team")
    wootton.site.team.create(person=helper, part="runner", from_day=at.date())
    with pytest.raises(NotAllowed):
        evaluate(account=wootton.site, by=helper, at=at, results=results("met", "met"))


def test_wildground_asks_who_moderates_whether_they_wrote_anything(looked_after, at):  # noqa: F811
    cast = looked_after("wildground", "administrator-moderator")
    found = evaluate(account=cast.account, by=cast.amina, at=at, results=[])
    said = [one for one in found.decision.body["findings"] if one["point"] == "contributing"]
    assert [one["kind"] for one in said] == ["obliges", "obliges"]


def test_a_site_is_stale_by_the_days_that_the_trust_chose_and_not_before(wootton, at):
    opened = at - DAY
    watch_accounts(at=opened + 31 * DAY)
    assert "accounts.freshen" not in owed(wootton.site)

    choose(wootton.version, wootton.owner, "wootton-a1-9@kept_fresh/rule", stale_after_days=30)
    watch_accounts(at=opened + 29 * DAY)
    assert "accounts.freshen" not in owed(wootton.site)
    watch_accounts(at=opened + 30 * DAY)
    assert "accounts.freshen" in owed(wootton.site)

    Account.objects.filter(pk=wootton.site.pk).update(last_good_publish_at=opened + 31 * DAY)
    watch_accounts(at=opened + 31 * DAY)
    assert "accounts.freshen" not in owed(wootton.site)


def test_a_site_with_comments_that_nobody_visits_is_left_alone(wootton, at):
    choose(wootton.version, wootton.owner, "wootton-a1-16@not_left_alone/rule", neglected_after_days=14)
    watch_accounts(at=at + 14 * DAY)
    assert "accounts.left_alone" not in owed(wootton.site)  # nothing waits there

    Item.objects.create(
        account=wootton.site, school=wootton.school, network_id="1", ref={}, received_at=at,
        first_seen_at=at, state_at=at, due_words="no_rule", version="1",
    )  # fmt: skip
    watch_accounts(at=at + 14 * DAY)
    assert "accounts.left_alone" in owed(wootton.site)

    look_in(account=wootton.site, by=wootton.amina, at=at + 15 * DAY)
    watch_accounts(at=at + 15 * DAY)
    assert "accounts.left_alone" not in owed(wootton.site)
