"""States of this app: how urgent something is, how people are told, and the progress of a mail."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
