"""What the text of a post can be marked for under a policy, worked out from its own rules and from no
other's; and the mark that raises a link to a business of the author's own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.networks.normal import find_links
from schoolgate.policy.queries import in_force
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.models import Post, PostMark
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
    the ones that cover it. `asks_whom`: some of those clauses protect only certain people, so the answer
    depends on the person concerned.
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
    """Return what was known about it, with what this rule adds."""
    settings = bound.settings
    return replace(
        before,
        rule=before.rule or _rule(before.kind, bound),
        clauses=tuple(dict.fromkeys((*before.clauses, *bound.clauses))),
        asks_whom=before.asks_whom or (isinstance(settings, MarkSettings) and bool(settings.of)),
    )


def _rule(kind: MarkKind, bound: CompiledRule) -> str:
    """Return the key of the sentence with which this binding states its rule about this kind alone; else
    empty."""
    settings = bound.settings
    if isinstance(settings, MarkSettings):
        return settings.rule_alone if len(settings.looked_for) == 1 else ""
    if len(kinds_asked(bound)) > 1:
        return ""
    reminders = (step.say for step in settings.steps if step.verb == "advise")
    return next(reminders, f"rule.{kind}" if f"rule.{kind}" in SENTENCES else "")


GAIN = "personal_gain"
"""The kind of mark that raises it."""


def declared(post: Post) -> bool:
    """Return whether its author said that a link which it still has leads to a business of theirs."""
    if post.answers.get("links_own_business", {}).get("answer") is not True:
        return False
    return any(link.kind == "link" for target in post.targets.all() for link in find_links(target.text))


def raise_declared(post: Post, *, at: datetime) -> bool:
    """Mark the post for a colleague to look at, where its author declared such a link and the policy covers
    personal gain. Return whether a mark was made.

    A mark that waits is enough, and so is one that a colleague judged on the content as it is: what the
    author judged alone settles nothing here.
    """
    if not declared(post):
        return False
    speaks = markable(in_force(local_day(at)).book, relation=post.writer.relation).get(GAIN)
    seen = content_digest(post)
    raised = [each for each in post.marks.all() if each.kind == GAIN]
    if speaks is None or any(
        each.judged_seen != seen or each.judged_by_id != post.author_id for each in raised
    ):
        return False
    mark = PostMark.objects.create(post=post, kind=GAIN, seen=seen, raised_by=post.writer, at=at)
    clauses = list(speaks.clauses)
    record("post.marked", subject=post, at=at, actor=post.writer, clauses=clauses, mark=mark.pk, kind=GAIN)
    return True
