"""What can be done about the author of a comment, and what was done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import abilities_of
from schoolgate.core.errors import NotNow
from schoolgate.core.moves import done_before
from schoolgate.core.reading_once import read_once
from schoolgate.inbox import rules
from schoolgate.inbox.author_models import AuthorStep
from schoolgate.inbox.models import Item
from schoolgate.inbox.sight import only_by_hand
from schoolgate.inbox.states import AuthorStepKind
from schoolgate.networks.capabilities import Action, Way
from schoolgate.networks.handshake import LIVE, STANDING, Intent
from schoolgate.people.models import Person

ACTIONS: dict[str, Action] = {
    AuthorStepKind.BLOCK: "block",
    AuthorStepKind.UNBLOCK: "block",
    AuthorStepKind.REPORT: "report",
}
"""What a person asks for -> what the network is asked for."""
LONGEST = timedelta(days=366)


def way_of(item: Item, how: str) -> Way:
    """Return who does this about the author of an item: the program, a person, or no one."""
    if not item.author_id_there and item.pasted_by_id is None:
        return Way.NO  # no one is signed in there
    way = abilities_of(item.account).way(ACTIONS[how])
    known = item.author_id_there if how != AuthorStepKind.REPORT else item.root is not None
    return Way.HAND if way is Way.PROGRAM and (not known or only_by_hand(item)) else way


def check(person: Person, item: Item, how: str, *, on: date) -> Way:
    """Return who does this. Raises NotAllowed, or NotNow unless this person may do it here now."""
    rules.check_may_moderate(person, item, on=on)
    way = way_of(item, how)
    if way is Way.NO:
        raise NotNow(_("This network doesn’t allow that."), _("Its own page shows what you can do with it."))
    if how == AuthorStepKind.UNBLOCK and standing_block(item) is None:
        free = NotNow(_("The author isn’t blocked."), _("Open the comment again to see its status."))
        ended = _about(item, AuthorStepKind.UNBLOCK).filter(state__in=sorted(STANDING)).first()
        raise done_before(item, _("The author isn’t blocked."), made=ended) if ended else free
    return way


def wrong_day(until: date | None, *, on: date) -> dict[str, Any]:
    """Return the error of a day on which a block is to be reviewed; empty where it is right."""
    if until is None:
        return {"until": _("Choose until when.")}
    if not on < until <= on + LONGEST:
        return {"until": _("Choose a day in the next year. Then the block is reviewed.")}
    return {}


def live_step(item: Item, how: str) -> AuthorStep | None:
    """Return the step of this kind about the author that is not done yet."""
    return _about(item, how).filter(state__in=sorted(LIVE)).first()


def standing_block(item: Item) -> AuthorStep | None:
    """Return the block of the item's author on its account, while it stands."""
    rows = blocks().select_related(None).select_related("by", "agreed_by")
    return rows.filter(account=item.account_id, author_id_there=author_key(item)).first()


def reported(item: Item) -> AuthorStep | None:
    """Return the report of this comment that its network has, or gets. Another comment of its author is
    another report."""
    return _about(item, AuthorStepKind.REPORT).filter(state__in=sorted(STANDING), item=item).first()


def reports_of(item: Item) -> list[AuthorStep]:
    """Return the reports of this comment that its network has, newest first."""
    return list(_about(item, AuthorStepKind.REPORT).filter(state=Intent.CONFIRMED, item=item))


def steps_shown(item: Item) -> list[AuthorStep]:
    """Return what stands between us and the author of a comment, newest first: steps under way, the block
    that stands, reports of this comment. One query, shared with `owing`."""
    return [
        one
        for one in _steps(item)
        if one.state in LIVE
        or (one.how == AuthorStepKind.BLOCK and not one.over)
        or (one.how == AuthorStepKind.REPORT and one.item_id == item.pk)
    ]


def owing(item: Item) -> list[AuthorStep]:
    """Return the blocks and reports asked for at this comment after which the policy still requires
    something, oldest first."""
    steps = (one for one in reversed(_steps(item)) if one.item_id == item.pk and one.owes)
    return [one for one in steps if one.state == Intent.CONFIRMED]


def _steps(item: Item) -> list[Any]:
    """Return the steps with this author that are under way, stand or are about this comment, newest first.
    `over`: a later step has ended it."""

    def read() -> list[AuthorStep]:
        ended = Exists(AuthorStep.objects.filter(ends=OuterRef("pk"), state=Intent.CONFIRMED))
        done = Q(state=Intent.CONFIRMED)
        stands = done & Q(how=AuthorStepKind.BLOCK, over=False)
        theirs = Q(account=item.account_id, author_id_there=author_key(item))
        rows = AuthorStep.objects.annotate(over=ended)
        rows = rows.filter(theirs & (Q(state__in=sorted(LIVE)) | stands) | done & Q(item=item))
        return list(rows.select_related("by", "agreed_by").order_by("-pk"))

    return read_once(("inbox.author_steps", item.pk), read)


def blocks() -> QuerySet[AuthorStep]:
    """Return the blocks of the federation that stand, newest first, each with its item and people."""
    ended = AuthorStep.objects.filter(ends=OuterRef("pk"), state=Intent.CONFIRMED)
    rows = AuthorStep.objects.filter(~Exists(ended), how=AuthorStepKind.BLOCK, state=Intent.CONFIRMED)
    return rows.select_related("item__account__school", "account", "by", "agreed_by").order_by("-pk")


def _about(item: Item, how: str) -> QuerySet[AuthorStep]:
    rows = AuthorStep.objects.filter(how=how, account=item.account_id, author_id_there=author_key(item))
    return rows.select_related("by", "agreed_by").order_by("-pk")


def author_key(item: Item) -> str:
    """Return what tells the author of an item apart on its account; of one that was copied in, the item."""
    return item.author_id_there or f"item:{item.pk}"
