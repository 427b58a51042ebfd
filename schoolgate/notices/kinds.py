"""The closed list of what people are told by mail.

A sentence here is all that a mail ever says about a thing. It names no pupil and no account, quotes no
comment, and only mentions that there is a safeguarding matter. A task belongs to the kind with the longest
matching prefix, so that a new kind of task needs no line here; what is new and dangerous goes into `AT_ONCE`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.duties.urgency import HARM
from schoolgate.duties.urgency import Urgency as How
from schoolgate.notices.states import Urgency


@dataclass(frozen=True)
class Kind:
    """One kind of notice.

    `duties`: the kinds of tasks that it covers, or their prefixes (`item.`). `lowest`: the least that a
    person can choose, with `because` if that is more than Today alone. `approval`: notified at once if due
    within two hours. `letter`: a separate mail with a text of its own. `of_sign_in`: goes to the address that
    the person signs in with, wherever messages are directed. `others_may_know`: administrators are told if no
    one else can be; not of a report about a person, who may be one of them.
    """

    sentence: str | Promise
    duties: tuple[str, ...] = ()
    urgency: Urgency = Urgency.MORNING
    lowest: Urgency = Urgency.PAGE
    because: str | Promise = ""
    approval: bool = False
    letter: bool = False
    even_if_away: bool = False
    of_sign_in: bool = False
    others_may_know: bool = True


AT_ONCE: frozenset[str] = HARM - {"incidents.finish"}
"""Kinds of tasks that are notified at once when opened, because someone may come to harm meanwhile. People
can't choose otherwise. The person who took a report knows of it already."""
DANGER = "incidents.danger"
"""The kind of any task opened because someone may be in danger, first in every mail."""

_SIGN_IN = _("It’s about your own sign-in.")
_SHIFT = _("Otherwise no one may be on duty.")
_READ = _("This is how we ask you: the policy needs your own declaration.")

