"""What the text of a post can be marked for under a policy: worked out from its own rules, and from no
other's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from schoolgate.rulebook import Book
from schoolgate.rulebook.book import Bound
from schoolgate.rulebook.controls.posts_law import MARK_OF
from schoolgate.rulebook.controls.posts_text import TextSettings, kinds_of
from schoolgate.rulebook.situations.marks import MarkKind

EVENT_DETAILS: tuple[MarkKind, ...] = ("no_day", "no_place")
"""What a post that is to be informative can lack."""


@dataclass(frozen=True)
class Markable:
    """Something that this policy speaks of. `point`: where its answer stands, which is its heading.

    `rule`: the key of the sentence that says the rule, where it is about this alone, else empty. `clauses`:
    what speaks of it. `asks_whom`: some of those clauses protect only certain people, so that an answer needs
    to be told whom it is about.
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


def kinds_asked(bound: Bound) -> tuple[MarkKind, ...]:
    """The kinds of mark that the rule of this binding asks for; empty for a rule about something else."""
    settings: Any = bound.settings
    if isinstance(settings, TextSettings):
        return settings.looked_for
    match bound.control:
        case "text.reference":
            return kinds_of(settings.covers)
        case "text.policies_kept":
            return ("other_policy",)
        case "post.law_known":
            return (MARK_OF[settings.law],)
        case "post.law_kept":
            return tuple(MARK_OF[law] for law in settings.laws)
        case "post.factual":
            return ("incorrect",)
        case "post.key_word" if settings.key_word == "informative":
            return EVENT_DETAILS
    return ()


def _with(before: Markable, bound: Bound) -> Markable:
    """What was known of it, and what this rule says of it as well."""
    settings = bound.settings
    return replace(
        before,
        rule=before.rule or _rule(before.kind, bound),
        clauses=tuple(dict.fromkeys((*before.clauses, *bound.clauses))),
        asks_whom=before.asks_whom or (isinstance(settings, TextSettings) and settings.of is not None),
    )


def _rule(kind: MarkKind, bound: Bound) -> str:
    """The key of the sentence in which this binding says its rule about this kind alone; else empty."""
    settings = bound.settings
    if isinstance(settings, TextSettings):
        return f"rule.{kind}" if settings.of is None and len(settings.looked_for) == 1 else ""
    match bound.control:
        case "text.reference":
            return "text.no_references"
        case "post.law_known":
            return f"lawful.{settings.law}"
        case "post.factual":
            return "rule.incorrect"
    return ""
