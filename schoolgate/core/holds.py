"""Holds: what must not be deleted while it is needed. Every deletion asks here, and so does the database.

A trigger (`core.protect`) checks the very row that is deleted. Code that deletes something belonging to a
thing, its file or its versions, calls `check_may_delete` for the thing.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import check_aware
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.core.models import Hold
from schoolgate.core.moves import done_before
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('schoolgate.holds', %s))"


def one_at_a_time() -> None:
    """Wait until no other transaction of this federation places a hold or destroys what is due, and keep
    them waiting until this one ends. What is read after this has every hold that was placed before."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [current_scope().federation_id])


@action
def place(*, subject: Model | str, because: str, by: Model | str, at: datetime) -> Hold:
    """Stop `subject` from being deleted until the hold is lifted; return an existing hold if there is one.

    Args:
        because: a short code, such as `subject_access` or `complaint`.
    """
    name = subject_of(subject)
    one_at_a_time()
    hold, new = Hold.objects.get_or_create(
        subject=name,
        because=because,
        lifted_at=None,
        defaults={"placed_at": check_aware(at), "placed_by": subject_of(by)},
    )
    if new:
        record("hold.placed", subject=hold, at=at, actor=by, about=name, because=because)
    return hold


@action
def lift(*, hold: Hold, by: Model | str, at: datetime) -> Hold:
    """End a hold. Raises NotNow if it has been ended already."""
    changed = Hold.objects.filter(pk=hold.pk, lifted_at=None).update(
        lifted_at=check_aware(at), lifted_by=subject_of(by)
    )
    if changed != 1:
        raise done_before(hold, _("This has already been released."), lifted_at__isnull=False)
    record("hold.lifted", subject=hold, at=at, actor=by, about=hold.subject, because=hold.because)
    hold.refresh_from_db()
    return hold


def is_held(subject: Model | str) -> bool:
    """Whether there is a hold on `subject`."""
    return Hold.objects.filter(subject=subject_of(subject), lifted_at=None).exists()


def check_may_delete(subject: Model | str) -> None:
    """Raise NotNow while there is a hold on `subject`."""
    if is_held(subject):
        raise NotNow(
            _("This can’t be deleted for now, because someone has asked for it to be retained."),
            _("Ask the person who manages your records when it may be deleted."),
        )
