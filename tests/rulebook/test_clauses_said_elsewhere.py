"""A clause of a school's own policy whose rule is for another question than the one asked: its words are read
there all the same, and nothing is called met over a clause that says more than its rules."""

from dataclasses import replace

import pytest

from schoolgate.rulebook import decide
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.clauses import Clause, split
from schoolgate.rulebook.kinds import Enforce, Kind, Modality, Outcome
from schoolgate.rulebook.packs.blank import blank_pack
from schoolgate.rulebook.readings import Changes, changed
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.cases import said
from schoolgate.rulebook.ready.filling import filled, sentence
from schoolgate.web.frame.wording import POINT_KINDS, quote_from, verdict
from tests.guarantees.test_answers import AT

HEAD = "headteacher"
PICTURE = {
    "act": "upload",
    "place": "official_account",
    "shows_pupils": True,
    "people": [],
    "dressed": said(True),
}


def policy(*, area, section, in_full=True, **words):
    """A school's own policy, entered on pages: a clause for each ready rule that is named, with the rule.

    `words`: what the clause says instead of the rule's own sentence, by the key of the rule; None for that.
    `in_full`: whether its owner ticked every sentence. A page gives a clause the name of its heading as its
    area, which mostly is none that the program knows."""
    clauses, rules = {}, {}
    for key, given in words.items():
        ready = ready_rules()[key]
        values = {**ready.defaults, **dict.fromkeys(ready.roles, HEAD)}
        says = given or sentence(ready, values)
        clauses[key] = Clause(key, section, says, Modality.MUST, "staff", area, Enforce.GUIDE, {})
        ticked = split(says) if in_full else []
        rules[key] = tuple({**one, "in_full": ticked} for one in filled(ready, values, key))
    return book_of(changed(replace(blank_pack("Bryn"), clauses=clauses), Changes(rules=rules)))


@pytest.mark.parametrize("area", ["accounts", "policy", "2-who-may-do-what"])
@pytest.mark.parametrize("in_full", [True, False])
@pytest.mark.parametrize("says", [None, "Only the head and the office may do so."])
def test_who_may_open_an_account_is_shown_to_those_who_ask_for_one(area, in_full, says):
    """A teacher who would like one is told who approves it."""
    own = policy(area=area, section="2 Who may do what", in_full=in_full, accounts_approved=says)
    asked = ENTRIES["new-account"].situation
    told = decide(own, asked, {})
    (waits,) = told.at("approved")
    assert (waits.clauses, [one.what for one in waits.needs]) == (("accounts_approved",), ["decision"])
    assert ("accounts_approved" in told.unread) is not in_full
    assert answer_of(told) is Answer.NOT_YET


@pytest.mark.parametrize("key", ready_rules())
@pytest.mark.parametrize("area", ["policy", "1-general"])
def test_a_rule_never_takes_its_clause_away_from_another_question_of_its_subject(key, area):
    """Over all ready rules and all situations: the clause is shown there, or a rule of it is asked there."""
    own = policy(area=area, section="1 General", **{key: None})
    there = {one for rule in own.pack.bindings for one in rule.situations}
    subjects = {one.partition(".")[0] for one in there}
    for entry in ENTRIES.values():
        if entry.situation.partition(".")[0] in subjects:
            shown = own.unread_at(entry.situation) + own.beside_at(entry.situation)
            assert (key in shown) == (entry.situation not in there), entry.key


def test_what_is_said_in_full_by_rules_that_are_asked_need_not_be_read():
    own = policy(area="accounts", section="2 Accounts", accounts_approved=None)
    opened = {
        "by": {"key": "a", "relation": "staff"},
        "decision": {"outcome": "approved"},
    }
    for situation in ("account.open", "account.decide"):
        assert own.unread_at(situation) == ()
    told = decide(own, "account.open", opened)
    assert "kernel.met" in {one.message for one in told.at("approved")}


def test_nothing_is_called_as_the_policy_requires_over_a_clause_that_says_more():
    whole = "Pupils in pictures are properly dressed. No one is shown in swimwear."
    own = policy(area="pictures", section="4 Pictures", in_full=False, suitable_dress=whole)
    told = decide(own, "image.share", PICTURE)
    assert told.outcome is Outcome.PERMITTED
    assert answer_of(told) is Answer.READ_FIRST
    met = [one for one in told.at("dress") if one.kind is Kind.MET]
    assert [one.message for one in met] == ["kernel.met_in_part"]

    ticked = policy(area="pictures", section="4 Pictures", suitable_dress=whole)
    told = decide(ticked, "image.share", PICTURE)
    assert [one.message for one in told.at("dress")] == ["kernel.met"]
    assert answer_of(told) is Answer.ALLOWED


@pytest.mark.parametrize("in_full", [True, False])
def test_a_point_is_in_order_on_the_page_only_where_its_clauses_are_said_in_full(in_full):
    own = policy(area="pictures", section="4 Pictures", in_full=in_full, suitable_dress=None)
    shown = verdict(decide(own, "image.share", PICTURE), at=AT, quote=quote_from(own))
    point = next(one for one in (*shown.points, *shown.in_order) if one.key == "dress")
    assert (point.kind == POINT_KINDS["permitted"]) == in_full
    words = " ".join(one.text for one in point.sentences)
    assert ("This is as the policy requires." in words) == in_full
    assert ("Read the whole clause" in words) == (not in_full)
    if not in_full:
        assert point.answer == "Read first"
        assert any(clause.id == "suitable_dress" for one in point.sentences for clause in one.clauses)


def test_what_was_ticked_of_our_sentence_is_not_ticked_of_a_longer_printed_text():
    own = policy(area="pictures", section="4 Pictures", suitable_dress=None)
    clause = own.clauses["suitable_dress"]
    printed = replace(clause, wording=f"{clause.says} No one is shown in swimwear.")
    longer = book_of(replace(own.pack, clauses={clause.id: printed}))
    assert clause.id not in own.unread_at("image.share")
    assert clause.id in longer.unread_at("image.share")
