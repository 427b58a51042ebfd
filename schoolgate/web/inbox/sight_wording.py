"""What was done about a comment and its author, what can be, and what the policy requires after a
removal, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import abilities_of
from schoolgate.core.clock import local_day
from schoolgate.inbox import seeing, sight
from schoolgate.inbox.judged import PLATFORM
from schoolgate.inbox.models import AuthorStep, AuthorStepKind, Item, Moderation, Sight, WhyKeptBack
from schoolgate.inbox.moderating import AFTER, unfinished_removal
from schoolgate.inbox.seeing import moderations_of
from schoolgate.networks.capabilities import Way
from schoolgate.networks.handshake import LIVE, Intent
from schoolgate.networks.wording import NEXT, SENTENCES
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can
from schoolgate.policy.queries import book_in_scope
from schoolgate.rulebook import Book
from schoolgate.triage import Lane
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import SchoolForm, at, clauses_at
from schoolgate.web.frame.held_words import NOTHING_LEAVES, waits_for_stop
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.wording import clause_shown, clauses_to_read, federation_of, quote_from

Words = str | Promise

_ASKED: Mapping[str, Words] = {
    Sight.SHOWN: _("This comment is still hidden"),
    Sight.HIDDEN: _("This comment is not hidden yet"),
    Sight.REMOVED: _("This comment is still on the network"),
}
_NOT_YET: Mapping[str, Words] = {
    "changed": _("The author has edited it. Read it again, then decide."),
    "still_there": _("The network hasn’t done it yet."),
}
_HAND: Mapping[str, Words] = {
    Sight.SHOWN: _("Show it again on the network, then confirm here."),
    Sight.HIDDEN: _("Hide it on the network, then confirm here."),
    Sight.REMOVED: _("Delete it on the network, then confirm here."),
}
DONE_BY_HAND: Mapping[str, Words] = {
    Sight.SHOWN: _("I’ve shown it on the network"),
    Sight.HIDDEN: _("I’ve hidden it on the network"),
    Sight.REMOVED: _("I’ve deleted it on the network"),
}


@dataclass(frozen=True)
class ShownModeration:
    """A step that is not done: what differs from the request, why, what comes next; the text of the button
    where a person does it."""

    title: Words
    truth: Words
    next: Words
    done: Words = ""
    said: str = ""
    """The network's own words, where it refused it."""


def moderation_shown(item: Item, *, held_at: datetime | None = None) -> ShownModeration | None:
    """The step under way, or the last one where it failed; None where nothing is open. `held_at`: the
    instant, where posting is stopped then, which holds what is to be shown."""
    rows = moderations_of(item)
    last = rows[0] if rows and rows[0].state == Intent.FAILED else None
    row = next((one for one in rows if one.state in LIVE), last)
    if row is None:
        return None
    trouble: Words = _NOT_YET.get(row.because) or SENTENCES.get(row.because) or ""
    if row.by_hand:
        before = _failed_before(item, row)
        why = (
            SENTENCES.get(before.because, SENTENCES["refused"])
            if before
            else _("Schoolgate can’t do this here.")
        )
        return ShownModeration(
            _ASKED[row.how], why, _HAND[row.how], DONE_BY_HAND[row.how], said=before.said if before else ""
        )
    if row.state == Intent.FAILED:
        return ShownModeration(_ASKED[row.how], trouble, NEXT.get(row.what_next) or "", said=row.said)
    if held_at and row.how == Sight.SHOWN and row.state == Intent.WRITTEN:
        return ShownModeration(_ASKED[row.how], NOTHING_LEAVES, waits_for_stop(row, at=held_at))
    again = row.state == Intent.WRITTEN and row.attempts > 0
    shows = row.how == Sight.SHOWN and not trouble and not again
    title = _("This comment will be shown soon") if shows else _ASKED[row.how]
    following = NEXT["try_again"] if again else _("This takes a minute or two.")
    return ShownModeration(title, trouble, following, said=row.said)


def _failed_before(item: Item, row: Moderation) -> Moderation | None:
    """Return the request that the network refused, after which a person was asked."""
    before = next((one for one in moderations_of(item) if one.pk < row.pk), None)
    failed = before is not None and before.state == Intent.FAILED and before.how == row.how
    return before if failed else None


_ON_SHOWING = (
    at("comment.admit", "let_through", "friends_let_through", "never_let_through"),
    at("item.received", "removal_due"),
    at("item.look", "taken_down_in_time", "acted_on", "kept_back_for_risk", "kept_back_for_abuse"),
    at("item.remove", "reason_for_removal"),
)
"""Where a policy may say which comments are not shown, or not left."""
_PRESSING = frozenset({Lane.ABUSE, Lane.COMPLAINT, Lane.NAMES_PUPIL, Lane.PERSONAL_DATA})


@dataclass(frozen=True)
class BeforeShowing:
    """What the policy in force says about comments that aren't shown. `is_open`: something in this comment
    may be of that kind."""

    clauses: Sequence[ShownClause]
    is_open: bool


def before_showing(item: Item, book: Book) -> BeforeShowing:
    """Return what a moderator reads before they show a comment: the clauses of the rules that speak of it,
    and those that no rule covers."""
    named = dict.fromkeys((*clauses_at(book, _ON_SHOWING), *book.unread_at("comment.admit")))
    return BeforeShowing(
        clauses_to_read(named, federation=federation_of(book.key), quote=quote_from(book)),
        is_open=any(lane in _PRESSING for lane, *_rest in item.why),
    )


