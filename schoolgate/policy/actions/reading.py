"""The life of a reading: started from the previous one, tried on past decisions, signed by the policy's
owner."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.duties.actions import discharge
from schoolgate.people.leads import roles_that_wait, told_roles
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import safeguarding_roles
from schoolgate.policy import rules, trying
from schoolgate.policy.actions.leads import ask_about_told, keep_seats
from schoolgate.policy.books import bindings_digest, book_with, changes_of, pack_of
from schoolgate.policy.duty_kinds import READING
from schoolgate.policy.models import PolicyVersion, Reading, ReadingDraft
from schoolgate.policy.queries import in_force
from schoolgate.policy.reading_texts import check
from schoolgate.policy.remembered import forget_policy
from schoolgate.policy.states import VersionState
from schoolgate.policy.writing import is_own
from schoolgate.rulebook.errors import BadPack

TRY = "policy.try_draft"
"""The job that continues a long trial; jobs are above this app, so it is known by name."""
TRIALS_AT_ONCE = 100
"""The task to check the choices made under the previous version, and to sign them for this one."""


@action
def sign_reading(*, by: Person, at: datetime) -> Reading:
    """Sign the reading that came with the version in force, as its owner. A newer reading gets a new
    number.

    Raises NotAllowed; NotNow where it is signed already.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    policy = in_force(on)
    reading = Reading.objects.select_for_update().get(pk=policy.reading.pk)
    if reading.signed_by_id is not None:
        raise done_before(
            reading,
            _("This interpretation has already been signed."),
            _("Start a new one based on it."),
            signed_by__isnull=False,
        )
    reading.signed_by, reading.signed_at = by, at
    reading.save(update_fields=["signed_by", "signed_at"])
    record("reading.signed", subject=reading, at=at, actor=by, number=reading.number)
    forget_policy()
    return reading


@action
def start_draft(*, by: Person, at: datetime, coming: PolicyVersion | None = None) -> ReadingDraft:
    """Start the next reading of the version in force, or continue the one already started.

    `coming`: a version that is being prepared; then its first reading, which can be tried and signed once
    that version is in force. Raises NotAllowed.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    policy = in_force(on)
    draft, _new = ReadingDraft.objects.get_or_create(
        version=coming or policy.version,
        defaults={
            "based_on": policy.reading,
            "changes": {} if coming else policy.reading.changes,
            "by": by,
            "at": at,
        },
    )
    return draft


@action
def save_draft(
    *, by: Person, at: datetime, draft: ReadingDraft, edition: int, changes: Mapping[str, Any], because: str
) -> ReadingDraft:
    """Save what the owner has written so far; its effects must then be tried again.

    `edition`: the one that was shown. Raises NotAllowed; BadInput on `changes` where they do not fit the
    policy; NotNow where the draft was saved by another person meanwhile.
    """
    rules.check_may_own(by, on=local_day(at))
    row = _locked(draft, edition)
    check_fits(row, changes)
    row.changes, row.because, row.by, row.at = dict(changes), because.strip(), by, at
    row.edition, row.tried = edition + 1, None
    row.save()
    return row


@action
def try_draft(*, by: Person | None, at: datetime, draft: ReadingDraft, edition: int) -> ReadingDraft:
    """Run the stored cases and the next batch of past decisions under the draft; save the changes in
    `draft.tried`. A job continues where more is left; `by` is None there.

    Raises NotAllowed, NotNow where the draft was changed, stopped or signed meanwhile.
    """
    if by is not None:
        rules.check_may_own(by, on=local_day(at))
    row = _locked(draft, edition)
    row.tried = trying.next_piece(row)
    row.save(update_fields=["tried"])
    if not row.tried["finished"]:
        _defer(row)
    return row


@action
def try_version(*, by: Person, at: datetime, version: PolicyVersion) -> ReadingDraft:
    """Begin to try a version that is not in force yet on the decisions under the one that is.

    The progress is that of a draft of its first reading. Raises NotAllowed; NotNow where it is in force or
    withdrawn by now.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    row = PolicyVersion.objects.get(pk=version.pk)
    if row.state not in (VersionState.DRAFT, VersionState.ADOPTED):
        raise NotNow(_("This version has changed in the meantime."), _("Open it again to see its status."))
    draft = start_draft(by=by, at=at, coming=row)
    if draft.based_on_id != in_force(on).reading.pk:
        draft.based_on, draft.edition, draft.tried = in_force(on).reading, draft.edition + 1, None
        draft.save(update_fields=["based_on", "edition", "tried"])
    return try_draft(by=by, at=at, draft=draft, edition=draft.edition)


