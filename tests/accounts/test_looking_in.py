"""Looking in: how often is each policy's own matter, and a look that was missed goes to the second person."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schoolgate.accounts.care import look_in
from schoolgate.accounts.connecting import close_account
from schoolgate.accounts.models import Account, Look
from schoolgate.accounts.watching import watch_accounts
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.tenancy import current_scope
from schoolgate.duties import queries as duties
from schoolgate.duties.actions import sweep
from schoolgate.policy.models import DecisionRecord
from tests.accounts.watched import CHECKS, choose, in_term, open_account_of
from tests.cast import someone

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def looked_after(at_federation, request, at):
    """`looked_after(key)`: a cast with an open account that Amina leads and Bryn leads second."""

    def enter(key: str, *roles: str):
        manager = at_federation(key)
        cast = manager.__enter__()
        # Left before the transaction that `at_federation` has begun by now.
        request.node.addfinalizer(lambda: manager.__exit__(None, None, None))
        cast.amina = someone("Amina Khan", *roles)
        cast.bryn = someone("Bryn Ellis", *roles)
        cast.account = open_account_of(cast.school, cast.amina, cast.bryn, opened_at=at - 60 * DAY)
        return cast

    return enter


def asked(account: Account) -> list[tuple[str, str]]:
    return [(one.kind, one.state) for one in duties.about(account)]


def owed(account: Account) -> list[str]:
    return [one.kind for one in duties.about(account) if one.still_to_do]


def test_a_day_without_a_look_is_owed_by_the_first_lead_and_then_by_the_second(looked_after, at):
    cast = looked_after("wildground", "staff")
    choose(cast.version, cast.owner, CHECKS, check_interval_hours=24)
    look_in(account=cast.account, by=cast.amina, at=at)

    watch_accounts(at=at + 24 * HOUR)
    assert asked(cast.account) == []
    watch_accounts(at=at + 24 * HOUR + timedelta(seconds=1))
    [duty] = duties.about(cast.account)
    assert (duty.kind, duty.person, duty.then_person, duty.then_basis) == (
        "accounts.look_in", cast.amina, cast.bryn, "house",
    )  # fmt: skip
    assert (duty.due_at, duty.clauses) == (at + 24 * HOUR, ["wildground-monitoring-1"])
    assert DecisionRecord.objects.get(pk=duty.decision).situation == "account.watch"

    sweep(at=at + 25 * HOUR)
    assert [one.subject for one in duties.mine(cast.bryn, (at + DAY).date())[0]] == [duty.subject]


def test_a_look_of_anybody_who_runs_it_ends_what_was_owed(looked_after, at):
    cast = looked_after("wildground", "staff")
    watch_accounts(at=at)
    assert owed(cast.account) == ["accounts.look_in"]

    look_in(account=cast.account, by=cast.bryn, at=at + HOUR)

    [duty] = duties.about(cast.account)
    assert (duty.state, duty.discharged_by, duty.how) == ("discharged", cast.bryn, "looked")


def test_a_missed_sunday_is_no_breach_at_wildground_but_advice(looked_after, at):
    """The day after the look has no look of its own, which the policy only prefers; 24 hours are not over."""
    cast = looked_after("wildground", "staff")
    saturday = datetime(2027, 1, 23, 20, 0, tzinfo=UTC)
    look_in(account=cast.account, by=cast.amina, at=saturday)
    watch_accounts(at=datetime(2027, 1, 24, 19, 59, tzinfo=UTC))
    look_in(account=cast.account, by=cast.amina, at=datetime(2027, 1, 24, 19, 59, 30, tzinfo=UTC))
    assert asked(cast.account) == []


def test_a_second_tap_says_nothing_new_and_the_record_has_one_line_a_day(looked_after, at):
    cast = looked_after("wildground", "staff")
    first = look_in(account=cast.account, by=cast.amina, at=at)

    assert look_in(account=cast.account, by=cast.amina, at=at + timedelta(minutes=9)) == first
    look_in(account=cast.account, by=cast.bryn, at=at + timedelta(minutes=9))
    look_in(account=cast.account, by=cast.amina, at=at + timedelta(minutes=10))
    look_in(account=cast.account, by=cast.amina, at=at + DAY)

    assert Look.objects.count() == 4
    assert [row.event for row in current_scope().pending].count("account.looked_in") == 2


@pytest.mark.parametrize(("key", "role"), [("boroughbridge", "all-staff"), ("wildground", "staff")])
def test_with_no_number_chosen_nobody_owes_a_look_by_a_time_and_after_a_week_one_is_asked_for(
    looked_after, at, key, role
):
    cast = looked_after(key, role)
    look_in(account=cast.account, by=cast.amina, at=at)
    watch_accounts(at=at + 7 * DAY)
    assert asked(cast.account) == []

    watch_accounts(at=at + 7 * DAY + timedelta(seconds=1))

    [duty] = duties.about(cast.account)
    assert (duty.kind, duty.person, duty.due_at, duty.due_day) == ("accounts.look_in", cast.amina, None, None)
    assert duty.clauses == [f"{key}-monitoring-1"]
    assert DecisionRecord.objects.get(pk=duty.decision).outcome == "refer"


def test_boroughbridge_owes_a_look_by_the_time_that_the_federation_chose(looked_after, at):
    cast = looked_after("boroughbridge", "all-staff")
    choose(cast.version, cast.owner, "boroughbridge-monitoring-1@looked_at/rule", check_interval_hours=48)
    look_in(account=cast.account, by=cast.amina, at=at)
    watch_accounts(at=at + 48 * HOUR)
    assert asked(cast.account) == []
    watch_accounts(at=at + 49 * HOUR)

    [duty] = duties.about(cast.account)
    found = [
        one
        for one in DecisionRecord.objects.get(pk=duty.decision).body["findings"]
        if one["point"] == "looked_at"
    ]
    assert [(one["kind"], one["basis"]) for one in found] == [("breached", "chosen")]


def test_llanidloes_wants_every_weekday_and_no_weekend(looked_after, at):
    cast = looked_after("llanidloes", "staff")
    in_term(cast.school, at)
    look_in(account=cast.account, by=cast.amina, at=datetime(2027, 1, 22, 15, 0, tzinfo=UTC))  # a Friday

    watch_accounts(at=datetime(2027, 1, 25, 23, 0, tzinfo=UTC))
    assert asked(cast.account) == []
    watch_accounts(at=datetime(2027, 1, 26, 0, 7, tzinfo=UTC))

    [duty] = duties.about(cast.account)
    assert (duty.kind, duty.due_day, duty.clauses) == (
        "accounts.look_in", date(2027, 1, 25), ["llanidloes-current-2"],
    )  # fmt: skip


def test_llanidloes_leaves_a_day_of_the_holidays_open(looked_after, at):
    cast = looked_after("llanidloes", "staff")
    in_term(cast.school, at)
    look_in(account=cast.account, by=cast.amina, at=datetime(2027, 2, 12, 15, 0, tzinfo=UTC))

    watch_accounts(at=datetime(2027, 2, 17, 9, 0, tzinfo=UTC))

    assert asked(cast.account) == []


def test_wootton_asks_its_administrators_once_the_federation_chose_how_often(looked_after, at):
    cast = looked_after("wootton", "site-team")
    di = someone("Di Rook", "administrator")
    cast.account.team.create(person=di, part="administrator", from_day=date(2026, 1, 1))
    choose(cast.version, cast.owner, "wootton-a5-10@contributions_read/rule", review_interval_days=7)
    look_in(account=cast.account, by=cast.amina, at=at, what="contributions")  # no administrator

    watch_accounts(at=at)
    [duty] = duties.about(cast.account)
    assert (duty.kind, duty.person, duty.then_person) == ("accounts.read_through", di, cast.amina)

    look_in(account=cast.account, by=di, at=at + HOUR)  # the account itself is another matter
    assert owed(cast.account) == ["accounts.read_through"]
    look_in(account=cast.account, by=di, at=at + 2 * HOUR, what="contributions")
    assert owed(cast.account) == []


def test_the_role_that_is_to_take_part_is_asked_once_a_time_for_it_was_chosen(looked_after, at):
    cast = looked_after("wildground", "staff")
    mari = someone("Mari Lewis", "administrator-moderator")
    look_in(account=cast.account, by=mari, at=at)

    def goes_by(days: int) -> None:
        look_in(account=cast.account, by=cast.amina, at=at + days * DAY)
        watch_accounts(at=at + days * DAY)

    goes_by(30)
    assert owed(cast.account) == []
    choose(cast.version, cast.owner, "wildground-roles-15@part_in_watching/rule", interval_days=7)
    goes_by(8)
    assert owed(cast.account) == []
    goes_by(9)
    [duty] = [one for one in duties.about(cast.account) if one.still_to_do]
    assert (duty.kind, duty.role_key) == ("accounts.take_part", "administrator-moderator")

    look_in(account=cast.account, by=mari, at=at + 9 * DAY + HOUR)
    assert owed(cast.account) == []


def test_learn_to_live_says_nothing_about_looking_in(looked_after, at):
    cast = looked_after("learn-to-live", "staff")
    watch_accounts(at=at + 90 * DAY)
    assert asked(cast.account) == []


def test_who_has_no_part_in_it_does_not_look_in_for_others(looked_after, at):
    cast = looked_after("wildground", "staff")
    with pytest.raises(NotAllowed):
        look_in(account=cast.account, by=someone("Cai Rees", "staff"), at=at)
    assert Look.objects.count() == 0


def test_nobody_looks_in_on_an_account_that_is_closed(looked_after, at):
    cast = looked_after("wildground", "administrator-moderator")
    watch_accounts(at=at)
    close_account(account=cast.account, by=cast.amina, at=at)

    assert owed(cast.account) == []
    with pytest.raises(NotNow):
        look_in(account=cast.account, by=cast.amina, at=at)


def test_an_account_whose_leads_are_gone_goes_to_who_decides_on_accounts(looked_after, at):
    cast = looked_after("wildground", "staff")
    for person in (cast.amina, cast.bryn):
        person.left_on = at.date()
        person.save(update_fields=["left_on"])

    watch_accounts(at=at)
    watch_accounts(at=at)
    [duty] = duties.about(cast.account)
    assert (duty.kind, duty.role_key) == ("accounts.nobody", "slt")

    cast.account.team.create(person=someone("Cai Rees", "staff"), part="lead", from_day=at.date())
    watch_accounts(at=at + timedelta(minutes=1))
    assert ("accounts.nobody", "discharged") in asked(cast.account)


def test_the_sweep_asks_as_often_for_fifty_accounts_as_for_one(looked_after, at, same_queries):
    cast = looked_after("wildground", "staff")
    in_term(cast.school, at)
    watch_accounts(at=at)

    def more() -> None:
        for number in range(50):
            one = open_account_of(
                cast.school, cast.amina, cast.bryn, opened_at=at - DAY, name=f"Account {number}"
            )
            look_in(account=one, by=cast.amina, at=at)

    assert same_queries(lambda: watch_accounts(at=at + HOUR), more) < 40


def test_the_sweep_goes_on_where_it_stopped(looked_after, at):
    cast = looked_after("wildground", "staff")
    second = open_account_of(cast.school, cast.bryn, opened_at=at - 8 * DAY, name="Year 5")

    following = watch_accounts(at=at, limit=1)
    assert (following, owed(second)) == (cast.account.pk, [])
    assert watch_accounts(at=at, after=following, limit=1) == second.pk
    assert owed(second) == ["accounts.look_in"]
    assert watch_accounts(at=at, after=second.pk, limit=1) is None
