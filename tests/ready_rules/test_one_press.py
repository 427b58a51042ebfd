"""What a ready rule picked at one press saves: never more than the clause's own words say."""

from pathlib import Path

import pytest

from schoolgate.policy.importing.roles import numbers_in_words, roles_in
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.held import left_open, not_held
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.model import BOUND, Role
from schoolgate.rulebook.ready.taking import taken_from

FILE = Path(__file__).parents[1] / "policy" / "documents" / "offered.tsv"
WRITTEN = [line.split("\t") for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")]


def at_one_press(ready, says):
    """Whether nothing is left to a person."""
    values = taken_from(ready, says, numbers_in_words(says), roles_in(says))
    return not left_open(ready, values) and not not_held(ready, says, values)


def _read(ready, says):
    values = taken_from(ready, says, numbers_in_words(says), ())
    return any(value for name, value in values.items() if name != BOUND)


ASKS = [
    key
    for key, one in ready_rules().items()
    if not all(isinstance(each, Role) and each.optional for each in one.own_fields.values())
]
"""Those whose form asks for something that a clause has to say: a role that it may leave out is none."""


@pytest.mark.parametrize("key", ASKS)
def test_a_clause_that_names_none_of_its_fields_never_saves_a_rule_at_one_press(key):
    ready = ready_rules()[key]
    silent = (next((word for word in group.split() if not _read(ready, word)), "") for group in ready.words)
    says = f"This is about {' '.join(silent)}."
    assert not _read(ready, says)
    assert not at_one_press(ready, says), says


MORE = ("unless the head agrees", "except in an emergency", "other than at weekends", "if it can be done",
        "with the exception of prizes", "provided that they are older",
        "apart from Year 7", "save for sponsors",
        "within 4 terms and 3 weeks", "or sooner if the law changes", "oni bai eu bod yn iau")  # fmt: skip


@pytest.mark.parametrize("key", ready_rules())
def test_a_clause_with_an_exception_or_a_second_sentence_never_saves_a_rule_at_one_press(key):
    ready = ready_rules()[key]
    says = ready.title
    for more in MORE:
        assert not_held(ready, f"{says} {more}.", ready.defaults), more
    titled = not_held(ready, f"{says}.", ready.defaults)  # *by two people* asks who they are
    told = not_held(ready, f"{says}. The head may allow it.", ready.defaults)
    assert told == [*titled, "The head may allow it."]


def test_of_sixty_sentences_none_is_saved_that_says_more_and_those_are_that_say_it_all():
    wrong = []
    for right, may, says in WRITTEN:
        found = nearest(says)[:1]
        if found and at_one_press(found[0], says) and (may == "n" or found[0].key not in right.split(",")):
            wrong.append((found[0].key, says))
    assert wrong == []


def test_of_sixty_sentences_the_right_rule_is_offered_first_and_none_where_none_says_it():
    assert [len(WRITTEN), sum(right != "-" for right, _may, _says in WRITTEN)] == [60, 46]
    first = [(next((one.key for one in nearest(says)), "-"), right, says) for right, _may, says in WRITTEN]
    assert [one for one in first if one[0] not in one[1].split(",")] == []
