"""Nobody opens a confidential door for themselves: each way to what only safeguarding leads read takes two
people, tells every lead, and opens nothing of the past."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

import schoolgate
from schoolgate.core import retention
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.kinds import kind_of
from schoolgate.duties.models import Duty, Urgency
from schoolgate.incidents.ladder import Around, lead_rung
from schoolgate.incidents.meant import may_see
from schoolgate.incidents.models import Report
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.notices.kinds import KINDS as MAILS
from schoolgate.notices.kinds import Urgency as How
from schoolgate.people.assignments import end_role, give_assignment, hand_on_role
from schoolgate.people.leaving import record_departure, record_return
from schoolgate.people.models import LeadChange, Person, RoleAssignment
from schoolgate.people.queries import book_of, held_by
from schoolgate.people.safeguarding import lead_of, leads
from schoolgate.policy.duty_kinds import AGREE_LEAD, LOOK_AT_LEAD
from schoolgate.policy.leads import (
    agree_to_lead,
    ask_about_roles,
    decline_lead,
    end_safeguarder,
    name_safeguarder,
    replaced_by,
)
from tests.cast import LONG_AGO, someone
from tests.stories import rolled_back
from tests.web.things import NOW
from tests.worlds import enter_federation, world

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHY = "She has led on it for years."
OFFICER = "designated-safeguarding-officer"
"""The role that Learn to Live's policy makes safeguarding lead."""


@world()
def a_federation(_at) -> SimpleNamespace:
    """Learn to Live's policy: a headteacher, an administrator, a governor, a lead by name, and others."""
    federation = enter_federation("learn-to-live", "learn-to-live")
    with scope(federation.pk):
        school = School.objects.create(name="North School", slug="north")
        people = {
            "head": someone("Hedd Head", "headteacher"), "admin": someone("Ada Admin", "network-manager"),
            "chair": someone("Carys Chair", "governing-body"), "lead": someone("Lena Lead"),
            "teacher": someone("Tom Teacher"), "nosy": someone("Nia Nosy"),
        }  # fmt: skip
        Safeguarder.objects.create(place="lead", person_id=people["lead"].pk, since=NOW - DAY)
        said = ReportContent(what="He is afraid to go home.", mark="before", kinds=["child_told"])
        old = report_wrong(at=NOW - HOUR, said_here=said)
    return SimpleNamespace(federation=federation, school=school, old=old, **people)


@pytest.fixture
def here(in_world, home):
    found = in_world(a_federation, NOW)
    with scope(found.federation.pk):
        yield found


def test_a_lead_who_is_to_be_replaced_is_told_at_once_and_first(here):
    """It was the last of the tasks without a deadline, and in the morning mail."""
    name_safeguarder(by=here.head, at=NOW, person=here.nosy, place="lead", school=None)
    change = LeadChange.objects.get(place="lead")
    assert replaced_by(change) == here.lead, "the page says so"
    told = Duty.objects.filter(kind__in=[AGREE_LEAD, LOOK_AT_LEAD], person=here.lead)
    assert [one.urgency for one in told] == [Urgency.HARM]
    assert all(MAILS[kind_of(one.kind).mail].lowest == How.AT_ONCE for one in told)
    agree_to_lead(by=here.chair, at=NOW, change=change, why=WHY)
    change.refresh_from_db()
    assert replaced_by(change) is None, "it was so"


def is_lead(person: Person) -> bool:
    on = local_day(NOW)
    book, schools = book_of(person.federation), [None, *School.objects.all()]
    by_list = any(person in leads(book, school, on=on) for school in schools)
    by_person = bool(lead_of(Person.objects.get(pk=person.pk), held_by(person, on=on)))
    assert by_list == by_person, "two ways to say who leads"
    return by_list


def reads(person: Person, report: Report) -> bool:
    return Report.objects.filter(
        may_see(Person.objects.get(pk=person.pk), local_day(NOW)), pk=report.pk
    ).exists()


def give(here, **more) -> RoleAssignment:
    its = {"by": here.admin, "at": NOW, "person": here.nosy, "role_key": OFFICER, "from_day": local_day(NOW)}
    return give_assignment(**its | more)


# --- Each way by which somebody might come to lead. A new one gets a line: see the test below.


def _named(here) -> None:
    name_safeguarder(by=here.admin, at=NOW, person=here.nosy, place="lead")


def _named_deputy_of_a_school(here) -> None:
    name_safeguarder(by=here.admin, at=NOW, person=here.nosy, place="deputy", school=here.school)


def _given_the_role(here) -> None:
    give(here)


