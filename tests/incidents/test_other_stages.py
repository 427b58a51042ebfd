"""Stages that only some concerns have: what is done with a parent, and private use at work."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import Refused
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import casework, handling
from schoolgate.incidents.casework import STAGES, case_file, stages_here
from schoolgate.people.queries import book_of
from schoolgate.policy.models import DecisionRecord
from schoolgate.web.incidents.fact_fields import Around, StageForm
from tests.cast import someone
from tests.incidents.conftest import wrong

HOUR = timedelta(hours=1)
PARENT, STAFF = {"key": "subject", "relation": "parent"}, {"key": "subject", "relation": "staff"}
HANDLER = {
    "wildground": "slt",
    "boroughbridge": "senior-network-manager-senior-authoriser",
    "wootton": "principal",
    "learn-to-live": "headteacher",
}


def judged(at, answer=True):
    return {"answer": answer, "by": "person-1", "at": at.isoformat(), "of_this_version": True}


@pytest.fixture
def case(under, at):
    """`case("wildground")`: a taken concern and the person who deals with it."""

    def make(key):
        federation, school = under(key)
        with scope(federation.pk):
            sam = someone("Sam Slater", HANDLER[key])
            someone("Tess Second", HANDLER[key])
            report = wrong(at, school=school)
        with scope(federation.pk, sam.pk):
            handling.take(report=report, by=sam, at=at)
        return federation, report, sam

    return make


def save(report, by, at, stage, **answers):
    return casework.save_stage(report=report, by=by, at=at, stage=STAGES[stage], answers=answers)


def outcome_of(situation):
    return DecisionRecord.objects.filter(situation=situation).latest("pk").outcome


@pytest.mark.parametrize("key", ["wildground", "boroughbridge"])
def test_only_a_concern_about_a_parent_asks_what_was_done_with_the_parent(case, key):
    federation, _report, _sam = case(key)
    with scope(federation.pk):
        book = book_of(federation)

        assert "parent" in [one.key for one in stages_here(book, PARENT)]
        assert "parent" not in [one.key for one in stages_here(book, STAFF)]
        assert "parent" not in [one.key for one in stages_here(book)]
        assert "overuse" in [one.key for one in stages_here(book, STAFF)]
        assert "overuse" not in [one.key for one in stages_here(book, PARENT)]


def test_a_policy_without_such_rules_has_no_such_stages(under):
    federation, _school = under("llanidloes")
    with scope(federation.pk):
        for subject in (PARENT, STAFF):
            found = [one.key for one in stages_here(book_of(federation), subject)]
            assert not {"parent", "overuse"} & set(found)


def test_a_parent_is_asked_invited_and_sent_the_procedure_before_it_is_closed(case, at):
    federation, report, sam = case("wildground")
    with scope(federation.pk, sam.pk):
        save(report, sam, at, "assess", kinds=["offensive"], rank="highest", subject=PARENT, called_for=[])
        day = str(at.date())
        action = {"what": "other", "by": "person-1", "on": day}
        save(report, sam, at, "conclude", found=["breach"], actions=[action],
            escalation={"to": [], "reason_given": True})  # fmt: skip
        save(report, sam, at, "parent", offensive_or_unfitting=judged(at), on_official_account=False,
            asked=[], invited=[], referral_needed=True, referrals=[])  # fmt: skip
        assert outcome_of("parent.approach") == "hold"
        with pytest.raises(Refused):
            casework.close(report=report, by=sam, at=at, words="It is over.")

        save(report, sam, at + HOUR, "parent", asked=[{"on": day, "outcome": "declined"}],
            invited=[{"on": day}], referrals=[{"on": day, "version": "2026"}])  # fmt: skip
        kept = DecisionRecord.objects.filter(situation="parent.approach").latest("pk")
        assert kept.outcome == "permitted"
        assert {f"wildground-parents-{number}" for number in (5, 6, 7)} <= set(kept.clauses)
        casework.close(report=report, by=sam, at=at + HOUR, words="It is over.")
        assert report.state == "closed"


def test_where_nothing_was_wrong_no_parent_has_to_be_approached(case, at):
    federation, report, sam = case("wildground")
    with scope(federation.pk, sam.pk):
        save(report, sam, at, "assess", kinds=["worry"], subject=PARENT)
        save(report, sam, at, "conclude", found=[])
        casework.close(report=report, by=sam, at=at, words="It was a misunderstanding.")

        assert report.state == "closed"


def test_the_complaints_procedure_sent_is_that_of_the_parents_own_school(case, at):
    federation, report, sam = case("boroughbridge")
    day = str(at.date())
    sent = {"on": day, "version": "2026", "procedure_of": "south"}
    done = {"asked": [{"on": day}], "invited": [{"on": day}], "referral_needed": True}
    with scope(federation.pk, sam.pk):
        save(report, sam, at, "assess", kinds=["offensive"], rank="highest", subject=PARENT, called_for=[])
        save(report, sam, at, "parent", offensive_or_unfitting=judged(at), on_official_account=False, **done,
            referrals=[sent])  # fmt: skip
        assert outcome_of("parent.approach") == "hold"
        save(report, sam, at, "parent", referrals=[{**sent, "procedure_of": "north"}])
        assert outcome_of("parent.approach") == "permitted"


@pytest.mark.parametrize(
    ("excessive", "hinders", "outcome"),
    [(True, True, "permitted"), (True, False, "not_permitted"), (False, True, "not_permitted")],
)
def test_private_use_is_disciplined_only_where_it_is_excessive_and_hinders_the_work(
    case, at, excessive, hinders, outcome
):
    federation, report, sam = case("wildground")
    with scope(federation.pk, sam.pk):
        save(report, sam, at, "assess", kinds=["misuse"], rank="highest", subject=STAFF, called_for=[])
        save(report, sam, at, "overuse", excessive=judged(at, excessive),
            hinders_duties=judged(at, hinders), place="in_school", measure_disputed=False)  # fmt: skip
        kept = DecisionRecord.objects.filter(situation="equipment.overuse").latest("pk")

        assert kept.outcome == outcome
        assert {"wildground-behaviour-22", "wildground-personal-5"} <= set(kept.clauses)


@pytest.mark.parametrize("measure", ["none", "disciplinary_action"])
def test_a_measure_against_private_use_needs_both_judgements_at_the_closing(case, at, measure):
    federation, report, sam = case("wildground")
    lead = {"key": f"person-{sam.pk}", "relation": "staff", "roles": ["SLT"]}
    action = {"what": "reminder", "by": "person-1", "on": str(at.date())}
    with scope(federation.pk, sam.pk):
        save(report, sam, at, "assess", kinds=["misuse"], rank="highest", subject=STAFF, called_for=[])
        save(report, sam, at, "overuse", excessive=judged(at), hinders_duties=judged(at, False),
            place="in_school", measure_disputed=False)  # fmt: skip
        save(report, sam, at, "conclude", found=["breach"], actions=[action],
            escalation={"to": [], "reason_given": True},
            discipline={"outcome": measure, "by": lead, "reasons": True})  # fmt: skip
        if measure == "none":
            casework.close(report=report, by=sam, at=at, words="It is over.")
            assert report.state == "closed"
        else:
            with pytest.raises(Refused):
                casework.close(report=report, by=sam, at=at, words="It is over.")


def test_a_judgement_that_the_policy_forbids_such_conduct_can_be_saved(under, at):
    federation, _school = under("llanidloes")
    with scope(federation.pk):
        head = someone("Harri Head", "headteacher")
        report = wrong(at)
    with scope(federation.pk, head.pk):
        handling.take(report=report, by=head, at=at)
        save(report, head, at, "assess", kinds=["offensive"], subject=STAFF)
        save(report, head, at, "judge", judged=[{"what": "bullying", "answer": judged(at)},
            {"what": "harassing", "answer": judged(at)}, {"what": "attack", "answer": judged(at)},
            {"what": "abuse", "answer": judged(at)}], about=["pupil", "staff"])  # fmt: skip

        assert outcome_of("conduct.judge") in ("not_permitted", "refer")


def asks_for(what, account):
    return {"what": what, "account": account, "bears_on_it": True}


@pytest.mark.parametrize(
    ("what", "point", "clause"),
    [("password", "passwords", "wootton-scope-11"), ("login_details", "login_details", "wootton-scope-12")],
)
def test_access_to_a_registered_account_is_asked_for_in_an_investigation(case, at, what, point, clause):
    federation, report, sam = case("wootton")
    with scope(federation.pk, sam.pk):
        save(report, sam, at, "investigate", access_asked=asks_for(what, "registered"))

        kept = DecisionRecord.objects.filter(situation="incident.investigate").latest("pk")
        assert kept.points[point] == "permitted"
        assert clause in kept.clauses
        assert kept.points["private_password"] == "silent"


@pytest.mark.parametrize("what", ["password", "login_details"])
def test_no_one_is_asked_for_the_password_of_their_own_account(case, at, what):
    federation, report, sam = case("wootton")
    with scope(federation.pk, sam.pk):
        with pytest.raises(Refused):
            save(report, sam, at, "investigate", access_asked=asks_for(what, "private"))

        assert "access_asked" not in case_file(report).answers


def body_tasks():
    rows = Duty.objects.filter(kind="incidents.body_decision").order_by("pk")
    return [(row.role_key, row.state, row.clauses) for row in rows]


def test_the_governing_body_decides_where_a_breach_harmed_the_federations_name(case, at):
    federation, report, sam = case("learn-to-live")
    with scope(federation.pk):
        someone("Gwen Governor", "governing-body")
    breach = {"found": ["breach"], "harmed_reputations": ["federation"]}
    with scope(federation.pk, sam.pk):
        save(report, sam, at, "conclude", **breach, body_decisions=[])
        assert body_tasks() == [("governing-body", "open", ["learn-to-live-breaches-6"])]
        by_head = {"by": "person-1", "roles": ["Headteacher"], "at": at.isoformat(), "covers": ["federation"]}
        save(report, sam, at + HOUR, "conclude", **breach, body_decisions=[by_head])
        assert [state for _role, state, _clauses in body_tasks()] == ["open"]
        by_body = by_head | {"roles": ["Governing Body"]}
        save(report, sam, at + 2 * HOUR, "conclude", **breach, body_decisions=[by_body])
        assert [state for _role, state, _clauses in body_tasks()] == ["discharged"]


def test_whoever_deals_with_it_enters_what_the_governing_body_decided_at_its_meeting(case, at):
    federation, report, sam = case("learn-to-live")
    breach = {"found": ["breach"], "harmed_reputations": ["federation"]}
    with scope(federation.pk, sam.pk):
        save(report, sam, at, "conclude", **breach, body_decisions=[])
        assert [state for _role, state, _clauses in body_tasks()] == ["open"]

        around = Around(sam, at + HOUR, at.date(), book_of(federation), [])
        form = StageForm(
            {"body_decisions": ["federation"]},
            stage=STAGES["conclude"], case=case_file(report), around=around,
        )  # fmt: skip
        assert form.is_valid()
        given = form.answers()["body_decisions"]

        assert [(one["by"], one["covers"]) for one in given] == [(f"person-{sam.pk}", ["federation"])]
        assert given[0]["roles"] == ["Headteacher", "Governing Body"]
        save(report, sam, at + HOUR, "conclude", **breach, body_decisions=given)
        assert [state for _role, state, _clauses in body_tasks()] == ["discharged"]


@pytest.mark.parametrize(
    "answers",
    [{"found": [], "harmed_reputations": ["federation"]}, {"found": ["breach"], "harmed_reputations": []}],
)
def test_without_a_breach_or_harm_the_governing_body_is_not_asked(case, at, answers):
    federation, report, sam = case("learn-to-live")
    with scope(federation.pk):
        someone("Gwen Governor", "governing-body")
    with scope(federation.pk, sam.pk):
        save(report, sam, at, "conclude", **answers, body_decisions=[])
        assert body_tasks() == []
