"""Ask what a policy says about using the pictures of a post on an official account, beside what it asks of
the post."""

from __future__ import annotations

import re
from datetime import datetime

from schoolgate.core.clock import local_day
from schoolgate.policy.asking import record_decisions
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force
from schoolgate.publishing.facts import Asked
from schoolgate.publishing.models import Post
from schoolgate.rulebook.situations.pictures import ImageShare, SharedPerson
from schoolgate.rulebook.situations.post_publish import PostPublish

SITUATION = "image.share"
POINTS = frozenset({"picture_rules", "picture_guidance", "picture_tagging"})
"""What a policy may say about pictures as a whole; all else is asked of the post itself."""
_MENTION = re.compile(r"(?<![\w.@/])@\w")
"""An account mentioned, as every network writes it; an email address is none."""


def keep_pictures(post: Post, *, at: datetime, facts: Asked) -> list[DecisionRecord]:
    """Return the saved decisions about a post's pictures, one for each account; none where the post has no
    picture or the policy has no such rule. `facts`: of the post on each account, at this instant."""
    bound = in_force(local_day(at)).book.bound(SITUATION)
    if not post.pictures or not any(each.point in POINTS for each in bound):
        return []
    asked = [(picture_facts(each, post, text=target.text), post) for target, each in facts]
    return record_decisions(SITUATION, asked, at=at, by=post.author)


def picture_facts(facts: PostPublish, post: Post, *, text: str) -> ImageShare:
    """Return the pictures of a post on one account as the facts of posting them there: of people those shown,
    whether or not the words name anyone.

    Schoolgate never tags anyone in a picture itself; an account mentioned in the words of the post, `text`,
    is as good as tagged.
    """
    picture, people = facts.picture, facts.people
    if people is None and all(each.shows_people is False for each in post.pictures):
        people = ()
    return ImageShare(
        now=facts.now,
        by=facts.author,
        act="upload",
        place="official_account",
        pupil_site=facts.account.pupil_site,
        shows_pupils=None if picture is None else picture.with_pupils(facts),
        shows_security=None if picture is None else picture.shows_security,
        swimwear=None if picture is None else picture.swimwear,
        people=None if people is None else tuple(SharedPerson(**vars(each)) for each in people),
        fit=None if picture is None else picture.fit,
        dressed=None if picture is None else picture.dressed,
        ridicules=None if picture is None else picture.ridicules,
        tagging="on" if _MENTION.search(text) else "off",
    )
