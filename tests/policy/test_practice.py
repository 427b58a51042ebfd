"""Notes on how the policy works: what the clauses of three policies rest on, and who may write them."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.cli.policy import of_federation
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.policy.adopting import adopt
from schoolgate.policy.asking import verdict
from schoolgate.policy.measuring import SETTLED
from schoolgate.policy.models import DecisionRecord, PracticeKind
from schoolgate.policy.queries import in_force
from schoolgate.policy.reviewing import (
    end_practice,
    note_practice,
    practice,
    practice_of,
    status_facts,
    watch_status,
)
from schoolgate.reports.keeping import measure
from tests.cast import someone
from tests.second_presses import done_already, not_done
from tests.worlds import enter_federation, world

AT = datetime(2027, 2, 10, 12, tzinfo=UTC)
TODAY = AT.date()
DAY = timedelta(days=1)
NUMBERS = ("decided", "waited", "shown")


class Home:
    """A federation with its policy in force, and the person who looks after it."""

    def __init__(self, federation, owner):
        self.federation, self.owner = federation, owner

    def note(self, kind, *, by=None, at=AT, **said):
        given = {"on": at.date(), "words": "Comments come late on Mondays."} | said
        with scope(self.federation.pk):
            return note_practice(by=by or self.owner, at=at, kind=kind, **given)

    def end(self, row, *, at=AT, outcome="Agreed on 9 February.", by=None):
        with scope(self.federation.pk):
            return end_practice(by=by or self.owner, at=at, row=row, outcome=outcome)

    def at_point(self, point, *, at=AT):
        """What the policy answers at a point: the names of its sentences there."""
        with scope(self.federation.pk):
            facts = status_facts(in_force(at.date()).version, at=at, by=self.owner)
            return [found.message for found in verdict("policy.status", facts, on=at.date()).at(point)]


ROLES = {"wootton": "principal", "boroughbridge": "staff-lead-director-of-business-services"}


@world()
def home_of(at, key):
    """Its policy has been in force for nine days."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        owner = someone("Olga Owner", ROLES[key])
        adopt(by=owner, at=at - timedelta(days=9))
    return SimpleNamespace(home=Home(federation, owner))


@pytest.fixture
def wootton(begin_in):
    return begin_in(home_of, AT, "wootton").home


@pytest.fixture
def boroughbridge(begin_in):
    return begin_in(home_of, AT, "boroughbridge").home


def test_watching_practice_satisfies_the_policy_until_the_next_look_is_over(wootton):
    assert wootton.at_point("practice_watched") == ["status.look"]
    wootton.note("watched", due=TODAY + 30 * DAY)
    assert wootton.at_point("practice_watched") == ["status.look_by"]
    assert wootton.at_point("practice_watched", at=AT + 30 * DAY) == ["status.look_by"]
    assert wootton.at_point("practice_watched", at=AT + 31 * DAY) == ["status.not_looked"]


def test_a_risk_without_a_recommended_change_is_a_task_for_the_principal_and_with_one_is_kept(wootton):
    wootton.note("change")
    assert wootton.at_point("risks_lowered") == ["status.propose_change"]
    wootton.note("change", advice="Put two people on Mondays.", to_role="Board of Directors")
    assert sorted(wootton.at_point("risks_lowered")) == ["status.change_proposed", "status.propose_change"]


def test_a_plan_is_reflected_once_that_is_said_of_the_newest(boroughbridge):
    with scope(boroughbridge.federation.pk):
        school = School.objects.create(name="Boroughbridge High School", slug="bhs-test")
    none = boroughbridge.at_point("plan_reflected")
    plan = boroughbridge.note("plan", school=school, reference="Minute 7", on=TODAY - DAY)
    there = boroughbridge.at_point("plan_reflected")
    boroughbridge.end(plan)
    reflected = boroughbridge.at_point("plan_reflected")
    boroughbridge.note("plan", school=school, reference="Minute 9")
    replaced = boroughbridge.at_point("plan_reflected")
    assert none == ["status.no_plan", "status.no_plan"]
    assert there == ["status.plan_not_checked", "status.no_plan"]
    assert reflected == ["status.plan_reflected", "status.no_plan"]
    assert replaced == ["status.plan_not_checked", "status.no_plan"]


