"""A primary school's policy, in the words such policies use, read as its document numbers it; and no answer
under it passes over the clause that speaks of the question, whether or not that clause has a rule by now."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from schoolgate.policy.importing.document import read_content
from schoolgate.policy.imports import found_in
from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.kinds import Enforce, Modality
from schoolgate.rulebook.packs.blank import blank_pack
from schoolgate.rulebook.readings import Changes, changed

FILE = Path(__file__).parent / "documents" / "st-brides.md"
STRENGTHS = {
    "states": "1.1 1.2 1.3 1.4",
    "may": "3.3 3.5",
    "must_not": "2.1 2.5 3.1 3.6 3.7 3.8b 4.2 4.2b 4.4 4.5 4.8 5.2 5.5 5.7 6.1 6.2",
    "must": "1.3b 2.2 2.3 2.4 2.6 3.2 3.4 3.8 4.1 4.3 4.6 4.7 5.1 5.3 5.3b 5.4 5.6 5.8 7.1 7.2",
}
"""By number; the second duty of a paragraph with a b."""


@cache
def sentences():
    found = {}
    for one in found_in(FILE.read_bytes(), FILE.name).sentences:
        if one.number:
            found[f"{one.number}b" if one.number in found else one.number] = one
    return found


def test_each_duty_is_found_with_its_clauses_number_and_its_strength():
    assert len(sentences()) == 42
    assert [one.number for one in read_content(FILE.read_bytes(), FILE.name).sentences if one.number] == [
        number.removesuffix("b") for number in sentences()
    ]
    assert [number for number, one in sentences().items() if one.why_not not in ("", "explains a word")] == []
    read_as = {number: one.modality for number, one in sentences().items()}
    assert read_as == {number: strength for strength, of in STRENGTHS.items() for number in of.split()}


def st_brides(**rules):
    """The policy with its clauses as they were read, and these rules by number."""
    blank = blank_pack("St Bride’s")
    clauses = {
        number: Clause(
            number, one.section, one.says, Modality(one.modality), "staff", one.area, Enforce.GUIDE, {}
        )
        for number, one in sentences().items()
    }
    pack = replace(blank, clauses=clauses)
    return book_of(changed(pack, Changes(rules=rules)))


ASKED = {
    "new-account": (
        "2.1",
        {"ask": "account.decide", "point": "decider", "forbid": {"platform": "friendface"}},
    ),
    "account-password": ("2.3", {"ask": "account.propose", "point": "team", "forbid": False}),
    "advertising": ("3.7", {"ask": "post.publish", "point": "opinions", "forbid": False}),
    "pupil-picture-official": ("4.5", {"ask": "image.share", "point": "dress", "forbid": False}),
    "colleague-picture": (
        "4.8",
        {"ask": "image.share", "point": "picture_tagging", "forbid": False},
    ),
}


def test_the_clause_that_speaks_of_a_question_is_shown_with_and_without_a_rule_of_its_own():
    """By its words, but for tags, to which only the rule leads; a network that it names is about accounts."""
    without = st_brides()
    for question, (clause, rule) in ASKED.items():
        asked = ENTRIES[question].situation
        if question != "colleague-picture":
            assert clause in decide(without, asked, {}).unread, question
        assert clause in decide(st_brides(**{clause: ({"clauses": [clause], **rule},)}), asked, {}).unread, (
            question
        )
    assert "2.5" in decide(without, "account.considered", {}).unread
    assert "2.5" in decide(without, "account.decide", {}).unread
