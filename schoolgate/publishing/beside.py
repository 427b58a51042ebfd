"""What is told beside a post: the policy's answer, unless something else keeps the post back.

A post goes out whole, so what keeps it back on one account keeps it back on all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import Text
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.publishing import rules
from schoolgate.publishing.hit_wording import why_words_wait
from schoolgate.publishing.hits import PostHit
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import Judged, goes_back
from schoolgate.publishing.states import HELD, PostState
from schoolgate.rulebook import Decision
from schoolgate.rulebook.answers import Answer, answer_of

SAYS_GO = frozenset({Answer.ALLOWED, Answer.ALLOWED_IF, Answer.ADVISED_AGAINST, Answer.MET})
"""Answers that a reader takes for a yes."""


def answer_beside(decision: Decision, *, held: bool) -> Answer:
    """Return the strongest answer about a post on an account: a yes only where nothing keeps the post back.
    `held`: whether `kept_back` says why."""
    own = answer_of(decision)
    return Answer.NOT_YET if held and own in SAYS_GO else own


def kept_back(
    judged: Sequence[Judged],
    *,
    school: int | None,
    problems: Mapping[str, Text],
    left: Sequence[PostHit],
    at: datetime,
) -> tuple[Text, ...]:
    """Return why a post can't go out whatever the policy allows on one of its accounts, each reason once.
    `problems`: as `rules.problems_of` gives them; `left`: words that wait for an answer."""
    said: list[Text] = [HELD] if rules.stopped(school, at=at) else []
    said += problems.values()
    if left and "screening" not in problems:
        said.append(why_words_wait(left))
    if any(each.decision.outcome not in GOES_AHEAD for each in judged):
        said.append(_("What the policy says about another of its accounts keeps the whole post back."))
    return tuple(dict.fromkeys(said))


def kept_back_now(post: Post, judged: Sequence[Judged], *, at: datetime) -> tuple[Text, ...]:
    """Return the same of a saved post as it is. `judged`: what the policy says about it."""
    on = local_day(at)
    said = kept_back(
        judged,
        school=post.school_id,
        problems=rules.problems_of(post, on=on),
        left=rules.words_to_answer(post, on=on),
        at=at,
    )
    if not said and post.state == PostState.APPROVED and goes_back(post, at=at, now=list(judged)):
        return (_("Something has changed since it was approved, so it goes back for approval."),)
    return said
