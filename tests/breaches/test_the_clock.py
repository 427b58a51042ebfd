"""Seventy-two elapsed hours: over a weekend, and over both changes of the clocks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.breaches import cases
from schoolgate.core.clock import LONDON
from schoolgate.core.errors import BadInput
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import sweep
from schoolgate.duties.models import Duty
from schoolgate.rulebook import Outcome, book, decide
from tests.breaches.conftest import london, opened, someone, whole

HOURS = timedelta(hours=72)
POLICIES = ("wildground", "boroughbridge", "learn-to-live", "wootton", "llanidloes")


def due(key: str, aware: datetime) -> datetime:
    decided = decide(book(key), "breach.status", {"aware_at": aware, "now": aware}, on=aware.date())
    return next(one.due.instant for one in decided.duties if one.what == "breach.tell_authority")


@pytest.mark.parametrize(
    ("aware", "wall"),
    [
        ("2026-10-24T18:00", "2026-10-27T17:00"),  # the clocks go back in between
        ("2026-10-22T18:00", "2026-10-25T17:00"),
        ("2026-10-25T18:00", "2026-10-28T18:00"),  # after they have gone back
        ("2027-03-26T18:00", "2027-03-29T19:00"),  # the clocks go forward, at Easter
        ("2026-12-24T09:00", "2026-12-27T09:00"),  # Christmas counts
        ("2026-11-20T17:30", "2026-11-23T17:30"),  # a weekend counts
    ],
)
def test_seventy_two_hours_end_at_a_local_time(aware, wall):
    assert due("wootton", london(aware)) == london(wall)


@given(
    st.one_of(
        st.datetimes(datetime(2026, 10, 22), datetime(2026, 10, 28)),
        st.datetimes(datetime(2027, 3, 25), datetime(2027, 3, 31)),
        st.datetimes(datetime(2025, 1, 1), datetime(2035, 12, 31)),
    ),
    st.sampled_from(POLICIES),
)
def test_the_hours_are_elapsed_hours_whatever_the_clocks_do_under_every_policy(naive, key):
    aware = naive.replace(tzinfo=UTC).astimezone(LONDON)
    assert due(key, aware) - aware.astimezone(UTC) == HOURS


@pytest.mark.parametrize(
    ("after", "outcome"),
    [
        (timedelta(hours=71, minutes=59), Outcome.PERMITTED),
        (timedelta(hours=72), Outcome.PERMITTED),
        (timedelta(hours=72, minutes=1), Outcome.HOLD),
    ],
)
@pytest.mark.parametrize("aware", ["2026-10-24T18:00", "2027-03-26T18:00", "2026-11-10T08:00"])
def test_reasons_are_asked_for_from_the_first_minute_after_the_hours(aware, after, outcome):
    start = london(aware).astimezone(UTC)
    facts = {"aware_at": start, "risk": "risk", "authority_told_at": start + after, "now": start + after}
    decided = decide(book("wildground"), "breach.status", facts, on=start.date())
    assert decided.points["breach_delay"] == outcome
    assert {one.basis for one in decided.findings} == {"law"}


def test_an_unlikely_risk_has_no_clock_and_no_reasons():
    facts = {
        "aware_at": "2026-10-24T17:00:00Z", "risk": "none", "now": "2026-11-24T17:00:00Z",
        "described": True, "consequences": True, "measures": True,
    }  # fmt: skip
    decided = decide(book("wildground"), "breach.status", facts)
    assert (decided.duties, decided.points["breach_delay"]) == ((), Outcome.SILENT)
    assert decide(book("wildground"), "breach.close", facts).points["breach_authority"] == Outcome.PERMITTED


def test_high_risk_asks_for_telling_the_people_and_an_exception_answers_it():
    facts = {"aware_at": "2026-10-24T17:00:00Z", "risk": "high", "now": "2026-10-24T18:00:00Z"}
    decided = decide(book("llanidloes"), "breach.status", facts)
    assert [one.what for one in decided.duties] == ["breach.tell_authority", "breach.tell_people"]
    assert decide(book("llanidloes"), "breach.close", facts).points["breach_people"] == Outcome.HOLD
    for more in ({"people_told_at": "2026-10-24T18:00:00Z"}, {"not_told": "averted"}):
        decided = decide(book("llanidloes"), "breach.close", facts | more)
        assert decided.points["breach_people"] == Outcome.PERMITTED


def test_a_time_that_nobody_knows_is_asked_for():
    decided = decide(book("wootton"), "breach.status", {"risk": "risk", "now": "2026-10-24T18:00:00Z"})
    assert decided.points["breach_delay"] == Outcome.HOLD


AWARE = london("2026-10-24T18:00").astimezone(UTC)
DUE = london("2026-10-27T17:00").astimezone(UTC)


@pytest.fixture
def sam(under):
    federation, _school = under("wildground")
    with scope(federation.pk):
        yield someone("Sam Slater", "slt")


def test_the_task_is_due_warned_of_and_overdue_by_the_same_clock(sam):
    opened(sam, AWARE)
    duty = Duty.objects.get(kind="breaches.authority", person=sam)
    assert (duty.due_at, duty.warn_from) == (DUE, DUE - timedelta(hours=18))
    assert sweep(at=DUE - timedelta(hours=18)).reminded >= 1
    sweep(at=DUE)
    duty.refresh_from_db()
    assert duty.overdue_at is None
    sweep(at=DUE + timedelta(minutes=1))
    duty.refresh_from_db()
    assert duty.overdue_at == DUE + timedelta(minutes=1)


@pytest.mark.parametrize(("minutes", "wants"), [(-1, False), (0, False), (1, True)])
def test_a_late_report_needs_its_reasons(sam, minutes, wants):
    breach, at = opened(sam, AWARE), DUE + timedelta(hours=2)
    told = {"breach": breach, "by": sam, "at": at, "told_at": DUE + timedelta(minutes=minutes)}
    if wants:
        with pytest.raises(BadInput) as refused:
            cases.tell_authority(**told)
        assert list(refused.value.fields) == ["delay"]
        breach.refresh_from_db()
        assert breach.authority_told_at is None
    found = cases.tell_authority(**told, delay="The office was shut." if wants else "", reference="IC-1")
    assert (found.authority_reference, found.delay_explained) == ("IC-1", wants)


def test_correcting_when_it_became_known_moves_the_clock_and_needs_a_reason(sam):
    breach = opened(sam, AWARE)
    earlier = AWARE - timedelta(hours=5)
    with pytest.raises(BadInput):
        cases.change_aware(breach=breach, by=sam, at=AWARE, aware_at=earlier, why=" ")
    found = cases.change_aware(
        breach=breach, by=sam, at=AWARE, aware_at=earlier, why="The office had the call at 1pm."
    )
    assert found.due_at == earlier + HOURS
    standing = Duty.objects.filter(kind="breaches.authority", person=sam, ended_at=None)
    assert [one.due_at for one in standing] == [earlier + HOURS]


def test_an_earlier_time_makes_a_report_late_and_closing_waits_for_the_reasons(sam):
    at = DUE + timedelta(hours=1)
    breach = whole(opened(sam, AWARE), sam, AWARE)
    cases.judge_risk(breach=breach, by=sam, at=at, risk="risk", why="Addresses.")
    cases.tell_authority(breach=breach, by=sam, at=at, told_at=DUE)
    breach = cases.change_aware(
        breach=breach, by=sam, at=at, aware_at=AWARE - timedelta(minutes=1), why="A minute before."
    )
    decided = decide(
        book("wildground"), "breach.close",
        {"aware_at": breach.aware_at, "risk": "risk", "authority_told_at": DUE, "now": at},
    )  # fmt: skip
    assert decided.points["breach_delay"] == Outcome.HOLD


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"aware_at": AWARE + timedelta(minutes=1)}, "aware"),
        ({"happened_at": AWARE + timedelta(minutes=1)}, "happened"),
        ({"what": "  "}, "what"),
        ({"what": "x" * 4001}, "what"),
        ({"what": "a\x00"}, "what"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(sam, given, field):
    with pytest.raises(BadInput) as refused:
        opened(sam, AWARE, **given)
    assert list(refused.value.fields) == [field]


def test_the_ico_is_told_neither_before_it_is_known_nor_in_the_future(sam):
    breach = opened(sam, AWARE)
    for told_at in (AWARE - timedelta(minutes=1), AWARE + timedelta(hours=2)):
        with pytest.raises(BadInput) as refused:
            cases.tell_authority(breach=breach, by=sam, at=AWARE + timedelta(hours=1), told_at=told_at)
        assert list(refused.value.fields) == ["told"]
