"""Rows of this room."""

from schoolgate.notices.models.devices import Push, PushDevice
from schoolgate.notices.models.mail import BadAddress, CaughtMail, Mail, Notice, SignInMail
from schoolgate.notices.models.server import MailServer
from schoolgate.notices.models.wishes import MorningTime, ReadUpTo, Wish

__all__ = [
    "BadAddress",
    "CaughtMail",
    "Mail",
    "MailServer",
    "MorningTime",
    "Notice",
    "Push",
    "PushDevice",
    "ReadUpTo",
    "SignInMail",
    "Wish",
]
