"""A school that ticked ready rules is told that a post is allowed once approved, and not what to read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from schoolgate.rulebook import decide
from schoolgate.rulebook.adviser.asking import Situated, answer
from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.clauses import Clause, split
from schoolgate.rulebook.kinds import Enforce
from schoolgate.rulebook.packs.blank import blank_pack
from schoolgate.rulebook.readings import Changes, changed
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import filled, sentence

AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
TICKED = (
    "posts_approved", "picture_consent", "no_names_with_pictures", "posting_hours", "no_surnames", "trips",
    "no_tags", "leavers_pictures", "consent_renewed", "no_politics", "blocking", "own_workplace",
    "account_hacked",
)  # fmt: skip


def policy():
    ready = ready_rules()
    values = {
        key: {**ready[key].defaults, **({"who": "headteacher"} if "who" in ready[key].roles else {})}
        for key in TICKED
    }
    clauses = {
        key: Clause(
            key, ready[key].group, sentence(ready[key], said), ready[key].modality, "staff", "policy",
            Enforce.GUIDE, {},
        )
        for key, said in values.items()
    }  # fmt: skip
    rules = {
        key: tuple({**one, "in_full": split(clauses[key].says)} for one in filled(ready[key], said, key))
        for key, said in values.items()
    }
    return book_of(changed(replace(blank_pack("Bryn"), clauses=clauses), Changes(rules=rules)))


def asked(key, **answers):
    return answer(policy(), Situated(ENTRIES[key], AT), answers).decision


def stopped_by(decision):
    return {one for each in decision.findings if str(each.kind) == "forbids" for one in each.clauses}


def test_an_ordinary_post_is_allowed_once_it_is_approved_and_nothing_is_left_to_be_read():
    decision = asked("post-for-school")
    assert answer_of(decision) is Answer.NOT_YET
    waits = {one for each in decision.findings if str(each.kind) == "requires" for one in each.clauses}
    assert {"posts_approved"} < waits <= {"posts_approved", "house-1"}
    assert not decision.unread
    approved = {
        **ENTRIES["post-for-school"].facts,
        **{
            name: {"answer": True, "by": "author", "at": AT, "of_this_version": True}
            for name, said in ENTRIES["post-for-school"].facts.items()
            if said == "$yes"
        },
        "author": {"key": "teacher", "relation": "staff", "roles": ["teacher"]},
        "approvals": [{"by": "head", "roles": ["headteacher"], "of_this_version": True}],
        "now": AT,
    }
    assert answer_of(decide(policy(), "post.publish", approved)) is Answer.ALLOWED


@pytest.mark.parametrize(
    ("question", "said", "clause"),
    [
        ("post-hours", {"at_weekend": True, "time_of_day": 2000}, "posting_hours"),
        ("post-trip", {"trip": "under_way"}, "trips"),
        ("tag-people", {"tagged": "parent"}, "no_tags"),
        ("controversial-post", {"political": True}, "no_politics"),
        ("name-in-words", {}, "no_surnames"),
        ("leaver-picture", {}, "leavers_pictures"),
        ("say-where-i-work", {"me": "staff"}, "own_workplace"),
        ("block-somebody", {"me": "staff"}, "blocking"),
    ],
)
def test_the_question_that_people_ask_is_answered_by_the_rule(question, said, clause):
    assert stopped_by(asked(question, **said)) == {clause}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("post-hours", {"time_of_day": 1759}),
        ("post-trip", {"trip": "over"}),
        ("tag-people", {"tagged": "organisations"}),
        ("controversial-post", {"political": False}),
    ],
)
def test_and_the_harmless_answer_is_allowed_once_approved(question, said):
    decision = asked(question, **said)
    assert answer_of(decision) is Answer.NOT_YET
    waits = [one for each in decision.findings if str(each.kind) == "requires" for one in each.needs]
    assert {one.source for one in waits} <= {"headteacher", "approver"}


def test_an_old_consent_waits_for_a_new_one_and_a_hacked_account_is_reported():
    decision = asked("old-consent", **{"people.0.consents.0.given_on": AT.date().replace(year=2024)})
    kinds = {one: str(each.kind) for each in decision.findings for one in each.clauses}
    assert kinds["consent_renewed"] == "requires"
    hacked = asked("account-taken-over")
    assert "account_hacked" in {one for each in hacked.duties for one in each.clauses}


def test_a_question_about_hours_asks_for_day_and_time():
    advice = answer(policy(), Situated(ENTRIES["post-hours"], AT), {})
    assert advice.question is not None
    assert advice.question.leaf.path == "time_of_day"
