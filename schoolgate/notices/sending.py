"""Sends the mails of one federation: claim, hand over, record the outcome, each in a short transaction; and
tells others instead of a person who could not be told.

Nothing is sent inside a transaction. A mail is claimed before the server is contacted and marked before
it leaves, so that a later worker knows how far it came. A mail that was marked and has no outcome is not
sent again. Its text says who sends, how many of what kind, and has one link; nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import override

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.core.models import Federation
from schoolgate.core.moves import move
from schoolgate.core.subjects import number_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import STILL_TO_DO, Due
from schoolgate.notices import mail_server
from schoolgate.notices.kinds import (
    DANGER,
    MAIL_MOVES,
    UNDER_WAY,
    LetterContent,
    MailState,
    Moment,
    Reason,
    Urgency,
    address,
    kind,
    others_may_know,
)
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.notices.models import MEND, BadAddress, Mail, Notice
from schoolgate.notices.telling import (
    Telling,
    administering_roles,
    administrators,
    is_over,
    lock,
    reach_of_duties,
    write,
)
from schoolgate.notices.ways import Door, Letter, Way, way_for
from schoolgate.people.confined import meant_by
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on


def letter_of(
    mail: Mail, person: Person, federation: Federation, told: LetterContent | None = None
) -> Letter:
    """Return the mail's text. `told`: what a separate mail needs."""
    with override(person.language):
        if told is not None:
            subject, lines = told.said()
        elif mail.urgency == Urgency.MORNING:
            subject, lines = _morning(mail.lists)
        else:
            subject, lines = _at_once(mail.lists)
        ending = _("Schoolgate, for {federation}").format(federation=federation.name)
    return Letter(
        to_name=person.name,
        to_address=mail.to_address,
        subject=f"{federation.name}: {subject}",
        body="\n\n".join([*lines, ending]) + "\n",
        language=person.language,
        message_id=mail.message_id,
        written_at=mail.started_at or mail.made_at,
    )


def _at_once(lists: Sequence[Sequence[object]]) -> tuple[str, list[str]]:
    danger = any(key == DANGER for key, *_rest in lists)
    return _("someone may be in danger") if danger else _("something needs your attention now"), [
        _("Something in Schoolgate needs you now:"),
        "\n".join(in_words(lists)),
        _("See what it is and what to do:"),
        address("today"),
        _("Our emails never give more detail than this. If you can’t sign in now, ask a colleague to check."),
    ]


def _morning(lists: Sequence[Sequence[object]]) -> tuple[str, list[str]]:
    return _("your summary for today"), [
        _("This is waiting for you in Schoolgate this morning:"),
        "\n".join(in_words(lists)),
        address("today"),
        _("Choose which emails you get, and when:"),
        address("messages"),
    ]


def in_words(lists: Sequence[Sequence[object]]) -> list[str]:
    """Return what a mail lists, a line each, in the active language."""
    return [_line(str(key), str(moment), int(str(number))) for key, moment, number in lists]


def _line(key: str, moment: str, number: int) -> str:
    if not key:
        return _("Of these, {number} overdue").format(number=number)
    said = {"what": str(kind(key).sentence), "number": number}
    match Moment(moment):
        case Moment.OVERDUE:
            return _("Overdue. {what}: {number}").format(**said)
        case Moment.SOON:
            return _("Due within two hours. {what}: {number}").format(**said)
        case Moment.MOVED_ON:
            return _("Passed to you because it is overdue. {what}: {number}").format(**said)
        case Moment.NOT_REACHED:
            return _("Passed to you because someone else couldn’t be reached. {what}: {number}").format(
                **said
            )
        case Moment.TOLD | Moment.OPENED:
            return _("{what}: {number}").format(**said)


WAITS = (5, 15, 30, 60, 120)
"""Minutes until a mail that was put off is tried again; the last one repeats."""
MOST_TRIES = 12
"""With these waits, a day."""
NOT_TOLD = (Reason.GONE, Reason.AWAY, Reason.SIGN_IN_OFF, Reason.BAD_ADDRESS, Reason.TOO_OLD, Reason.SERVER,
            Reason.BOUNCED)  # fmt: skip
"""Why a person was not told; then another is."""


def handing_over(pk: int, *, at: datetime) -> None:
    """Note, before the mail leaves, that from now on it may arrive."""
    move(Mail.objects.get(pk=pk), to=MailState.HANDING_OVER, moves=MAIL_MOVES, at=at)


def sent(mail: Mail, *, at: datetime) -> None:
    """Record that the server took it; that does not prove that it arrived."""
    _end(mail, MailState.SENT, at=at)


def dropped(mail: Mail, reason: Reason, *, at: datetime) -> None:
    """Record that a mail must not be sent."""
    _end(mail, MailState.DROPPED, at=at, reason=reason)


def unknown(mail: Mail, *, at: datetime) -> None:
    """Record that a mail may have gone out: it is not sent again."""
    _end(mail, MailState.UNKNOWN, at=at, trouble="unknown")
    record("mail.unknown", subject=mail, at=at)


