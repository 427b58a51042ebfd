"""Stages about private use at work and use of the schools' systems, from each policy's own rules."""

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.incidents import handling
from schoolgate.incidents.casework import STAGES, case_file, stages_here
from schoolgate.people.queries import book_of
from schoolgate.policy.models import DecisionRecord
from schoolgate.rulebook import book
from tests.cast import someone
from tests.incidents.conftest import OWNERS, wrong
from tests.incidents.test_other_stages import save

STAGES_OF_USE = {
    ("wildground", "staff"): ["use"],
    ("wildground", "governor"): [],
    ("boroughbridge", "staff"): ["use"],
    ("boroughbridge", "volunteer"): [],
    ("learn-to-live", "staff"): ["systems"],
    ("learn-to-live", "volunteer"): [],
    ("wootton", "staff"): ["use", "systems"],
    ("wootton", "contractor"): ["use", "systems"],
    ("llanidloes", "staff"): ["use"],
    ("llanidloes", "governor"): [],
} | {(key, relation): [] for key in OWNERS for relation in ("pupil", "parent", "other", None)}


@pytest.mark.parametrize(("key", "relation"), STAGES_OF_USE)
def test_only_whom_the_policys_rules_bind_has_the_stages_about_use(key, relation):
    subject = {"key": "subject", "relation": relation} if relation else None
    found = [one.key for one in stages_here(book(key), subject) if one.of_work]
    assert found == STAGES_OF_USE[key, relation]


@pytest.fixture
def judged(under, at):
    """`judged("wootton", "use", ...)`: the decision on a concern about a member of staff, with what is known
    of the case."""

    def make(key, stage, relation="staff", **answers):
        federation, school = under(key)
        with scope(federation.pk):
            olive = someone("Olwen Other", OWNERS[key])
            report = wrong(at, school=school)
        with scope(federation.pk, olive.pk):
            handling.take(report=report, by=olive, at=at)
            subject = {"key": "subject", "relation": relation}
            save(report, olive, at, stage, subject=subject, **answers)
            situation = STAGES[stage].situation
            return DecisionRecord.objects.filter(situation=situation).latest("pk"), case_file(report)

    return make


PRIVATE = {"purpose": "private", "social_media": True}


@pytest.mark.parametrize(
    ("key", "answers", "outcome", "clause"),
    [
        ("wootton", {"device": "school", "network": "own", "system": "none", "working_time": False},
            "not_permitted", "wootton-personal-1"),
        ("wootton", {"device": "own", "network": "school", "system": "none", "working_time": False},
            "not_permitted", "wootton-personal-2"),
        ("wootton", {"device": "own", "network": "own", "system": "publishing", "working_time": False},
            "not_permitted", "wootton-personal-3"),
        ("llanidloes", {"system": "work_mail", "device": "own", "with_pupils": False, "working_time": False},
            "not_permitted", "llanidloes-professional-3"),
        ("llanidloes", {"system": "none", "device": "school", "with_pupils": True, "working_time": True},
            "not_permitted", "llanidloes-devices-3"),
        ("wildground", {"at_work": True, "measure_disputed": False}, "permitted", "wildground-behaviour-21"),
        ("boroughbridge", {"at_work": True, "measure_disputed": False}, "permitted",
            "boroughbridge-behaviour-21"),
    ],
)  # fmt: skip
def test_private_use_is_judged_by_the_policys_own_clause_and_saved_whatever_comes_out(
    judged, key, answers, outcome, clause
):
    kept, case = judged(key, "use", **PRIVATE, **answers)
    assert kept.outcome == outcome
    assert clause in kept.clauses
    assert case.answers["purpose"] == "private"


def test_own_means_in_free_time_are_nobodys_business_at_wootton(judged):
    kept, _case = judged(
        "wootton", "use", **PRIVATE, device="own", network="own", system="none", working_time=False
    )
    assert kept.outcome == "silent"


def test_how_much_is_too_much_is_left_to_a_ruling_at_wildground(judged):
    kept, _case = judged("wildground", "use", **PRIVATE, at_work=True, measure_disputed=True)
    assert kept.outcome == "refer"


@pytest.mark.parametrize(
    ("key", "answers", "outcome", "clause"),
    [
        ("wootton", {"serves": "own gain", "documents_broken": [], "private_from_school": False},
            "not_permitted", "wootton-statement-2"),
        ("wootton", {"serves": "school work", "documents_broken": ["Acceptable use of ICT Policy"],
            "private_from_school": False}, "not_permitted", "wootton-related-13"),
        ("wootton", {"serves": "school work", "documents_broken": [], "private_from_school": True},
            "not_permitted", "wootton-monitoring-19"),
        ("wootton", {"serves": "school work", "documents_broken": [], "private_from_school": False},
            "permitted", "wootton-statement-2"),
        ("learn-to-live", {"documents_broken": ["ICT Acceptable Use Policy"]}, "not_permitted",
            "learn-to-live-scope-12"),
        ("learn-to-live", {"documents_broken": []}, "permitted", "learn-to-live-scope-12"),
        ("learn-to-live", {"documents_broken": None}, "hold", "learn-to-live-scope-12"),
    ],
)  # fmt: skip
def test_use_of_the_systems_is_judged_by_the_policys_own_clause(judged, key, answers, outcome, clause):
    kept, _case = judged(key, "systems", **answers)
    assert kept.outcome == outcome
    assert clause in kept.clauses


def test_the_same_answers_about_a_parent_bring_no_finding(judged):
    kept, _case = judged("llanidloes", "use", "parent", **PRIVATE, system="work_mail")
    assert kept.outcome == "silent"


def test_what_the_program_cannot_know_is_not_asked():
    for key in OWNERS:
        for one in stages_here(book(key), {"key": "subject", "relation": "staff"}):
            assert not {"what", "recorded_as"} & set(one.asks(book(key)))


def test_a_policy_that_says_nothing_of_it_has_no_stage(under):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        staff = {"key": "subject", "relation": "staff"}
        assert "use" not in [one.key for one in stages_here(book_of(federation), staff)]
