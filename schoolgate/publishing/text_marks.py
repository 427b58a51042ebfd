"""What the text of a post can be marked for under a policy: worked out from its own rules, and from no
other's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from schoolgate.rulebook import Book
from schoolgate.rulebook.book import CompiledRule
from schoolgate.rulebook.controls.posts_text import MarkSettings
from schoolgate.rulebook.messages import SENTENCES
from schoolgate.rulebook.rules.rule import Rule, compared
from schoolgate.rulebook.situations.marks import MARK_KINDS, MarkKind


@dataclass(frozen=True)
class Markable:
    """Something that this policy covers. `point`: where its answer appears, which is its heading.

    `rule`: the key of the sentence that states the rule, if that is about this alone, else empty. `clauses`:
    the ones that cover it. `asks_whom`: some of those clauses protect only certain people, so that an answer
    depends on the person it is about.
    """

    kind: MarkKind
    point: str
    rule: str = ""
    clauses: tuple[str, ...] = ()
    asks_whom: bool = False


def markable(book: Book, *, relation: str) -> Mapping[str, Markable]:
    """By kind: everything that a post of an author with this relation can be marked for under the policy of
    `book`, in the order of its rules; empty where it has no rule about what a text holds."""
    found: dict[str, Markable] = {}
    for bound in book.bound("post.publish"):
        if bound.binds is not None and relation not in bound.binds:
            continue
        for kind in kinds_asked(bound):
            found[kind] = _with(found.get(kind) or Markable(kind, bound.point), bound)
    return found


def kinds_asked(bound: CompiledRule) -> tuple[MarkKind, ...]:
    """The kinds of mark that the rule of this binding asks for; empty for a rule about something else."""
    settings: Any = bound.settings
    if isinstance(settings, MarkSettings):
        return settings.looked_for
    if not isinstance(settings, Rule):
        return ()
    named = frozenset(compared(settings.model_dump(), "kind"))
    return tuple(kind for kind in MARK_KINDS if kind in named)


def _with(before: Markable, bound: CompiledRule) -> Markable:
    """What was known of it, and what this rule says of it as well."""
    settings = bound.settings
    return replace(
        before,
        rule=before.rule or _rule(before.kind, bound),
        clauses=tuple(dict.fromkeys((*before.clauses, *bound.clauses))),
        asks_whom=before.asks_whom or (isinstance(settings, MarkSettings) and bool(settings.of)),
    )


def _rule(kind: MarkKind, bound: CompiledRule) -> str:
    """The key of the sentence in which this binding says its rule about this kind alone; else empty."""
    settings = bound.settings
    if isinstance(settings, MarkSettings):
        return settings.rule_alone if len(settings.looked_for) == 1 else ""
    if len(kinds_asked(bound)) > 1:
        return ""
    reminders = (step.say for step in settings.steps if step.verb == "advise")
    return next(reminders, f"rule.{kind}" if f"rule.{kind}" in SENTENCES else "")
