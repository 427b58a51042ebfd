"""May I ...? in words: entries by subject, questions, answers, and what was answered so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schoolgate.core.clock import local_day
from schoolgate.core.days import day_in
from schoolgate.core.rows import is_number
from schoolgate.people.reading_words import speaks_of_danger
from schoolgate.policy.advising import Advised
from schoolgate.policy.queries import book_in_scope
from schoolgate.rulebook.adviser import NOT_KNOWN, SUBJECTS, Entry, Hat
from schoolgate.rulebook.adviser.asking import TO, question_key, written
from schoolgate.rulebook.adviser.children import tells_of_a_child, tells_of_an_adult
from schoolgate.rulebook.adviser.clause_words import PARENTS, STAFF
from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.adviser.everyday import is_everyday, urgent_among
from schoolgate.rulebook.adviser.fitting import (
    MOST,
    clauses_fitting,
    may_be_elsewhere,
    says_nothing,
    with_wider,
)
from schoolgate.rulebook.adviser.leaves import HAT, Ask, Leaf
from schoolgate.rulebook.adviser.plainly import SAID_SO, SaidPlainly, said_plainly
from schoolgate.rulebook.adviser.search import may_be_meant, questions_found
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.messages import CHOICES, QUESTIONS
from schoolgate.rulebook.situations.networks import NETWORKS
from schoolgate.web.frame.shown import ShownClause, ShownPoint, ShownVerdict, day_in_words
from schoolgate.web.frame.wording import KINDS, clauses_to_read, quote_from
from schoolgate.web.frame.wording import answer_in_words as heading_of

NONE_OF_THEM = "none"
ENOUGH = 3
"""After so many answers the page says what it can say already."""
SO_FAR = frozenset({Answer.NOT_YET, Answer.RULING, Answer.NOT_ALLOWED, Answer.TO_DO, Answer.LATE})


CLAUSE, DANGER = "clause", "danger"
PLAIN = "plain"
FROM_WORDS = (CLAUSE, DANGER, PLAIN)
"""What an address has from a person's own words: the clauses that fit them, and that they tell of danger."""
WORRY, IMPROPER = "worry-about-child", "improper-contact"
"""The question to which words of danger lead where they find no nearer one, and where an adult is in touch
with a child."""


@dataclass(frozen=True)
class ShownEntry:
    """A question of the catalogue as a link. `query`: what its address has from the person's own words."""

    key: str
    title: str
    query: str = ""


@dataclass(frozen=True)
class ShownPlainly:
    """What the policy says in so many words: colour and sign, heading, and the clauses; none where it names
    no time."""

    kind: str
    title: str
    clauses: Sequence[ShownClause]


@dataclass(frozen=True)
class ShownAnswer:
    """One answer so far: the question, the answer, and the address without it."""

    question: str
    said: str
    change: str


def by_subject(
    entries: Iterable[Entry], shown: Callable[[str], ShownEntry]
) -> list[tuple[str, list[ShownEntry]]]:
    """The entries under the names of their subjects, in the order of the catalogue."""
    found: dict[str, list[ShownEntry]] = {}
    for one in entries:
        found.setdefault(one.subject, []).append(shown(one.key))
    return [(_(name), found[subject]) for subject, name in SUBJECTS.items() if subject in found]


def found_by(typed: str | None, entries: Sequence[Entry], *, public: bool) -> dict[str, Any]:
    """Return what a page shows that was asked in a person's own words: the questions that match, best first,
    what the policy has on it in so many words, the other clauses to read, whether it tells of danger,
    whether the policy has nothing on it, and all questions by subject, each with an address that has it. Of
    no words: the questions by subject."""
    if typed is None:
        return {
            "found": None,
            "subjects": by_subject(entries, lambda key: ShownEntry(key, _(ENTRIES[key].title))),
        }
    keys = _matching(typed, entries)
    by_adult = tells_of_an_adult(typed)
    of_danger = by_adult or tells_of_a_child(typed) or (speaks_of_danger(typed) and not is_everyday(typed))
    urgent = urgent_among(typed, may_be_meant(typed, language=get_language() or "en", say=_))
    if of_danger:
        open_to = {one.key for one in entries}
        first = (IMPROPER,) if by_adult else ()
        leads = [key for key in (*first, *urgent, WORRY) if key in open_to][:1]
        keys = list(dict.fromkeys((*leads, *keys)))
    book = book_in_scope()
    asker = PARENTS if public else STAFF
    clauses = clauses_fitting(book, typed, asker)
    danger = {DANGER: "1"} if of_danger or urgent else {}
    plainly = None if danger else said_plainly(book, typed, asker)
    said = words_of(plainly)
    besides = {**danger, **({PLAIN: [str(plainly.answer), *said]} if plainly else {})}

    def shown(key: str) -> ShownEntry:
        """Return a question as a link to where the words lead in its situation."""
        here = with_wider(book, typed, clauses, ENTRIES[key].situation)
        return ShownEntry(
            key, _(ENTRIES[key].title), address_of({**({CLAUSE: here} if here else {}), **besides})
        )

    return {
        "found": [shown(key) for key in keys],
        "urgent": bool(danger),
        "plainly": shown_plainly(book, plainly) if plainly else None,
        "first": shown_from(book, [one for one in clauses if one not in said]),
        "silent": not (clauses or plainly) and not danger and says_nothing(book, typed),
        "subjects": by_subject(entries, shown),
    }


