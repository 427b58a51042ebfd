"""May I ...? in words: entries by subject, questions, answers, and what was answered so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schoolgate.core.days import day_in
from schoolgate.core.page_keys import is_number
from schoolgate.people.reading_words import speaks_of_danger
from schoolgate.policy.advising import Advised
from schoolgate.rulebook.adviser import NOT_KNOWN, SUBJECTS, Entry, Hat
from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.adviser.finding import questions_found
from schoolgate.rulebook.adviser.known import TO, question_key, written
from schoolgate.rulebook.adviser.leaves import HAT, Ask, Leaf
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.messages import CHOICES, QUESTIONS
from schoolgate.web.frame.times import day_in_words

NONE_OF_THEM = "none"
ENOUGH = 3
"""After so many answers the page says what it can say already."""
SO_FAR = frozenset({Answer.NOT_YET, Answer.RULING, Answer.NOT_ALLOWED, Answer.TO_DO, Answer.LATE})


FIRST_SHOWN = 3
"""Of so many questions found first one about danger puts the way to help above them."""


@dataclass(frozen=True)
class ShownEntry:
    """A question of the catalogue as a link."""

    key: str
    title: str


@dataclass(frozen=True)
class ShownAnswer:
    """One answer so far: the question, the answer, and the address without it."""

    question: str
    said: str
    change: str


def by_subject(entries: Iterable[Entry]) -> list[tuple[str, list[ShownEntry]]]:
    """The entries under the names of their subjects, in the order of the catalogue."""
    found: dict[str, list[ShownEntry]] = {}
    for one in entries:
        found.setdefault(one.subject, []).append(ShownEntry(one.key, _(one.title)))
    return [(_(name), found[subject]) for subject, name in SUBJECTS.items() if subject in found]


def search(typed: str, entries: Iterable[Entry]) -> list[ShownEntry]:
    """Return the entries that match the typed words, best first."""
    keys = questions_found(typed, among=[one.key for one in entries], language=get_language() or "en", say=_)
    return [ShownEntry(key, _(ENTRIES[key].title)) for key in keys]


def tells_of_danger(typed: str, found: list[ShownEntry], *, public: bool) -> bool:
    """Whether a story tells of danger, because one of the first of all questions that it leads to does.
    `public`: or by its own words, which may be a child's; a colleague's *a mum wants to be my friend*
    isn't."""
    if any(ENTRIES[one.key].urgent for one in found[:FIRST_SHOWN]):
        return True
    return public and speaks_of_danger(typed)


def is_about_danger(advised: Advised) -> bool:
    """Whether a question with what was answered to it is about someone in danger."""
    return advised.asked.entry.urgent or getattr(advised.decision.facts, "in_danger", None) is True


def question_in_words(situation: str, path: str) -> str:
    """The question about a fact, in the active language."""
    if path == HAT:
        return _("What is your role?")
    return _(QUESTIONS[f"{situation}:{question_key(path)}"])


def choice_in_words(situation: str, path: str, choice: str, hats: Sequence[Hat] = ()) -> str:
    """An answer to choose, in the active language."""
    if choice == NOT_KNOWN:
        return _("I don’t know")
    if path == HAT:
        return hat_in_words(choice, hats)
    if choice == NONE_OF_THEM and f"{situation}:{question_key(path)}={choice}" not in CHOICES:
        return _("None of these")
    here = CHOICES.get(f"{situation}:{question_key(path)}={choice}") or CHOICES.get(choice)
    return _(here) if here else choice


def hat_in_words(key: str, hats: Sequence[Hat]) -> str:
    """Return how a person acts, in words: their relation to the school, their roles, and the school."""
    hat = next((one for one in hats if one.key == key), None)
    relation = hat.relation if hat else key.partition("-")[0]
    said = _(CHOICES.get(f"me={relation}", CHOICES["me=other"]))
    beside = ", ".join([*(hat.roles if hat else ()), *([hat.school] if hat and hat.school else [])])
    return f"{said} ({beside})" if beside else said


def answer_in_words(situation: str, path: str, text: str, hats: Sequence[Hat] = ()) -> str:
    """Return an answer from an address in words."""
    if is_number(text) and path.endswith("date_of_birth"):
        return year_group_in_words(text)
    try:
        days = [day_in_words(day_in(one)) for one in text.split(TO)]
    except ValueError:
        pass
    else:
        said = _("{first} to {last}").format(first=days[0], last=days[-1]) if len(days) > 1 else days[0]
        return capfirst(said)
    return ", ".join(choice_in_words(situation, path, one, hats) for one in text.split("~"))


def year_group_in_words(text: str) -> str:
    """Return a year group in words."""
    return _("Reception") if text == "0" else _("Year {number}").format(number=text)


def answers_in_words(situation: str, answers: Mapping[str, Sequence[str]]) -> list[ShownAnswer]:
    """Return what a person had answered when they asked their question."""
    return [
        ShownAnswer(question_in_words(situation, path), answer_in_words(situation, path, texts[0]), "")
        for path, texts in answers.items()
        if texts
    ]


def address_of(answers: Mapping[str, str]) -> str:
    """The part of an address that holds the answers; empty where there are none."""
    return f"?{urlencode(answers)}" if answers else ""


def said_so_far(advised: Advised, path: str) -> list[ShownAnswer]:
    """Return the answers so far, each with the address that asks it again."""
    texts = texts_of(advised)
    situation = advised.asked.situation
    return [
        ShownAnswer(
            question_in_words(situation, each),
            answer_in_words(situation, each, text, advised.asked.hats),
            path + address_of({other: said for other, said in texts.items() if other != each}),
        )
        for each, text in texts.items()
    ]


def texts_of(advised: Advised) -> dict[str, str]:
    """Return the answers as an address holds them, in the order in which they were given."""
    leaves = advised.leaves
    return {
        path: written(leaves[path].ask if path in leaves else Ask.ONE_OF, value)
        for path, value in advised.answers.items()
    }


def options_of(leaf: Leaf, situation: str, hats: Sequence[Hat]) -> list[tuple[str, str]]:
    """Return the choices of a question, "I don't know" last."""
    choices = list(leaf.choices)
    if leaf.ask is Ask.SOME_OF:
        choices.append(NONE_OF_THEM)
    return [(one, choice_in_words(situation, leaf.path, one, hats)) for one in [*choices, NOT_KNOWN]]


def is_told_so_far(advised: Advised) -> bool:
    """Return whether the answer so far is shown above the next question, because enough was asked: only one
    that holds something back or says what to do, never a yes or a silence that a detail may still end."""
    return len(advised.answers) >= ENOUGH and answer_of(advised.decision) in SO_FAR


def rests_on_judgment(advised: Advised) -> bool:
    """Return whether an answer was given that a person will have to confirm."""
    return any(leaf.ask is Ask.JUDGED for leaf in advised.leaves.values())