KINDS: Mapping[str, Kind] = {
    DANGER: Kind(
        _("Someone may be in danger: respond to this concern now"),
        urgency=Urgency.AT_ONCE,
        lowest=Urgency.AT_ONCE,
        because=_("Someone may come to harm in the meantime."),
        others_may_know=False,
    ),
    "posts.approve": Kind(_("Posts that need approval"), ("post.approve",), approval=True),
    "posts": Kind(_("Posts to deal with"), ("post.", "delivery.")),
    "comments": Kind(_("Comments and messages to deal with"), ("item.", "answer.", "moderation.")),
    "accounts.decide": Kind(
        _("Proposals and requests waiting for a decision"),
        ("accounts.decide", "accounts.sign", "accounts.small_decide", "accounts.admission_look"),
        approval=True,
    ),
    "accounts.pages": Kind(
        _("Pages in the school’s name to check"),
        ("accounts.fake", "accounts.found", "accounts.mark_lost"),
    ),
    "accounts.keys": Kind(_("Account keys to change"), ("accounts.change_key",)),
    "accounts.handover": Kind(
        _("Accounts that need someone to look after them"),
        ("accounts.handover", "accounts.cover", "accounts.nobody", "accounts.take_over"),
    ),
    "accounts": Kind(_("Accounts to deal with"), ("accounts.", "account.")),
    "policy.read": Kind(
        _("Policy: your declaration is needed"),
        ("policy.policy_", "policy.wrong_answers"),
        lowest=Urgency.MORNING,
        because=_READ,
    ),
    "policy.training": Kind(
        _("Training"), ("policy.arrange_training", "policy.attend_training", "policy.trained")
    ),
    "policy": Kind(_("Questions about the policy"), ("policy.", "adoption.", "ruling.")),
    "incidents": Kind(
        _("Reported concerns"),
        ("incident", "incidents.", "report."),
        urgency=Urgency.AT_ONCE,
        lowest=Urgency.AT_ONCE,
        because=_("Someone may come to harm in the meantime."),
        others_may_know=False,
    ),
    # The person who took a report knows of it already.
    "incidents.taken": Kind(_("Concerns you’re dealing with"), ("incidents.finish",), others_may_know=False),
    "rota.shift": Kind(
        _("Your shift has started, or no one has checked in for one: check in"),
        ("rota.check_in",),
        urgency=Urgency.AT_ONCE,
        lowest=Urgency.AT_ONCE,
        because=_SHIFT,
    ),
    "rota.swap": Kind(
        _("Rota: someone needs cover, or no one has taken your shift"),
        ("rota.",),
        urgency=Urgency.AT_ONCE,
        lowest=Urgency.AT_ONCE,
        because=_SHIFT,
    ),
    "rota.gap": Kind(
        _("Shifts on the rota that no one covers"), ("rota.fill",), lowest=Urgency.MORNING, because=_SHIFT
    ),
    "rota.swapped": Kind(_("Your shift: someone else has taken it"), urgency=Urgency.AT_ONCE),
    "people": Kind(_("People and their roles"), ("people.", "school.")),
    "mail": Kind(
        _("Emails that don’t arrive"),
        ("notices.",),
        lowest=Urgency.MORNING,
        because=_("Someone else is waiting for information they haven’t received."),
    ),
    "running": Kind(_("Schoolgate itself"), ("running.", "backup.", "core.", "setup.", "restore.")),
    "other": Kind(_("Other tasks waiting")),
    # Separate mails.
    "people.invited": Kind(
        _("Your invitation to Schoolgate"), urgency=Urgency.AT_ONCE, lowest=Urgency.AT_ONCE, because=_SIGN_IN,
        letter=True, even_if_away=True, of_sign_in=True,
    ),
    "people.reset_asked": Kind(
        _("A reset of your two-step verification was requested"), urgency=Urgency.AT_ONCE,
        lowest=Urgency.AT_ONCE, because=_SIGN_IN, letter=True, even_if_away=True, of_sign_in=True,
    ),
    "people.reset_done": Kind(
        _("Your two-step verification was reset"), urgency=Urgency.AT_ONCE, lowest=Urgency.AT_ONCE,
        because=_SIGN_IN,
        letter=True, even_if_away=True, of_sign_in=True,
    ),
    "policy.asking": Kind(
        _("Please read our policy"), urgency=Urgency.AT_ONCE, lowest=Urgency.AT_ONCE, because=_READ,
        letter=True,
    ),
    "policy.reminder": Kind(
        _("Reminder to read our policy"), urgency=Urgency.AT_ONCE, lowest=Urgency.AT_ONCE, because=_READ,
        letter=True,
    ),
    "accounts.key_shown": Kind(
        _("An account key was shown to someone"), urgency=Urgency.AT_ONCE, lowest=Urgency.AT_ONCE,
        because=_("You’re responsible for the account too."), letter=True,
    ),
    "accounts.paper_opened": Kind(
        _("A sealed envelope was opened"), urgency=Urgency.AT_ONCE, lowest=Urgency.AT_ONCE,
        because=_("You’re responsible for the account too."), letter=True,
    ),
}  # fmt: skip
"""By their keys; the order is that of mails and of the page on which a person chooses."""

OTHER = "other"


class UnknownKind(ValueError):
    """The key is not in the closed list."""


def kind(key: str) -> Kind:
    """The kind of that key. Raises UnknownKind."""
    try:
        return KINDS[key]
    except KeyError:
        raise UnknownKind(key) from None


@lru_cache(maxsize=512)
def kind_of_duty(duty_kind: str) -> str:
    """Return the key of the notice for this kind of duty: the longest prefix that fits, or `other`."""
    fitting = [
        (len(beginning), key)
        for key, each in KINDS.items()
        for beginning in each.duties
        if duty_kind.startswith(beginning)
    ]
    return max(fitting)[1] if fitting else OTHER


def key_of(duty_kind: str, *, urgency: int) -> str:
    """Return the key of the notice for a duty: danger, whatever it is about, or by the duty's own kind."""
    return DANGER if urgency == How.DANGER else kind_of_duty(duty_kind)


def is_approval(duty_kind: str) -> bool:
    """Return whether people are told at once of a duty of this kind that is due within two hours."""
    return KINDS[kind_of_duty(duty_kind)].approval


def is_dangerous(duty_kind: str) -> bool:
    """Return whether people are told at once of a new duty of this kind, whatever they chose."""
    return duty_kind in AT_ONCE or KINDS[kind_of_duty(duty_kind)].lowest == Urgency.AT_ONCE


def others_may_know(duty_kind: str) -> bool:
    """Return whether administrators are told of a task of this kind if no one else can be."""
    return KINDS[kind_of_duty(duty_kind)].others_may_know


APPROVALS = tuple(beginning for each in KINDS.values() if each.approval for beginning in each.duties)
"""The prefixes of the kinds of duties that are approvals."""