def _matching(typed: str, entries: Iterable[Entry]) -> list[str]:
    return questions_found(typed, among=[one.key for one in entries], language=get_language() or "en", say=_)


def shown_from(book: Book, clauses: Iterable[str]) -> list[ShownClause]:
    """Return clauses of a policy as they're quoted."""
    return clauses_to_read(clauses, federation=book.meta.federation, quote=quote_from(book))


def shown_plainly(book: Book, said: SaidPlainly) -> ShownPlainly:
    """Return what a policy says in so many words, the answer before the words."""
    silent = said.answer is Answer.SILENT
    title = _("The policy sets no time for this") if silent else heading_of(said.answer)
    return ShownPlainly(KINDS[said.answer], title, shown_from(book, words_of(said)))


def words_of(said: SaidPlainly | None) -> list[str]:
    """Return the clauses of what a policy says in so many words."""
    return [one for one in (said.clause, *said.beside) if one][:MOST] if said else []


def plainly_in_address(book: Book, texts: Sequence[str]) -> ShownPlainly | None:
    """Return what a policy says in so many words to the words in which a question was found, as its address
    has it; None where it has nothing of the kind."""
    answer, *clauses = texts or [""]
    if answer not in SAID_SO or not all(one in book.clauses for one in clauses):
        return None
    if bool(clauses) is (answer == Answer.SILENT):
        return None
    first, *others = clauses or [""]
    return shown_plainly(book, SaidPlainly(first, Answer(answer), tuple(others)))


def to_read_first(advised: Advised) -> list[ShownClause]:
    """Return the clauses that fit the words in which it was asked."""
    return shown_from(advised.policy.book, advised.decision.fits)


def as_assumed(shown: ShownVerdict, advised: Advised) -> ShownVerdict:
    """Return an answer that calls nothing allowed because of what no one was asked: it says so with *if*."""
    assumed = advised.assumed

    def only_if(points: Sequence[ShownPoint]) -> list[ShownPoint]:
        return [
            replace(one, kind="wait", answer=_("Only if this is so"))
            if one.key in assumed and one.kind == "good"
            else one
            for one in points
        ]

    points, in_order = only_if(shown.points), only_if(shown.in_order)
    granted = [one for one in in_order if one.key in assumed]
    if not advised.policy.book.was_read or shown.kind == "good":
        points, in_order = [*points, *granted], [one for one in in_order if one not in granted]
    shown = replace(shown, points=points, in_order=in_order)
    if shown.kind != "good" or assumed.isdisjoint(one.key for one in points):
        return shown
    return replace(shown, kind="wait", title=_("{answer}, if all of this is so").format(answer=shown.title))


def with_turns(shown: ShownVerdict, advised: Advised, turns: str) -> ShownVerdict:
    """Return an answer that says who left clauses out of the question, and when. `turns`: where the policy's
    owner leaves others out and takes these in again; empty for anyone else."""
    book = advised.policy.book
    may = frozenset() if book.was_read else may_be_elsewhere(book, advised.asked.situation)

    def turned(clauses: Iterable[ShownClause]) -> list[ShownClause]:
        return [replace(one, turns=turns) if one.id in may else one for one in clauses]

    def said(clause: ShownClause) -> ShownClause:
        row = advised.elsewhere[clause.id]
        words = _("{name} said on {day} that it isn’t about this question.")
        return replace(clause, said=words.format(name=row.by.name, day=day_in_words(local_day(row.at))))

    aside = [replace(said(one), turns=turns) for one in shown.aside]
    return replace(shown, first=turned(shown.first), read=turned(shown.read), aside=aside)


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
    return _(here) if here else NETWORKS.get(choice, choice)


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


def address_of(answers: Mapping[str, str | Sequence[str]]) -> str:
    """The part of an address that holds the answers; empty where there are none."""
    return f"?{urlencode(answers, doseq=True)}" if answers else ""


def hidden_in_forms(answers: Mapping[str, str | Sequence[str]]) -> list[tuple[str, str]]:
    """Return the same as the fields of a form."""
    return [
        (name, text)
        for name, said in answers.items()
        for text in ((said,) if isinstance(said, str) else said)
    ]


def said_so_far(advised: Advised, path: str, found: Mapping[str, Sequence[str]]) -> list[ShownAnswer]:
    """Return the answers so far, each with the address that asks it again. `found`: what that address has
    besides."""
    texts = texts_of(advised)
    situation = advised.asked.situation
    return [
        ShownAnswer(
            question_in_words(situation, each),
            answer_in_words(situation, each, text, advised.asked.hats),
            path + address_of({**found, **{other: said for other, said in texts.items() if other != each}}),
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
    held = bool(advised.decision.first) or answer_of(advised.decision) in SO_FAR
    return len(advised.answers) >= ENOUGH and held


def rests_on_judgment(advised: Advised) -> bool:
    """Return whether an answer was given that a person will have to confirm."""
    return any(leaf.ask is Ask.JUDGED for leaf in advised.leaves.values())
