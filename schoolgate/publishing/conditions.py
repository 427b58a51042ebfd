"""The conditions of the approval of a post's accounts, and the author's answer to each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from schoolgate.accounts.models import Condition, ConditionWord
from schoolgate.accounts.proposals import use_facts
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import subject_of
from schoolgate.policy.asking import record_decisions
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.models import Post
from schoolgate.rulebook.facts import Facts


def conditions_of_post(post: Post, *, on: date) -> list[Condition]:
    """Return the conditions on the approvals of its accounts, if the policy in force has conditions. One
    query at most."""
    proposals = {target.account.proposal_id for target in post.targets.all()} - {None}
    if not proposals or not in_force(on).book.bound("account.use"):
        return []
    rows = Condition.objects.filter(proposal__in=proposals, ended_at=None)
    return list(rows.select_related("proposal", "by").order_by("pk"))


def said_of(post: Post, conditions: Sequence[Condition]) -> dict[int, ConditionWord]:
    """Return condition -> the newest answer about the current text. One query, none without conditions."""
    if not conditions:
        return {}
    rows = ConditionWord.objects.filter(
        about=subject_of(post), seen=content_digest(post), condition__in=list(conditions)
    )
    return {row.condition_id: row for row in rows.select_related("by").order_by("pk")}


def still_to_say(post: Post, *, on: date) -> list[Condition]:
    """Return the conditions that are unanswered for the current text."""
    conditions = conditions_of_post(post, on=on)
    said = said_of(post, conditions)
    return [row for row in conditions if row.pk not in said]


def keep_use(post: Post, *, at: datetime) -> list[DecisionRecord]:
    """Ask account.use of each account whose approval carries conditions, and save the answers."""
    on = local_day(at)
    conditions = conditions_of_post(post, on=on)
    if not conditions:
        return []
    said, book = said_of(post, conditions), in_force(on).book
    asked: list[tuple[Facts, Post]] = []
    for target in post.targets.all():
        own = [row for row in conditions if row.proposal_id == target.account.proposal_id]
        if own:
            facts = use_facts(target.account, own, said, by=post.author, book=book, at=at, act="post")
            asked.append((facts, post))
    return record_decisions("account.use", asked, at=at, by=post.author)
