"""The review of the policy in force: its day is watched, it moves on once late, a review ends it."""

from datetime import date, timedelta

import pytest

from schoolgate.core.errors import Refused
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import sweep
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import mine
from schoolgate.people import outside
from schoolgate.policy import queries
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import PolicyVersion, Review
from schoolgate.policy.reviewing import record_review, watch_reviews
from schoolgate.rulebook import book
from tests.cast import someone
from tests.conftest import recorded
from tests.policy.test_actions import events

DAY = timedelta(days=1)
LOOKED = {"law": "Checked with the trust’s lawyers.", "compared_with": ["The policy of a trust nearby"]}
BY_NEED = {"set_by": ["Principal", "Board of Directors"], "reason": "A new network."}


@pytest.fixture
def wootton(make_federation):
    """Its policy is looked at once a year."""
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        yield federation


@pytest.fixture
def principal(wootton):
    return someone("Pat Principal", "principal")


@pytest.fixture
def director(wootton):
    return someone("Dora Director", "board-of-directors", relation="governor")


@pytest.fixture
def under(principal, director, at):
    """The version in force, whose review is due in 100 days."""
    version = adopt(by=principal, at=at)
    PolicyVersion.objects.filter(pk=version.pk).update(review_due=at.date() + 100 * DAY, review_words="")
    version.refresh_from_db()
    return version


def kinds(person, on):
    return [duty.kind for duty in mine(person, on)[0]]


