"""Who is told of what somebody says is wrong: the safeguarding leads first, beside them whom each of the five
policies names, and Schoolgate's own order after that. Each way in, hour and absence is in
tests/guarantees/test_leads_are_told.py."""

from datetime import timedelta

import pytest

from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents.ladder import who_may_be_told
from schoolgate.incidents.passing_on import go_up
from schoolgate.people.queries import book_of
from schoolgate.policy.models import DecisionRecord
from tests.cast import give, someone
from tests.incidents.conftest import whom, wrong


def lead(name="Dee Lead", place="lead", school=None, *, at):
    """Somebody entered as safeguarding lead or deputy."""
    person = someone(name)
    Safeguarder.objects.create(place=place, person_id=person.pk, school=school, since=at)
    return person


def by_rule(report, whose):
    """Who was told by this rule, as `whom` has them."""
    rows = report.steps.filter(kind="told", whose=whose).select_related("person").order_by("id")
    return [row.person.name if row.person else row.role_key for row in rows]


def duties(report):
    rows = Duty.objects.filter(kind="incidents.take", subject=f"incidents.report:{report.pk}").order_by("id")
    return list(rows)


@pytest.mark.parametrize(
    ("key", "holders", "kinds", "told", "clause"),
    [
        pytest.param(
            "wildground", ["slt", "relevant-senior-member-of-staff"], ["hurtful"],
            ["relevant-senior-member-of-staff", "slt"], "wildground-behaviour-17", id="wildground",
        ),
        pytest.param(
            "boroughbridge", ["senior-network-manager-senior-authoriser"], [],
            ["senior-network-manager-senior-authoriser"], "", id="boroughbridge",
        ),
        pytest.param(
            "learn-to-live", ["designated-safeguarding-officer"], ["child_written_to"],
            ["designated-safeguarding-officer"], "learn-to-live-personal-9", id="learn-to-live",
        ),
        pytest.param("wootton", [], ["misuse"], ["principal"], "wootton-related-22", id="wootton"),
        pytest.param("llanidloes", ["line-manager"], ["pestered"], ["Lou Line-Manager"],
                     "llanidloes-personal-15", id="llanidloes"),
    ],
)  # fmt: skip
def test_each_policy_names_its_own_and_they_are_asked_at_once(under, at, key, holders, kinds, told, clause):
    federation, school = under(key)
    with scope(federation.pk):
        cara = someone("Cara Teacher", "all-staff" if key == "boroughbridge" else "staff")
        for role in holders:
            if role == "line-manager":
                give(someone("Lou Line-Manager"), role, managed=cara)
            else:
                someone(f"Hal {role}", role)

        lead(at=at)

        report = wrong(at, reporter=cara, kinds=kinds)

        assert by_rule(report, "policy") == told
        assert by_rule(report, "law") == ["Dee Lead"]
        asked = {duty.role_key or duty.person.name: duty for duty in duties(report)}
        assert {duty.due_kind for duty in asked.values()} == {"none_promised"}
        assert not clause or clause in asked[told[0]].clauses
        law = "law-children-wales" if key == "llanidloes" else "law-children-england"
        assert asked["Dee Lead"].clauses == [law]
        assert law not in asked[told[0]].clauses
        assert [duty.school_id for duty in duties(report)] == [school.pk] * (1 + len(told))


