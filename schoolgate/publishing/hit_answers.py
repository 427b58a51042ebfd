"""Say why words that were found in a text may stay, what a school publishes of itself, and whose eyes a
draft is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import ANOTHER_WANTED, CHOOSE, Said, wrong_reason
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.people.models import Person
from schoolgate.people.rules import check_may_administer
from schoolgate.people.safeguarding import leads_at
from schoolgate.publishing import queries, rules
from schoolgate.publishing.hits import PostHit, hits_of, lets_out_as_lead
from schoolgate.publishing.leaving import reason_in
from schoolgate.publishing.models import CAN_BE_CHANGED, HitAnswer, HitReply, OwnDetail, Post
from schoolgate.publishing.of_pupils import may_let_out
from schoolgate.publishing.own_details import agree, details_in, keep, speaks_for_school
from schoolgate.publishing.post_parts import one_will_with, wrote
from schoolgate.screening.hits import OWN, Kind

MOST_AT_ONCE = 50
Beside = Callable[[Post, datetime], None]
_beside: list[Beside] = []


def beside(changed: Beside) -> None:
    """Register what follows when a post begins or ends to be kept to the leads. Called once, at start-up, by
    rooms above that keep something of posts."""
    _beside.append(changed)


def note_for_leads(post: Post, *, at: datetime) -> None:
    """Note whether something in this post waits for a safeguarding lead's word. `post`: as it is now."""
    now = hits_of(post, on=local_day(at)).for_leads
    if now != post.leads_only:
        Post.objects.filter(pk=post.pk).update(leads_only=now)
        post.leads_only = now
        for changed in _beside:
            changed(post, at)