def test_what_puts_the_policy_into_practice_is_open_until_done(boroughbridge):
    task = boroughbridge.note("task", due=TODAY + 7 * DAY)
    assert boroughbridge.at_point("roll_out") == ["status.roll_out_by"]
    assert boroughbridge.at_point("roll_out", at=AT + 8 * DAY) == ["status.roll_out_late"]
    boroughbridge.end(task)
    assert boroughbridge.at_point("roll_out", at=AT + 8 * DAY) == ["status.rolled_out"]


def test_whether_the_policy_works_is_measured_by_the_figures_noted(boroughbridge):
    assert boroughbridge.at_point("effect_measured") == ["status.not_measured"]
    boroughbridge.note("watched", figures={"overdue tasks": 2})
    assert boroughbridge.at_point("effect_measured") == ["status.not_measured"]
    boroughbridge.note("watched", figures={"overdue tasks": 2, "incidents": None, "training coverage": 11})
    assert boroughbridge.at_point("effect_measured") == ["status.measured"]


def test_each_note_has_its_decision_and_its_clause_in_the_record(wootton):
    row = wootton.note("watched", due=TODAY + 30 * DAY)
    with scope(wootton.federation.pk):
        kept = DecisionRecord.objects.get(situation="policy.status")
        said = LedgerRow.objects.get(event="policy.practice_noted")
    assert (said.subject, said.decision) == (f"policy.reviewing:{row.pk}", kept.pk)
    assert said.clauses == ["wootton-personnel-3"]


DELEGATION = {
    "from_role": "Board of Directors", "to_role": "Principal", "reference": "Minutes 2026, 14",
    "words": "The daily running of this policy.",
}  # fmt: skip
IN_POST = "status.in_post"


def tasks(home, kind="policy.delegate"):
    with scope(home.federation.pk):
        rows = Duty.objects.filter(kind=kind).order_by("pk")
        return [(row.role_key, row.state, row.clauses) for row in rows]


def watch(home, *, at=AT):
    with scope(home.federation.pk):
        watch_status(at=at)


def test_the_boards_delegation_counts_from_its_day_to_its_last_and_the_record_names_the_clause(wootton):
    assert sorted(wootton.at_point("daily_running")) == [IN_POST, "status.not_delegated"]
    row = wootton.note("delegation", due=TODAY + 30 * DAY, **DELEGATION)
    assert (row.on, row.from_role, row.to_role) == (TODAY, "Board of Directors", "Principal")
    kept = sorted([IN_POST, "status.delegated"])
    over = sorted([IN_POST, "status.not_delegated"])
    assert sorted(wootton.at_point("daily_running", at=AT - DAY)) == over
    assert sorted(wootton.at_point("daily_running", at=AT + 30 * DAY)) == kept
    assert sorted(wootton.at_point("daily_running", at=AT + 31 * DAY)) == over
    with scope(wootton.federation.pk):
        assert LedgerRow.objects.get(event="policy.practice_noted").clauses == ["wootton-personnel-2"]


def test_a_missing_or_ended_delegation_is_a_task_for_the_board_until_it_is_on_record(wootton):
    with scope(wootton.federation.pk):
        someone("Bea Board", "board-of-directors")
    watch(wootton)
    watch(wootton)
    assert tasks(wootton) == [("board-of-directors", "open", ["wootton-personnel-2"])]
    row = wootton.note("delegation", due=TODAY + 30 * DAY, **DELEGATION)
    assert [state for _role, state, _clauses in tasks(wootton)] == ["discharged"]
    watch(wootton, at=AT + 30 * DAY)
    assert len(tasks(wootton)) == 1
    watch(wootton, at=AT + 31 * DAY)
    assert [state for _role, state, _clauses in tasks(wootton)] == ["discharged", "open"]
    wootton.note("delegation", at=AT + 31 * DAY, **DELEGATION | {"reference": "Minutes 2027, 2"})
    wootton.end(row, at=AT + 31 * DAY, outcome="Renewed.")
    assert [state for _role, state, _clauses in tasks(wootton)] == ["discharged", "discharged"]


def test_a_delegation_that_is_taken_back_no_longer_counts_and_the_task_is_back(wootton):
    row = wootton.note("delegation", **DELEGATION)
    wootton.end(row, at=AT + DAY, outcome="The Board takes it back.")
    assert "status.not_delegated" in wootton.at_point("daily_running", at=AT + DAY)
    assert "status.delegated" in wootton.at_point("daily_running")
    # No one holds the Board's role, so the role that looks after the policy is asked.
    assert tasks(wootton) == [("principal", "open", ["wootton-personnel-2"])]


