"""Fresh sentences for each cause of answers that weren't right, each as the whole of a policy: the ready rule
that it is offered first, filled in from its words, and by a person where they leave a field open."""

from dataclasses import replace
from pathlib import Path

import pytest

from schoolgate.policy.importing.roles import numbers_in_words, own_titles, roles_in
from schoolgate.rulebook import decide
from schoolgate.rulebook.answers import answer_of
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.clauses import Clause, Role, split
from schoolgate.rulebook.kinds import Enforce, Modality
from schoolgate.rulebook.packs.blank import blank_pack
from schoolgate.rulebook.readings import Changes, changed
from schoolgate.rulebook.ready.filling import asked, filled
from schoolgate.rulebook.ready.held import left_open, not_held
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.taking import taken_from
from schoolgate.rulebook.yaml_text import plain

FILE = Path(__file__).with_name("fresh.yaml")
WRITTEN = plain(FILE.read_bytes(), FILE.name, words=True)
RIGHT = {
    **dict.fromkeys(WRITTEN, 5),
    "warning": 4,
    "age": 3,
    "parents_pictures": 4,
}
"""What was measured: of five, how many are right. Before they were 22 of the 55, and four were called allowed
that aren't."""


def book_with(says, by_hand):
    """The book of a policy that has this sentence alone."""
    own = own_titles([says])
    roles = [one for one in roles_in(says, own) if one != "the school"]
    ready = next(iter(nearest(says)), None)
    rules = ()
    if ready is not None:
        values = taken_from(ready, says, numbers_in_words(says), roles)
        left = left_open(ready, values)
        values |= {name: value for name, value in by_hand.items() if name in left}
        values = {
            name: ready.defaults[name] if one in ("", None) and not asked(ready, name, values) else one
            for name, one in values.items()
        }
        if not left_open(ready, values) or {*left_open(ready, values)} <= {
            name for name, one in ready.roles.items() if one.optional
        }:
            whole = {} if not_held(ready, says, values) else {"in_full": split(says)}
            made = filled(ready, values, "a-1")
            rules = tuple({**one, **(whole if place == 0 else {})} for place, one in enumerate(made))
    clause = Clause("a-1", "1", says, Modality.MUST, "staff", "policy", Enforce.GUIDE, {})
    blank = blank_pack("a")
    named = [Role(name=one, key=f"r{place}", capacities=frozenset()) for place, one in enumerate(roles)]
    there = {one.name for one in blank.roles}
    pack = replace(
        blank,
        clauses={"a-1": clause},
        roles=(*blank.roles, *(one for one in named if one.name not in there)),
    )
    return book_of(changed(pack, Changes(rules={"a-1": rules} if rules else {})))


def answers(cause):
    """Each question with the answer that is right and the one given."""
    return [
        (asks, answer, str(answer_of(decide(book_with(says, by_hand), situation, facts))))
        for says, answer, asks, situation, facts, by_hand in WRITTEN[cause]
    ]


@pytest.mark.parametrize("cause", WRITTEN)
def test_none_is_answered_allowed_and_as_many_are_right_as_were_measured(cause):
    found = answers(cause)
    assert len(found) == 5
    assert [one for one in found if one[2] in ("allowed", "done")] == []
    assert [one for one in found if one[2] == "silent"] == []
    assert sum(right == given for _asks, right, given in found) == RIGHT[cause], found
