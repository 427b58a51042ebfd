"""Duties are opened once, done once, and swept as often as one likes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.core.models import School
from schoolgate.core.moves import check_moves
from schoolgate.core.tenancy import current_scope
from schoolgate.duties import actions as duty_actions
from schoolgate.duties import queries as duties
from schoolgate.duties.actions import Then, cancel, discharge, open_duty, sweep
from schoolgate.duties.models import DUTY_MOVES, Basis, Due, Duty, DutyState
from tests.cast import give, someone

pytestmark = pytest.mark.usefixtures("scoped")
CLAUSE = "wildground-accounts-11"


@pytest.fixture
def amina():
    return someone("Amina Khan")


@pytest.fixture
def ben():
    return someone("Ben Carter", "slt")


def opened(**changes):
    given = {
        "kind": "accounts.decide",
        "subject": "accounts.proposal:7",
        "role": "slt",
        "due": Due.none_promised(),
        "clauses": [CLAUSE],
        "at": datetime(2027, 1, 19, 10, 30, tzinfo=UTC),
    }
    return open_duty(**{**given, **changes})


def events() -> list[str]:
    return [entry.event for entry in current_scope().pending]


def test_the_moves_lead_through_every_state():
    check_moves(DutyState, DUTY_MOVES)


def test_a_duty_is_opened_once(at):
    first, second = opened(at=at), opened(at=at)

    assert first == second
    assert events() == ["duty.opened"]


def test_one_that_was_done_can_be_opened_again(at, ben):
    first = opened(at=at)
    discharge(kind="accounts.decide", subject="accounts.proposal:7", by=ben, at=at)

    assert opened(at=at) != first


def test_a_duty_belongs_to_a_person_or_to_a_role_never_to_both_or_none(at, ben):
    with pytest.raises(ValueError, match="a person or to a role"):
        opened(at=at, person=ben)
    with pytest.raises(ValueError, match="a person or to a role"):
        opened(at=at, role=None)


def test_discharging_says_who_and_how_and_under_which_clause(at, ben):
    duty = opened(at=at)

    assert (
        discharge(kind="accounts.decide", subject="accounts.proposal:7", by=ben, at=at, how="approved") == 1
    )

    duty.refresh_from_db()
    assert (duty.state, duty.discharged_by, duty.ended_at, duty.how) == ("discharged", ben, at, "approved")
    assert current_scope().pending[-1].clauses == (CLAUSE,)


def test_discharging_what_nobody_owes_does_nothing(at, ben):
    assert discharge(kind="accounts.decide", subject="accounts.proposal:8", by=ben, at=at) == 0
    assert events() == []


def test_only_the_duty_of_one_person_can_be_done(at, amina, ben):
    opened(at=at, role=None, person=amina)
    opened(at=at, role=None, person=ben)

    assert discharge(kind="accounts.decide", subject="accounts.proposal:7", by=ben, at=at, person=ben) == 1
    assert len(duties.mine(amina, at.date())[0]) == 1
    assert cancel(kind="accounts.decide", subject="accounts.proposal:7", because="x", at=at, person=ben) == 0


def test_a_cancelled_duty_says_why(at, ben):
    duty = opened(at=at)

    cancel(kind="accounts.decide", subject="accounts.proposal:7", because="withdrawn", at=at, by=ben)

    duty.refresh_from_db()
    assert (duty.state, duty.cancelled_because) == ("cancelled", "withdrawn")


def test_where_no_time_is_promised_the_sweep_finds_nothing_late(at):
    opened(at=at)

    assert sweep(at=at + timedelta(days=3650)).overdue == 0


def test_the_sweep_marks_overdue_once(at):
    duty = opened(at=at, due=Due.at(at + timedelta(hours=24)))
    on_time = sweep(at=at + timedelta(hours=24))
    late = sweep(at=at + timedelta(hours=24, seconds=1))
    again = sweep(at=at + timedelta(hours=25))

    duty.refresh_from_db()
    assert (on_time.overdue, late.overdue, again.overdue) == (0, 1, 0)
    assert (duty.state, duty.overdue_at) == ("overdue", at + timedelta(hours=24, seconds=1))
    assert events() == ["duty.opened", "duty.reminded", "duty.overdue"]


def test_the_sweep_reminds_once(at):
    opened(at=at, due=Due.at(at + timedelta(hours=24)))

    assert sweep(at=at + timedelta(hours=17, minutes=59)).reminded == 0
    assert sweep(at=at + timedelta(hours=18)).reminded == 1
    assert sweep(at=at + timedelta(hours=19)).reminded == 0


def test_an_overdue_duty_moves_on_to_the_second_one(at, amina, ben):
    opened(at=at, role=None, person=amina, due=Due.day(at.date()), then=Then(Basis.CHOSEN, role="slt"))
    before = duties.mine(ben, at.date())[0]

    swept = sweep(at=at + timedelta(days=1))

    assert before == []
    assert (swept.overdue, swept.moved_on) == (1, 1)
    assert [duty.subject for duty in duties.mine(ben, at.date())[0]] == ["accounts.proposal:7"]
    assert [duty.subject for duty in duties.mine(amina, at.date())[0]] == ["accounts.proposal:7"]


def test_without_a_second_one_it_stays_where_it_is(at, amina):
    opened(at=at, role=None, person=amina, due=Due.day(at.date()))

    assert sweep(at=at + timedelta(days=1)).moved_on == 0


def test_an_overdue_duty_can_still_be_done(at, ben):
    duty = opened(at=at, due=Due.day(at.date()))
    sweep(at=at + timedelta(days=1))

    discharge(kind="accounts.decide", subject="accounts.proposal:7", by=ben, at=at + timedelta(days=2))

    duty.refresh_from_db()
    assert (duty.state, duty.overdue_at) == ("discharged", at + timedelta(days=1))


def test_a_sweep_stops_at_its_limit_and_says_so(at):
    for number in range(1, 4):
        opened(at=at, subject=f"accounts.proposal:{number}", due=Due.day(at.date()))
    later = at + timedelta(days=1)

    assert [sweep(at=later, limit=2).more, sweep(at=later, limit=2).more] == [True, False]


@pytest.mark.parametrize(
    ("event", "later", "count", "note"),
    [
        ("duty.overdue", timedelta(hours=25), "overdue", "overdue_at"),
        ("duty.reminded", timedelta(hours=20), "reminded", "warned_at"),
    ],
)
def test_one_that_fails_delays_no_other_and_is_tried_again(at, monkeypatch, event, later, count, note):
    one, bad, other = (
        opened(at=at, subject=f"accounts.proposal:{number}", due=Due.at(at + timedelta(hours=24)))
        for number in (1, 2, 3)
    )
    kept = duty_actions.record

    def record(name, *, subject, **more):
        if (name, subject.pk) == (event, bad.pk):
            raise ZeroDivisionError
        kept(name, subject=subject, **more)

    with monkeypatch.context() as patch:
        patch.setattr(duty_actions, "record", record)
        swept = sweep(at=at + later, limit=3)
        assert (getattr(swept, count), swept.more) == (2, True)
        assert sweep(at=at + later, limit=1).more is False  # it alone is left: no end without this
    done = [getattr(Duty.objects.get(pk=each.pk), note) for each in (one, bad, other)]
    assert done == [at + later, None, at + later]
    assert events().count(event) == 2
    assert getattr(sweep(at=at + later), count) == 1


def test_a_role_in_one_school_does_not_see_anothers_duties(at, scoped):
    north = School.objects.create(name="North", slug="north")
    south = School.objects.create(name="South", slug="south")
    carys = someone("Carys Huws")
    give(carys, "slt", school=north)
    opened(at=at, school=north)
    opened(at=at, school=south, subject="accounts.proposal:8")
    opened(at=at, subject="accounts.proposal:9")

    assert [duty.subject for duty in duties.mine(carys, at.date())[0]] == ["accounts.proposal:7"]


def test_a_role_that_has_ended_shows_nothing(at, ben):
    opened(at=at)
    ben.assignments.update(to_day=date(2027, 1, 18))

    assert duties.mine(ben, at.date()) == ([], None)


def test_mine_comes_soonest_first_and_pages_by_key(at, ben):
    for number in range(1, 6):
        opened(at=at, subject=f"accounts.proposal:{number}", due=Due.at(at + timedelta(hours=10 - number)))
    opened(at=at, subject="accounts.proposal:6")

    first, key = duties.mine(ben, at.date(), limit=4)
    rest, end = duties.mine(ben, at.date(), after=key, limit=4)

    assert [duty.subject[-1] for duty in first + rest] == ["5", "4", "3", "2", "1", "6"]
    assert end is None


def test_mine_asks_as_often_for_one_row_as_for_fifty(at, ben, same_queries):
    opened(at=at)

    def grow():
        for number in range(8, 58):
            opened(at=at, subject=f"accounts.proposal:{number}")

    assert same_queries(lambda: duties.mine(ben, at.date(), limit=60), grow) == 3


def test_the_database_refuses_a_duty_that_is_nobodys(at):
    duty = opened(at=at)
    with pytest.raises(IntegrityError, match="duty_is_somebodys"), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(role_key="")


def test_the_database_refuses_an_overdue_duty_without_a_time(at):
    duty = opened(at=at)
    with pytest.raises(IntegrityError, match="duty_without_a_time"), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(overdue_at=at)


def test_the_database_refuses_an_end_without_a_reason(at):
    duty = opened(at=at)
    with pytest.raises(IntegrityError, match="duty_ended_as"), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(state="cancelled", ended_at=at)
