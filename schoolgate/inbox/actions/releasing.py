"""Letting others read a comment that waited for us, and keeping one back."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.duties.actions import discharge
from schoolgate.inbox import rules
from schoolgate.inbox.actions.looking import REMOVE, ask_to_look
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import KeptBack, WhyKeptBack
from schoolgate.people.models import Person


@action
def note_released(*, by: Person, at: datetime, item: Item) -> Item:
    """Note that `by` let everybody read a comment; the network itself was told before, outside of any
    transaction. Raises NotAllowed, NotNow (stopped)."""
    rules.check_may_moderate(by, item, on=local_day(at))
    rules.check_not_stopped(item, at=at)
    # A poll may have seen it on the network before us: whose act it was stands in the record all the same.
    Item.objects.filter(pk=item.pk).update(released=True, kept_back="")
    item.released, item.kept_back = True, ""
    record("item.released", subject=item, at=at, actor=by)
    return item


@action
def note_hidden(
    *, by: Person, at: datetime, item: Item, how: str, because: str, by_hand: bool = False
) -> Item:
    """Note that `by` took a comment out of sight; the network itself was told before, outside of any
    transaction. A stop does not keep that from happening.

    `how`: one of `KeptBack`. `because`: one of `WhyKeptBack`. `by_hand`: it was done on the network's own
    pages, so a second person is asked to look. Raises NotAllowed, BadInput.
    """
    rules.check_may_moderate(by, item, on=local_day(at))
    check_why(how, because)
    gone = {"gone_at": at} if how == KeptBack.REMOVED and item.gone_at is None else {}
    Item.objects.filter(pk=item.pk).update(kept_back=how, **gone)
    item.kept_back = how
    record("item.kept_back", subject=item, at=at, actor=by, how=how, because=because)
    discharge(kind=REMOVE, subject=item, by=by, at=at, how=how)
    if by_hand:
        ask_to_look(item, by=by, at=at, how=how)
    return item


def check_why(how: str, because: str) -> None:
    """Raise BadInput unless these are what can be done with a comment, and a reason for it."""
    if how not in KeptBack.values:
        raise BadInput({"how": _("Choose whether to hide it or to remove it.")})
    if because not in WhyKeptBack.values:
        raise BadInput({"because": _("Choose why nobody else may read it.")})