def _acting(here) -> None:
    held = RoleAssignment.objects.create(
        person=here.lead, role_key=OFFICER, scope_kind="federation", from_day=LONG_AGO, leads_since=NOW
    )
    give(here, acting_for=held.person)


def _handed_over(here) -> None:
    held = RoleAssignment.objects.create(
        person=here.lead, role_key=OFFICER, scope_kind="federation", from_day=LONG_AGO, leads_since=NOW
    )
    hand_on_role(by=here.admin, at=NOW, assignment=held, to=here.nosy, first_day=local_day(NOW))


def _moved_with_a_role(here) -> None:
    """The policy's owner removes a role, and its holders go to the safeguarding role."""
    RoleAssignment.objects.create(
        person=here.nosy,
        role_key="old-role",
        scope_kind="federation",
        from_day=local_day(NOW),
        leads_since=None,
    )
    end_role(at=NOW, role_key="old-role", to=OFFICER)


def _imported(here) -> None:
    """As a list of people gives roles: straight into the table."""
    RoleAssignment.objects.create(
        person=here.nosy, role_key=OFFICER, scope_kind="school", school=here.school, from_day=local_day(NOW)
    )


def _by_a_rule_of_the_policy(here) -> None:
    """A role held for long is what a new rule makes lead: nothing of the holding changes."""
    give_assignment(
        by=here.admin, at=NOW, person=here.nosy, role_key="network-manager", from_day=local_day(NOW)
    )
    RoleAssignment.objects.filter(person=here.nosy).update(role_key=OFFICER)


def _came_back(here) -> None:
    Safeguarder.objects.create(place="deputy", person_id=here.nosy.pk, since=NOW - DAY)
    gone = NOW - 32 * DAY
    LeadChange.objects.create(
        person=here.nosy, place="goes", by=here.admin, second=here.nosy, at=gone, state="agreed", state_at=NOW
    )
    record_departure(by=here.admin, at=NOW, person=here.nosy, left_on=local_day(gone))
    record_return(by=here.admin, at=NOW, person=Person.objects.get(pk=here.nosy.pk))


def _restored(here) -> None:
    """A lead who ended since the backup is one again as the backup has it, until the journal was read."""
    row = Safeguarder.objects.create(place="deputy", person_id=here.nosy.pk, since=NOW - DAY)
    act = retention.act_of("people.lead_ended")
    assert act.again(row.pk, {"ended_at": NOW.isoformat()}, at=NOW) is True


