"""Decisions are kept with all that they were made with, and keep a step back where the policy does."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from schoolgate.core.actions import action
from schoolgate.core.errors import NotNow, Refused
from schoolgate.core.tenancy import current_scope
from schoolgate.people.models import Person
from schoolgate.policy import queries as policy
from schoolgate.policy.adopting import adopt
from schoolgate.policy.asking import record_decision, record_decisions, require, verdict
from schoolgate.policy.keeping import held_back_at, keyed_digest
from schoolgate.policy.models import ClauseWording, DecisionFacts, DecisionRecord, PolicyVersion
from schoolgate.policy.saying import rule
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.errors import BadFacts, UnknownSituation

SUBJECT = "accounts.proposal:7"


def facts(*, staff: int = 2, **case: object) -> dict[str, object]:
    """A complete case at Wildground, run by so many members of staff."""
    whole = {
        "aim": "To show families what Year 4 does.",
        "intended_audience": "Families",
        "promotion": "In the newsletter.",
        "run_by": [{"key": f"person-{number}", "relation": "staff"} for number in range(staff)],
        "visibility": "open",
        **case,
    }
    return {
        "by": {"key": "person-0", "relation": "staff", "roles": ["Staff"]},
        "addressed_to": ["SLT", "Federation Leadership Team"],
        "placed": {"network": "noticeboard", "pupils_in_audience": False},
        "case": {key: value for key, value in whole.items() if value is not None},
    }


@action
def hand_in(*, by: Person, at, given: dict[str, object], points: tuple[str, ...] = ()) -> DecisionRecord:
    """An act that leaves a row behind and asks the policy."""
    Person.objects.filter(pk=by.pk).update(language="cy")
    kept = record_decision("account.propose", given, at=at, by=by, subject=SUBJECT)
    require(kept, *points)
    return kept


def test_a_live_answer_is_kept_nowhere(version, at):
    decision = verdict("account.propose", facts(), on=at.date())

    assert str(decision.outcome) == "permitted"
    assert DecisionRecord.objects.count() == 0


def test_without_a_policy_in_force_nothing_is_decided(scoped, at):
    with pytest.raises(NotNow):
        verdict("account.propose", facts(), on=at.date())


def test_a_wrong_question_is_a_mistake_and_not_an_answer(version, amina, at):
    with pytest.raises(UnknownSituation):
        record_decision("account.abolish", {}, at=at, by=amina, subject=SUBJECT)
    with pytest.raises(BadFacts):
        record_decision("account.propose", {"colour": "blue"}, at=at, by=amina, subject=SUBJECT)


def test_a_decision_is_kept_with_what_it_was_made_with(version, amina, at):
    kept = record_decision("account.propose", facts(), at=at, by=amina, subject=SUBJECT)

    found = policy.kept(kept.pk)
    assert (found.outcome, found.version, found.reading.number, found.by, found.at, found.subject) == (
        "permitted", version, 1, amina, at, SUBJECT,
    )  # fmt: skip
    assert found.control_versions["rule"] == CONTROLS["rule"].version
    assert found.body["outcome"] == "permitted"
    assert "facts_digest" not in found.body
    assert found.facts_row.facts["case"]["aim"] == "To show families what Year 4 does."
    assert found.facts_digest == keyed_digest(found.facts_row.facts, bytes(found.facts_row.salt))


def test_each_cited_clause_keeps_the_wording_of_its_day(version, amina, at):
    kept = record_decision("account.propose", facts(), at=at, by=amina, subject=SUBJECT)
    ClauseWording.objects.create(
        clause="wildground-accounts-3", digest="0" * 64, section="Process", says="A later wording."
    )

    words = {row.clause: row.says for row in policy.wordings(policy.kept(kept.pk))}
    assert (
        words["wildground-accounts-3"]
        == "Applicants must state in the business case what the account is for."
    )
    assert list(words) == kept.clauses


def test_the_same_facts_have_another_digest_each_time(version, amina, at):
    first, second = (
        record_decision("account.propose", facts(), at=at, by=amina, subject=SUBJECT) for _time in range(2)
    )

    assert first.facts_digest != second.facts_digest


def test_facts_can_be_erased_and_the_decision_stays(version, amina, at):
    kept = record_decision("account.propose", facts(), at=at, by=amina, subject=SUBJECT)

    DecisionFacts.objects.filter(kept=kept).delete()

    assert not hasattr(policy.kept(kept.pk), "facts_row")
    assert policy.kept(kept.pk).outcome == "permitted"


def test_a_decision_cannot_be_changed_or_removed(version, amina, at):
    kept = record_decision("account.propose", facts(), at=at, by=amina, subject=SUBJECT)

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        DecisionRecord.objects.filter(pk=kept.pk).update(outcome="silent")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        DecisionRecord.objects.filter(pk=kept.pk)._raw_delete("default")


def test_a_missing_point_keeps_the_step_back_and_the_refusal_stays(version, amina, at):
    with pytest.raises(Refused) as refused:
        hand_in(by=amina, at=at, given=facts(aim=None))

    kept = policy.kept(refused.value.kept.pk)
    amina.refresh_from_db()
    assert amina.language == "en"
    assert (kept.outcome, kept.points["aim"]) == ("hold", "hold")
    assert "wildground-accounts-3" in [row.clause for row in policy.wordings(kept)]
    assert kept.facts_row.facts["case"]["promotion"] == "In the newsletter."
    last = current_scope().pending[-1]
    assert (last.event, last.decision) == ("proposal.refused", kept.pk)


def test_a_complete_case_goes_ahead(version, amina, at):
    assert hand_in(by=amina, at=at, given=facts()).goes_ahead


def test_a_step_can_ask_for_some_points_only(version, amina, at):
    assert hand_in(by=amina, at=at, given=facts(aim=None), points=("promotion", "host")).outcome == "hold"
    with pytest.raises(Refused):
        hand_in(by=amina, at=at, given=facts(aim=None), points=("promotion", "aim"))


def test_a_point_that_does_not_exist_lets_nothing_through():
    with pytest.raises(KeyError):
        held_back_at({"aim": "permitted"}, "permitted", ["aims"])


def test_what_the_policy_says_nothing_about_goes_ahead():
    assert held_back_at({"aim": "silent", "host": "permitted"}, "permitted", []) == []
    assert held_back_at({"aim": "refer", "host": "hold"}, "refer", []) == ["aim", "host"]


def test_a_ruling_is_cited_until_the_policy_changes(version, amina, ben, at):
    alone = facts(staff=1)
    before = record_decision("account.propose", alone, at=at, by=amina, subject=SUBJECT)
    rule(tension="wildground-tension-2", allows=True, words="One name will do here.", by=ben, at=at)
    ruled = record_decision("account.propose", alone, at=at, by=amina, subject=SUBJECT)

    assert (before.points["staff_number"], ruled.points["staff_number"]) == ("refer", "permitted")
    said = [found for found in ruled.body["findings"] if found["point"] == "staff_number"]
    assert [found["overridden_by"] for found in said] == ["ruling:SLT"]

    PolicyVersion.objects.filter(pk=version.pk).update(text_digest="of a text that was since changed")
    adopt(by=ben, at=at + timedelta(days=1))
    after = record_decision("account.propose", alone, at=at + timedelta(days=1), by=amina, subject=SUBJECT)
    assert after.points["staff_number"] == "refer"


def test_one_answer_and_fifty_are_kept_with_as_many_queries(version, amina, at, queries):
    def kept_of(count: int) -> int:
        with queries() as seen:
            record_decisions("account.propose", [(facts(), SUBJECT)] * count, at=at, by=amina)
        return len(seen)

    kept_of(1)  # the wordings are there from now on
    assert kept_of(50) == kept_of(1)


def test_decisions_about_a_thing_come_newest_first_by_key(version, amina, at):
    rows = record_decisions("account.propose", [(facts(), SUBJECT)] * 3, at=at, by=amina)

    first = policy.kept_about(SUBJECT, limit=2)
    rest = policy.kept_about(SUBJECT, before=first[-1].pk, limit=2)
    assert [row.pk for row in first + rest] == [row.pk for row in reversed(rows)]