def states(home, kind):
    return [state for _role, state, _clauses in tasks(home, kind)]


def test_the_principal_is_asked_to_look_shortly_before_the_day_they_set_and_until_they_did(wootton):
    look = "policy.look_at_practice"
    watch(wootton)
    assert tasks(wootton, look) == [("principal", "open", ["wootton-personnel-3"])]
    wootton.note("watched", due=TODAY + 30 * DAY)
    assert states(wootton, look) == ["discharged"]
    watch(wootton, at=AT + 15 * DAY)
    assert states(wootton, look) == ["discharged"]
    watch(wootton, at=AT + 16 * DAY)
    assert states(wootton, look) == ["discharged", "open"]
    with scope(wootton.federation.pk):
        before = DecisionRecord.objects.count()
    for late in (31, 32):  # it stays, and the policy isn't asked on record again and again
        watch(wootton, at=AT + late * DAY)
    assert states(wootton, look) == ["discharged", "open"]
    with scope(wootton.federation.pk):
        assert DecisionRecord.objects.count() == before
    wootton.note("watched", at=AT + 32 * DAY, due=TODAY + 40 * DAY)
    assert states(wootton, look) == ["discharged", "discharged", "open"]  # the next look is near


def test_who_has_looked_and_set_no_day_is_not_asked_again(wootton):
    watch(wootton)
    wootton.note("watched")
    watch(wootton, at=AT + 300 * DAY)
    assert states(wootton, "policy.look_at_practice") == ["discharged"]


def test_a_risk_is_asked_about_until_a_change_is_recommended_for_each(wootton):
    first = wootton.note("change")
    assert tasks(wootton, "policy.propose_change") == [("principal", "open", ["wootton-personnel-5"])]
    wootton.note("change", advice="Put two people on Mondays.", to_role="Board of Directors")
    assert states(wootton, "policy.propose_change") == ["open"]  # the first risk still has none
    wootton.end(first, outcome="No longer a risk.")
    assert states(wootton, "policy.propose_change") == ["discharged"]


def test_putting_the_policy_into_practice_is_planned_and_done_by_its_day(boroughbridge):
    role = "senior-network-manager-senior-authoriser"
    with scope(boroughbridge.federation.pk):
        someone("Nina Network", role)
    watch(boroughbridge)
    assert tasks(boroughbridge, "policy.roll_out_plan") == [(role, "open", ["boroughbridge-roles-4"])]
    row = boroughbridge.note("task", due=TODAY + 15 * DAY)
    assert states(boroughbridge, "policy.roll_out_plan") == ["discharged"]
    assert states(boroughbridge, "policy.roll_out_task") == []
    watch(boroughbridge, at=AT + DAY)
    assert tasks(boroughbridge, "policy.roll_out_task") == [(role, "open", ["boroughbridge-roles-4"])]
    watch(boroughbridge, at=AT + 16 * DAY)  # late: it stays
    assert states(boroughbridge, "policy.roll_out_task") == ["open"]
    boroughbridge.end(row, at=AT + 17 * DAY)
    assert states(boroughbridge, "policy.roll_out_task") == ["discharged"]


def test_the_figures_are_asked_for_until_all_that_the_policy_wants_were_recorded(boroughbridge):
    boroughbridge.note("watched", figures={"overdue tasks": 2})
    report = "policy.policy_report"
    assert [clauses for _role, _state, clauses in tasks(boroughbridge, report)] == [
        ["boroughbridge-mission-3"]
    ]
    boroughbridge.note("watched", figures={"overdue tasks": 2, "incidents": None, "training coverage": 11})
    assert states(boroughbridge, report) == ["discharged"]


@pytest.mark.parametrize("key", ["learn-to-live", "llanidloes"])
def test_a_policy_that_says_nothing_of_its_practice_asks_nobody(make_federation, key):
    with scope(make_federation(key, key).pk):
        adopt(by=someone("Olga Owner", "headteacher"), at=AT - timedelta(days=9))
        watch_status(at=AT)
        assert not Duty.objects.filter(kind__startswith="policy.").exclude(kind="policy.review").exists()


