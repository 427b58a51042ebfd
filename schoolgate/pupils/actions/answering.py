"""Record what a parent or a pupil answered. An answer is never changed: the next one counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.duties.actions import discharge
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.models import Person
from schoolgate.pupils import rules
from schoolgate.pupils.actions.settling import ask_to_settle, lock
from schoolgate.pupils.actions.withdrawing import withdraw
from schoolgate.pupils.duty_kinds import ASK
from schoolgate.pupils.models import Consent, Pupil
from schoolgate.pupils.states import ANSWERING, ENTERED, Answer, Cause, Form, Giver, Use

LONGEST_NAME = 120
DAYS_OF_A_NO = 7
"""House rule: the no of a child on a day counts for a week, because the pictures of a day are posted in the
days after it. For a picture added in that week it counts for good (`consents.standing`)."""


@action
def record_answer(
    *,
    by: Person,
    at: datetime,
    pupil: Pupil,
    uses: Sequence[str],
    answer: str,
    giver: str,
    form: str,
    channel: str = "",
    who: str = "",
    until: date | None = None,
    scan: tuple[str, str] = ("", ""),
) -> list[Consent]:
    """Record an answer that reached the school, for one or several uses; returns one row for each.

    Args:
        uses: of `Use`; `channel`: a network's key, "" for all official accounts.
        giver: a parent or the pupil; `who`: which parent, so that two parents can be told apart.
        form: how it reached the school. `until`: the last day of a yes.
        scan: digest and media type of the signed paper in the file store, proven by its content.

    Raises NotAllowed, BadInput by field.
    """
    day = local_day(at)
    rules.check_may_keep(by, on=day, school=pupil.school)
    who = " ".join(who.split()) if giver == Giver.PARENT else ""
    wrong = {
        "uses": _("Choose what the answer is about.") if not uses or set(uses) - set(Use.values) else None,
        "answer": _("Choose the answer.") if answer not in Answer.values else None,
        "giver": _("Choose who answered.") if giver not in ANSWERING else None,
        "form": _("Choose how the answer was given.") if form not in ENTERED else None,
        "who": _("Enter the parent’s name in 120 characters or fewer.") if len(who) > LONGEST_NAME else None,
        "channel": _("Choose a network.") if channel and channel not in all_capabilities() else None,
        "until": _("Choose a day from today on.") if until is not None and until < day else None,
    }
    if found := {name: told for name, told in wrong.items() if told is not None}:
        raise BadInput(found)
    pupil = lock(pupil)
    rows = [
        Consent.objects.create(
            pupil=pupil,
            use=use,
            channel=channel,
            answer=answer,
            giver=giver,
            who=who,
            form=form,
            from_day=day,
            until=until if answer == Answer.GIVEN else None,
            by=by,
            at=at,
            scan=scan[0],
            scan_type=scan[1],
        )
        for use in dict.fromkeys(uses)
    ]
    for row in rows:
        record("consent.answered", subject=row, at=at, actor=by, use=row.use, answer=row.answer)
    if answer != Answer.GIVEN:
        withdraw(
            at=at, pupil=pupil, cause=Cause.ANSWER, uses=uses, channel=channel, giver=giver, who=who, by=by
        )
    ask_to_settle([pupil], at=at)
    discharge(kind=ASK, subject=pupil, by=by, at=at)
    return rows


@action
def record_objection(*, by: Person, at: datetime, pupil: Pupil) -> list[Consent]:
    """Record that a pupil doesn't want to be shown today: their own no to pictures and film on all accounts,
    for a week. What is out with a picture of today is withdrawn. One that was recorded today already is
    returned.

    Raises NotAllowed for people who neither write posts nor keep consents at the pupil's school.
    """
    day = local_day(at)
    rules.check_may_choose(by, pupil.school, on=day)
    pupil, until = lock(pupil), day + timedelta(days=DAYS_OF_A_NO - 1)
    its = {
        "pupil": pupil, "channel": "", "answer": Answer.REFUSED, "giver": Giver.PUPIL, "form": Form.SPOKEN,
        "from_day": day, "until": until,
    }  # fmt: skip
    newest = list(Consent.objects.filter(pupil=pupil, giver=Giver.PUPIL).order_by("-id")[:2])
    if len(newest) == 2 and all(each.until == until and each.from_day == day for each in newest):
        return newest
    rows = [Consent.objects.create(use=use, by=by, at=at, **its) for use in (Use.PICTURE, Use.FILM)]
    for row in rows:
        record("consent.answered", subject=row, at=at, actor=by, use=row.use, answer=row.answer)
    withdraw(
        at=at, pupil=pupil, cause=Cause.TODAY, uses=[each.use for each in rows], giver=Giver.PUPIL, by=by
    )
    return rows
