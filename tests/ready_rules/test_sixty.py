"""Sixty everyday questions to two invented policies, imported from their documents.

Each clause has the ready rule that it is offered first, where its words fill that in, or a person did
(`filled`). Most of the others are missed because a clause beside them has no rule yet, so that the answer is
to read it first.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from schoolgate.policy.importing.document import read
from schoolgate.policy.importing.roles import numbers_in_words, own_names, own_titles, roles_in
from schoolgate.rulebook import decide
from schoolgate.rulebook.answers import answer_of
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.clauses import Clause, Role, split
from schoolgate.rulebook.kinds import Enforce, Modality
from schoolgate.rulebook.packs.blank import blank_pack
from schoolgate.rulebook.readings import Changes, changed
from schoolgate.rulebook.ready.filling import filled
from schoolgate.rulebook.ready.held import left_open, not_held
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.taking import taken_from
from schoolgate.rulebook.yaml_text import plain

HERE = Path(__file__).parent
WRITTEN = plain((HERE / "sixty.yaml").read_bytes(), "sixty.yaml", words=True)
RIGHT, IN_FRONT = 60, 60
"""What was measured: right answers, and answers with the clause that decides among their clauses."""


def rules_of(number, says, own, called, by_hand):
    """The rules of the ready rule that a clause is offered first; none where a person is asked."""
    ready = next(iter(nearest(says)), None)
    if ready is None:
        return ()
    roles = [one for one in roles_in(says, own) if one != "the school"]
    values = {**taken_from(ready, says, numbers_in_words(says), roles, called), **by_hand}
    values = {name: ready.defaults[name] if one is None else one for name, one in values.items()}
    left = {*left_open(ready, values)} - {name for name, one in ready.roles.items() if one.optional}
    if left or not_held(ready, says, values):
        return ()
    return tuple({**one, "in_full": split(says)} for one in filled(ready, values, number))


def policy(name):
    """The book of a policy as its document was imported."""
    path = HERE / "policies" / f"{name}.md"
    numbers = {
        text: number
        for number, text in re.findall(r"^(\d+\.\d+) (.+)$", path.read_text("utf-8"), re.MULTILINE)
    }
    texts = [one.text for one in read(path).sentences]
    assert {*texts} == {*numbers}
    own, clauses, rules = own_titles(texts), {}, {}
    called = {word.casefold(): office for office, words in own_names(texts, own).items() for word in words}
    for says in texts:
        number = numbers[says]
        strength = next((one.modality for one in nearest(says)), Modality.MUST)
        section = number.partition(".")[0]
        clauses[number] = Clause(number, section, says, strength, "staff", "policy", Enforce.GUIDE, {})
        rules[number] = rules_of(number, says, own, called, WRITTEN[name]["filled"].get(number, {}))
    blank = blank_pack(name)
    named = dict.fromkeys(role for says in texts for role in roles_in(says, own))
    there = {one.name for one in blank.roles}
    roles = [Role(name=one, key=f"r{place}", capacities=frozenset()) for place, one in enumerate(named)]
    pack = replace(
        blank, clauses=clauses, roles=(*blank.roles, *(one for one in roles if one.name not in there))
    )
    return book_of(changed(pack, Changes(rules={one: said for one, said in rules.items() if said})))


@pytest.fixture(scope="module")
def answered():
    """Each question with the answer that is right and the one given, and whether the clause is in front."""
    found = []
    for name, part in WRITTEN.items():
        book = policy(name)
        for clause, answer, asks, situation, facts in part["questions"]:
            decision = decide(book, situation, facts)
            found.append((asks, answer, str(answer_of(decision)), clause in decision.clauses))
    return found


def test_none_of_sixty_questions_is_answered_allowed_that_the_policy_doesnt_allow(answered):
    assert len(answered) == 60
    assert [one for one in answered if one[2] == "allowed" != one[1]] == []


def test_of_sixty_questions_as_many_are_right_as_were_measured(answered):
    right = [one for one in answered if one[1] == one[2] and one[3]]
    assert (len(right), sum(one[3] for one in answered)) == (RIGHT, IN_FRONT)
