"""Mails with a link that opens something: of the sign-in pages, such as the link to a new password, and of a
federation to people without a place in it, such as parents. They are sent at once, whatever people chose.

Those of the sign-in pages are written while no federation is known. The words are sealed until they are sent
and deleted afterwards, and the page does not wait for the email server: its response time does not reveal
whether an address is known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import get_language
from procrastinate.contrib.django import app

from schoolgate.core import vault
from schoolgate.core.clock import local_day
from schoolgate.core.models import Federation
from schoolgate.core.vault import CannotOpen, also_sealed
from schoolgate.notices import mail_server
from schoolgate.notices.kinds import UNDER_WAY, MailState, Reason
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.notices.models import SignInMail
from schoolgate.notices.sending import PATIENCE, Clock
from schoolgate.notices.telling import OUR_NAME
from schoolgate.notices.ways import Door, Letter, Way, way_for
from schoolgate.people.models import Membership, User
from schoolgate.people.queries import live_memberships

TASK = "notices.sign_in"
TOO_OLD = timedelta(hours=1)
"""By then, people have asked for another link or given up."""
TOO_OLD_FOR_OTHERS = timedelta(days=3)
"""The link in a federation's own mail works for months."""
KEPT_FOR = timedelta(days=7)
AT_MOST = 50


def write(
    *, to: str, subject: str, body: str, at: datetime, sent_for: Federation | None = None
) -> SignInMail:
    """Have a mail sent in the active language: one of the sign-in pages, or one of a federation to a person
    without a place in it."""
    sealed = vault.seal(json.dumps([subject, body, get_language() or "en"]))
    with transaction.atomic():
        row = SignInMail.objects.create(
            address=to,
            sealed=sealed,
            made_at=at,
            next_try_at=at,
            message_id=make_msgid(domain=OUR_NAME),
            sent_for=sent_for,
        )
        app.configure_task(TASK).defer()
    return row


def send_waiting(*, clock: Clock, way: Way | None = None) -> int:
    """Send those that wait, people who want to sign in first; returns how many were taken."""
    at = clock()
    _settle_left_behind(at)
    ready = SignInMail.objects.filter(state=MailState.WAITING, next_try_at__lte=at)
    ready = ready.order_by(F("sent_for").asc(nulls_first=True), "next_try_at", "pk")
    sent = 0
    for pk in list(ready.values_list("pk", flat=True)[:AT_MOST]):
        try:
            sent += _send_one(pk, way, clock)
        except MailTrouble as trouble:
            mail_server.note_trouble(trouble, clock())
            break
    return sent


def under_way(numbers: Any) -> int:
    """Return how many of these mails were not handed over yet; `numbers`: theirs, or a query for them."""
    return SignInMail.objects.filter(pk__in=numbers, state__in=UNDER_WAY).count()


def forget_old(at: datetime) -> int:
    """Remove the rows of mails that came to their end a week ago; returns how many."""
    return SignInMail.objects.exclude(state__in=UNDER_WAY).filter(made_at__lt=at - KEPT_FOR).delete()[0]


def _settle_left_behind(at: datetime) -> None:
    """Settle what a dead worker left: back to the queue if it had not left yet, else its outcome is
    unknown."""
    left = SignInMail.objects.filter(started_at__lt=at - PATIENCE)
    left.filter(state=MailState.STARTED).update(state=MailState.WAITING, started_at=None)
    left.filter(state=MailState.HANDING_OVER).update(
        state=MailState.UNKNOWN, ended_at=at, sealed="", trouble="unknown"
    )


def _send_one(pk: int, way: Way | None, clock: Clock) -> bool:
    row = SignInMail.objects.select_related("sent_for").get(pk=pk)
    at = clock()
    if at - row.made_at > (TOO_OLD if row.sent_for_id is None else TOO_OLD_FOR_OTHERS):
        _end(pk, MailState.WAITING, MailState.DROPPED, at, reason=Reason.TOO_OLD)
        return False
    way = way or _way(row, at)
    if way is None or (way.key == "email" and not mail_server.may_try(at)):
        return False
    try:
        letter = _letter(row)
    except CannotOpen:
        _end(pk, MailState.WAITING, MailState.DROPPED, at, reason=Reason.TOO_OLD)
        return False
    with way.opened() as door:
        claimed = SignInMail.objects.filter(pk=pk, state=MailState.WAITING).update(
            state=MailState.STARTED, started_at=at, tries=row.tries + 1
        )
        if claimed:
            _hand_over(row, door, letter, clock)
            if way.key == "email":
                mail_server.note_good(clock())
    return bool(claimed)


def _hand_over(row: SignInMail, door: Door, letter: Letter, clock: Clock) -> None:
    now_on = MailState.STARTED

    def mark() -> None:
        nonlocal now_on
        SignInMail.objects.filter(pk=row.pk, state=now_on).update(state=MailState.HANDING_OVER)
        now_on = MailState.HANDING_OVER

    try:
        door.hand_over(letter, mark)
    except MailTrouble as trouble:
        what = trouble.trouble
        if what.unknown or what.for_good:
            _end(
                row.pk,
                now_on,
                MailState.UNKNOWN if what.unknown else MailState.FAILED,
                clock(),
                trouble=trouble.code,
            )
            return
        SignInMail.objects.filter(pk=row.pk, state=now_on).update(
            state=MailState.WAITING, started_at=None, trouble=trouble.code,
            next_try_at=clock() + timedelta(minutes=1),
        )  # fmt: skip
        if not what.of_address:
            raise
        return
    _end(row.pk, now_on, MailState.SENT, clock())


def _end(
    pk: int, seen: MailState, to: MailState, at: datetime, *, reason: str = "", trouble: str = ""
) -> None:
    SignInMail.objects.filter(pk=pk, state=seen).update(
        state=to, ended_at=at, sealed="", reason=reason, trouble=trouble
    )


def _letter(row: SignInMail) -> Letter:
    subject, body, language = json.loads(vault.unseal(row.sealed))
    return Letter(
        to_name="",
        to_address=row.address,
        subject=subject,
        body=body,
        language=language,
        message_id=row.message_id,
        written_at=row.made_at,
    )


def _way(row: SignInMail, at: datetime) -> Way | None:
    """Return the channel of the federation that sends it, or else for the person with this address: a real
    federation's, if they have a place in one."""
    if row.sent_for is not None:
        return way_for(row.sent_for)
    user = User.objects.for_email(row.address)
    memberships = (
        Membership.objects.filter(live_memberships(local_day(at)), user=user)
        if user
        else Membership.objects.none()
    )
    places = Federation.objects.filter(pk__in=memberships.values("federation")).order_by("is_example", "pk")
    found = places.first()
    return way_for(found) if found else None


@also_sealed
def seal_anew(newly: Callable[[str], str | None]) -> Iterator[str]:
    """Seal what waits with the newest key."""
    for pk in list(SignInMail.objects.exclude(sealed="").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                row = SignInMail.objects.select_for_update().get(pk=pk)
                if row.sealed and (new := newly(row.sealed)):
                    SignInMail.objects.filter(pk=pk).update(sealed=new)
        except CannotOpen:
            yield f"sign-in mail {pk}"
