"""Questions for a short check of understanding: stored cases of the policy itself, asked of its own book."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import zip_longest

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.kinds import Outcome
from schoolgate.rulebook.scenarios import Scenario, ask, supplied_scenarios

ASKED = 5
"""Questions in one check."""
ANSWERS = (Outcome.PERMITTED, Outcome.NOT_PERMITTED, Outcome.REFER, Outcome.SILENT)
"""The answers to a case that a person can know: yes, no, it needs a ruling, the policy doesn't cover it."""
MOMENTS = frozenset(
    {
        "contact.accept",
        "image.share",
        "image.use",
        "item.remove",
        "media.enquiry",
        "message.send",
        "personal.post",
        "personal.profile",
        "post.publish",
    }
)
"""The situations that people who run an account meet."""
SHORTEST = 3
_TELLS = lazy_pattern(
    r"\b(audit|ruled|ruling|found|judged|known|said|says|spoken|bound|nobody|nothing|not|never|may|same|"
    r"allowed|permitted|forbidden|refused|has to|kept|counts?|rule|register's|worked example|advis\w+|"
    r"attest\w+|raises|like|leave to|departs|covered|deadline|clause|words|sentences?|makes?|is no|"
    r"is another|no company's|no question|to the letter|anyway|response|authority|beside a|also|too|"
    r"needs|lifts|dealing with|is none|is one|left open|to say|everything in order|takes the place|whether|"
    r"(un)?suitable|question|hint|held to|put off|is for|lacks|remarks|itself|there|no pupils)\b",
    re.IGNORECASE,
)
"""Names that reveal the answer, or that only make sense next to other cases."""


@dataclass(frozen=True)
class Question:
    """A case in a few words with its facts, and the policy's answer to it."""

    key: str
    situation: str
    words: str
    facts: tuple[tuple[str, object], ...]
    decision: Decision

    @property
    def answer(self) -> Outcome:
        """The right answer."""
        return self.decision.outcome


def questions_for(book: Book, *, person: int, version: int, number: int) -> list[Question]:
    """Return the questions of a person's check of this number on a version: the same ones every time,
    different ones for the next number while there are enough. Empty where no cases are stored."""
    kinds = [
        sorted(of_one_answer, key=lambda one: _order(one, person, version))
        for of_one_answer in _by_answer(book)
    ]
    mixed = [one for row in zip_longest(*kinds) for one in row if one is not None]
    if not mixed:
        return []
    first = (number - 1) * ASKED
    return [mixed[position % len(mixed)] for position in range(first, first + min(ASKED, len(mixed)))]


def right_answers(questions: Sequence[Question], given: Sequence[str]) -> int:
    """Return how many of these were answered correctly."""
    return sum(one.answer == answer for one, answer in zip(questions, given, strict=True))


def _by_answer(book: Book) -> list[list[Question]]:
    asked = [_question(scenario, book) for scenario in _stored(book.key)]
    return [[one for one in asked if one.answer == answer] for answer in ANSWERS]


@lru_cache(maxsize=16)
def _stored(key: str) -> tuple[Scenario, ...]:
    """Return the stored cases that can be asked: the answer is clear, the name says what happens and not
    what follows."""
    return tuple(
        one
        for one in supplied_scenarios(key, MOMENTS)
        if one.expect.get("outcome") in ANSWERS
        and len(one.name.split()) >= SHORTEST
        and not _TELLS.search(one.name)
    )


def _question(scenario: Scenario, book: Book) -> Question:
    facts = scenario.facts.model_dump(mode="json", exclude_defaults=True)
    return Question(
        key=sha256(str(scenario).encode()).hexdigest()[:12],
        situation=scenario.situation,
        words=scenario.name[0].upper() + scenario.name[1:],
        facts=tuple(_flat(facts)),
        decision=ask(scenario, book),
    )


def _flat(facts: dict[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in facts.items():
        if name in ("now", "rulings", "leaves"):
            continue
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _order(question: Question, person: int, version: int) -> str:
    return sha256(f"{person}:{version}:{question.key}".encode()).hexdigest()
