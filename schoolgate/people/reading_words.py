"""What the words of a concern say by themselves: whether someone may be in danger, and which people here they
name.

It never makes anything less urgent: what it finds is added to what people say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from schoolgate.people.named import Names
from schoolgate.people.of_oneself import tells_of_oneself
from schoolgate.rulebook import Book
from schoolgate.triage import URGENT, Lane, Lists, Reason, packaged, tells_now, triage

_lists: list[Callable[[], Lists]] = []


@dataclass(frozen=True)
class Hurt:
    """Who was hurt or threatened and did nothing, by the reporter's own clear word: `people` by their ids,
    `who` in the reporter's words."""

    people: frozenset[int] = frozenset()
    who: str = ""


NO_ONE = Hurt()


@dataclass(frozen=True)
class Words:
    """What was found. `named`: the ids of the people here that it names; `roles`: the keys of
    the roles that it names by title; `not_found`: it was said, or the words say, that it's
    about a person here, but no one was found who could be meant; `untold`: no one was found, and it may
    be about one. `hurt`, `hurt_roles`: those of them who were only hurt or threatened."""

    danger: bool
    named: frozenset[int]
    roles: frozenset[str] = frozenset()
    not_found: bool = False
    untold: bool = False
    hurt: frozenset[int] = frozenset()
    hurt_roles: frozenset[str] = frozenset()


def read_with(lists: Callable[[], Lists]) -> None:
    """Register where the federation's own lists of words come from. Called once, at start-up."""
    _lists.append(lists)


def read_words(*texts: str, who: str = "", hurt: Hurt = NO_ONE, book: Book, on: date) -> Words:
    """Return what the texts of a concern say by themselves. `who`: the answer to who it is about."""
    return words_among(Names(book, on=on), *texts, who=who, hurt=hurt)


def words_among(names: Names, *texts: str, who: str = "", hurt: Hurt = NO_ONE) -> Words:
    """Return the same among people who were looked up once."""
    answered = names.answered(who) if who.strip() else frozenset()
    harmed = hurt.people | (names.answered(hurt.who) if hurt.who.strip() else frozenset())
    roles = names.roles_of_concern("\n".join(texts), who)
    hurt_roles = names.roles_of_concern("", hurt.who)
    return Words(
        danger=speaks_of_danger(*texts, who, hurt.who, in_concern=True),
        named=names.complained_of(*texts, who) | answered | harmed,
        roles=roles | hurt_roles,
        not_found=not answered if who.strip() else names.leave_open(*texts, but=hurt.who),
        untold=not (answered or hurt.who.strip()) and names.may_mean_another(*texts),
        hurt=harmed - answered,
        hurt_roles=hurt_roles | names.held_only_by(roles, harmed),
    )


def speaks_of_danger(*texts: str, in_concern: bool = False) -> bool:
    """Return whether words of danger are found that are enough to tell people at any hour. `in_concern`:
    someone reported a concern with them, who seldom does so of nothing: then also what only reads like
    danger, and what no list has that they may tell of themselves."""
    lists = lists_here()
    return any(_certain(one, lists, in_concern=in_concern) for one in texts if one)


def those_of_danger(texts: Iterable[str]) -> list[str]:
    """Return the texts in which words of danger are found. The lists are read once."""
    lists = lists_here()
    return [text for text in texts if text and _certain(text, lists)]


def those_a_lead_reads(texts: Iterable[str]) -> list[str]:
    """Return the texts, written to us alone, that a safeguarding lead reads first: also those that could
    wait for the morning, and in a language that isn't read here."""
    lists = lists_here()
    return [one for one in texts if one and triage(one, lists=lists, to_us_alone=True).lane in URGENT]


def reasons_of_danger(text: str) -> list[Reason]:
    """Return all in a text for which someone may be in danger, also what can wait for the morning."""
    return [one for one in triage(text, lists=lists_here()).why if one.lane in URGENT]


def lists_here() -> Lists:
    """Return the lists of words as the federation has edited them."""
    return next((find() for find in _lists), None) or packaged()


def _certain(text: str, lists: Lists, *, in_concern: bool = False) -> bool:
    why = [(one.lane, one.kind) for one in triage(text, lists=lists).why]
    return tells_now(why) or (in_concern and ((Lane.DANGER, "learned") in why or tells_of_oneself(text)))
