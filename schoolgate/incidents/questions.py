"""What a report may be asked beside the two sentences: only facts that rules of the policy in force read.

Which facts there are and what they can be is declared with the situation; here are the words in which a
reporter is asked. An answer left out stays unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from schoolgate.core.clock import local_day
from schoolgate.rulebook import Book
from schoolgate.rulebook.adviser.leaves import Ask, Leaf, leaves_of
from schoolgate.rulebook.facts_read import facts_read

SITUATION, FOUND = "incident.report", "listening.found"
NO_ONE = "none"
"""The answer that leaves a list empty: known, and no one."""
EARLIEST = date(1990, 1, 1)


IT_IS: Mapping[str, str | Promise] = {
    "yes": pgettext_lazy("it is", "Yes"),
    "no": pgettext_lazy("it is", "No"),
}
THERE_IS: Mapping[str, str | Promise] = {
    "yes": pgettext_lazy("there is somebody", "Yes"),
    "no": pgettext_lazy("there is nobody", "No"),
}
"""Welsh answers each question with its own verb."""


@dataclass(frozen=True)
class Words:
    """How a reporter is asked for a fact. `title`: of its fold; `choices`: its words, all of them; `read_as`:
    facts worked out from it; `yes_no`: a list of which is asked only whether it is empty; `situation`: where
    rules read it."""

    title: Any
    label: Any
    choices: Mapping[str, str | Promise] = field(default_factory=lambda: IT_IS)
    read_as: tuple[str, ...] = ()
    yes_no: bool = False
    situation: str = SITUATION


@dataclass(frozen=True)
class Question:
    """One question: the fact, how it is asked, its words."""

    fact: str
    ask: Ask
    words: Words

    @property
    def choices(self) -> list[tuple[str, str | Promise]]:
        """Return the answers to choose from."""
        return list(self.words.choices.items())


ASKED: Mapping[str, Words] = {
    "done_by": Words(
        _("Who did it?"),
        _("Who did it, as far as you know?"),
        {
            "staff": _("A member of staff"),
            "pupil": _("A pupil"),
            "parent": _("A parent or carer"),
            "governor": _("A governor"),
            "volunteer": _("A volunteer"),
            "friend": _("A member of the Friends of the school"),
            "contractor": _("A contractor"),
            "other": _("Someone else, or a stranger"),
        },
    ),
    "part": Words(
        _("Your part in it"),
        _("Did it happen to you?"),
        {
            "suffered": _("Yes, it happened to me"),
            "saw": _("No, I saw it or heard about it"),
            "did": _("I did it myself"),
        },
    ),
    "child": Words(
        _("Is a child involved?"),
        _("Is a child involved in any way?"),
        THERE_IS,
        read_as=("perhaps_a_child", "touches_a_child"),
        yes_no=True,
    ),
    "child_is_family": Words(_("Your own family?"), _("Is the child in your own family?")),
    "harmed": Words(
        _("Who was harmed?"),
        _("Who was harmed, as far as you know?"),
        {
            "child": _("A child"),
            "young_person": _("A young person"),
            "vulnerable_adult": _("An adult who needs support"),
            "staff": _("A member of staff"),
            "parent": _("A parent or carer"),
            "governor": _("A governor"),
            "volunteer": _("A volunteer"),
            "friend": _("A member of the Friends of the school"),
            "other": _("Someone else"),
            NO_ONE: _("No one"),
        },
    ),
    "may_be_illegal": Words(_("Is it against the law?"), _("Could it be against the law?")),
    "breach": Words(
        _("Does it break the policy?"),
        _("Does it break the social media policy?"),
        {"discovered": IT_IS["yes"], "suspected": _("I think so"), "none": IT_IS["no"]},
    ),
    "aimed_at_account": Words(
        _("Is a school account the target?"),
        _("Is it aimed at a school account, or at the people who run it?"),
    ),
    "put_right": Words(
        _("Has it been put right?"), _("Has the abuse of the account been stopped and put right?")
    ),
    "first_happened": Words(
        _("When did it start?"), _("When did it first happen?"), read_as=("days_known", "days_to_report")
    ),
    "bad_light": Words(
        _("Does it look bad for the school?"),
        _("Is it something online that shows the school or its people in a bad light?"),
        situation=FOUND,
    ),
    "route": Words(
        _("Line manager or whistleblowing?"),
        _("If it shows the school in a bad light, how will you pass it on?"),
        {
            "line_manager": _("I tell my line manager"),
            "whistleblowing": _("I follow the whistleblowing policy"),
        },
        situation=FOUND,
    ),
}
"""Fact -> its words, in the order of the form. A fact that rules read is here, is ticked (`said`), or is
known from rows: a test compares."""


def questions_for(book: Book, *, relation: str | None) -> list[Question]:
    """Return the questions that this policy's rules give a reason to ask. `relation`: what the reporter is to
    the school; None for a visitor, who is asked nothing for a rule that binds staff alone."""
    read = {one: facts_read(book, one, relation) for one in (SITUATION, FOUND)}
    return [
        Question(name, _ask(leaf, words), words)
        for name, words in ASKED.items()
        if (leaf := _LEAVES.get(name)) is not None
        and not read[words.situation].isdisjoint((name, *words.read_as))
    ]


def known(given: Mapping[str, Any], *, asked: Sequence[Question], at: datetime) -> dict[str, Any]:
    """Return the answers that fit their questions, as plain data: yes and no, words of a closed list, days.
    Everything else is left out."""
    return {one.fact: value for one in asked for value in _answer(one, given.get(one.fact), at)}


def _answer(one: Question, said: Any, at: datetime) -> Iterator[Any]:
    """Yield the answer, if there is one that fits."""
    if one.ask is Ask.YES_NO:
        if said in ("yes", "no"):
            yield said == "yes"
    elif one.ask is Ask.DAY:
        if isinstance(said, date) and EARLIEST <= said <= local_day(at):
            yield said.isoformat()
    elif one.ask is Ask.SOME_OF:
        ticked = [word for word in one.words.choices if isinstance(said, list | tuple) and word in said]
        if ticked:
            yield [word for word in ticked if word != NO_ONE]
    elif said in one.words.choices:
        yield said


def in_words(answers: Mapping[str, Any]) -> list[tuple[str | Promise, list[str | Promise]]]:
    """Return what was answered, as the questions and their answers in words; a day as it is."""
    rows: list[tuple[str | Promise, list[str | Promise]]] = []
    for name, words in ASKED.items():
        if name not in answers:
            continue
        value = answers[name]
        if isinstance(value, bool):
            rows.append((words.title, [words.choices["yes" if value else "no"]]))
        elif isinstance(value, list):
            rows.append(
                (words.title, [words.choices[one] for one in value if one in words.choices] or [_("No one")])
            )
        else:
            rows.append((words.title, [words.choices.get(value, value)]))
    return rows


def _ask(leaf: Leaf, words: Words) -> Ask:
    return Ask.YES_NO if words.yes_no else leaf.ask


_LEAVES = {leaf.path: leaf for one in (FOUND, SITUATION) for leaf in leaves_of(one, {})}
_LEAVES["child_is_family"] = Leaf("child_is_family", Ask.YES_NO)
"""A fact that is no unless stated is asked all the same."""
