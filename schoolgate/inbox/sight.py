"""Who can read a comment, and what can be done about it and about its author: by the network’s
capabilities, and what was done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import abilities_of
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.moves import done_before
from schoolgate.core.reading_once import read_once
from schoolgate.inbox import first_read, seeing
from schoolgate.inbox.models import AuthorStep, AuthorStepKind, Item, ItemKind, KeptBack, Sight, WhyKeptBack
from schoolgate.networks.capabilities import Action, Way
from schoolgate.networks.handshake import LIVE, STANDING, Intent
from schoolgate.people.models import Person

ACTIONS: dict[str, Action] = {Sight.SHOWN: "release", Sight.HIDDEN: "hide", Sight.REMOVED: "remove"}
"""What a person asks for -> what the network is asked for."""
HIDES = (Sight.HIDDEN, Sight.REMOVED)
ONCE_DONE: dict[str, dict[str, Any]] = {
    Sight.SHOWN: {"released": True, "kept_back": "", "gone_at": None, "private": False},
    Sight.HIDDEN: {"kept_back__in": (KeptBack.HIDDEN, KeptBack.REMOVED)},
    Sight.REMOVED: {"kept_back": KeptBack.REMOVED},
}
"""How an item is once that is done."""
DELETED = _("It has already been deleted.")
HIDDEN = _("It’s already hidden.")
SHOWN = _("Everyone can already read it.")
PASTED = "pasted:"
"""What the ids of items begin with that a person brought in without an address."""


def only_by_hand(item: Item) -> bool:
    """Return whether no program can find this item on its network, because a person brought it in."""
    return item.network_id.startswith(PASTED)


def left_to_network(item: Item) -> bool:
    """Return whether only its network can take it out of sight: a review that a person brought in. Pages with
    reviews (Facebook, Google) let an owner reply to one and report it, not hide or delete it
    (support.google.com/business/answer/4596773, read 2026-11). What is below a post of ours is a comment."""
    return item.kind == ItemKind.REVIEW and item.pasted_by_id is not None and item.post_id is None


def way_to_reply(item: Item) -> Way:
    """Return who sends a reply: a person does it where the program can't find what a person brought in, or
    would answer a private message for everyone to read."""
    way = abilities_of(item.account).way("reply")
    by_person = only_by_hand(item) or (item.private and item.pasted_by_id is not None)
    return Way.HAND if way is Way.PROGRAM and by_person else way


def ways(item: Item) -> dict[str, Way]:
    """Return what can be done with this item now, and who does it; leaves out what can't be done."""
    return {how: way for how in ACTIONS if _why_not(item, how) is None and (way := _way(item, how))}


def check(person: Person, item: Item, how: str, *, on: date, because: str) -> Way:
    """Return who does this: the program or a person. Raises NotAllowed, BadInput or NotNow unless this person
    may do this with the item now."""
    may = seeing.check_may_hide if how in HIDES else seeing.check_may_moderate
    may(person, item, on=on)
    if how not in ACTIONS:
        raise BadInput({"how": _("Choose what to do with it.")})
    if how == Sight.REMOVED and can_hide(item):
        first_read.check(item)
    if how == Sight.SHOWN:
        first_read.check_shown(item)
    if how != Sight.SHOWN and because not in WhyKeptBack.values:
        raise BadInput({"because": _("Choose a reason for hiding or deleting it.")})
    why_not = _why_not(item, how)
    if why_not is not None:
        cannot = NotNow(why_not, _("Its own page shows what you can do with it."))
        raise done_before(item, why_not, otherwise=cannot, **ONCE_DONE[how])
    way = _way(item, how)
    if way is None:
        raise NotNow(_("This network doesn’t allow that."), _("Its own page shows what you can do with it."))
    return way


def way_to_hide(item: Item) -> tuple[str, Way | None]:
    """Return how a comment can be taken out of sight at once, and who does it: hidden or, where the network
    can't hide, deleted; None where neither can be done, or it is out of sight."""
    if item.kept_back or not item.released:
        return Sight.HIDDEN, None
    can = ways(item)
    how = Sight.HIDDEN if Sight.HIDDEN in can else Sight.REMOVED
    return how, can.get(how)


def can_hide(item: Item) -> bool:
    """Return whether a comment can be taken out of sight without deleting it, or is out of sight already."""
    return _way(item, Sight.HIDDEN) is not None or bool(item.kept_back) or not item.released


def way_to_show(item: Item) -> Way:
    """Return who can show a hidden comment again: a person does it where the program can't."""
    return Way.PROGRAM if _way(item, Sight.SHOWN) is Way.PROGRAM else Way.HAND


def _way(item: Item, how: str) -> Way | None:
    """Return None if it can't be done. The program does not know pasted comments on the network."""
    way = abilities_of(item.account).way(ACTIONS[how])
    if way is Way.PROGRAM and item.root is None:
        way = Way.HAND
    return None if way is Way.NO or (how == Sight.SHOWN and way is Way.HAND) else way


def _why_not(item: Item, how: str) -> str | Promise | None:
    """Return why this can't be done with it now; None if it can."""
    if item.private:
        return _("No one else can read a private message.")
    if item.root is None and item.pasted_by_id is None:
        return _("It isn’t a comment on one of our posts.")
    if how in HIDES and left_to_network(item):
        return _("Only its network can hide or delete a review.")
    if item.kept_back == KeptBack.REMOVED:
        return DELETED
    if item.gone_at is not None:
        return _("Its author has deleted it.")
    if how == Sight.SHOWN and item.released and not item.kept_back:
        return SHOWN
    if how == Sight.HIDDEN and item.kept_back == KeptBack.HIDDEN:
        return HIDDEN
    return None


AUTHOR_ACTIONS: dict[str, Action] = {
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
    way = abilities_of(item.account).way(AUTHOR_ACTIONS[how])
    known = item.author_id_there if how != AuthorStepKind.REPORT else item.root is not None
    return Way.HAND if way is Way.PROGRAM and (not known or only_by_hand(item)) else way


def check_author_step(person: Person, item: Item, how: str, *, on: date) -> Way:
    """Return who does this. Raises NotAllowed, or NotNow unless this person may do it here now."""
    seeing.check_may_moderate(person, item, on=on)
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
