"""Moves from state to state, and two people who press at the same moment."""

from enum import StrEnum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolgate.core.errors import AlreadyDone, NotNow
from schoolgate.core.models import Delivery
from schoolgate.core.moves import check_moves, done_before, move, move_all

HANDLERS = [f"state-{letter}" for letter in "abcde"]


class Light(StrEnum):
    RED = "red"
    GREEN = "green"
    BROKEN = "broken"


MOVES = {Light.RED: frozenset({Light.GREEN, Light.BROKEN}), Light.GREEN: frozenset({Light.RED})}


@pytest.fixture
def row(scoped, at):
    """Any row with a column of text will do as a state."""
    return Delivery.objects.create(number=1, handler=Light.RED, made_at=at, next_try_at=at)


def step(row, to, at, **changes):
    return move(row, to=to, moves=MOVES, at=at, field="handler", **changes)


def test_a_move_of_the_table_changes_row_and_database(row, at):
    assert step(row, Light.GREEN, at, tries=3) is row
    assert (row.handler, row.tries) == (Light.GREEN, 3)
    stored = Delivery.objects.get()
    assert (stored.handler, stored.tries) == ("green", 3)


def test_a_move_that_is_not_in_the_table_is_refused(row, at):
    step(row, Light.GREEN, at)
    with pytest.raises(NotNow):
        step(row, Light.BROKEN, at)
    assert Delivery.objects.get().handler == "green"


def test_nothing_leads_out_of_an_end(row, at):
    step(row, Light.BROKEN, at)
    with pytest.raises(NotNow):
        step(row, Light.RED, at)


def test_of_two_stale_copies_only_the_first_moves(row, at):
    first, second = Delivery.objects.get(), Delivery.objects.get()
    step(first, Light.GREEN, at)
    with pytest.raises(NotNow, match="so nothing was done"):
        step(second, Light.BROKEN, at, tries=9)
    assert (second.handler, second.tries) == ("red", 0)
    assert Delivery.objects.get().handler == "green"


def test_a_row_that_is_gone_cannot_move(row, at):
    row.pk += 1
    with pytest.raises(NotNow):
        step(row, Light.GREEN, at)


def two(at):
    """Two red rows."""
    return [Delivery.objects.create(number=n, handler=Light.RED, made_at=at, next_try_at=at) for n in (1, 2)]


def test_several_rows_move_in_one_statement(scoped, at, django_assert_num_queries):
    rows = two(at)
    with django_assert_num_queries(3):  # the statement, and a savepoint around it
        move_all(rows, to=Light.GREEN, moves=MOVES, at=at, field="handler", tries=3)
    stored = Delivery.objects.values_list("handler", "tries")
    assert [*stored] == [(row.handler, row.tries) for row in rows] == [("green", 3)] * 2


def test_none_of_several_moves_where_one_was_overtaken(scoped, at):
    rows = two(at)
    step(Delivery.objects.get(number=2), Light.BROKEN, at)
    with pytest.raises(NotNow, match="so nothing was done"):
        move_all(rows, to=Light.GREEN, moves=MOVES, at=at, field="handler")
    assert {*Delivery.objects.values_list("number", "handler")} == {(1, "red"), (2, "broken")}
    assert [row.handler for row in rows] == ["red", "red"]


def test_rows_in_different_states_do_not_move_together(scoped, at):
    first, second = two(at)
    step(second, Light.GREEN, at)
    with pytest.raises(ValueError, match="different states"):
        move_all([first, second], to=Light.BROKEN, moves=MOVES, at=at, field="handler")
    move_all([], to=Light.BROKEN, moves=MOVES, at=at, field="handler")
    assert Delivery.objects.filter(handler="broken").count() == 0


def test_a_table_names_each_state_and_no_other():
    check_moves(Light, MOVES)
    with pytest.raises(ValueError, match="not a state"):
        check_moves(Light, {**MOVES, "blue": frozenset()})
    with pytest.raises(ValueError, match="no move to or from:"):
        check_moves(Light, {Light.RED: frozenset({Light.GREEN})})


@given(
    table=st.dictionaries(st.sampled_from(HANDLERS), st.frozensets(st.sampled_from(HANDLERS))),
    steps=st.lists(st.tuples(st.sampled_from(HANDLERS), st.booleans()), max_size=8),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_only_ever_takes_steps_of_the_table(row, at, table, steps):
    start = HANDLERS[0]
    Delivery.objects.filter(pk=row.pk).update(handler=start)
    held, stored = Delivery.objects.get(), start
    for to, fresh in steps:
        if fresh:
            held = Delivery.objects.get()
        other = Delivery.objects.get()
        legal = to in table.get(stored, frozenset())
        try:
            move(held, to=to, moves=table, at=at, field="handler")
        except NotNow:
            assert not legal or held.handler != stored
        else:
            assert legal
            stored = to
        assert Delivery.objects.get().handler == stored
        if legal and held.handler == stored and other.handler != stored:
            with pytest.raises(NotNow):
                move(other, to=to, moves=table, at=at, field="handler")


def test_done_before_is_told_only_where_the_database_shows_what_was_wanted(row, at):
    step(Delivery.objects.get(), Light.GREEN, at)
    told = done_before(row, "It is green.", otherwise=NotNow("It is red.", "Wait."), handler=Light.GREEN)
    assert isinstance(told, AlreadyDone)
    assert (told.message, told.subject) == ("It is green.", f"core.delivery:{row.pk}")
    other = done_before(row, "It is red.", otherwise=NotNow("It is green.", "Wait."), handler=Light.RED)
    assert (type(other), other.message) == (NotNow, "It is green.")
    assert type(done_before(row, handler=Light.RED)) is NotNow


def test_done_before_takes_the_row_that_was_made_but_never_nothing(row):
    assert isinstance(done_before(row, made=row), AlreadyDone)
    with pytest.raises(ValueError, match="how the row is"):
        done_before(row)
