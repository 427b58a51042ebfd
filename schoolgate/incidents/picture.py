"""A picture that a person here took by mistake: what the rules read of it, and what its taker answers and
does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.duties.queries import standing_about
from schoolgate.incidents.duty_kinds import ABOUT_PICTURE, DELETE_PICTURE, OF_PICTURE, TELL_PICTURE
from schoolgate.incidents.keeping import step
from schoolgate.incidents.meant import check_has_it
from schoolgate.incidents.models import ENDED, Report, StepKind
from schoolgate.incidents.report_facts import reporter_in_facts, told_of
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.policy.asking import answered, record_decision, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import policy_or_none
from schoolgate.rulebook.facts_read import facts_read, words_read
from schoolgate.rulebook.situations.sharing import ImageTaken

# A picture that a person here took by mistake: what the rules of the policy read of it, and what its taker
# answered. The picture itself is never asked for, shown or stored.

TICK = "picture_by_mistake"
SITUATION = "image.taken"
KEPT = "picture"
"""The key in a report's answers below which those about the picture are stored."""
ASKED = ("found_at", "compromising", "could_be_misread", "copies_left", "told")
"""What the taker can be asked, in the order of the form."""


def asks(report: Report, *, at: datetime) -> tuple[str, ...]:
    """Return the facts that the taker is asked for: those that rules of the policy in force read. Empty for
    another report, one without a name, and a policy that says nothing of such pictures."""
    if TICK not in report.said or report.by is None or policy_or_none(local_day(at)) is None:
        return ()
    read = facts_read(book_for(report), SITUATION, report.by.relation)
    return tuple(name for name in ASKED if name in read)


def is_silent(report: Report, *, at: datetime) -> bool:
    """Return whether a person here reported such a picture under their name, and the policy in force says
    nothing of such pictures."""
    if TICK not in report.said or report.by is None or policy_or_none(local_day(at)) is None:
        return False
    return not asks(report, at=at)


def roles_to_tell(report: Report) -> tuple[str, ...]:
    """Return the roles that must be told about such a picture, in the policy's own words."""
    return words_read(book_for(report), SITUATION, "told")


def answers_of(report: Report) -> Mapping[str, Any] | None:
    """Return what the taker answered; None where they have not answered yet."""
    found: Mapping[str, Any] | None = report.answers.get(KEPT)
    return found


def picture_facts(report: Report, *, at: datetime, act: Literal["close_report"] | None = None) -> ImageTaken:
    """Return the facts of the picture. Someone of a role knows of it if the taker told them, or if they have
    read the report. `act`: closing the report."""
    on, answers = local_day(at), answers_of(report) or {}
    read = [role for one in told_of(report, at=at) if one.read for role in one.roles]
    stated = answers.get("told")
    return ImageTaken(
        now=at,
        by=reporter_in_facts(report, report.by, on=on),
        by_accident=True,
        act=act,
        found_at=answers.get("found_at") or report.reported_at,
        compromising=answers.get("compromising"),
        could_be_misread=answers.get("could_be_misread"),
        copies_left=answers.get("copies_left"),
        told=None if stated is None and not read else tuple(dict.fromkeys((*(stated or ()), *read))),
    )


_OPEN_AGAIN = _("Open it again to see its status.")


@action
def answer_picture(
    *, report: Report, reporter: Person, at: datetime, answers: Mapping[str, Any]
) -> DecisionRecord:
    """Save what the taker of a picture answers about it, and open the tasks that the policy then gives them.

    Args:
        reporter: the taker. It is no `by`: the record never says who reported.
        answers: by the name of the fact, those that are asked (`picture.asks`).

    Returns the policy's decision. Raises NotFound for anyone else and for another report, NotNow once it is
    answered or the report is closed.
    """
    asked = asks(report, at=at)
    if report.by_id != reporter.pk or not asked:
        raise NotFound
    if answers_of(report) is not None or report.state in ENDED:
        raise NotNow(_("You no longer need to answer this."), _OPEN_AGAIN)
    given = {name: answers[name] for name in asked if answers.get(name) is not None}
    _keep(report, given, by=report.by, at=at)
    discharge(kind=ABOUT_PICTURE, subject=report, by=None, at=at, how="answered")
    return ask_about_picture(report, at=at)