@dataclass(frozen=True)
class ShownOwed:
    """What the policy requires after a removal: its clauses, and which answers the form asks for."""

    clauses: Sequence[ShownClause]
    notice: bool
    number: bool
    tells: bool
    """Whether readers still have to be told."""
    removed: bool = True
    """Whether it is about the comment; else its author was blocked, or it was reported."""


def owed_shown(item: Item, visit: Visit) -> ShownOwed | None:
    """Return None where nothing is left to do."""
    row, steps = unfinished_removal(item), sight.owing(item)
    if row is None and not steps:
        return None
    owes = {key: list(clauses) for one in (row, *steps) if one for key, clauses in one.owes.items()}
    book = book_of(visit.federation)
    federation, quote = federation_of(book.key), quote_from(book)
    named = dict.fromkeys(clause for owed in owes.values() for clause in owed)
    return ShownOwed(
        clauses=[clause_shown(one, basis="policy", federation=federation, quote=quote) for one in named],
        notice="removal_notice" in owes,
        number=PLATFORM in owes,
        tells=bool(owes.keys() & set(AFTER)),
        removed=row is not None,
    )


BLOCK, UNBLOCK, REPORT = AuthorStepKind.BLOCK, AuthorStepKind.UNBLOCK, AuthorStepKind.REPORT
FOR_DAYS = (
    ("7", _("One week")),
    ("28", _("Four weeks")),
    ("90", _("Three months, if a colleague agrees")),
    ("365", _("A year, if a colleague agrees")),
)


class AuthorForm(SchoolForm):
    """Why the author is blocked or the comment reported, and for how long."""

    policy_help = {
        "because": (at("item.look", "abusive_conversation"), at("item.remove", "reason_for_removal")),
        "warned": (at("item.remove", "warned_first"),),
    }

    def __init__(self, *args: Any, **more: Any) -> None:
        # The same page has another form with a reason: each field needs an id of its own.
        super().__init__(*args, auto_id="id_author_%s", **more)

    because = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", "–"), *WhyKeptBack.choices],
        required=False,
        widget=forms.Select,
    )
    days = forms.ChoiceField(
        label=_("Block for"), choices=FOR_DAYS, required=False, initial="28", widget=forms.Select
    )
    warned = forms.BooleanField(label=_("The author was warned before"), required=False)


@dataclass(frozen=True)
class ShownStep:
    """A step that isn’t done: what to say, and the text of the button where a person does it."""

    step: AuthorStep
    words: str | Promise
    done: str | Promise = ""
    agree: bool = False


def author_shown(found: Item, visit: Visit, form: AuthorForm | None) -> dict[str, Any]:
    """Return what the page shows about the author of this item; nothing to those who can’t moderate here."""
    if not can(seeing.check_may_moderate, visit.person, found, on=visit.on):
        return {}
    rows = sight.steps_shown(found)
    done = {row.how: row for row in reversed(rows) if row.state == Intent.CONFIRMED}
    live = {row.how: row for row in reversed(rows) if row.state in LIVE}
    block, report = done.get(BLOCK), done.get(REPORT)
    steps, kinds = [live[how] for how in AuthorStepKind if how in live], live.keys()
    able = abilities_of(found.account)
    may_block = block is None and BLOCK not in kinds and sight.way_of(found, BLOCK) is not Way.NO
    may_report = report is None and REPORT not in kinds and sight.way_of(found, REPORT) is not Way.NO
    return {
        "author_form": form or AuthorForm(),
        "author_steps": [_shown(step, visit) for step in steps],
        "standing_block": block,
        "block_is_due": block is not None and block.until is not None and block.until <= local_day(visit.at),
        "report": report,
        "may_block": may_block,
        "asks_warning": may_block and book_in_scope().at("item.remove", "warned_first"),
        "may_report": may_report,
        "block_is_public": able.public("block"),
        "keep_until": [(str(days), words) for days, words in _KEEP],
    }


_KEEP = ((7, _("One week more")), (14, _("Two weeks more")), (28, _("Four weeks more")))
_UNDER_WAY = {
    BLOCK: _("Asking the network to block the author. This page will say when it’s done."),
    UNBLOCK: _("Asking the network to end the block. This page will say when it’s done."),
    REPORT: _("Reporting the comment. This page will say when it’s done."),
}
_BY_HAND = {
    BLOCK: (_("Block the author on the network, then confirm here."), _("I’ve blocked the author")),
    UNBLOCK: (_("End the block on the network, then confirm here."), _("I’ve ended the block")),
    REPORT: (_("Report the comment on the network, then confirm here."), _("I’ve reported it")),
}


def _shown(step: AuthorStep, visit: Visit) -> ShownStep:
    how = AuthorStepKind(step.how)
    if step.waits_for_another:
        mine = step.by_id == visit.person.pk
        words = (
            _("A block for more than 31 days waits until a colleague agrees.")
            if mine
            else _("A colleague asks to block the author for more than 31 days. Do you agree?")
        )
        return ShownStep(step, words, agree=not mine)
    if step.by_hand:
        return ShownStep(step, *_BY_HAND[how])
    return ShownStep(step, _UNDER_WAY[how])


def days_from(text: str) -> timedelta | None:
    """Return the time that was chosen; None for anything that isn’t offered."""
    offered = {days for days, _words in FOR_DAYS} | {str(days) for days, _words in _KEEP}
    return timedelta(days=int(text)) if text in offered else None