def came_back(mail: Mail, *, at: datetime) -> None:
    """Record that a mail was returned: what it told counts as not told."""
    move(mail, to=MailState.FAILED, moves=MAIL_MOVES, at=at, ended_at=at, reason=Reason.BOUNCED)
    Notice.objects.filter(mail=mail, state=MailState.SENT).update(
        state=MailState.FAILED, reason=Reason.BOUNCED, passed_on=False
    )
    record("mail.failed", subject=mail, at=at, because="bounced")


def settle(mail: Mail, trouble: MailTrouble, *, at: datetime) -> None:
    """Note a mail that was not taken: try again later, or give up on it."""
    what = trouble.trouble
    if what.unknown:
        unknown(mail, at=at)
        return
    if what.for_good or (what.of_address and mail.tries >= MOST_TRIES):
        bad = trouble.code in ("address", "address_later")
        _end(
            mail,
            MailState.FAILED,
            at=at,
            reason=Reason.BAD_ADDRESS if bad else Reason.SERVER,
            trouble=trouble.code,
        )
        record("mail.failed", subject=mail, at=at, because=trouble.code)
        if bad:
            note_bad_address(person=mail.person, because=Reason.BAD_ADDRESS, at=at, address=mail.to_address)
        return
    # Trouble of the server counts against the server, not against this mail.
    wait = timedelta(minutes=WAITS[min(mail.tries, len(WAITS)) - 1]) if what.of_address else timedelta()
    move(
        mail,
        to=MailState.WAITING,
        moves=MAIL_MOVES,
        at=at,
        started_at=None,
        trouble=trouble.code,
        next_try_at=at + wait,
        tries=mail.tries if what.of_address else mail.tries - 1,
    )


def _end(mail: Mail, state: MailState, *, at: datetime, reason: str = "", trouble: str = "") -> None:
    move(mail, to=state, moves=MAIL_MOVES, at=at, ended_at=at, reason=reason, trouble=trouble)
    waiting = Notice.objects.filter(mail=mail, state=MailState.WAITING)
    waiting.update(state=state, reason=reason, passed_on=state == MailState.SENT)


@action
def note_bad_address(
    *, person: Person, because: Reason, at: datetime, by: Person | None = None, address: str = ""
) -> BadAddress:
    """Record that mail does not reach a person, and ask an administrator to find out how to reach them.

    `address`: which one, if it is not the one for messages.

    `actions.note_bounce` checks the right to enter this by hand.
    """
    address = address or person.email
    row, new = BadAddress.objects.get_or_create(
        person=person,
        defaults={"address": address, "because": because, "since": at, "noted_by": by},
    )
    if not new and row.address != address:
        row.address, row.because, row.since, row.noted_by = address, because, at, by
        row.save()
        new = True
    if new:
        record("badaddress.noted", subject=row, at=at, actor=by, person=person.pk, because=str(because))
    for role_key in administering_roles()[:1]:
        open_duty(kind=MEND, subject=person, at=at, due=Due.none_promised(), role=role_key)
    return row


@action
def pass_on(*, at: datetime, limit: int = 2_000) -> int:
    """Tell the second people of duties, or the administrators, what the first could not be told; returns how
    many notices were dealt with. The number of queries does not grow with them.
    """
    lock(at)
    rows = Notice.objects.filter(
        state__in=(MailState.FAILED, MailState.DROPPED, MailState.UNKNOWN), passed_on=False
    )
    lost = list(rows.order_by("pk").select_related("duty")[:limit])
    if not lost:
        return 0
    on = local_day(at)
    wanted = [one for one in lost if _is_passed_on(one)]
    reach = reach_of_duties([one.duty for one in wanted if one.duty], on=on)
    others = administrators(on) if wanted else []
    tellings = []
    for one in wanted:
        assert one.duty is not None
        second = [pk for pk in reach.second(one.duty) if pk != one.person_id]
        spare = others if others_may_know(one.duty.kind) else []
        instead = second or [pk for pk in spare if pk != one.person_id]
        tellings += [Telling(pk, one.duty, Moment.NOT_REACHED) for pk in instead]
    write(tellings, at=at)
    Notice.objects.filter(pk__in=[one.pk for one in lost]).update(passed_on=True)
    return len(lost)


def _is_passed_on(lost: Notice) -> bool:
    """Whether to tell another person: once, and only of an immediate notice that still applies."""
    return (
        lost.urgency == Urgency.AT_ONCE
        and lost.moment != Moment.NOT_REACHED
        and lost.duty is not None
        and lost.duty.state in STILL_TO_DO
        and (lost.state == MailState.UNKNOWN or lost.reason in NOT_TOLD)
    )


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
            unknown(mail, at=at)
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
            handing_over(pk, at=clock())

    try:
        door.hand_over(letter, mark)
    except MailTrouble as trouble:
        with scope(federation_id):
            settle(_locked(pk), trouble, at=clock())
        if not trouble.trouble.of_address or trouble.trouble.unknown:
            raise
        return False
    with scope(federation_id):
        sent(_locked(pk), at=clock())
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
        dropped(mail, reason, at=at)
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
