"""The closed list of what people are told by mail.

A sentence here is all that a mail ever says about a thing. It names no pupil and no account, quotes no
comment, and only mentions that there is a safeguarding matter. Each kind of task (`duties.kinds`) names its
kind of mail. A letter is declared by the area that makes it (`makes_letter` in its `handlers.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import KINDS as OF_DUTIES
from schoolgate.duties.kinds import DutyKind, kind_of
from schoolgate.duties.urgency import Urgency as How
from schoolgate.notices.letters import Maker
from schoolgate.notices.states import Urgency


@dataclass(frozen=True)
class Kind:
    """One kind of notice.

    `lowest`: the least that a person can choose, with `because` if that is more than Today alone. `approval`:
    notified at once if due within two hours. `letter`: makes the separate mail that tells it. `of_sign_in`:
    goes to the address that the person signs in with, wherever messages are directed, and even while they are
    away. `others_may_know`: administrators are told if no one else can be; not of a report about a person,
    who may be one of them.
    """

    sentence: str | Promise
    urgency: Urgency = Urgency.MORNING
    lowest: Urgency = Urgency.PAGE
    because: str | Promise = ""
    approval: bool = False
    letter: Maker | None = None
    of_sign_in: bool = False
    others_may_know: bool = True


DANGER = "incidents.danger"
"""The kind of any task opened because someone may be in danger, first in every mail."""

_SIGN_IN = _("It’s about your own sign-in.")
OWN_DECLARATION = _("We ask you by email because the policy needs your own declaration.")
_SHIFT = _("Otherwise no one may be on duty.")

KINDS: dict[str, Kind] = {
    DANGER: Kind(
        _("Someone may be in danger: read this now"),
        urgency=Urgency.AT_ONCE,
        lowest=Urgency.AT_ONCE,
        because=_("Someone may come to harm in the meantime."),
        others_may_know=False,
    ),
    "posts.approve": Kind(_("Posts that need approval"), approval=True),
    "posts": Kind(_("Posts to deal with")),
    "comments": Kind(_("Comments and messages to deal with")),
    "press": Kind(
        _("A journalist has asked us something"),
        urgency=Urgency.AT_ONCE,
        lowest=Urgency.MORNING,
        because=_("A journalist is waiting."),
    ),
    "accounts.decide": Kind(_("Proposals and requests waiting for a decision"), approval=True),
    "accounts.pages": Kind(_("Pages in the school’s name to check")),
    "accounts.keys": Kind(_("Account passwords to change")),
    "accounts.handover": Kind(_("Accounts that need someone to look after them")),
    "accounts": Kind(_("Accounts to deal with")),
    "policy.read": Kind(
        _("Policy: your declaration is needed"),
        lowest=Urgency.MORNING,
        because=OWN_DECLARATION,
    ),
    "policy.training": Kind(_("Training")),
    "policy.guides": Kind(_("Guides, lessons and talks")),
    "policy": Kind(_("Questions about the policy")),
    "policy.leads": Kind(
        _("Who leads on safeguarding"),
        urgency=Urgency.AT_ONCE,
        lowest=Urgency.AT_ONCE,
        because=_("You must know who gains or loses access to what only leads can read."),
    ),
    "incidents": Kind(
        _("Reported concerns"),
        urgency=Urgency.AT_ONCE,
        lowest=Urgency.AT_ONCE,
        because=_("Someone may come to harm in the meantime."),
        others_may_know=False,
    ),
    "incidents.morning": Kind(
        _("Comments to read first: they may be about a child’s safety"),
        lowest=Urgency.MORNING,
        because=_("Someone may come to harm in the meantime."),
        others_may_know=False,
    ),
    # The person who took a report knows of it already.
    "incidents.taken": Kind(_("Concerns you’re dealing with"), others_may_know=False),
    "breaches": Kind(
        _("A data breach to deal with"),
        urgency=Urgency.AT_ONCE,
        lowest=Urgency.AT_ONCE,
        because=_("The law gives 72 hours, weekends included."),
        others_may_know=False,
    ),
    "rights": Kind(
        _("Data requests to answer"),
        lowest=Urgency.MORNING,
        because=_("The law sets the deadline."),
    ),
    "rota.shift": Kind(
        _("Your shift has started, or no one has checked in for one: check in"),
        urgency=Urgency.AT_ONCE,
        lowest=Urgency.AT_ONCE,
        because=_SHIFT,
    ),
    "rota.swap": Kind(
        _("Rota: someone needs cover, or no one has taken your shift"),
        urgency=Urgency.AT_ONCE,
        lowest=Urgency.AT_ONCE,
        because=_SHIFT,
    ),
    "rota.gap": Kind(_("Shifts on the rota that no one covers"), lowest=Urgency.MORNING, because=_SHIFT),
    "rota.swapped": Kind(_("Your shift: someone else has taken it"), urgency=Urgency.AT_ONCE),
    "mail": Kind(
        _("Emails that don’t arrive"),
        lowest=Urgency.MORNING,
        because=_("Someone else is waiting for information they haven’t received."),
    ),
    "conduct": Kind(_("Your own accounts and contacts"), others_may_know=False),
    "running": Kind(_("Schoolgate itself")),
    "other": Kind(_("Other tasks waiting")),
}
"""By their keys; the order is that of mails and of the page on which a person chooses. Letters follow."""


def makes_letter(key: str, sentence: Promise, *, because: Promise | None = None) -> Callable[[Maker], Maker]:
    """Declare a kind that is told at once by a mail of its own, which the decorated function makes.

    Args:
        sentence: what lists of sent mails call it.
        because: why no one can turn it off; None for a letter about the person's own sign-in.

    Raises:
        ValueError: there is such a kind already.
    """

    def enter(maker: Maker) -> Maker:
        if key in KINDS:
            raise ValueError(f"declared twice: {key}")
        KINDS[key] = Kind(
            sentence,
            urgency=Urgency.AT_ONCE,
            lowest=Urgency.AT_ONCE,
            because=because or _SIGN_IN,
            letter=maker,
            of_sign_in=because is None,
        )
        return maker

    return enter


class UnknownKind(ValueError):
    """The key is not in the closed list."""


def kind(key: str) -> Kind:
    """The kind of that key. Raises UnknownKind."""
    try:
        return KINDS[key]
    except KeyError:
        raise UnknownKind(key) from None


def key_of(duty_kind: str, *, urgency: int) -> str:
    """The key of the kind that speaks for a duty: danger, whatever it is about, or by the duty's own kind."""
    return DANGER if urgency == How.DANGER else kind_of(duty_kind).mail


