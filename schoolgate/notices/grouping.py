"""Gather the notices to be told at once into mails: one for each person and moment.

A notice of danger never waits, and has a mail of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import make_msgid

from django.db import connection
from django.db.models import Count, Max

from schoolgate.core.actions import action
from schoolgate.core.bulk import insert
from schoolgate.core.ids import reserve
from schoolgate.notices.kinds import DANGER, kind
from schoolgate.notices.models import Mail, Notice
from schoolgate.notices.reading import lock
from schoolgate.notices.states import MailState, Urgency

AT_MOST = 20_000
"""Notices that one transaction takes up."""
FREELY, WITHIN, SPACED = 3, timedelta(hours=1), timedelta(minutes=15)
"""How many mails one person gets within an hour; after that, notices are gathered for a while."""
OUR_NAME = "schoolgate.invalid"
JOIN = """
UPDATE notices_notice SET mail_id = said.mail
FROM unnest(%s::bigint[], %s::bigint[]) AS said (id, mail) WHERE notices_notice.id = said.id
"""


@action
def make_mails(*, at: datetime) -> list[int]:
    """Put the notices that wait into mails; returns the mails' ids.

    The number of queries does not grow with people or notices.
    """
    lock(at)
    waiting = Notice.objects.filter(state=MailState.WAITING, mail=None, urgency=Urgency.AT_ONCE)
    notices = list(waiting.order_by("person_id", "pk")[:AT_MOST])
    if not notices:
        return []
    later = _to_be_spaced({one.person_id for one in notices}, at)
    groups: dict[tuple[int, str, int], list[Notice]] = defaultdict(list)
    for one in notices:
        letter = kind(one.kind).letter
        if letter or one.kind == DANGER or one.person_id not in later:
            alone = one.kind if letter or one.kind == DANGER else ""
            groups[one.person_id, alone, one.pk if letter else 0].append(one)
    mails = [
        new_mail(pk, person_id, Urgency.AT_ONCE, at=at, letter="" if alone == DANGER else alone)
        for pk, (person_id, alone, _each) in zip(reserve(Mail, len(groups)), groups, strict=True)
    ]
    insert(mails)
    join([(one.pk, mail.pk) for mail, each in zip(mails, groups.values(), strict=True) for one in each])
    return [mail.pk for mail in mails]


def new_mail(pk: int, person_id: int, urgency: Urgency, *, at: datetime, letter: str = "") -> Mail:
    """A mail that is not written yet, with its own name, under which it is sent however often it is tried."""
    return Mail(
        pk=pk,
        person_id=person_id,
        urgency=urgency,
        letter=letter,
        made_at=at,
        next_try_at=at,
        message_id=make_msgid(domain=OUR_NAME),
    )


def join(pairs: Sequence[tuple[int, int]]) -> None:
    """Save which mail each notice goes in, as (notice, mail). One statement, however many there are."""
    with connection.cursor() as cursor:
        cursor.execute(JOIN, [[pk for pk, _mail in pairs], [mail for _pk, mail in pairs]])


def _to_be_spaced(people: set[int], at: datetime) -> set[int]:
    """Return the people who got several mails within the hour and have to wait for the next one. One
    query."""
    lately = Mail.objects.filter(
        person_id__in=people, urgency=Urgency.AT_ONCE, letter="", made_at__gt=at - WITHIN, made_at__lte=at
    )
    counted = lately.values("person_id").annotate(number=Count("pk"), newest=Max("made_at"))
    return {row["person_id"] for row in counted if row["number"] >= FREELY and row["newest"] > at - SPACED}
