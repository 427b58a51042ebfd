"""What a reporter is asked beside the two sentences, and what becomes of the answers: only what the policy in
force reads, and nothing is taken for known that was not answered."""

from datetime import timedelta

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents.ladder import named_by
from schoolgate.incidents.models import Report
from schoolgate.incidents.report_facts import ASKED, SITUATION, known_answers, questions_for, report_facts
from schoolgate.policy.asking import verdict
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope
from schoolgate.rulebook import book, books
from schoolgate.rulebook.facts_read import facts_read
from schoolgate.rulebook.situations.incidents import IncidentReport
from schoolgate.rulebook.situations.systems import ListeningFound
from tests.cast import give, someone
from tests.incidents.conftest import now_of, whom, wrong

FROM_ROWS = {
    "by", "kinds", "unacceptable", "held_unacceptable", "line_manager_involved", "noticed_at", "told",
    "agreed_route", "chosen", "told_somebody_else", "at_once", "at_once_over", "hours_since",
    "minutes_since", "breach_due", "child_concern_due", "illegal_due", "now", "calendar",
    "in_danger", "country", "lead_was_told",
}  # fmt: skip
"""What no question asks: ticked, counted, from rows, or not needed (no chosen time counts work days)."""


def decided(report: Report) -> DecisionRecord:
    return DecisionRecord.objects.get(pk=report.decision)


@pytest.mark.parametrize("key", books())
def test_every_fact_that_rules_read_is_asked_or_known_from_rows(key):
    worked_out = {name for words in ASKED.values() for name in words.read_as}
    read = facts_read(book(key), SITUATION, "staff")
    assert read - FROM_ROWS - worked_out - set(ASKED) == set()
    assert set(ASKED) <= set(IncidentReport.model_fields) | set(ListeningFound.model_fields)


@pytest.mark.parametrize(
    ("key", "staff", "visitor"),
    [  # "child" in each: the law's rule reads it
        ("wildground", ["done_by", "part", "child"], ["done_by", "part", "child"]),
        ("boroughbridge", ["done_by", "part", "child"], ["done_by", "part", "child"]),
        ("learn-to-live", ["child", "child_is_family", "aimed_at_account", "put_right"], ["child"]),
        ("llanidloes", ["part", "child", "harmed", "first_happened"], ["child", "harmed"]),
        (
            "wootton",
            ["child", "may_be_illegal", "breach", "bad_light", "route"],
            ["child", "may_be_illegal", "breach"],
        ),
    ],
)
def test_each_policy_asks_what_its_own_rules_read(key, staff, visitor):
    assert [one.fact for one in questions_for(book(key), relation="staff")] == staff
    assert [one.fact for one in questions_for(book(key), relation=None)] == visitor


def test_a_rule_taken_away_takes_its_question_along():
    whole = book("wootton")
    rule = next(one for one in whole.bound(SITUATION) if "wootton-a5-24" in one.clauses)
    asked = [one.fact for one in questions_for(whole.without(rule.id), relation=None)]
    assert asked == ["child", "breach"]


@pytest.mark.parametrize(
    ("key", "said", "kept"),
    [
        ("wildground", {"done_by": "staff", "part": "saw"}, {"done_by": "staff", "part": "saw"}),
        ("wildground", {"done_by": "a Martian", "part": ""}, {}),
        ("wildground", {"may_be_illegal": "yes"}, {}),  # no rule of this policy reads it
        ("wootton", {"may_be_illegal": "yes", "child": "no"}, {"may_be_illegal": True, "child": False}),
        ("wootton", {"may_be_illegal": "<script>", "child": None}, {}),
        ("llanidloes", {"harmed": ["none"]}, {"harmed": []}),
        ("llanidloes", {"harmed": ["staff", "none", "x"]}, {"harmed": ["staff"]}),
        ("llanidloes", {"harmed": [], "first_happened": None}, {}),
        ("llanidloes", {"harmed": "staff"}, {}),
    ],
)
def test_an_answer_that_fits_is_kept_and_everything_else_stays_unknown(key, said, kept, at):
    assert known_answers(said, asked=questions_for(book(key), relation="staff"), at=at) == kept


@pytest.mark.parametrize(("days", "fits"), [(0, True), (-1, True), (1, False), (-20_000, False)])
def test_the_first_day_is_not_later_than_today(at, days, fits):
    asked = questions_for(book("llanidloes"), relation="staff")
    day = at.date() + timedelta(days=days)
    assert bool(known_answers({"first_happened": day}, asked=asked, at=at)) is fits


