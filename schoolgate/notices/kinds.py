"""The closed list of what people are told, how urgent it is and how; the letters that go alone, such as an
invitation; and the progress of a mail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db.models import TextChoices
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.home import origin
from schoolgate.duties.kinds import KINDS as OF_DUTIES
from schoolgate.duties.kinds import DutyKind, kind_of
from schoolgate.duties.models import Urgency as How


class Urgency(TextChoices):
    """When a person is told."""

    AT_ONCE = "at_once", _("Straight away")
    MORNING = "morning", _("In the morning email")
    PAGE = "page", _("Not by email, only on Today")


class Moment(TextChoices):
    """What a person is told about a task; `told` is everything that is not a task."""

    TOLD = "told", _("told")
    OPENED = "opened", _("to do")
    SOON = "soon", _("due within two hours")
    OVERDUE = "overdue", _("overdue")
    MOVED_ON = "moved_on", _("passed to you because it is overdue")
    NOT_REACHED = "not_reached", _("passed to you because someone else couldn’t be reached")


class MailState(TextChoices):
    """The status of a mail. Claims only what the email server itself said."""

    WAITING = "waiting", _("Waiting to be sent")
    STARTED = "started", _("Being sent")
    HANDING_OVER = "handing_over", _("Being passed to the email server")
    SENT = "sent", _("Accepted by the email server")
    FAILED = "failed", _("Could not be sent")
    UNKNOWN = "unknown", _("Not known whether it was sent")
    DROPPED = "dropped", _("Not sent")


MAIL_MOVES: Mapping[MailState, frozenset[MailState]] = {
    MailState.WAITING: frozenset({MailState.STARTED, MailState.DROPPED, MailState.FAILED}),
    MailState.STARTED: frozenset(
        {MailState.WAITING, MailState.HANDING_OVER, MailState.FAILED, MailState.DROPPED}
    ),
    MailState.HANDING_OVER: frozenset(
        {MailState.SENT, MailState.WAITING, MailState.FAILED, MailState.UNKNOWN}
    ),
    MailState.SENT: frozenset({MailState.FAILED}),  # a bounce came back
    MailState.FAILED: frozenset(),
    MailState.UNKNOWN: frozenset({MailState.SENT, MailState.FAILED}),  # a slow worker reported late
    MailState.DROPPED: frozenset(),
}

UNDER_WAY = (MailState.WAITING, MailState.STARTED, MailState.HANDING_OVER)


class Reason(TextChoices):
    """Why a person was not told."""

    GONE = "gone", _("They’re no longer here.")
    AWAY = "away", _("They’re on long leave.")
    SIGN_IN_OFF = "sign_in_off", _("Their sign-in is turned off.")
    BAD_ADDRESS = "bad_address", _("Emails to their address bounced or were refused.")
    DONE = "done", _("Someone did the task before the email was sent.")
    DAY_OVER = "day_over", _("It couldn’t be sent before the end of the morning.")
    TOO_OLD = "too_old", _("It couldn’t be sent within a day.")
    NOT_WANTED = "not_wanted", _("They chose to see this on Today only.")
    SERVER = "server", _("The email server didn’t accept it.")
    BOUNCED = "bounced", _("It bounced.")
    RESTORED = "restored", _("It was waiting in a backup that was restored, so it may have been sent before.")


class Security(TextChoices):
    """How the connection to the email server is secured."""

    STARTTLS = "starttls", _("Encrypted after the greeting (STARTTLS, usually port 587)")
    TLS = "tls", _("Encrypted from the start (TLS, usually port 465)")
    NONE = "none", _("Not encrypted (only for a server on this machine or in the school’s own network)")


LINK = "{link}"


@dataclass(frozen=True)
class LetterText:
    """The text of a letter: its subject, and its paragraphs with places for the link and for names."""

    subject: Promise
    lines: tuple[Promise | str, ...]


@dataclass(frozen=True)
class LetterContent:
    """One letter: its text, its link, and the few names that the text has a place for."""

    text: LetterText
    link: str
    names: Mapping[str, str] = field(default_factory=dict)

    def said(self) -> tuple[str, list[str]]:
        """Return subject and paragraphs in the active language."""
        given = {"link": self.link, **self.names}
        return str(self.text.subject), [str(line).format(**given) for line in self.text.lines]


Maker = Callable[[int, datetime], LetterContent | None]
"""Called with the number of the subject and the instant, inside the scope, in the reader's language. None: it
is over, and nothing is sent."""


def address(name: str, *args: object, **kwargs: object) -> str:
    """Return the full address of a page, for a mail; without a public address, this machine's own."""
    return origin() + reverse(name, args=args or None, kwargs=kwargs or None)


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
_SHIFT = _("Otherwise there may be no one on duty.")

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
