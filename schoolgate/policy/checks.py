"""A short check of understanding: its questions, and that it was taken."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import zip_longest

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.duties.actions import discharge
from schoolgate.patterns import lazy_pattern
from schoolgate.people.models import Person
from schoolgate.policy import knowing
from schoolgate.policy.duty_kinds import WRONG_ANSWERS
from schoolgate.policy.models import Attested, UnderstandingCheck
from schoolgate.policy.queries import in_force
from schoolgate.policy.saying import attest
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.kinds import Outcome
from schoolgate.rulebook.scenarios import Scenario, ask, supplied_scenarios

# Questions for a short check of understanding: stored cases of the policy itself, asked of its own book.


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


# Record answers to a short check of understanding; only the result is saved.


@action
def take_check(*, by: Person, at: datetime, number: int, given: Sequence[str]) -> UnderstandingCheck:
    """Save the person's answers to their check of this number on the version in force; `given` are
    outcomes, in the order of the questions.

    All right counts as having understood it where the policy asks for such a check, and nowhere else.
    Raises NotNow where that check was answered already or the version has changed; BadInput where an answer
    is missing.
    """
    on = local_day(at)
    policy = in_force(on)
    last = knowing.last_check(by, policy.version)
    if number != (last.number if last else 0) + 1:
        raise NotNow(_("These questions are no longer in use."), _("Answer the new ones."))
    asked = questions_for(policy.book, person=by.pk, version=policy.version.pk, number=number)
    if not asked:
        raise NotNow(
            _("No questions are available for this policy."), _("Read the policy on its page instead.")
        )
    missing = {
        f"question_{position}": _("Choose an answer.")
        for position in range(len(asked))
        if position >= len(given) or given[position] not in ANSWERS
    }
    if missing:
        raise BadInput(missing)
    row = UnderstandingCheck.objects.create(
        person=by,
        version=policy.version,
        number=number,
        right=right_answers(asked, given[: len(asked)]),
        asked=len(asked),
        at=at,
    )
    record("understandingcheck.taken", subject=row, at=at, actor=by, right=row.right, asked=row.asked)
    if row.right == row.asked:
        discharge(kind=WRONG_ANSWERS, subject=policy.version, person=by, by=by, at=at, how="all_right")
        if knowing.wants(policy, on=on).understanding:
            attest(
                kind=Attested.POLICY_UNDERSTOOD,
                about=policy.version,
                by=by,
                at=at,
                seen={"version": policy.version.pk, "questions": [one.key for one in asked]},
            )
    return row