def states():
    return list(Duty.objects.filter(kind="policy.review").order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize(("days_before", "opened"), [(61, 0), (60, 1), (59, 1)])
def test_the_owner_is_asked_sixty_days_before_and_not_a_day_earlier(under, at, days_before, opened):
    watch_reviews(at=at + (100 - days_before) * DAY)
    assert Duty.objects.filter(kind="policy.review").count() == opened


def test_it_is_the_owners_with_the_day_as_the_policy_has_it(under, principal, director, at):
    when = at + 40 * DAY
    watch_reviews(at=when)
    duty = Duty.objects.get(kind="policy.review")
    assert (duty.role_key, duty.due_day, duty.then_role_key) == (
        "principal",
        under.review_due,
        "board-of-directors",
    )
    assert "policy.review" in kinds(principal, when.date())
    assert "policy.review" not in kinds(director, when.date())


def test_two_sweeps_open_one_duty(under, at):
    for day in (40, 40, 41):
        watch_reviews(at=at + day * DAY)
    assert states() == ["open"]


def test_it_goes_on_to_who_oversees_the_day_after_and_not_on_the_day(under, director, at):
    watch_reviews(at=at + 40 * DAY)
    on_the_day, after = at + 100 * DAY, at + 101 * DAY

    sweep(at=on_the_day)
    assert states() == ["open"]
    assert "policy.review" not in kinds(director, on_the_day.date())

    sweep(at=after)
    assert states() == ["overdue"]
    assert "policy.review" in kinds(director, after.date())
    assert queries.in_force(after.date()).overdue is True


def test_a_review_discharges_it_and_the_policys_own_rhythm_goes_on(under, principal, at):
    watch_reviews(at=at + 40 * DAY)
    reviewed = at + 50 * DAY

    record_review(
        by=principal, at=reviewed, on=reviewed.date(), role="Principal", outcome="keep", looked=LOOKED
    )

    under.refresh_from_db()
    assert states() == ["discharged"]
    assert under.review_due == date(2028, 3, 10)
    assert "policy.reviewed" in events()
    watch_reviews(at=reviewed + DAY)
    assert states() == ["discharged"]


def test_the_day_that_they_named_takes_the_place_of_the_rhythm(under, principal, at):
    named = at.date() + 30 * DAY
    record_review(
        by=principal, at=at, on=at.date(), role="Principal", outcome="keep", next_due=named, looked=LOOKED
    )
    under.refresh_from_db()
    assert under.review_due == named

    watch_reviews(at=at)
    assert Duty.objects.get(kind="policy.review").due_day == named


def test_a_review_by_the_day_that_it_was_late_ends_that(under, principal, at):
    late = at + 120 * DAY
    watch_reviews(at=late)
    sweep(at=late)
    record_review(by=principal, at=late, on=late.date(), role="Principal", outcome="keep", looked=LOOKED)
    assert states() == ["discharged"]
    assert queries.in_force(late.date()).overdue is False


def test_where_the_policy_gives_no_day_nobody_is_chased(version, at):
    assert version.review_due is None
    watch_reviews(at=at + 3650 * DAY)
    assert Duty.objects.filter(kind="policy.review").count() == 0


def test_a_policy_with_a_day_and_no_rhythm_chases_nobody_after_its_review(make_federation, at):
    there = make_federation("boroughbridge", "boroughbridge")
    with scope(there.pk):
        owner = someone("Dilys Moss", "staff-lead-director-of-business-services")
        version = adopt(by=owner, at=at)
        assert (version.review_due, queries.in_force(at.date()).overdue) == (date(2023, 5, 31), True)
        watch_reviews(at=at)

        record_review(by=owner, at=at, on=at.date(), role="Governors", outcome="keep")

        watch_reviews(at=at + 4000 * DAY)
        assert states() == ["discharged"]
        assert queries.in_force(at.date()).review_due is None


def test_without_a_policy_in_force_nobody_is_chased(scoped, at):
    watch_reviews(at=at)
    assert Duty.objects.count() == 0


@pytest.mark.parametrize("key", ["boroughbridge", "learn-to-live", "llanidloes", "wildground", "wootton"])
def test_under_every_policy_somebody_other_than_the_owner_hears_of_it_when_it_is_late(
    make_federation, at, key
):
    there = make_federation(key, key)
    owners = {role.key for role in book(key).roles if "own_policy" in role.capacities}
    with scope(there.pk):
        owner = someone("Olive Owner", *sorted(owners))
        version = adopt(by=owner, at=at)
        PolicyVersion.objects.filter(pk=version.pk).update(review_due=at.date())
        watch_reviews(at=at)
        duty = Duty.objects.get(kind="policy.review")
    assert duty.role_key in owners
    assert duty.then_role_key not in {"", *owners}


@pytest.mark.parametrize(
    ("looked", "point"),
    [
        ({"compared_with": LOOKED["compared_with"]}, "law_met"),
        ({"law": LOOKED["law"]}, "good_practice_met"),
        (LOOKED | {"set_by": ["Principal"], "reason": "A new network."}, "review_by_need"),
        (LOOKED | BY_NEED | {"reason": ""}, "review_by_need"),
    ],
)
def test_a_review_that_leaves_out_what_its_policy_wants_looked_into_is_not_recorded(
    under, principal, at, looked, point
):
    with pytest.raises(Refused) as refused:
        record_review(by=principal, at=at, on=at.date(), role="Principal", outcome="keep", looked=looked)
    assert refused.value.kept.points[point] == "hold"
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("more", "clause"),
    [
        ({}, "wootton-review-4"),
        (BY_NEED, "wootton-review-3"),
        ({"new_tools": {"Lark": "Not used."}}, "wootton-review-12"),
    ],
)
def test_a_review_keeps_what_it_looked_into_with_the_clauses_that_ask_for_it(
    under, principal, at, more, clause
):
    row = record_review(
        by=principal, at=at, on=at.date(), role="Principal", outcome="keep", looked=LOOKED | more
    )
    assert row.looked == LOOKED | more
    (said,) = [one for one in recorded() if one.event == "policy.reviewed"]
    assert said.decision == row.decision
    assert {clause, "wootton-review-5"} <= set(said.clauses)


def test_a_policy_that_says_nothing_of_it_keeps_nothing_of_it(make_federation, at):
    with scope(make_federation("wildground", "wildground").pk):
        owner = someone("Sam Slater", "slt")
        adopt(by=owner, at=at)
        row = record_review(by=owner, at=at, on=at.date(), role="SLT", outcome="keep", looked=LOOKED)
        assert (row.looked, row.decision) == ({}, None)


def test_who_writes_of_danger_in_a_review_learns_that_a_lead_was_told(under, principal, at, monkeypatch):
    told = []
    monkeypatch.setattr(outside, "tell_leads", lambda found, _at: told.append(found.text))
    words = "A girl in 5A told us her uncle rapes her"
    record_review(
        by=principal, at=at, on=at.date(), role="Principal", outcome="keep", looked=LOOKED, words=words
    )
    assert told == [words]
    assert outside.told_in_passing()
