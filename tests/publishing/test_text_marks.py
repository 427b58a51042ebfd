"""What the text of a post can be marked for under each policy: what its own rules ask for, nothing else."""

import pytest

from schoolgate.publishing.questions import markable
from schoolgate.publishing.reviewing import WHOM as EVERYBODY
from schoolgate.rulebook import book, books, decide
from schoolgate.rulebook.situations.marks import MARK_KINDS, RAISED_BY
from schoolgate.web.posts.wording import WHOM

PLAIN = {
    "now": "2027-01-19T10:00:00Z",
    "author": {"key": "amina", "relation": "staff"},
    "account": {"key": "a", "network": "Facebook"},
    "personal_view": False,
}


def answer(key: str, *kinds: str):
    judged = {"answer": True, "by": "ben", "at": "2027-01-19T09:00:00Z", "of_this_version": True}
    marks = [{"kind": kind, "whom": whom, "judged": judged} for kind in kinds for whom in (None, *EVERYBODY)]
    decided = decide(book(key), "post.publish", {**PLAIN, "marks": marks})
    return [(one.message, one.clauses, one.point) for one in decided.findings]


@pytest.mark.parametrize("key", books())
def test_what_can_be_marked_is_what_changes_the_answer_of_this_policy(key):
    """Some marks also raise a question of law; where that is all that a policy makes of them it is the law
    itself that is marked."""
    nothing = answer(key)
    changes = {kind for kind in MARK_KINDS if answer(key, kind) != nothing}
    raises_law = {kind for kinds in RAISED_BY.values() for kind in kinds if not kind.startswith("law_")}
    offered = set(markable(book(key), relation="staff"))
    assert (offered - changes, changes - offered - raises_law) == (set(), set())


def test_five_policies_speak_of_five_lists():
    lists = {key: tuple(markable(book(key), relation="staff")) for key in books()}
    assert {key: len(kinds) for key, kinds in lists.items()} == {
        "boroughbridge": 28, "learn-to-live": 14, "llanidloes": 1, "wildground": 16, "wootton": 43,
    }  # fmt: skip
    assert len(set(lists.values())) == 5


def test_rules_for_staff_alone_are_not_asked_of_a_governors_post():
    of_staff, of_governor = (
        set(markable(book("learn-to-live"), relation=one)) for one in ("staff", "governor")
    )
    assert of_governor == {"door_code", "gate_code", "alarm", "key_holder"}
    assert of_governor < of_staff


def test_each_carries_its_heading_its_clauses_and_the_sentence_that_is_about_it_alone():
    found = markable(book("wootton"), relation="staff")
    assert (found["obscene"].point, found["obscene"].rule) == ("respect_shown", "rule.obscene")
    assert found["obscene"].clauses == ("wootton-respect-4",)
    assert (found["disparaging"].rule, found["disparaging"].asks_whom) == ("", True)
    assert found["law_libel"].clauses == ("wootton-a4-12",)
    assert found["law_privacy"].rule == "lawful.privacy"


def test_everybody_whom_a_mark_can_be_about_has_a_name_on_the_page():
    assert set(WHOM) == set(EVERYBODY)
