"""Sends the mails of one federation: claim, hand over, record the outcome; each in a short transaction.

Nothing is sent inside a transaction. A mail is claimed before the server is contacted and marked before it
leaves, so that a later worker knows how far it came. A mail that was marked and has no outcome is not sent
again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db.models import Exists, OuterRef
from django.utils.translation import override

from schoolgate.core.clock import local_day
from schoolgate.core.models import Federation
from schoolgate.core.subjects import number_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.notices import mail_server, outcomes
from schoolgate.notices.kinds import DANGER, kind
from schoolgate.notices.letters import LetterContent
from schoolgate.notices.models import BadAddress, Mail, Notice
from schoolgate.notices.morning import is_over
from schoolgate.notices.states import UNDER_WAY, MailState, Reason, Urgency
from schoolgate.notices.texts import letter_of
from schoolgate.notices.troubles import MailTrouble
from schoolgate.notices.ways.port import Door, Letter, Way
from schoolgate.notices.ways.registry import way_for
from schoolgate.people.confined import meant_by
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]
AT_MOST = 500
"""Mails that one run sends, so that a notice of danger never waits behind a long list."""
PATIENCE = timedelta(minutes=10)
"""How long a claimed mail may take before its worker counts as dead; longer than any server's time-out."""
TOO_OLD = timedelta(days=1)
LETTER_TOO_OLD = timedelta(days=6)
"""A letter's link lives for seven days at least."""


@dataclass(frozen=True)
class Sent:
    """The result of one run. `stands_still`: the channel did not accept mails; `more`: there is more to send
    now."""

    sent: int = 0
    not_sent: int = 0
    stands_still: bool = False
    more: bool = False


def send_waiting(federation_id: int, *, clock: Clock, way: Way | None = None, limit: int = AT_MOST) -> Sent:
    """Send what waits in a federation, what is told at once first. Outside any scope.

    `way`: another than the federation's own. Run side by side, each mail is taken by one of them.
    """
    at = clock()
    waiting = _waiting(federation_id, at, limit)
    if not waiting:
        return Sent()
    way = way or way_for(Federation.objects.get(pk=federation_id))
    if way is None or not _may_try(way, at):
        return Sent(stands_still=True)
    sent = not_sent = 0
    try:
        with way.opened() as door:
            for pk in waiting:
                done = _send_one(federation_id, pk, way, door, clock)
                sent, not_sent = sent + done, not_sent + (not done)
    except MailTrouble as trouble:
        _note(way, sent, trouble, clock())
        return Sent(sent, not_sent, stands_still=True)
    _note(way, sent, None, clock())
    return Sent(sent, not_sent, more=len(waiting) == limit)


def _waiting(federation_id: int, at: datetime, limit: int) -> list[int]:
    """Return the mails to be sent by now; settle those that a dead worker left behind."""
    with scope(federation_id):
        for mail in Mail.objects.select_for_update(skip_locked=True).filter(
            state=MailState.HANDING_OVER, started_at__lt=at - PATIENCE
        )[:limit]:
            outcomes.unknown(mail, at=at)
        rows = Mail.objects.filter(state__in=UNDER_WAY, next_try_at__lte=at)
        left = rows.filter(state=MailState.STARTED, started_at__lt=at - PATIENCE)
        ready = rows.filter(state=MailState.WAITING) | left
        danger = Exists(Notice.objects.filter(mail=OuterRef("pk"), kind=DANGER))
        first = ready.alias(danger=danger).order_by("-danger", "urgency", "next_try_at", "pk")
        return list(first.values_list("pk", flat=True)[:limit])


def _may_try(way: Way, at: datetime) -> bool:
    return way.key != "email" or mail_server.may_try(at)


def _note(way: Way, sent: int, trouble: MailTrouble | None, at: datetime) -> None:
    """Note the status of the email server: successes before failures."""
    if trouble is not None:
        log.warning("mail stands still", code=trouble.code)
    if way.key != "email":
        return
    if sent:
        mail_server.note_good(at)
    if trouble is not None:
        mail_server.note_trouble(trouble, at)


