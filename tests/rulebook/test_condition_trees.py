"""Conditions as trees: groups of parts that a form shows, adds to and changes one by one."""

import pytest

from schoolgate.rulebook.rules.tree import (
    is_group,
    joined,
    part_at,
    parts_of,
    turned_over,
    with_more,
    with_part,
)

A, B, C = {"way": "social"}, {"to_relation": "parent"}, {"pupils": {"at_least": 2}}


def test_the_parts_of_a_condition_put_together_again_are_the_same_condition():
    for written in (True, A, {**A, **B}, {"any": [A, B]}, {"all": [A, {"any": [B, C]}]}, {"not": A}):
        assert joined(*parts_of(written)) == written


def test_facts_that_all_have_to_be_true_are_written_side_by_side():
    assert with_more(with_more(True, (), A), (), B) == {**A, **B}


def test_the_same_fact_twice_is_written_as_a_list():
    assert with_more(A, (), {"way": "email"}) == {"all": [A, {"way": "email"}]}


def test_an_alternative_to_one_condition_leaves_the_others_as_they_are():
    written = with_more({**A, **B}, (1,), C, how="any")
    assert written == {"all": [A, {"any": [B, C]}]}
    assert part_at(written, (1, 0)) == B
    assert with_part(written, (1, 1), None) == {**A, **B}


def test_all_becomes_any_and_back():
    assert turned_over({**A, **B}, (), "any") == {"any": [A, B]}
    assert turned_over({"any": [A, B]}, (), "all") == {**A, **B}


def test_without_its_last_part_a_condition_is_always_true():
    assert with_part(A, (0,), None) is True


def test_a_part_that_no_form_can_show_stays_as_it_is():
    strange = {"channel_leaves": {"some": {"written": True}}}
    written = with_part({"all": [strange, A]}, (1,), B)
    assert parts_of(written)[1][0] == strange
    assert is_group({**A, **B})
    assert not is_group(strange)


def test_a_place_that_is_not_there_is_no_part():
    with pytest.raises(LookupError):
        with_part(A, (3,), B)
    with pytest.raises(LookupError):
        part_at({**A, **B}, (0, 4))