@action
def picture_deleted(*, report: Report, by: Person, at: datetime) -> DecisionRecord:
    """Record that no copy of the picture is left: said by its taker, or by the person who deals with the
    report. Where the policy is silent its taker may say so too, and that it is silent is kept with it.

    Raises NotFound, NotAllowed, NotNow where there is nothing to delete.
    """
    if is_silent(report, at=at) and report.by_id == by.pk and answers_of(report) is None:
        _keep(report, {"copies_left": []}, by=by, at=at)
        return ask_about_picture(report, at=at)
    _check_answered(report)
    if report.by_id != by.pk:
        check_has_it(by, report, on=local_day(at))
    if not (answers_of(report) or {}).get("copies_left"):
        deleted: dict[str, Any] = {f"answers__{KEPT}__copies_left": []}
        raise done_before(
            report,
            _("Every copy is deleted already."),
            _OPEN_AGAIN,
            otherwise=NotNow(_("You named no copies to delete."), _OPEN_AGAIN),
            **deleted,
        )
    _keep(report, {**(answers_of(report) or {}), "copies_left": []}, by=by, at=at, new=("copies_left",))
    return ask_about_picture(report, at=at)


@action
def picture_told(*, report: Report, reporter: Person, at: datetime) -> DecisionRecord:
    """Record that the taker told the role that the policy names. Raises NotFound for anyone else."""
    _check_answered(report)
    if report.by_id != reporter.pk:
        raise NotFound
    told = list(roles_to_tell(report))
    _keep(report, {**(answers_of(report) or {}), "told": told}, by=report.by, at=at, new=("told",))
    return ask_about_picture(report, at=at)


def open_questions(report: Report, *, at: datetime) -> None:
    """Ask the taker at once about a picture that was just reported, where the policy speaks of such ones."""
    if asks(report, at=at):
        open_duty(
            kind=ABOUT_PICTURE, subject=report, at=at, due=Due.at(at), person=report.by,
            school=report.school,
        )  # fmt: skip


def ask_about_picture(report: Report, *, at: datetime) -> DecisionRecord:
    """Ask the policy about the picture as it is known now; open the tasks it names and end those done.
    Returns its decision."""
    kept = record_decision("image.taken", picture_facts(report, at=at), at=at, by=None, subject=report)
    wanted = {one.what: one for one in answered(kept).duties if one.what in OF_PICTURE}
    for what, kind in OF_PICTURE.items():
        if what in wanted:
            open_duty(
                kind=kind, subject=report, at=at, due=Due.of(wanted[what].due), person=report.by,
                school=report.school, clauses=wanted[what].clauses, decision=kept,
            )  # fmt: skip
        else:
            discharge(kind=kind, subject=report, by=None, at=at)
    return kept


def note_read(report: Report, *, at: datetime) -> None:
    """End the task of telling a role once someone of that role has read the report."""
    if any(one.kind == TELL_PICTURE for one in standing_about([report])):
        ask_about_picture(report, at=at)


def check_picture_gone(report: Report, *, by: Person, at: datetime) -> None:
    """Raise Refused where the policy keeps a report open until every copy of the picture is deleted."""
    if answers_of(report) is not None and asks(report, at=at):
        facts = picture_facts(report, at=at, act="close_report")
        require(record_decision("image.taken", facts, at=at, by=by, subject=report))


def end_questions(report: Report, *, by: Person, at: datetime) -> None:
    """End what is still asked about the picture of a report that is closed."""
    cancel(kind=(ABOUT_PICTURE, DELETE_PICTURE), subject=report, because="closed", at=at, by=by)


def _check_answered(report: Report) -> None:
    if answers_of(report) is None:
        raise NotFound


def _keep(
    report: Report,
    answers: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    new: Sequence[str] = (),
) -> None:
    """Store the answers, and a step that says what was answered now: all of them, or those in `new`."""
    report.answers = {**report.answers, KEPT: dict(answers)}
    report.save(update_fields=["answers"])
    said = {name: answers[name] for name in new or answers}
    kind = StepKind.ADDED if by is not None and by.pk == report.by_id else StepKind.NOTED
    step(report, kind, at=at, by=by, words={KEPT: said})
    record("report.added" if kind == StepKind.ADDED else "report.noted", subject=report, at=at)