WAYS: dict[str, Callable[..., None]] = {
    "people/assignments.py: give_assignment": _given_the_role,
    "people/assignments.py: give_assignment, acting for": _acting,
    "people/assignments.py: hand_on_role": _handed_over,
    "people/assignments.py: end_role": _moved_with_a_role,
    "people/importing: _give": _imported,
    "policy: a rule that names the role": _by_a_rule_of_the_policy,
    "people/leaving.py: record_return": _came_back,
    "policy/leads.py: name_safeguarder": _named,
    "policy/leads.py: name_safeguarder, for a school": _named_deputy_of_a_school,
    "core/retention.py: a restore": _restored,
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_no_way_leads_to_what_only_leads_read_by_one_persons_word(here, way):
    WAYS[way](here)
    assert not is_lead(here.nosy)
    assert not reads(here.nosy, here.old)


@pytest.mark.parametrize("way", sorted(WAYS))
def test_no_way_is_told_of_a_child_as_a_lead_by_one_persons_word(here, way):
    WAYS[way](here)
    said = ReportContent(what="He cries.", mark="told", kinds=["child_told"])
    report = report_wrong(at=NOW + HOUR, said_here=said)
    told = lead_rung(book_of(here.federation), Around.of(report, on=local_day(NOW)))
    assert here.nosy.pk not in told.people
    assert told.people, "somebody is"


@pytest.mark.parametrize(
    "way", sorted(set(WAYS) - {"people/leaving.py: record_return", "core/retention.py: a restore"})
)
def test_a_second_person_opens_it_for_what_comes_from_then_on(here, way):
    WAYS[way](here)
    ask_about_roles(at=NOW)
    (change,) = LeadChange.objects.filter(state="asked", person=here.nosy)
    for who in {here.nosy, here.teacher} | ({change.by} if change.by else set()):
        with pytest.raises(NotAllowed):
            agree_to_lead(by=who, at=NOW, change=change, why=WHY)
    assert not is_lead(here.nosy)
    asked = Duty.objects.filter(kind="policy.agree_lead", ended_at=None).values_list(
        "person__name", flat=True
    )
    assert {"Hedd Head", "Carys Chair", "Lena Lead"} <= set(asked)
    agree_to_lead(by=here.chair, at=NOW + HOUR, change=change, why=WHY)
    assert is_lead(here.nosy)
    assert not reads(here.nosy, here.old), "nothing of the past"
    new = report_wrong(
        at=NOW + 2 * HOUR, said_here=ReportContent(what="He cries.", mark="after", kinds=["child_told"])
    )
    assert reads(here.nosy, new)
    told = Duty.objects.filter(kind="policy.look_at_lead", ended_at=None)
    if Safeguarder.objects.filter(person_id=here.lead.pk, ended_at=None).exists():
        assert here.lead.pk in told.values_list("person_id", flat=True), "every lead is told"


def test_a_lead_may_open_the_past_and_no_one_else(here):
    name_safeguarder(by=here.admin, at=NOW, person=here.nosy, place="deputy")
    change = LeadChange.objects.get(state="asked")
    with pytest.raises(NotAllowed):
        agree_to_lead(by=here.chair, at=NOW + HOUR, change=change, why=WHY, earlier=True)
    agree_to_lead(by=here.lead, at=NOW + HOUR, change=change, why=WHY, earlier=True)
    assert reads(here.nosy, here.old)
    with pytest.raises(NotNow):
        agree_to_lead(by=here.chair, at=NOW + HOUR, change=change, why=WHY)


def test_who_says_no_is_the_end_of_it(here):
    _given_the_role(here)
    ask_about_roles(at=NOW)
    change = LeadChange.objects.get(state="asked")
    decline_lead(by=here.head, at=NOW, change=change)
    assert ask_about_roles(at=NOW + HOUR) == 0
    assert not is_lead(here.nosy)
    with pytest.raises(NotNow):
        agree_to_lead(by=here.chair, at=NOW, change=change, why=WHY)


def test_the_database_knows_of_two_people_too(here):
    its = {"person": here.nosy, "place": "lead", "at": NOW, "state_at": NOW, "state": "agreed"}
    for wrong in (
        {"by": here.admin, "second": here.admin},
        {"by": here.admin, "second": here.nosy},
        {"by": here.nosy, "second": here.admin},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LeadChange.objects.create(**its | wrong)


def test_nobody_is_left_without_a_lead_and_the_others_are_told(here):
    lead = Safeguarder.objects.get()
    with pytest.raises(NotNow):
        end_safeguarder(by=here.admin, at=NOW, safeguarder=lead)
    deputy = Safeguarder.objects.create(place="deputy", person_id=here.chair.pk, since=NOW)
    assert end_safeguarder(by=here.admin, at=NOW, safeguarder=deputy).state == "asked"
    LeadChange.objects.update(state="agreed", second=here.head, state_at=NOW)
    ended = end_safeguarder(by=here.admin, at=NOW, safeguarder=deputy)
    told = Duty.objects.filter(
        kind="policy.look_at_lead", ended_at=None, subject=f"people.leadchange:{ended.pk}"
    )
    assert list(told.values_list("person__name", flat=True)) == ["Lena Lead"]


def test_a_federation_being_set_up_names_its_first_lead_alone_and_the_record_says_so(in_world):
    with rolled_back():
        federation = enter_federation("alone", "wildground")
        with scope(federation.pk):
            first, dev = someone("Una Only", "slt"), someone("Dev Deputy")
            change = name_safeguarder(by=first, at=NOW, person=dev, place="lead")
            assert (change.state, change.second) == ("agreed", None)
            assert is_lead(dev)
            someone("Hal Head", "federation-leadership-team")
            later = name_safeguarder(by=first, at=NOW, person=someone("Eve"), place="deputy")
            assert later.state == "asked"


# --- The list of ways is closed


MAKES = {
    "people/assignments.py", "people/importing.py",
    "policy/leads.py",
    "reports/rehearsal.py",  # made-up people, always rolled back (tests/reports/test_rehearsal.py)
}  # fmt: skip
"""Where a row of `RoleAssignment` or `Safeguarder` is made, or `leads_since` is set."""


def test_a_new_way_to_make_a_lead_gets_a_line_here():
    root = Path(schoolgate.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        if "migrations" in path.parts or "demo" in path.parts:
            continue
        text = path.read_text()
        if not any(word in text for word in ("RoleAssignment", "Safeguarder", "leads_since")):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and _makes(node):
                found.add(str(path.relative_to(root)))
    assert found == MAKES


def _makes(call: ast.Call) -> bool:
    said = ast.unparse(call.func)
    makes = ("create", "bulk_create", "get_or_create", "update_or_create")
    rows = ("RoleAssignment", "Safeguarder")
    if said in rows or any(said == f"{row}.objects.{how}" for row in rows for how in makes):
        return True
    return said.endswith(".update") and any(word.arg == "leads_since" for word in call.keywords)
