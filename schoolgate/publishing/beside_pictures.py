"""Whether the policy in force speaks of names beside the pictures of a post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from schoolgate.media.models import Picture
from schoolgate.policy.asking import verdicts
from schoolgate.policy.queries import book_in_scope
from schoolgate.publishing.models import Post, PostTarget
from schoolgate.rulebook import Decision
from schoolgate.rulebook.facts_read import words_read
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.post_parts import PersonShown, PostAccount
from schoolgate.rulebook.situations.post_publish import PostPublish

SITUATION = "post.publish"
LONDON = ZoneInfo("Europe/London")


def names_are_judged_beside(pictures: Iterable[Picture]) -> bool:
    """Return whether one of these pictures may show pupils, and the policy has a rule about names there."""
    may_show = any(each.shows_people is not False and each.shows_pupils is not False for each in pictures)
    return may_show and bool(words_read(book_in_scope(), SITUATION, "people.named"))


def first_names_are_asked(post: Post, *, on: date) -> bool:
    """Return whether the policy in force judges a pupil who is shown otherwise once their first name is
    given, on one of the post's accounts: the same question twice, with that fact alone changed."""
    if not names_are_judged_beside(post.pictures):
        return False
    asked = [_facts(each, named, on=on) for each in post.targets.all() for named in ("no", "first")]
    found = [_asked_of_it(each) for each in verdicts(SITUATION, asked, on=on)]
    return any(without != with_it for without, with_it in zip(found[::2], found[1::2], strict=True))


def _facts(target: PostTarget, named: str, *, on: date) -> PostPublish:
    setup = cast("dict[str, bool | None]", target.account.setup)
    shown = PersonShown(
        key="shown",
        relation="pupil",
        shown=True,
        named=cast("Any", named),
        consents=(),
        opted_out=False,
        do_not_publish=False,
    )
    return PostPublish(
        now=datetime.combine(on, time(12), LONDON),
        account=PostAccount(
            key=f"account-{target.account_id}",
            network=target.account.network,
            official=True,
            hosting="school" if target.account.network == "noticeboard" else "third_party",
            pupils_may_read=target.account.pupils_in_audience,
            youngest_pupil=target.account.youngest_pupil,
            pupil_site=setup.get("made_for_pupils"),
        ),
        has_picture=True,
        people=(shown,),
    )


def _asked_of_it(decision: Decision) -> set[tuple[str, ...]]:
    return {
        (finding.point, str(finding.kind), *finding.clauses)
        for finding in decision.findings
        if finding.stands and finding.kind in (Kind.FORBIDS, Kind.REQUIRES)
    }
