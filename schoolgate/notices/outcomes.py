"""Record the outcome of a mail, and tell others instead of a person who could not be told."""

from __future__ import annotations

from datetime import datetime, timedelta

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import open_duty
from schoolgate.duties.due import Due
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.notices.duty_kinds import MEND
from schoolgate.notices.kinds import others_may_know
from schoolgate.notices.models import BadAddress, Mail, Notice
from schoolgate.notices.reading import Telling, lock, write
from schoolgate.notices.recipients import administering_roles, administrators, reach_of_duties
from schoolgate.notices.states import MAIL_MOVES, MailState, Moment, Reason, Urgency
from schoolgate.notices.troubles import MailTrouble
from schoolgate.people.models import Person

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
