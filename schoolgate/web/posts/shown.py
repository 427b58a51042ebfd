"""What the policy says about a post, ready for a page: accounts with the same answer together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.forms import ChoiceField
from django.forms.boundfield import BoundField
from django.utils.functional import Promise

from schoolgate.core.errors import Text
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.of_pupils import pupils_in, words_on
from schoolgate.publishing.queries import Judged
from schoolgate.publishing.questions import QUESTIONS
from schoolgate.rulebook import Decision
from schoolgate.rulebook.adviser.fitting import with_the_near_to
from schoolgate.web.frame.shown import ShownClause, ShownVerdict
from schoolgate.web.frame.strongest import strongest


@dataclass(frozen=True)
class ShownAnswer:
    """One question to the author, with the clauses that ask it. `again`: its answer was about other words.
    `open`: not answered. `statement`: what is confirmed in its place together with others; `other`: it was
    answered otherwise. `own_words`: what was answered before the policy's answers were chosen from."""

    name: str
    field: BoundField
    kind: str
    clauses: Sequence[ShownClause]
    again: bool = False
    open: bool = False
    statement: str | Promise = ""
    other: bool = False
    own_words: str = ""


def kind_of(name: str, field: BoundField) -> str:
    """Return how a question is drawn: one in the author's own words as a choice where there is one."""
    kind = QUESTIONS[name].kind
    return "choice" if kind == "text" and isinstance(field.field, ChoiceField) else kind


@dataclass(frozen=True)
class ShownVerdicts:
    """One answer of the policy, and the accounts that it applies to."""

    accounts: Sequence[str]
    verdict: ShownVerdict


REASONS = frozenset({"do_not_publish", "opt_out"})
"""Points that say why a pupil may not be shown. That none may is at the points that ask for consent."""


def verdicts_shown(
    judged: Sequence[Judged], *, at: datetime, kept_back: Sequence[Text] = ()
) -> list[ShownVerdicts]:
    """The answers for all accounts; where several get the same one it is shown once. Why a pupil of the
    school's list may not be shown is left out: only those who keep consents see that. `kept_back`: what else
    keeps the post from going out, so that no answer is a yes. Clauses without a rule come first that have
    words of the text."""
    found: list[tuple[ShownVerdict, list[str]]] = []
    for each in judged:
        decision = _without_reasons(each.decision, [row.place for row in pupils_in(each.target.post)])
        decision = with_the_near_to(book_in_scope(), decision, words_on(each.target))
        shown, name = strongest(decision, kept_back, at=at), each.target.account.name
        same = next((names for known, names in found if known == shown), None)
        if same is None:
            found.append((shown, [name]))
        else:
            same.append(name)
    return [ShownVerdicts(names, shown) for shown, names in found]


def _without_reasons(decision: Decision, pupils: Collection[int]) -> Decision:
    """Return a decision without the points that give the reason for a pupil's no; all of them, so that what
    is left out says nothing either."""
    if not pupils:
        return decision
    abouts = {f"people[{place}]" for place in pupils}
    kept = tuple(
        each
        for each in decision.findings
        if each.point not in REASONS or (each.about or "").partition(".")[0] not in abouts
    )
    left = {each.point for each in kept}
    points = {
        point: outcome for point, outcome in decision.points.items() if point not in REASONS or point in left
    }
    return replace(decision, findings=kept, points=points)