def is_dangerous(duty_kind: str) -> bool:
    """Whether a duty of this kind is told at once when it is opened, whatever its person chose."""
    of_duty = kind_of(duty_kind)
    return (of_duty.harm and not of_duty.knows) or KINDS[of_duty.mail].lowest == Urgency.AT_ONCE


def others_may_know(duty_kind: str) -> bool:
    """Whether administrators are told of a task of this kind if no one else can be."""
    return KINDS[kind_of(duty_kind).mail].others_may_know


def approvals() -> list[str]:
    """The kinds of duties that are told at once when they are due within two hours."""
    return [key for key, each in OF_DUTIES.items() if KINDS[each.mail].approval]


@register
def mails_of_duties(**_options: Any) -> list[CheckMessage]:
    """One error for each kind of duty whose mail or page there is not."""
    return [
        Error(f"{key}: there is no {what}", id="schoolgate.E002")
        for key, each in OF_DUTIES.items()
        for what, found in (
            (f"mail {each.mail!r}", each.mail in KINDS),
            (f"page {each.page!r}", _opens(each)),
        )
        if not found
    ]


def _opens(of_duty: DutyKind) -> bool:
    try:
        return bool(reverse(of_duty.page, args=[1] if of_duty.by_subject else []))
    except NoReverseMatch:
        return False
