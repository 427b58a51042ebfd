"""Reads of mails and addresses for the pages: a person's own mails, those not sent, addresses that fail."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from schoolgate.notices.models import BadAddress, CaughtMail, Mail
from schoolgate.notices.states import MailState
from schoolgate.people.models import Person


def bad_address(person: Person) -> BadAddress | None:
    """Return since when and why mail doesn't reach this person, or None where it does."""
    return BadAddress.objects.filter(person=person).first()


def bad_addresses(*, on: date) -> list[BadAddress]:
    """Return all people who are here and can't be reached, newest first: one may lead on safeguarding."""
    rows = BadAddress.objects.select_related("person", "noted_by").exclude(person__left_on__lte=on)
    return list(rows.order_by("-since", "-pk"))


def mails_of(person: Person, *, limit: int) -> list[Mail]:
    """Return a person's mails with their notices, newest first."""
    rows = Mail.objects.filter(person=person).prefetch_related("notices")
    return list(rows.order_by("-pk")[:limit])


def lost_mails(*, limit: int) -> list[Mail]:
    """Return the mails that couldn't be sent or may not have been, newest first."""
    rows = Mail.objects.filter(state__in=(MailState.FAILED, MailState.UNKNOWN)).select_related("person")
    return list(rows.prefetch_related("notices").order_by("-pk")[:limit])


def caught_mails() -> QuerySet[CaughtMail]:
    """Return the mails of an example federation, which were sent nowhere."""
    return CaughtMail.objects.all()
