"""Several people at one draft: let a colleague write too, save words while they are typed, say who is
there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.drafting import TargetText, check_input, write_targets
from schoolgate.publishing.actions.for_leads import note_for_leads
from schoolgate.publishing.actions.versions import next_version, note_saved
from schoolgate.publishing.models import Post, PostWriter
from schoolgate.publishing.states import CAN_BE_CHANGED, PostState

A_SITTING = timedelta(minutes=30)
"""What a person saves while typing is one change in the history until they pause for this long."""


@action
def add_writer(*, by: Person, at: datetime, post: Post, person: Person) -> PostWriter:
    """Let a colleague write this post too. People who write on a post can't approve it.

    Raises NotAllowed (only its author decides that), NotNow (it is on its way or out), BadInput (field
    `writer`: not someone who writes posts for this school).
    """
    _check_author(by, post, at=at)
    if person.pk == post.author_id or not can(rules.check_may_write, person, post.school, on=local_day(at)):
        raise BadInput({"writer": _("Choose a colleague who writes posts for this school.")})
    row, made = PostWriter.objects.get_or_create(
        post=post, person=person, defaults={"added_by": by, "added_at": at}
    )
    if not made and (row.ended_at or row.added_by_id is None):
        row.added_by, row.added_at, row.ended_at = by, at, None
        row.save(update_fields=["added_by", "added_at", "ended_at"])
        made = True
    if made:
        record("post.writer_added", subject=post, at=at, actor=by, person=person.pk)
    return row


@action
def end_writer(*, by: Person, at: datetime, post: Post, person: Person) -> None:
    """Let a colleague write this post no longer. Raises NotAllowed, NotNow; NotFound where they don't."""
    _check_author(by, post, at=at)
    row = queries.writer_of(post, person)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    record("post.writer_ended", subject=post, at=at, actor=by, person=person.pk)


@action
def be_seen(*, by: Person, at: datetime, post: Post) -> None:
    """Keep that this person has the page of writing open. Raises NotAllowed."""
    rules.check_may_change(by, post, on=local_day(at))
    PostWriter.objects.bulk_create(
        [PostWriter(post=post, person=by, added_at=at, seen_at=at)],
        update_conflicts=True,
        unique_fields=["federation", "post", "person"],
        update_fields=["seen_at"],
    )


@action
def save_words(
    *,
    by: Person,
    at: datetime,
    post: Post,
    version: int,
    targets: Sequence[TargetText],
    text: str,
    language: str = "",
    other_text: str = "",
    page: str = "",
) -> Post:
    """Save the words of a draft, and the accounts they are for, while they are being typed.

    Nothing else of it changes: an answer that was about other words lapses as it would with any change.
    `version`: the revision that the page is about. `page`: which page that is, so that its own button can
    save after it. Raises NotAllowed, NotNow (no draft; ChangedMeanwhile), BadInput.
    """
    rules.check_may_change(by, post, on=local_day(at))
    if post.state != PostState.DRAFT:
        raise NotNow(_("Only a draft is saved while you type."), _("Use the button to save your change."))
    check_input(post, at=at, targets=targets, text=text, other_text=other_text)
    before = queries.saved_by(post, by)
    next_version(post, version)
    post.targets.all().delete()
    write_targets(post, targets)
    post.text, post.language, post.other_text = text, language, other_text
    post.save(update_fields=["text", "language", "other_text"])
    note_saved(post, by=by, at=at, page=page, before=version)
    if before is None or at - before > A_SITTING:
        record("post.edited", subject=post, at=at, actor=by)
    now = queries.post(post.pk)
    note_for_leads(now, at=at)
    return now


def _check_author(by: Person, post: Post, *, at: datetime) -> None:
    if by.pk != post.author_id:
        raise NotAllowed(
            _("Only the author can let others write a post."), _("Ask the author to add or remove people.")
        )
    rules.check_may_write(by, post.school, on=local_day(at))
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(
            _("This post is live or being sent, so you can’t change it."), _("Take it down instead.")
        )
