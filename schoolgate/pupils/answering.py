"""What a parent or a pupil answered: recorded, withdrawn, and settled by someone where two answers differ.

An answer is never changed: the next one counts. What is live is taken down by the app above, which hears
of a withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import wrong_reason
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.pupils import consents
from schoolgate.pupils.consents import answers_of, disputed_at, disputes_of, newest_answer, own_no, yeses
from schoolgate.pupils.models import (
    ANSWERING,
    ASK,
    ENTERED,
    SETTLE,
    Answer,
    Cause,
    Consent,
    Form,
    Giver,
    Pupil,
    Use,
    Withdrawal,
)

LONGEST_WHY = 500
FOUND = _("Say in a short sentence what you found, such as who told you. “OK” isn’t enough.")


def lock(pupil: Pupil) -> Pupil:
    """Return a pupil, locked, so that an answer and its settling come one after the other."""
    return Pupil.objects.select_for_update(of=("self",)).select_related("school").get(pk=pupil.pk)


def ask_to_settle(pupils: Iterable[Pupil], *, at: datetime) -> None:
    """Open the office's task for each school at which a yes now stands against a no about one of these
    pupils. What holds meanwhile stays no."""
    pupils = list(pupils)
    disputed = disputes_of(pupils, on=local_day(at))
    for school in {each.school_id: each.school for each in pupils if disputed.get(each.pk)}.values():
        for role in book_for(school).pack.roles_with("administer"):
            open_duty(
                kind=SETTLE, subject=school, at=at, due=Due.none_promised(), role=role.key, school=school
            )


@action
def settle_consent(
    *,
    by: Person,
    at: datetime,
    pupil: Pupil,
    uses: Sequence[str],
    answer: str,
    form: str,
    why: str,
    seen: int,
) -> list[Consent]:
    """Record which answer holds where a yes stands against a no: the noes until now no longer count, or the
    no stays. Only a yes that someone gave makes a yes; this is none of itself.

    Args:
        uses: of `Use`, each of them disputed; `form`: how the person found out; `why`: what they found;
            `seen`: the newest answer that they saw (`queries.newest_answer`).

    Raises NotAllowed (also whose hands the only yes went through), BadInput by field, NotNow (nothing is
    disputed any more, or someone answered since).
    """
    day = local_day(at)
    consents.check_may_keep(by, on=day, school=pupil.school)
    pupil = lock(pupil)
    disputed = disputes_of([pupil], on=day).get(pupil.pk, {})
    if not disputed:
        raise settled_already(pupil)
    if newest_answer(pupil) != seen:
        raise NotNow(_("Someone has answered since you opened the page."), _("Read it, then decide again."))
    wrong = {
        "uses": _("Choose what you resolved.") if not uses or set(uses) - set(disputed) else None,
        "answer": _("Choose which answer counts.") if answer not in (Answer.GIVEN, Answer.REFUSED) else None,
        "form": _("Choose how you found out.") if form not in ENTERED else None,
        "why": wrong_reason(why, longest=LONGEST_WHY, wanted=FOUND),
    }
    if answer == Answer.GIVEN and _says_no_themselves(pupil, uses, disputed, on=day):
        wrong["answer"] = _("The pupil said no. First record the pupil’s own consent.")
    if found := {name: told for name, told in wrong.items() if told is not None}:
        raise BadInput(found)
    if answer == Answer.GIVEN and _rests_on(by, pupil, uses, disputed, on=day):
        raise NotAllowed(
            _("You handled the only yes yourself: you entered it, printed its link or read its email."),
            _("Ask a colleague who looks after consents, or enter it with a copy of the signed paper."),
        )
    rows = [
        Consent.objects.create(
            pupil=pupil, use=use, channel=channel, answer=answer, giver=Giver.SETTLED, form=form,
            from_day=day, by=by, at=at, why=why.strip(),
        )
        for use in dict.fromkeys(uses)
        for channel in disputed[use]
    ]  # fmt: skip
    for row in rows:
        record("consent.settled", subject=row, at=at, actor=by, use=row.use, answer=row.answer)
    end_settling(pupil.school, by=by, at=at)
    return rows


def _says_no_themselves(
    pupil: Pupil, uses: Sequence[str], disputed: Mapping[str, Iterable[str]], *, on: date
) -> bool:
    """Return whether the pupil's own no counts for one of these uses, where it is disputed."""
    ((_pk, said, about),) = answers_of([pupil], on=on)
    return any(
        own_no(said, about, use=use, channel=channel, on=on)
        for use in uses
        for channel in disputed.get(use, ())
    )