def _send_one(federation_id: int, pk: int, way: Way, door: Door, clock: Clock) -> bool:
    """Send one mail. Raises MailTrouble where the trouble is not this mail's own: the next ones need not be
    tried."""
    with scope(federation_id):
        letter = _claim(pk, way, clock())
    if letter is None:
        return False

    def mark() -> None:
        with scope(federation_id):
            outcomes.handing_over(pk, at=clock())

    try:
        door.hand_over(letter, mark)
    except MailTrouble as trouble:
        with scope(federation_id):
            outcomes.settle(_locked(pk), trouble, at=clock())
        if not trouble.trouble.of_address or trouble.trouble.unknown:
            raise
        return False
    with scope(federation_id):
        outcomes.sent(_locked(pk), at=clock())
    return True


def _locked(pk: int) -> Mail:
    return Mail.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)


def _claim(pk: int, way: Way, at: datetime) -> Letter | None:
    """Claim a mail for this worker and write its text; None if another worker has it, or it should not be
    sent any more."""
    rows = Mail.objects.select_for_update(of=("self",), skip_locked=True)
    mail = rows.select_related("person__federation", "person__user").filter(pk=pk).first()
    if mail is None or not _is_free(mail, at):
        return None
    reason = why_not(mail, at)
    told: LetterContent | None = None
    if reason is None:
        if mail.letter:
            told = _told(mail, at)
        elif mail.urgency == Urgency.AT_ONCE:
            mail.lists = _still_there(mail)
        reason = None if told or mail.lists else Reason.DONE
    if reason is not None:
        outcomes.dropped(mail, reason, at=at)
        return None
    mail.state, mail.started_at, mail.tries, mail.way = MailState.STARTED, at, mail.tries + 1, way.key
    mail.save(update_fields=["state", "started_at", "tries", "way", "lists"])
    return letter_of(mail, mail.person, mail.person.federation, told)


def _is_free(mail: Mail, at: datetime) -> bool:
    if mail.state == MailState.STARTED:
        return mail.started_at is None or mail.started_at < at - PATIENCE
    return mail.state == MailState.WAITING and mail.next_try_at <= at


def why_not(mail: Mail, at: datetime, *, of_address: bool = True) -> Reason | None:
    """Return why a mail must not be sent, checked at the last moment; `of_address`: also because of its
    address."""
    person = mail.person
    if person.left_on is not None and person.left_on <= local_day(at):
        return Reason.GONE
    if not person.user.is_active:
        return Reason.SIGN_IN_OFF
    if of_address and BadAddress.objects.filter(person=person, address=mail.to_address).exists():
        return Reason.BAD_ADDRESS
    if is_over(mail, at):
        return Reason.DAY_OVER
    if at - mail.made_at > (LETTER_TOO_OLD if mail.letter else TOO_OLD):
        return Reason.TOO_OLD
    if not (mail.letter and kind(mail.letter).of_sign_in) and _is_away(person, at):
        return Reason.AWAY
    return None


def _is_away(person: Person, at: datetime) -> bool:
    return Person.objects.filter(away_on(local_day(at), person="pk"), pk=person.pk).exists()


def _told(mail: Mail, at: datetime) -> LetterContent | None:
    make = kind(mail.letter).letter
    if make is None:
        raise LookupError(f"{mail.letter} is no letter")
    notice = Notice.objects.get(mail=mail)
    with override(mail.person.language):
        return make(number_of(notice.subject), at)


def _still_there(mail: Mail) -> list[list[object]]:
    """Return what the mail lists: its notices except those whose duty was done meanwhile, or is known by now
    to be about their reader."""
    columns = ("pk", "kind", "moment", "duty__state", "subject")
    notices = list(Notice.objects.filter(mail=mail).order_by("pk").values_list(*columns))
    meant = meant_by({subject for *_rest, subject in notices})
    numbers: dict[tuple[str, str], int] = {}
    over = []
    for pk, key, moment, state, subject in notices:
        if (state and state not in STILL_TO_DO) or mail.person_id in meant.get(subject, ()):
            over.append(pk)
        else:
            numbers[key, moment] = numbers.get((key, moment), 0) + 1
    if over:
        Notice.objects.filter(pk__in=over).update(state=MailState.DROPPED, reason=Reason.DONE, passed_on=True)
    return [[key, moment, number] for (key, moment), number in numbers.items()]
