"""G6: a child's safety reaches the safeguarding leads at once, whatever the policy adds: each way in, each
policy, each hour, and whoever of them is away or accused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import queries
from schoolgate.incidents.report_facts import SAYS
from schoolgate.incidents.reporting import ReportContent, add_to_report, report_wrong
from schoolgate.people.leaving import start_extended_absence
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.rulebook import books
from schoolgate.rulebook.packs import own_policies_in
from tests.cast import let_go, someone
from tests.incidents.conftest import OWNERS
from tests.pace import sized
from tests.stories import rolled_back
from tests.worlds import enter_federation, world

OWN = Path(__file__).parents[1] / "own_policies"
POLICIES = [*books(), "st-annes"]
STAFF = {"boroughbridge": "all-staff", "st-annes": "class-teacher"}
A_MINUTE = timedelta(minutes=1)


@world()
def staffed(at: datetime, key: str) -> SimpleNamespace:
    """A school under a policy with a lead, two deputies and a teacher, all entered by name."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        country = "wales" if key == "llanidloes" else "england"
        School.objects.create(name="North School", slug="north", country=country)
        adopt(by=someone("Olive Bright", OWNERS.get(key, "headteacher")), at=at)
        for name, place in (("Dee Marlow", "lead"), ("Dan Speight", "deputy"), ("Una Frayne", "deputy")):
            Safeguarder.objects.create(place=place, person_id=someone(name).pk, since=at)
        someone("Cara Birtles", STAFF.get(key, "staff"))
    return SimpleNamespace(federation=federation)


@pytest.fixture(params=POLICIES)
def there(request, begin_in, at, home, tmp_path):
    """The federation under each of the policies."""
    own_policies_in(OWN)
    yield begin_in(staffed, at, request.param).federation
    own_policies_in(tmp_path / "nowhere")


def _by(name: str) -> Person:
    return Person.objects.get(name=name)


def _report(at: datetime, *, inside: bool, **given):
    reporter = _by("Cara Birtles") if inside else None
    given.setdefault("what", "Somebody is nasty to Tomos.")
    said = ReportContent(mark=queries.new_mark(), **given)
    return report_wrong(at=at, said_here=said, reporter=reporter, named=given.get("named", True))


WAYS: dict[str, Callable] = {
    "a visitor ticks nothing": lambda at: _report(at, inside=False),
    "a child in danger": lambda at: _report(at, inside=False, danger="yes"),
    "a child whose words alone say so": lambda at: _report(
        at, inside=False, what="he said he is going to kill me after school"
    ),
    "kept to the leads": lambda at: _report(at, inside=True, kinds=["child_told"], for_leads=True),
    **{
        f"staff tick {key}": lambda at, key=key: _report(at, inside=True, kinds=[key])
        for key in SAYS
        if key != "picture_by_mistake"
    },
    **{
        f"a visitor ticks {key}": lambda at, key=key: _report(at, inside=False, kinds=[key])
        for key, one in SAYS.items()
        if one.outside
    },
}
"""Each way to report a concern that may touch a child."""
ALWAYS = 4
"""So many of them, the first, are tried under each policy, and the others in turns: each under three of the
six policies in `make test`, and under all of them in `make storm`."""

HOURS = {
    "by day": datetime.fromisoformat("2027-01-19T10:30:00+00:00"),
    "at night": datetime.fromisoformat("2027-01-19T02:40:00+00:00"),
    "on a Sunday": datetime.fromisoformat("2027-01-24T15:00:00+00:00"),
    "in the summer holidays": datetime.fromisoformat("2027-08-11T09:00:00+00:00"),
    "on Christmas Day": datetime.fromisoformat("2027-12-25T08:00:00+00:00"),
}


def asked(report) -> set[str]:
    """Who has a task about a report by name, or in a role that they hold."""
    duties = Duty.objects.filter(subject=f"incidents.report:{report.pk}", kind="incidents.take", state="open")
    return {one.person.name for one in duties.select_related("person") if one.person}


@pytest.mark.sized
def test_every_way_in_reaches_the_lead_and_the_deputies_in_the_first_minute(there, at):
    missed, turn = {}, POLICIES.index(there.policy_key)
    with scope(there.pk):
        for number, (name, way) in enumerate(WAYS.items()):
            if number >= ALWAYS and (number + turn) % sized(2, 1):
                continue
            with rolled_back():
                report = way(at)
                late = report.steps.filter(kind="told", at__gt=at + A_MINUTE).exists()
                if late or not asked(report) >= {"Dee Marlow", "Dan Speight", "Una Frayne"}:
                    missed[name] = asked(report)
    assert missed == {}