CLAUSES = [
    # policy, ticks, answers, what it cites with the answers and did not cite without, outcome with them
    (
        "wildground",
        ["abuse"],
        {"done_by": "staff", "part": "saw"},
        "wildground-abuse-6",
        "wildground-abuse-5",
    ),
    (
        "wildground",
        ["abuse"],
        {"done_by": "staff", "part": "suffered"},
        "wildground-abuse-5",
        "wildground-abuse-6",
    ),
    ("wildground", ["abuse"], {"done_by": "pupil", "part": "saw"}, "", "wildground-abuse-6"),
    (
        "boroughbridge",
        ["abuse"],
        {"done_by": "staff", "part": "saw"},
        "boroughbridge-abuse-6",
        "boroughbridge-abuse-5",
    ),
    ("learn-to-live", ["taken_over"], {"put_right": "no"}, "learn-to-live-sanctioned-19", ""),
    ("learn-to-live", ["abuse"], {"aimed_at_account": "yes"}, "learn-to-live-sanctioned-20", ""),
    ("learn-to-live", ["abuse"], {"aimed_at_account": "no"}, "", "learn-to-live-sanctioned-20"),
    ("learn-to-live", ["lie"], {"child": "no"}, "", "learn-to-live-principles-4"),
    ("llanidloes", ["lie"], {"harmed": ["staff"]}, "llanidloes-purpose-4", ""),
    ("wootton", ["lie"], {"may_be_illegal": "yes"}, "wootton-a5-24", ""),
    ("wootton", ["lie"], {"may_be_illegal": "no"}, "", "wootton-a5-24"),
    ("wootton", ["lie"], {"breach": "discovered"}, "wootton-related-22", ""),
    ("wootton", ["misuse"], {"breach": "none"}, "wootton-personnel-13", "wootton-related-22"),
]


@pytest.mark.parametrize(("key", "kinds", "answers", "cites", "cites_not"), CLAUSES)
def test_the_answers_decide_which_clause_speaks(under, at, key, kinds, answers, cites, cites_not):
    federation, _school = under(key)
    with scope(federation.pk):
        cara = someone("Cara Teacher", "all-staff" if key == "boroughbridge" else "staff")
        report = wrong(at, reporter=cara, kinds=kinds, answers=answers)
        said = decided(report)
    assert not cites or cites in said.clauses
    assert not cites_not or cites_not not in said.clauses


def test_what_is_unacceptable_in_another_way_reaches_the_senior_person_by_the_policy(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        someone("Rae Senior", "relevant-senior-member-of-staff")
        someone("Sam Slater", "slt")
        before, after = wrong(at, kinds=["child_seems"]), wrong(at, kinds=["child_seems", "other"])

        by_policy = [
            {step.role_key for step in each.steps.filter(kind="told", whose="policy")}
            for each in (before, after)
        ]
        assert by_policy == [{"slt"}, {"slt", "relevant-senior-member-of-staff"}]
        assert "wildground-behaviour-16" in decided(after).clauses


def test_a_breach_that_the_reporter_names_reaches_the_principal_by_the_policy(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        before = wrong(at, kinds=["lie"])
        after = wrong(at, kinds=["lie"], answers={"breach": "discovered"})

        assert (whom(before), before.steps.get(kind="told").whose) == (["principal"], "house")
        assert (whom(after), after.steps.get(kind="told").whose) == (["principal"], "policy")
        assert "wootton-related-22" in Duty.objects.filter(kind="incidents.take").latest("pk").clauses


def test_targeted_at_work_reaches_the_line_manager_with_the_day_it_began(under, at):
    federation, _school = under("llanidloes")
    with scope(federation.pk):
        cara = someone("Cara Teacher", "staff")
        give(someone("Lou Line-Manager"), "line-manager", managed=cara)
        began = at.date() - timedelta(days=4)
        report = wrong(at, reporter=cara, kinds=["pestered"], answers={"first_happened": began})

        # There is no lead: the next in Schoolgate's own order is told beside whom the policy names.
        assert whom(report) == ["Lou Line-Manager", "headteacher"]
        said = now_of(report, cara, at)
        assert "llanidloes-personal-16" in said.clauses
        assert [one.args["days"] for one in said.findings if "days" in one.args] == [4]


def test_a_child_of_the_family_turns_on_a_ruling_and_another_child_does_not(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        cara = someone("Cara Teacher", "staff")
        own = wrong(at, reporter=cara, kinds=["pupil_wrote"], answers={"child_is_family": "yes"})
        other = wrong(at, reporter=cara, kinds=["pupil_wrote"], answers={"child_is_family": "no"})
        unsaid = wrong(at, reporter=cara, kinds=["pupil_wrote"])

        assert decided(own).points["safeguarding_officer_told"] == "refer"
        assert decided(other).points["safeguarding_officer_told"] != "refer"
        assert decided(unsaid).points == decided(other).points


def test_named_by_is_the_same_with_and_without_answers_that_no_rule_reads(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        report = wrong(at, kinds=["hurtful"], answers={"may_be_illegal": "yes", "harmed": ["staff"]})
        assert report.answers == {}
        assert [one.role for one in named_by(verdict("incident.report", report_facts(report, by=None, at=at),
                on=at.date()), book_in_scope())] == ["relevant-senior-member-of-staff", "slt"]  # fmt: skip
