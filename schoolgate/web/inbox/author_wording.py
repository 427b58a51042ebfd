"""What was done about the author of a comment, and what can be: for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import abilities_of
from schoolgate.core.clock import local_day
from schoolgate.inbox import authors, rules
from schoolgate.inbox.author_models import AuthorStep
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import AuthorStepKind, WhyKeptBack
from schoolgate.networks.capabilities import Way
from schoolgate.networks.handshake import LIVE, Intent
from schoolgate.people.rules import can
from schoolgate.policy.queries import book_in_scope
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import SchoolForm

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
    if not can(rules.check_may_moderate, visit.person, found, on=visit.on):
        return {}
    rows = authors.steps_shown(found)
    done = {row.how: row for row in reversed(rows) if row.state == Intent.CONFIRMED}
    live = {row.how: row for row in reversed(rows) if row.state in LIVE}
    block, report = done.get(BLOCK), done.get(REPORT)
    steps, kinds = [live[how] for how in AuthorStepKind if how in live], live.keys()
    able = abilities_of(found.account)
    may_block = block is None and BLOCK not in kinds and authors.way_of(found, BLOCK) is not Way.NO
    may_report = report is None and REPORT not in kinds and authors.way_of(found, REPORT) is not Way.NO
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