def drafts(*, after: int = 0, most: int | None = None) -> list[int]:
    """Return the ids of posts that can still be changed, after this id; all of them without `most`."""
    rows = Post.objects.filter(state__in=CAN_BE_CHANGED, destroyed_at=None, pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


@action
def note_again_for_leads(*, at: datetime, after: int) -> int | None:
    """Note it again of posts that can still be changed, after this id: their words may have been read in a
    picture, or a name may have come to the list or left it. Return the last id looked at; None at the end."""
    ids = drafts(after=after, most=MOST_AT_ONCE)
    for post in queries.posts_by_id(ids):
        note_for_leads(post, at=at)
    return ids[-1] if ids else None


LEAD_ONLY = _("Only a safeguarding lead can say this about these words. Change them, or ask the lead.")
ANOTHER_LEAD = _(
    "Only a safeguarding lead who didn’t write the post, and isn’t named in it, can say this about these "
    "words. Change them, or ask another lead."
)


@action
def answer_hits(*, by: Person, at: datetime, post: Post, said: Mapping[str, Said]) -> Post:
    """Say why words found in a post may stay. `said`: by the key of the hit.

    Raises NotAllowed (neither its author, an approver nor a safeguarding lead; about a picture alone: nor who
    keeps consents), NotNow (on its way or out), BadInput (`screening`).
    """
    on = local_day(at)
    pictures = {each.hit.key for each in hits_of(post, on=on).hits if each.is_withheld}
    if not said or not pictures.issuperset(said) or not may_let_out(by, post, lead_only=False, on=on):
        rules.check_may_judge(by, post, on=on)
    rules.check_takes_answers(post)
    write_answers(by=by, at=at, post=post, said=said)
    now = queries.post(post.pk)
    note_for_leads(now, at=at)
    return now


def write_answers(
    *, by: Person, at: datetime, post: Post, said: Mapping[str, Said], typing: bool = False
) -> None:
    """Write the answers about what is in the post now; one about words that are gone is left out. `typing`:
    so is one that its writer hasn't begun a reason for yet.

    Raises BadInput (`screening`: a reason without an answer, or as of `_write`).
    """
    found = {each.hit.key: each for each in hits_of(post, on=local_day(at)).hits}
    for key, each in said.items():
        if key in found and each.is_half_given:
            raise BadInput({"screening": CHOOSE})
        later = typing and not each.words.strip()
        if key in found and each.reply and not (later and _wrong_reason(found[key], each)):
            _write(found[key], each, by=by, at=at, post=post)


@action
def keep_own_details(*, by: Person, at: datetime, school: School, details: str) -> list[OwnDetail]:
    """Keep what a school publishes of itself, one detail on each line, as its office enters it.

    Raises NotAllowed (not of the office), BadInput (`details`: a line without one, a family's address).
    """
    check_may_administer(by, on=local_day(at))
    found = details_in(details)
    try:
        return [keep(hit, by=by, at=at, school=school) for hit in found]
    except BadInput as error:
        raise BadInput({"details": error.fields["screening"]}) from None


@action
def agree_own_detail(*, by: Person, at: datetime, detail: OwnDetail) -> OwnDetail:
    """Agree that a detail that a colleague proposed is the school's own: it isn't asked about any more.

    Raises NotAllowed (neither writes posts here nor is of the office; who proposed it), NotNow (done
    already).
    """
    if not speaks_for_school(by, at=at):
        rules.check_may_write(by, detail.school, on=local_day(at))
        if detail.by_id == by.pk:
            raise NotAllowed(
                _("Someone else must say that this is the school’s own."), _("Ask a colleague or the office.")
            )
    if not agree(detail, by=by, at=at):
        raise done_before(
            detail,
            _("Someone has already answered this."),
            _("Open the page again."),
            agreed_at__isnull=False,
        )
    detail.refresh_from_db()
    return detail


@action
def remove_own_detail(*, by: Person, at: datetime, detail: OwnDetail) -> OwnDetail:
    """Stop allowing a detail of the school in posts. Raises NotAllowed, NotNow (removed already)."""
    if not speaks_for_school(by, at=at):
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
    words, before = said.words.strip(), found.answer
    again = before is not None and before.reply == said.reply
    if before is not None and again and by.pk != before.by_id and found.waits_for_another:
        _agree(found, before, by=by, at=at, post=post)
        return
    if before is not None and again and before.words == words and not found.outranked:
        return
    if said.reply not in found.replies:
        raise BadInput({"screening": _("Choose one of the answers offered.")})
    reason_in(said)
    if found.is_withheld:
        _check_lets_out(found, by=by, at=at, post=post)
    if found.lead_only and not found.is_withheld:
        _check_lead_lets_out(found, by=by, at=at, post=post)
    if (wrong := _wrong_reason(found, said)) is not None:
        raise BadInput({"screening": wrong if wrong is ANOTHER_WANTED else _reason_wanted(found, said)})
    ours = said.reply == HitReply.OURS and found.hit.kind in OWN
    for_school = ours and speaks_for_school(by, at=at)
    alone = wrote(by, post) and not for_school
    if not alone and not for_school and found.counts_by_two(said.reply):
        _check_is_another_will(by, post, at=at)
    if ours:
        keep(found.hit, by=by, at=at, school=post.school, second=not alone)
    HitAnswer.objects.update_or_create(
        post=post,
        hit=found.hit.key,
        defaults={
            "kind": found.hit.kind, "reply": said.reply, "words": words, "pupils": list(found.hit.of),
            "by": by, "at": at, "also_by": None if alone else by,
        },
    )  # fmt: skip
    record("post.words_answered", subject=post, at=at, actor=by, kind=str(found.hit.kind), reply=said.reply)


def _wrong_reason(found: PostHit, said: Said) -> Text | None:
    """Return what is wrong with the reason of an answer. Where it needs none, only one that says the contrary
    is wrong."""
    another = (
        said.reply == HitReply.NOT_PUPIL and not found.lead_only
    )  # a lead lets this very child's name out
    wrong = wrong_reason(reason_in(said), of_another=another)
    return wrong if found.needs_reason(said.reply) or wrong is ANOTHER_WANTED else None


def _reason_wanted(found: PostHit, said: Said) -> Text:
    if found.is_withheld:
        return _("Say in a short sentence why the picture may be shown, such as who agreed.")
    if found.is_face:
        return _("Say in a short sentence why no one can be recognised, such as that it’s a drawing.")
    if found.hit.kind is not Kind.PUPIL:
        return _("Say in a short sentence why these words may go out, such as who asked for it.")
    if said.reply != HitReply.RIGHT:
        return _("Say in a short sentence why it’s not this pupil, such as who is meant.")
    if found.left:
        return _("Say in a short sentence why this name may stay, such as that they’ve left and agreed.")
    return _("Say in a short sentence why this first name may stay, such as whose it is.")


def _check_lead_lets_out(found: PostHit, *, by: Person, at: datetime, post: Post) -> None:
    if lets_out_as_lead(by, found.hit, post, on=local_day(at)):
        return
    leads = leads_at(by, post.school_id, on=local_day(at))
    raise BadInput({"screening": ANOTHER_LEAD if leads else LEAD_ONLY})


def _check_lets_out(found: PostHit, *, by: Person, at: datetime, post: Post) -> None:
    if may_let_out(by, post, lead_only=found.lead_only, on=local_day(at)):
        return
    raise BadInput(
        {
            "screening": _(
                "Only a safeguarding lead who didn’t write the post can say this about the picture. Ask "
                "them, or take the picture out."
            )
            if found.lead_only
            else _(
                "Only someone who looks after consents, and didn’t write the post, can say this about the "
                "picture. Ask them, or take the picture out."
            )
        }
    )


def _agree(found: PostHit, answer: HitAnswer, *, by: Person, at: datetime, post: Post) -> None:
    """Note that someone beside the author says the same. What was approved is as it was."""
    if wrote(by, post):
        return
    _check_is_another_will(by, post, at=at)
    answer.also_by = by
    answer.save(update_fields=["also_by"])
    if answer.reply == HitReply.OURS:
        keep(found.hit, by=by, at=at, school=post.school, second=True)
    record("post.words_answered", subject=post, at=at, actor=by, kind=answer.kind, reply=answer.reply)


def _check_is_another_will(by: Person, post: Post, *, at: datetime) -> None:
    writer = one_will_with(by, post, at=at)
    if writer is not None:
        raise BadInput(
            {
                "screening": format_lazy(
                    _(
                        "You or {name} recently added the other to Schoolgate or gave them a role. "
                        "Ask someone else to say whether this is about a child, or change the "
                        "words."
                    ),
                    name=writer.name,
                )
            }
        )
