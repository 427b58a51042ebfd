"""What was done already is told as done, with who did it (`AlreadyDone`), and not as a refusal."""

import ast
from collections.abc import Iterable
from contextlib import suppress

from django.apps import apps
from django.core.exceptions import FieldError

from tests.gates.files import expect_none, expect_only
from tests.gates.next_steps import Module, called, module, modules, words_of

SOMETHING_ELSE = {
    "A federation has already been added here, perhaps just now by someone else.",
    "A lot has been added to this concern already.",
    "A new version is already being prepared.",
    "A policy has already been adopted here.",
    "All the clauses you picked are already in the next version.",
    "Another document is already being imported.",
    "Every part of the form is already signed.",
    "Many comments are already waiting to be checked here.",
    "Many requests are already waiting here.",
    "Someone already looks after people here.",
    "Someone is already on this shift.",
    "The next version already has this clause.",
    "The policy already answers this question.",
    "There are 500 phrases already.",
    "There is already a proposal for this account.",
    "There is already a rota here.",
    "There is an appeal already, waiting for a decision.",
    "These dates overlap with days away already entered.",
    "They already have a link.",
    "They can already see this concern.",
    "They are already stored.",
    "This clause is already in the next version.",
    "This connection wasn’t started in this browser, has already been used, or took too long.",
    "This has already been released.",
    "Someone has already moved this on, so you can’t take this step.",
    "This person already has long leave recorded.",
    "This post is already live or being sent.",
    "This record is already open.",
    "This rota already has 200 shifts.",
    "This text is already in force.",
    "This version already has this file.",
    "Three appeals have been decided already.",
    "You already have 20 keys.",
    "You already sent this question.",
    "You have already answered. Thank you.",
    "Your sign-in is already linked to an account from this school.",
    "You’ve already asked about this shift.",
}
"""What is there already prevents this step, and isn't what the step is for; or no row names who did it."""


def said_already(given: Iterable[Module]) -> dict[str, str]:
    """Return the sentences of `NotNow` that say that something is so already, each with where it stands."""
    return {
        sentence: f"{name}:{node.lineno}"
        for name, nodes in given
        for node in nodes
        if isinstance(node, ast.Call) and called(node) == "NotNow" and node.args
        for sentence in words_of(node.args[0])
        if "already" in sentence
    }


def test_what_is_done_already_is_not_told_as_a_failure():
    found = said_already(modules())
    expect_none(
        {place: sentence for sentence, place in found.items() if sentence not in SOMETHING_ELSE},
        "Where the step itself is done, raise what `core.moves.done_before` gives, with who did it. "
        "Where something else is in its way, add the sentence to SOMETHING_ELSE here.",
    )
    expect_none(SOMETHING_ELSE - set(found), "No one says this any more: take it out of SOMETHING_ELSE here.")


def test_only_the_comparison_with_the_database_tells_that_something_is_done():
    made = {
        name: node.lineno
        for name, nodes in modules()
        for node in nodes
        if isinstance(node, ast.Call) and called(node) == "AlreadyDone"
    }
    expect_only(
        ["schoolgate/core/moves.py"],
        made,
        "Raise what `core.moves.done_before` gives: it looks who did it, and when.",
        listed="this test",
    )


NOT_OF_THE_ROW = frozenset({"otherwise", "made", "message", "next_step"})


def passers_on() -> set[str]:
    """The names of functions that hand on how a row is once the step is done."""
    return {"done_before"} | {
        node.name
        for _name, nodes in modules()
        for node in nodes
        if isinstance(node, ast.FunctionDef) and node.args.kwarg is not None
        if any(
            isinstance(each, ast.Call)
            and called(each) == "done_before"
            and any(word.arg is None for word in each.keywords)
            for each in ast.walk(node)
        )
    }


LOOKED_FOR = {"isnull": False, "in": []}


def looked_up(room: str, lookup: str) -> bool:
    """Whether a model of a room can be filtered so."""
    for model in apps.get_app_config(room).get_models():
        with suppress(FieldError):
            model._base_manager.filter(**{lookup: LOOKED_FOR.get(lookup.rpartition("__")[2])})
            return True
    return False


def test_how_a_row_is_once_a_step_is_done_is_something_that_its_room_can_look_up():
    names = passers_on()
    given = {
        (name.split("/")[1], word.arg, f"{name}:{node.lineno}")
        for name, nodes in modules()
        for node in nodes
        if isinstance(node, ast.Call) and called(node) in names
        for word in node.keywords
        if word.arg and word.arg not in NOT_OF_THE_ROW
        if called(node) == "done_before" or "__" in word.arg
    }
    assert len(given) > 40
    expect_none(
        {place: lookup for room, lookup, place in given if not looked_up(room, lookup)},
        "No model of the room has such a field: say how its row is once the step is done, as a filter.",
    )


def test_a_refusal_of_what_is_done_is_seen():
    there = module(
        'raise NotNow(_("It was sent already."), _("Look."))\nraise AlreadyDone(x, _("It is already sent."))'
    )
    assert said_already([there]) == {"It was sent already.": "m.py:1"}