def test_where_the_policy_speaks_of_no_delegation_no_one_is_asked(boroughbridge):
    watch(boroughbridge)
    boroughbridge.note("task")
    assert tasks(boroughbridge) == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "else"}, "kind"),
        ({"words": "  "}, "words"),
        ({"on": TODAY + DAY}, "on"),
        ({"due": TODAY}, "due"),
        ({"due": TODAY + timedelta(days=3 * 366 + 1)}, "due"),
        ({"kind": "plan", "reference": "x"}, "school"),
        ({"kind": "direction"}, "reference"),
        ({"kind": "delegation", **DELEGATION, "reference": " "}, "reference"),
        ({"kind": "delegation", **DELEGATION, "from_role": ""}, "from_role"),
        ({"kind": "delegation", **DELEGATION, "to_role": ""}, "to_role"),
        ({"kind": "delegation", **DELEGATION, "to_role": "King"}, "to_role"),
        ({"kind": "delegation", **DELEGATION, "to_role": "Board of Directors"}, "to_role"),
        ({"kind": "change", "advice": "Do."}, "to_role"),
        ({"kind": "change", "to_role": "Principal"}, "to_role"),
        ({"kind": "change", "advice": "Do.", "to_role": "King"}, "to_role"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_saved(wootton, said, field):
    with pytest.raises(BadInput) as refused:
        wootton.note(**{"kind": "watched", **said})
    assert list(refused.value.fields) == [field]
    with scope(wootton.federation.pk):
        assert practice_of(PracticeKind.WATCHED) == []


def test_the_furthest_day_and_today_are_still_good(wootton):
    assert wootton.note("watched", on=TODAY, due=TODAY + timedelta(days=3 * 366))


def test_an_outcome_is_said_once_and_only_where_there_is_one(wootton):
    row = wootton.note("change", advice="Do.", to_role="Board of Directors")
    with pytest.raises(BadInput):
        wootton.end(row, outcome=" ")
    assert wootton.end(row).ended_on == TODAY
    with done_already():
        wootton.end(row)
    with not_done("another outcome"):
        wootton.end(row, outcome="It was not changed.")
    with pytest.raises(NotNow):
        wootton.end(wootton.note("watched"))


def test_only_who_looks_after_the_policy_or_oversees_it_writes(boroughbridge):
    with scope(boroughbridge.federation.pk):
        gwen, tom = someone("Gwen Governor", "governors"), someone("Tom Teacher", "all-staff")
    row = boroughbridge.note("task", by=gwen)
    with pytest.raises(NotAllowed):
        boroughbridge.note("task", by=tom)
    with pytest.raises(NotAllowed):
        boroughbridge.end(row, by=tom)


def test_a_note_of_another_federation_is_not_found(wootton, boroughbridge):
    row = boroughbridge.note("task")
    with scope(wootton.federation.pk), pytest.raises(NotFound):
        practice(row.pk)


def test_a_rule_of_one_policy_says_nothing_in_another(wootton):
    assert wootton.at_point("plan_reflected") == []
    assert wootton.at_point("effect_measured") == []
    assert date(2027, 2, 10) == TODAY


def counted(home):
    """What `policy coverage` counts of each clause in the federation, once the sweep went by."""
    with scope(home.federation.pk):
        measure(at=AT + timedelta(hours=1))
        while measure(at=AT + timedelta(hours=1) + SETTLED):
            pass
        data = of_federation(in_force(TODAY).book, None)
    return {one["id"]: one for one in data["by_clause"]}


@pytest.mark.parametrize(
    ("home", "kind", "clauses"),
    [
        ("wootton", "watched", ["wootton-personnel-3"]),
        ("wootton", "change", ["wootton-personnel-5"]),
        ("wootton", "delegation", ["wootton-personnel-2"]),
        ("boroughbridge", "task", ["boroughbridge-roles-4"]),
        ("boroughbridge", "watched", ["boroughbridge-mission-2", "boroughbridge-mission-3"]),
    ],
)
def test_a_note_reaches_its_clauses_in_real_decisions_that_are_counted(request, home, kind, clauses):
    home = request.getfixturevalue(home)
    assert not any(sum(counted(home)[each]["asked"].get(n, 0) for n in NUMBERS) for each in clauses)
    home.note(kind, **{"task": {"due": TODAY + DAY}, "delegation": DELEGATION}.get(kind, {}))
    after = counted(home)
    for each in clauses:
        print(each, after[each]["rests"], after[each]["asked"])
        assert sum(after[each]["asked"].get(name, 0) for name in NUMBERS)