def _rests_on(
    by: Person, pupil: Pupil, uses: Sequence[str], disputed: Mapping[str, Iterable[str]], *, on: date
) -> bool:
    """Return whether every yes to one of these uses is on this person's word alone."""
    ((_pk, said, about),) = answers_of([pupil], on=on)
    found = (
        yeses(said, about, use=use, channel=channel, on=on)
        for use in uses
        for channel in disputed.get(use, ())
    )
    return any(some and all(by.pk in each.hands for each in some) for some in found)


def settled_already(pupil: Pupil) -> NotNow:
    """Return the error that says that nothing about a pupil is disputed any more."""
    last = Consent.objects.filter(pupil=pupil, giver=Giver.SETTLED).order_by("-id").first()
    if last is None:
        return NotNow(_("There’s nothing to resolve here."), _("Open the page again."))
    return done_before(pupil, _("These answers have already been resolved."), made=last)


@action
def end_what_settled_itself(*, at: datetime) -> int:
    """End the tasks of schools at which nothing is disputed any more without a person having settled it: a
    pupil left, or a yes ended. Returns how many."""
    waiting = Duty.objects.filter(kind=SETTLE, state__in=STILL_TO_DO)
    schools = School.objects.filter(pk__in=waiting.values("school"))
    over = [each for each in schools if not _is_left(each, at=at)]
    for school in over:
        cancel(kind=SETTLE, subject=school, because="over", at=at)
    return len(over)


def end_settling(school: School, *, by: Person, at: datetime) -> None:
    """End the office's task once nothing at the school is disputed any more."""
    if not _is_left(school, at=at):
        discharge(kind=SETTLE, subject=school, by=by, at=at)


def _is_left(school: School, *, at: datetime) -> bool:
    """Return whether anything at the school is still to be settled."""
    return bool(disputed_at([school], on=local_day(at), limit=1)[0])


@action
def withdraw(
    *,
    at: datetime,
    pupil: Pupil,
    cause: str,
    uses: Iterable[str] = (),
    channel: str = "",
    giver: str = "",
    who: str = "",
    by: Person | None = None,
) -> Withdrawal:
    """Record that a pupil may no longer appear in some uses, on one channel or on all; no `uses`: in none."""
    row = Withdrawal.objects.create(
        pupil=pupil,
        cause=cause,
        uses=sorted(uses or Use.values),
        channel=channel,
        giver=giver,
        who=who,
        by=by,
        at=at,
    )
    record("consent.withdrawn", subject=row, at=at, actor=by, cause=cause)
    return row


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
    consents.check_may_keep(by, on=day, school=pupil.school)
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
    """Record that a pupil doesn't want to be shown today: their own no to every use on all accounts, for a
    week. What is out with a picture of today, or went out today with their name, is withdrawn. One that was
    recorded today already is returned.

    Raises NotAllowed for people who neither write posts nor keep consents at the pupil's school.
    """
    day = local_day(at)
    consents.check_may_choose(by, pupil.school, on=day)
    pupil, until = lock(pupil), day + timedelta(days=DAYS_OF_A_NO - 1)
    its = {
        "pupil": pupil, "channel": "", "answer": Answer.REFUSED, "giver": Giver.PUPIL, "form": Form.SPOKEN,
        "from_day": day, "until": until,
    }  # fmt: skip
    newest = list(Consent.objects.filter(pupil=pupil, giver=Giver.PUPIL).order_by("-id")[: len(Use)])
    if len(newest) == len(Use) and all(each.until == until and each.from_day == day for each in newest):
        return newest
    rows = [Consent.objects.create(use=use, by=by, at=at, **its) for use in Use]
    for row in rows:
        record("consent.answered", subject=row, at=at, actor=by, use=row.use, answer=row.answer)
    withdraw(at=at, pupil=pupil, cause=Cause.TODAY, giver=Giver.PUPIL, by=by)
    return rows