@action
def go_on_trying(*, at: datetime) -> int:
    """Defer a job for each started trial of the federation that has none. Returns how many.

    A trial defers its next piece in the transaction of the last, and a killed worker's job is put back; so
    this finds only what was lost in another way, such as a job that failed or was thrown away.
    """
    unfinished = list(
        ReadingDraft.objects.select_for_update(skip_locked=True)
        .filter(tried__finished=False)
        .order_by("pk")[:TRIALS_AT_ONCE]
    )
    ids = [draft.pk for draft in unfinished]
    in_hand = ProcrastinateJob.objects.filter(
        task_name=TRY, status__in=("todo", "doing"), args__draft_id__in=ids
    )
    going_on = {(args["draft_id"], args["edition"]) for args in in_hand.values_list("args", flat=True)}
    lost = [draft for draft in unfinished if (draft.pk, draft.edition) not in going_on]
    for draft in lost:
        _defer(draft)
    return len(lost)


@action
def stop_trying(*, by: Person, at: datetime, draft: ReadingDraft, edition: int) -> ReadingDraft:
    """Stop the work on a draft; its results so far are deleted. Raises NotAllowed, NotNow."""
    rules.check_may_own(by, on=local_day(at))
    row = _locked(draft, edition)
    row.edition, row.tried = edition + 1, None
    row.save(update_fields=["edition", "tried"])
    return row


@action
def drop_draft(*, by: Person, at: datetime, draft: ReadingDraft) -> None:
    """Delete the draft of a reading. Raises NotAllowed."""
    rules.check_may_own(by, on=local_day(at))
    discharge(kind=READING, subject=draft.version, by=by, at=at, how="put_aside")
    ReadingDraft.objects.filter(pk=draft.pk).delete()


@action
def sign_draft(*, by: Person, at: datetime, draft: ReadingDraft, edition: int) -> Reading:
    """Sign a reading as the policy's owner; from now on this version is read that way.

    It takes the next number; open tasks stay under the reading they were opened with. Raises NotAllowed;
    NotNow where it was changed meanwhile, changes nothing, was not tried on past decisions, or another
    reading is open beside it; BadInput without a reason.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    row = _locked(draft, edition)
    policy = in_force(on)
    if row.version_id != policy.version.pk or row.based_on_id != policy.reading.pk:
        raise NotNow(_("Another interpretation is now in force."), _("Start a new one based on it."))
    if row.changes == row.based_on.changes:
        raise NotNow(_("This interpretation changes nothing."), _("Make a change first."))
    if not row.because:
        raise BadInput({"because": _("Give the reason in one or two sentences.")})
    if not row.tried or row.tried.get("edition") != row.edition or not row.tried.get("finished"):
        raise NotNow(
            _("No one has checked yet what this changes."), _("Try it on past decisions, then sign.")
        )
    check_fits(row, row.changes)
    was = book_for(by)
    led, told = safeguarding_roles(was), told_roles(was) - roles_that_wait()
    book = book_with(pack_of(policy.version), changes_of(row.changes))
    reading = Reading.objects.create(
        version=policy.version,
        number=policy.reading.number + 1,
        bindings_digest=bindings_digest(book.pack),
        changes=row.changes,
        because=row.because,
        signed_by=by,
        signed_at=at,
    )
    row.delete()
    discharge(kind=READING, subject=policy.version, by=by, at=at, how="signed")
    record(
        "reading.signed",
        subject=reading,
        at=at,
        actor=by,
        number=reading.number,
        rules=reading.bindings_digest,
    )
    forget_policy()
    keep_seats(at=at, led=led)
    ask_about_told(at=at, by=by, told=told)
    return reading


def check_fits(draft: ReadingDraft, changes: Mapping[str, Any]) -> None:
    """Raise BadInput on `changes` unless they can be applied to the draft's version."""
    if changes.get("rules") and not is_own(draft.version):
        told = _("This policy’s rules came with Schoolgate. Prepare the next version instead.")
        raise BadInput({"changes": told})
    try:
        book = book_with(pack_of(draft.version), changes_of(dict(changes)))
    except BadPack as bad:
        raise BadInput({"changes": str(bad)}) from None
    check(book.pack, field="changes")


def _defer(draft: ReadingDraft) -> None:
    app.configure_task(TRY).defer(federation_id=draft.federation_id, draft_id=draft.pk, edition=draft.edition)


def _locked(draft: ReadingDraft, edition: int) -> ReadingDraft:
    row = (
        ReadingDraft.objects.select_for_update(of=("self",))
        .select_related("based_on__version__text", "version__text")
        .filter(pk=draft.pk)
        .first()
    )
    if row is None:
        raise NotNow(
            _("This interpretation has since been signed or discarded."),
            _("Open it again to see its status."),
        )
    if row.edition != edition:
        raise NotNow(
            _("Someone else has saved changes in the meantime."),
            _("Open it again. Your text is still in the form."),
        )
    return row