def test_a_worry_goes_to_everybody_whom_the_policy_names_for_it(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        cara = someone("Cara Teacher", "all-staff")
        give(someone("Lou Line-Manager"), "line-manager", managed=cara)
        someone("Sue Hart", "senior-network-manager-senior-authoriser")
        lead(at=at)

        report = wrong(at, reporter=cara, kinds=["child_seems"])

        assert by_rule(report, "policy") == ["Lou Line-Manager", "senior-network-manager-senior-authoriser"]


@pytest.mark.parametrize("key", ["learn-to-live", "wootton", "llanidloes"])
def test_where_the_policy_names_nobody_those_are_told_who_look_after_people_and_it_says_whose_rule(
    under, at, key
):
    federation, _school = under(key)
    with scope(federation.pk):
        report = wrong(at)

        assert whom(report) == ["headteacher" if key != "wootton" else "principal"]
        assert report.steps.get(kind="told").whose == "house"
        assert duties(report)[0].clauses == []


def test_what_certainly_is_not_about_a_child_goes_to_the_policys_roles_and_to_the_leads_only_later(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        lead(at=at)

        sure = wrong(at, kinds=["copied"], answers={"child": "no"})
        in_danger = wrong(at, kinds=["copied"], answers={"child": "no"}, danger="yes")
        not_said = wrong(at, kinds=["copied"])

        assert whom(sure) == ["slt"]
        assert by_rule(in_danger, "law") == by_rule(not_said, "law") == ["Dee Lead"]
        go_up(at=sure.goes_up_at)
        assert whom(sure, "went_up") == ["Dee Lead"]


def test_a_policys_own_safeguarding_officer_is_told_of_what_a_visitor_says_about_a_child(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        someone("Des Officer", "designated-safeguarding-officer")

        report = wrong(at, kinds=["child_written_to"])

        assert whom(report) == ["designated-safeguarding-officer"]


def test_a_role_that_nobody_holds_is_said_and_those_are_told_who_look_after_people(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        report = wrong(at)

        assert report.not_held == ["Senior Network Manager/Senior Authoriser"]
        assert whom(report) == ["staff-lead-director-of-business-services"]
        assert report.steps.get(kind="told").whose == "house"


def test_everyone_who_may_be_told_can_be_said_to_be_meant_however_many_they_are(under, at):
    """The sixty-first by name couldn't be chosen, and was told of what is about them."""
    federation, _school = under("wildground")
    with scope(federation.pk):
        people = {someone(f"Person {number:02}", "slt") for number in range(61)}
        may = who_may_be_told(book_of(federation), by=None, on=at.date())
        assert people <= set(may)


def test_nobody_is_told_of_what_may_be_about_them(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        principal = someone("Karen Bright", "principal")
        someone("Sen Leader", "senior-leadership-member")
        cara = someone("Cara Teacher", "staff")

        by_name = wrong(at, reporter=cara, kinds=["misuse"], about_people=[principal])
        by_role = wrong(at, kinds=["misuse"], about_roles=["principal"])

        assert whom(by_name) == ["Olive Owner", "senior-leadership-member"]
        assert whom(by_role) == ["senior-leadership-member"]


def test_about_the_only_one_whom_the_policy_names_it_goes_to_the_governors(under, at):
    federation, _school = under("llanidloes")
    with scope(federation.pk):
        someone("Alun Rees", "chair-of-governing-body")

        report = wrong(at, about_roles=["headteacher"])

        assert whom(report) == ["chair-of-governing-body"]
        assert report.steps.get(kind="told").whose == "house"


def test_about_ones_own_line_manager_no_line_manager_is_told(under, at):
    federation, _school = under("llanidloes")
    with scope(federation.pk):
        cara, lou = someone("Cara Teacher", "staff"), someone("Lou Line-Manager")
        give(lou, "line-manager", managed=cara)
        someone("Alun Rees", "chair-of-governing-body")

        report = wrong(at, reporter=cara, kinds=["pestered"], about_people=[lou])

        # A colleague ticked puts no governor before those who look after people: the head isn't accused.
        assert whom(report) == ["headteacher"]
        assert DecisionRecord.objects.get(pk=report.decision).points["line_manager_told"] == "refer"


def test_where_nobody_but_the_one_it_is_about_is_there_nobody_is_told_and_it_is_kept(under, at):
    federation, _school = under("llanidloes")
    with scope(federation.pk):
        report = wrong(at, about_roles=["headteacher"])

        assert whom(report) == []
        assert (report.state, report.goes_up_at) == ("reported", None)


def test_before_a_policy_is_in_force_reports_are_taken_all_the_same(make_federation, db, home, at):
    federation = make_federation("new", "wootton")
    with scope(federation.pk):
        someone("Olive Owner", "principal")
        report = wrong(at)

        assert whom(report) == ["principal"]
        assert report.decision is None


def test_the_hour_makes_no_difference(under, at):
    federation, _school = under("wildground")
    night = at.replace(hour=2, minute=40)
    with scope(federation.pk):
        report = wrong(night)

        assert whom(report) == ["slt"]
        assert report.goes_up_at == night + timedelta(hours=1)


def test_who_left_the_name_out_is_known_to_nobody_and_their_line_manager_is_not_told(under, at):
    federation, _school = under("llanidloes")
    with scope(federation.pk):
        cara = someone("Cara Teacher", "staff")
        give(someone("Lou Line-Manager"), "line-manager", managed=cara)

        report = wrong(at, reporter=cara, named=False, kinds=["pestered"])

        assert (report.by, report.inside, len(report.code)) == (None, True, 64)
        assert whom(report) == ["headteacher"]
        assert DecisionRecord.objects.get(pk=report.decision).by is None


def test_in_a_school_of_its_own_only_those_of_that_school_are_told(under, at):
    federation, north = under("wildground")
    with scope(federation.pk):
        south = School.objects.create(name="South School", slug="south")
        someone("Nora North", "relevant-senior-member-of-staff", school=north)
        someone("Sid South", "relevant-senior-member-of-staff", school=south)

        report = wrong(at, kinds=["hurtful"], school=south)

        assert [(duty.role_key, duty.school) for duty in duties(report)] == [
            ("relevant-senior-member-of-staff", south), ("slt", south),
        ]  # fmt: skip


def test_the_record_and_the_decision_never_say_who_reported(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        cara = someone("Cara Teacher", "staff")
        report = wrong(at, reporter=cara, kinds=["hurtful"])

        kept = DecisionRecord.objects.select_related("facts_row").get(pk=report.decision)

        assert kept.by is None
        assert f"person-{cara.pk}" not in str(kept.body) + str(kept.facts_row.facts)


def test_about_the_head_the_chair_is_told_first_and_the_whole_governing_body_only_later(under, at):
    federation, _school = under("llanidloes")
    with scope(federation.pk):
        chair = someone("Alun Rees", "chair-of-governing-body")
        give(chair, "governing-body")
        someone("Gwen Governor", "governing-body")

        report = wrong(at, about_roles=["headteacher"])
        go_up(at=at + timedelta(hours=2))

        assert whom(report) == ["chair-of-governing-body"]
        assert whom(report, "went_up") == ["governing-body"]
        assert report.steps.get(kind="told").whose == "house"


def test_about_the_head_the_governors_are_told_besides_those_whom_the_policy_names(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        principal = someone("Karen Bright", "principal")
        someone("Sen Leader", "senior-leadership-member")
        someone("Bo Lane", "board-of-directors")
        cara = someone("Cara Teacher", "staff")

        report = wrong(at, reporter=cara, kinds=["misuse"], about_people=[principal])
        told = report.steps.filter(kind="told").values_list("role_key", "whose")

        assert set(told) == {
            ("principal", "policy"), ("senior-leadership-member", "policy"), ("board-of-directors", "house"),
        }  # fmt: skip
        assert principal.name not in whom(report)


def test_about_another_colleague_the_governors_are_not_told_besides(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        someone("Sen Leader", "senior-leadership-member")
        someone("Bo Lane", "board-of-directors")
        manager = someone("Nom Manager", "nominated-senior-manager")

        report = wrong(at, reporter=someone("Cara", "staff"), kinds=["misuse"], about_people=[manager])

        assert whom(report) == ["principal", "senior-leadership-member"]