def test_the_hour_makes_no_difference(there):
    with scope(there.pk):
        for hour, at in HOURS.items():
            with rolled_back():
                report = _report(at, inside=False)
                assert asked(report) >= {"Dee Marlow", "Dan Speight", "Una Frayne"}, hour


def test_those_who_are_there_are_told_when_others_are_away(there, at):
    with scope(there.pk):
        olive = _by("Olive Bright")
        for away in ({"Dee Marlow"}, {"Dee Marlow", "Una Frayne"}):
            with rolled_back():
                for name in away:
                    let_go(_by(name), at)
                    start_extended_absence(
                        by=olive, at=at, person=_by(name), kind="leave", from_day=at.date()
                    )
                told = asked(_report(at, inside=False))
                assert told & {"Dee Marlow", "Dan Speight", "Una Frayne"} == (
                    {"Dee Marlow", "Dan Speight", "Una Frayne"} - away
                )


def test_only_a_deputy_is_enough(there, at):
    with scope(there.pk):
        Safeguarder.objects.exclude(person_id=_by("Dan Speight").pk).update(ended_at=at)
        assert "Dan Speight" in asked(_report(at, inside=False, kinds=["misuse"]))


def test_an_accused_lead_is_left_out_and_the_others_are_told_at_once(there, at):
    with scope(there.pk):
        ticked = _report(at, inside=True, about_people=[_by("Dee Marlow")], kinds=["child_told"])
        named = _report(at, inside=False, what="Miss Marlow hurts me.")
        for report in (ticked, named):
            assert asked(report) >= {"Dan Speight", "Una Frayne"}
            assert "Dee Marlow" not in asked(report)


def test_a_colleague_who_is_ticked_puts_no_one_before_the_leads(there, at):
    with scope(there.pk):
        other = someone("Nat Ollerton", STAFF.get(there.policy_key, "staff"))
        report = _report(at, inside=True, about_people=[other])
        first = report.steps.filter(kind="told").order_by("id")[:3]
        assert {one.person.name for one in first if one.person} >= {"Dee Marlow", "Dan Speight", "Una Frayne"}


def test_where_no_lead_can_be_told_the_next_are_told_at_once_and_it_is_said(there, at):
    with scope(there.pk):
        entered = Safeguarder.objects.count()
        Safeguarder.objects.update(ended_at=at)
        none_named = _report(at, inside=False)
        Safeguarder.objects.update(ended_at=None)
        leads = [_by(name) for name in ("Dee Marlow", "Dan Speight", "Una Frayne")]
        all_out = _report(at, inside=True, about_people=leads)
        assert entered == 3
        for report in (none_named, all_out):
            assert report.steps.filter(kind="no_lead").count() == 1
            assert report.steps.filter(kind="told").exists()
            assert not asked(report) & {"Dee Marlow", "Dan Speight", "Una Frayne"}


def test_only_what_certainly_is_not_about_a_child_may_go_without_them(there, at):
    with scope(there.pk):
        sure = _report(at, inside=True, kinds=["copied"], answers={"child": "no"})
        assert not sure.steps.filter(whose="law").exists()
        for report in (
            _report(at, inside=True, kinds=["copied"], answers={"child": "no"}, danger="yes"),
            _report(at, inside=True, kinds=["copied"], answers={"child": "yes"}),
            _report(at, inside=True, kinds=["copied"]),
        ):
            assert "Dee Marlow" in asked(report)


def test_danger_in_what_is_added_reaches_them_at_once(there, at):
    with scope(there.pk):
        said = ReportContent(what="It is about my phone.", mark=queries.new_mark())
        report = report_wrong(at=at, said_here=said)
        add_to_report(report=report, at=at, words="i want to kill myself", code=queries.code_of(said.mark))
        report.refresh_from_db()
        tasks = Duty.objects.filter(kind="incidents.read_danger", state="open", urgency=0)
        assert (report.danger, report.danger_read) == ("yes", True)
        assert report.goes_up_at is None or report.goes_up_at <= at + timedelta(minutes=15)
        assert {one.person.name for one in tasks} >= {"Dee Marlow", "Dan Speight", "Una Frayne"}
