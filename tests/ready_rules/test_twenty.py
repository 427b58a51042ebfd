"""Twenty everyday sentences of school policies, each as the whole of a policy brought in from its document:
the ready rule that it is offered first, filled in from its words, and the answer to an everyday question.

`twenty.tsv` was written down before they were tried. At first sight eleven were right, and none was called
allowed. Then the causes were mended: other words for what a rule knows in some, *no other member of staff*,
and a rule that there wasn't."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

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

FILE = Path(__file__).with_name("twenty.tsv")
WRITTEN = [*csv.DictReader(FILE.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)]
NONE = "none"
RIGHT = 20


def in_yaml(text):
    return plain(text.encode(), "a cell", words=True)


def as_imported(says, by_hand):
    """The book of a policy with this sentence alone; a person sets no rule of which a field stays open."""
    own = own_titles([says])
    roles = [one for one in roles_in(says, own) if one != "the school"]
    called = {word.casefold(): office for office, words in own_names([says], own).items() for word in words}
    rules = []
    for ready in nearest(says)[:1]:
        values = taken_from(ready, says, numbers_in_words(says), roles, called)
        values |= {name: by_hand[name] for name in left_open(ready, values) if name in by_hand}
        if not left_open(ready, values):
            values = {
                name: ready.defaults[name] if one in ("", None) else one for name, one in values.items()
            }
            rules = filled(ready, values, "a-1")
            if rules and not not_held(ready, says, values):
                rules[0]["in_full"] = split(says)
    clause = Clause("a-1", "1", says, Modality.MUST, "staff", "policy", Enforce.GUIDE, {})
    blank = blank_pack("a")
    there = {one.name for one in blank.roles}
    more = [
        Role(name=one, key=f"r{place}", capacities=frozenset())
        for place, one in enumerate(roles)
        if one not in there
    ]
    pack = replace(blank, clauses={"a-1": clause}, roles=(*blank.roles, *more))
    return book_of(changed(pack, Changes(rules={"a-1": tuple(rules)} if rules else {})))


@pytest.fixture(scope="module")
def found():
    """Each sentence with the ready rule and the answer that are right, and those that it got."""
    return [
        (
            one["says"],
            (one["ready rule"], one["answer"]),
            (
                next((ready.key for ready in nearest(one["says"])), NONE),
                str(
                    answer_of(
                        decide(
                            as_imported(one["says"], in_yaml(one["by hand"])),
                            one["situation"],
                            in_yaml(one["facts"]),
                        )
                    )
                ),
            ),
        )
        for one in WRITTEN
    ]


def test_none_of_twenty_sentences_is_answered_allowed(found):
    assert len(found) == 20
    assert [one for one in found if one[2][1] in ("allowed", "done", "met")] == []


def test_of_twenty_sentences_as_many_are_right_as_were_measured(found):
    assert sum(right == got for _says, right, got in found) == RIGHT, [
        one for one in found if one[1] != one[2]
    ]
