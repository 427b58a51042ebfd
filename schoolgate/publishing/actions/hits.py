"""Say why words that were found in a text may stay, and what a school publishes of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.people.models import Person
from schoolgate.publishing import queries, rules
from schoolgate.publishing.hit_models import HitAnswer, OwnDetail
from schoolgate.publishing.hits import PostHit, hits_of
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import HitReply
from schoolgate.screening.hits import OWN

LONGEST_WORDS = 500


@dataclass(frozen=True)
class Said:
    """An answer about one hit: a `HitReply`, and the person's own words."""

    reply: str
    words: str = ""


@action
def answer_hits(*, by: Person, at: datetime, post: Post, said: Mapping[str, Said]) -> Post:
    """Say why words found in a post may stay. `said`: by the key of the hit.

    Raises NotAllowed (neither its author nor an approver), NotNow (on its way or out), BadInput
    (`screening`).
    """
    rules.check_may_judge(by, post, on=local_day(at))
    rules.check_takes_answers(post)
    write_answers(by=by, at=at, post=post, said=said)
    return queries.post(post.pk)


def write_answers(*, by: Person, at: datetime, post: Post, said: Mapping[str, Said]) -> None:
    """Write the answers about what is in the post now; one about words that are gone is left out."""
    found = {each.hit.key: each for each in hits_of(post, on=local_day(at)).hits}
    for key, each in said.items():
        if key in found and each.reply:
            _write(found[key], each, by=by, at=at, post=post)


@action
def remove_own_detail(*, by: Person, at: datetime, detail: OwnDetail) -> OwnDetail:
    """Stop allowing a detail of the school in posts. Raises NotAllowed, NotNow (removed already)."""
    rules.check_may_write(by, detail.school, on=local_day(at))
    ended = OwnDetail.objects.filter(pk=detail.pk, ended_at=None).update(ended_by=by, ended_at=at)
    if not ended:
        raise done_before(
            detail, _("This was removed already."), _("Open the page again."), ended_at__isnull=False
        )
    record("post.own_detail_removed", subject=detail.school, at=at, actor=by, kind=detail.kind)
    detail.refresh_from_db()
    return detail


def _write(found: PostHit, said: Said, *, by: Person, at: datetime, post: Post) -> None:
    words = said.words.strip()
    before = found.answer
    if before is not None and (before.reply, before.words) == (said.reply, words):
        return
    if said.reply not in found.replies:
        raise BadInput({"screening": _("Choose one of the answers offered.")})
    if len(words) > LONGEST_WORDS or "\x00" in words:
        raise BadInput({"screening": _("Give your reason in up to 500 characters.")})
    HitAnswer.objects.update_or_create(
        post=post,
        hit=found.hit.key,
        defaults={"kind": found.hit.kind, "reply": said.reply, "words": words, "by": by, "at": at},
    )
    record("post.words_answered", subject=post, at=at, actor=by, kind=str(found.hit.kind), reply=said.reply)
    if said.reply == HitReply.OURS and found.hit.kind in OWN:
        _learn(found, by=by, at=at, post=post)


def _learn(found: PostHit, *, by: Person, at: datetime, post: Post) -> None:
    """Allow the school's own detail in its posts from now on."""
    hit = found.hit
    _row, new = OwnDetail.objects.get_or_create(
        school=post.school,
        plain=hit.plain[:200],
        ended_at=None,
        defaults={"kind": hit.kind, "words": hit.words[:200], "by": by, "at": at},
    )
    if new:
        record("post.own_detail_added", subject=post.school, at=at, actor=by, kind=str(hit.kind))
