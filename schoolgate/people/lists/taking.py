"""What every taking over of a list keeps to: one at a time, as it was shown, all of it or nothing."""

from __future__ import annotations

from functools import partial

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotNow
from schoolgate.core.tenancy import current_scope
from schoolgate.people.lists.storing import remove_list

ONE_AT_A_TIME = 7_204_118
"""Names the lock that two lists of one federation wait for."""


def wait_for_others() -> None:
    """Keep every other list of this federation from being taken over until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ONE_AT_A_TIME, current_scope().federation_id])


def check_taken(*, refused: int, shown: str, seen: str) -> None:
    """Raise NotNow while lines are refused, or where `seen` is not what would be `shown` now."""
    if refused:
        raise NotNow(
            _("Some rows are rejected, so nothing is imported."),
            next_step=_("Correct them in the file and upload it again, or explain the values."),
        )
    if shown != seen:
        raise look_again()


def look_again() -> NotNow:
    """Something changed between the look and the taking over."""
    return NotNow(
        _("Something has changed since you saw this, so nothing was imported."),
        next_step=_("Check the list again."),
    )


def not_explained() -> NotNow:
    """Nobody has said yet what the columns are."""
    return NotNow(_("Choose the columns first."))


def ended() -> NotNow:
    """The list was taken over, dropped or let go meanwhile."""
    return NotNow(
        _("This import has ended."), next_step=_("Upload the list again if there’s more to import.")
    )


def remove_after_commit(file: str) -> None:
    """Erase the lines once the present transaction is committed."""
    where = current_scope().federation_id
    transaction.on_commit(partial(remove_list, file, federation_id=where), robust=True)
