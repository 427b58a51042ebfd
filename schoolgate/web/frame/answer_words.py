"""What an answer is called on a page: its heading, its sign, its tag, and what people have to read for
themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from django.utils.translation import gettext as _

from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.kinds import Kind

KINDS: Mapping[str, str] = {
    Answer.ALLOWED: "good",
    Answer.ALLOWED_IF: "wait",
    Answer.ADVISED_AGAINST: "wait",
    Answer.READ_FIRST: "ask",
    Answer.NOT_YET: "wait",
    Answer.RULING: "ask",
    Answer.NOT_ALLOWED: "no",
    Answer.TO_DO: "wait",
    Answer.LATE: "no",
    Answer.DONE: "good",
    Answer.MET: "good",
    Answer.NOT_MET: "no",
    **dict.fromkeys((Answer.SAYS, Answer.LEFT_OUT, Answer.NOT_BOUND, Answer.SILENT), "plain"),
}
"""answer -> colour and sign"""
POINT_KINDS = {
    "not_permitted": "no",
    "breached": "no",
    "refer": "ask",
    "hold": "wait",
    "permitted": "good",
    "silent": "plain",
}
"""The same for the outcome of a point."""


def answer_in_words(answer: str, *, in_its_words: bool = True) -> str:
    """Return the heading of an answer. `in_its_words`: the policy itself says that
    it doesn't bind this person; else only its rules on this are for others, and the rest of it applies."""
    if answer == Answer.NOT_BOUND and not in_its_words:
        return _("The policy’s rules on this are for other people")
    return {
        Answer.ALLOWED: _("This is allowed"),
        Answer.ALLOWED_IF: _("Allowed if the ruling covers it"),
        Answer.ADVISED_AGAINST: _("Allowed, but the policy advises against it"),
        Answer.READ_FIRST: _("Read this first"),
        Answer.NOT_YET: _("Not ready yet"),
        Answer.RULING: _("This needs a ruling"),
        Answer.NOT_ALLOWED: _("This isn’t allowed"),
        Answer.TO_DO: _("What you must do"),
        Answer.LATE: _("Do this now: it’s overdue"),
        Answer.DONE: _("Nothing more to do"),
        Answer.MET: _("This meets the policy"),
        Answer.NOT_MET: _("This doesn’t meet the requirements"),
        Answer.SAYS: _("What the policy says"),
        Answer.LEFT_OUT: _("The policy leaves this out"),
        Answer.NOT_BOUND: _("The policy doesn’t apply to this person"),
        Answer.SILENT: _("The policy says nothing about this"),
    }[Answer(answer)]


SAY_IT_ALL = frozenset({Answer.SILENT, Answer.LEFT_OUT, Answer.NOT_BOUND})
"""Headings after which there is nothing to add on why the policy's own points say nothing."""


def to_read(body: Mapping[str, Any]) -> list[str]:
    """Return the clauses that people read for themselves: those that leave it out, those without a rule, and
    those that no answer waits for."""
    each = (body.get(name, ()) for name in ("excluded_by", "unread", "beside"))
    return list(dict.fromkeys(clause for some in each for clause in some))


def because_in_words(reason: str | None, unread: Sequence[str] = (), *, in_its_words: bool = True) -> str:
    """Return why the policy's own points say nothing, where the law or the house speaks. `unread`: clauses
    that may speak of it; then no one can say that it says nothing. `in_its_words`: as above."""
    if reason == "not_bound" and not in_its_words:
        return _("The policy’s rules on this are for other people.")
    return {
        "no_rule": "" if unread else _("The policy itself says nothing about this."),
        "not_bound": _("The policy doesn’t apply to this person."),
        "excluded": _("The policy leaves this out."),
    }.get(reason or "", "")


MAY_BE_EXCEPTED = frozenset({Answer.NOT_ALLOWED, Answer.NOT_MET, Answer.NOT_YET})
"""Headings which an exception of the policy may turn round, so that it stands right below them."""


def summary_of(answer: Answer, ruled: Sequence[str] = (), excepted: Sequence[str] = ()) -> str:
    """Return the sentence under the heading; empty where the heading says it all. `ruled`: the words of the
    rulings on which it rests; `excepted`: those of the policy that may except it from what stops it."""
    if answer in MAY_BE_EXCEPTED and excepted:
        return _("Unless the policy’s exception applies: {words}").format(
            words=" ".join(f"“{words}”" for words in excepted)
        )
    if answer is Answer.ALLOWED_IF and ruled:
        return _("It applies only within these words: {words}").format(
            words=" ".join(f"“{words}”" for words in ruled)
        )
    return {
        Answer.READ_FIRST: _("These clauses may cover it, but no rule covers them in full."),
        Answer.SILENT: _("That is not a yes. Ask before you do it."),
    }.get(answer, "")


def outcome_in_words(outcome: str, *, is_act: bool = True) -> str:
    """A short answer at a point, for a tag. `is_act`: whether it is about something that may be done."""
    return {
        "permitted": _("Allowed") if is_act else _("In order"),
        "not_permitted": _("Not allowed"),
        "breached": _("Not met"),
        "hold": _("Waiting"),
        "refer": _("Needs a ruling"),
        "silent": _("Not covered by this policy"),
    }[outcome]


def answer_in_short(answer: str) -> str:
    """Return an answer as a tag."""
    return {
        Answer.ALLOWED: _("Allowed"),
        Answer.ALLOWED_IF: _("Allowed if the ruling covers it"),
        Answer.ADVISED_AGAINST: _("Advised against"),
        Answer.READ_FIRST: _("Read first"),
        Answer.NOT_YET: _("Waiting"),
        Answer.RULING: _("Needs a ruling"),
        Answer.NOT_ALLOWED: _("Not allowed"),
        Answer.TO_DO: _("To do"),
        Answer.LATE: _("Overdue"),
        Answer.DONE: _("Done"),
        Answer.MET: _("In order"),
        Answer.NOT_MET: _("Not met"),
        Answer.SAYS: _("Answered"),
        Answer.LEFT_OUT: _("Left out by the policy"),
        Answer.NOT_BOUND: _("Doesn’t apply"),
        Answer.SILENT: _("Not covered by this policy"),
    }[Answer(answer)]


def permitted_in_words(kinds: Set[str], kind: str, answer: str) -> tuple[str, str]:
    """Return the colour and tag of a point at which nothing stops it: a duty or advice is no permission."""
    if Kind.OBLIGES in kinds:
        return "wait", _("To do")
    if Kind.ADVISES_AGAINST in kinds:
        return "wait", _("Advised against")
    if kinds == {Kind.ADVISES}:
        return kind, _("Advice")
    if kinds == {Kind.MET}:
        return kind, _("In order")  # a rule that is kept has not allowed the act
    return kind, answer
