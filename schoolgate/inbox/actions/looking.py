"""A second person checks a removal by hand, never the one who did it."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.duties.actions import discharge
from schoolgate.duties.due import Due
from schoolgate.inbox import rules
from schoolgate.inbox.actions.reaching import follow_sight
from schoolgate.inbox.actions.tasks import open_task
from schoolgate.inbox.duty_kinds import CONFIRM_GONE, REMOVE
from schoolgate.inbox.models import HandRemoval, Item
from schoolgate.inbox.states import KeptBack
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.policy.models import DecisionRecord


def ask_to_look(item: Item, *, by: Person, at: datetime, how: str) -> HandRemoval:
    """Record `by`'s report that they did it, and ask the moderators here to check."""
    standing = standing_word(item)
    if standing is not None:  # hidden first and removed a moment later: the newer word counts
        HandRemoval.objects.filter(pk=standing.pk).update(how=how, by=by, at=at)
        return standing
    said = HandRemoval.objects.create(item=item, how=how, by=by, at=at)
    ask_moderators(CONFIRM_GONE, item, at=at)
    return said


@action
def look_after_removal(*, by: Person, at: datetime, item: Item, gone: bool) -> Item:
    """Record a second person's check: it is no longer visible, or it is still there and must be removed
    again.

    Raises NotAllowed (no right; the person who reported it), NotNow (no check is open).
    """
    rules.check_may_hide(by, item, on=local_day(at))
    said = standing_word(item)
    if said is None:
        raise NotNow(_("No one needs to check this now."), _("Open it again to see its status."))
    check_is_another(by, said)
    seen = HandRemoval.objects.filter(pk=said.pk, gone=None).update(gone=gone, looked_by=by, looked_at=at)
    if seen != 1:
        raise NotNow(_("No one needs to check this now."), _("Open it again to see its status."))
    discharge(kind=CONFIRM_GONE, subject=item, by=by, at=at, how="gone" if gone else "still_there")
    record("item.removal_looked_at", subject=item, at=at, actor=by, yes=gone)
    if not gone:
        back = {"gone_at": None} if said.how == KeptBack.REMOVED else {}
        Item.every.filter(pk=item.pk).update(kept_back="", **back)
        item.refresh_from_db(fields=["kept_back", "gone_at"])
        follow_sight(item, at=at)
        ask_to_remove(item, at=at)
    return item


def ask_to_remove(item: Item, *, at: datetime) -> None:
    """Ask those who moderate here to take a comment out of sight on the network's own pages."""
    ask_moderators(REMOVE, item, at=at)


def check_is_another(person: Person, said: HandRemoval) -> None:
    """Raise NotAllowed for the person who reported the removal."""
    if said.by_id == person.pk:
        raise NotAllowed(
            _("You said that you removed it, so someone else must check."),
            _("Ask a colleague who manages comments."),
        )


def standing_word(item: Item) -> HandRemoval | None:
    """Return a person's report that they removed it by hand, until a second person has checked."""
    return HandRemoval.objects.filter(item=item, gone=None).select_related("by").first()


def ask_moderators(
    kind: str,
    item: Item,
    *,
    at: datetime,
    due: Due | None = None,
    clauses: Sequence[str] = (),
    decision: DecisionRecord | None = None,
    subject: Model | None = None,
) -> None:
    """Open a task about an item, or a `subject` that belongs to it, for each role that moderates here
    (`tasks.open_task`)."""
    for role in book_for(item.account).pack.roles_with("moderate"):
        open_task(
            item,
            subject=subject,
            kind=kind,
            at=at,
            due=due,
            role=role.key,
            clauses=clauses,
            decision=decision,
        )
