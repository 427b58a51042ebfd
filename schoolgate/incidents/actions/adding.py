"""More from the person who reported a concern: stored with it, and told to the person who deals with it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.duties.models import Duty
from schoolgate.duties.states import DutyState
from schoolgate.incidents import codes
from schoolgate.incidents.actions.keeping import LONGEST_WORDS, Copy, step, wrong_words
from schoolgate.incidents.actions.keeping_out import keep_out_named_later
from schoolgate.incidents.actions.reading import note_danger
from schoolgate.incidents.actions.reporting import ReportContent, report_wrong
from schoolgate.incidents.duty_kinds import OF_REPORTER, READ_ADDED
from schoolgate.incidents.models import Report, Step
from schoolgate.incidents.states import BODIES, WAITS, Danger, StepKind
from schoolgate.people.models import Person

TELLS_AUTHORITIES = OF_REPORTER["incident.tell_authorities"]
MOST_ADDED = 50
"""Times that the reporter can add to one report: a flood ends here."""


@action
def note_own_done(*, report: Report, at: datetime, reporter: Person, kind: str, body: str = "") -> Report:
    """Record that a reporter did what the policy obliges them to. `body`: the authority that they told, where
    that is what they had to do; it counts as told from now on.

    Raises NotFound for anyone but the reporter who gave their name, BadInput (body), NotNow where nothing
    waits for it."""
    if report.by_id != reporter.pk or kind not in OF_REPORTER.values():
        raise NotFound
    if kind == TELLS_AUTHORITIES and body not in BODIES:
        raise BadInput({"body": _("Choose who was told")})
    if not discharge(kind=kind, subject=report, person=reporter, by=None, at=at):
        raise _nothing_waits(report, reporter, kind)
    if kind == TELLS_AUTHORITIES:
        step(report, StepKind.BODY_TOLD, at=at, by=reporter, body=body)
        record("report.body_told", subject=report, at=at, body=body)
    return report


def _nothing_waits(report: Report, reporter: Person, kind: str) -> NotNow:
    own = Duty.objects.filter(kind=kind, subject=subject_of(report), person=reporter).order_by("-pk").first()
    nothing = NotNow(_("You don’t need to do this now."), _("Open your report again to see its status."))
    if own is None:
        return nothing
    return done_before(own, _("This is already done."), otherwise=nothing, state=DutyState.DISCHARGED)


@action
def add_to_report(
    *,
    report: Report,
    at: datetime,
    words: str,
    code: str = "",
    reporter: Person | None = None,
    copy: Copy | None = None,
    says_who: bool = False,
) -> Step:
    """Store what a reporter adds, sealed like the report itself, and ask the person who has it to read it.

    Where the report was passed to the safeguarding lead's own system, it becomes a concern of its own, kept
    to the leads.

    Args:
        code: the report's code; without the right one no one can add to a report made without a name.
        reporter: the person signed in, for a report made with their name. It is no `by`: the record never
            says who reported.
        says_who: the words answer who it is about.

    Raises NotFound for anyone else, NotNow once very much was added, BadInput (words).
    """
    by_code = bool(report.code) and codes.digest_of_code(code) == report.code
    by_name = reporter is not None and report.by_id == reporter.pk
    if not (by_code or by_name):
        raise NotFound
    if wrong := wrong_words(words, empty=_("Write what you want to add.")):
        raise BadInput({"words": wrong})
    if report.steps.filter(kind=StepKind.ADDED).count() >= MOST_ADDED:
        raise NotNow(
            _("A lot has been added to this concern already."), _("Ring the school, and give your number.")
        )
    who = words if says_who else ""
    if report.passed_at is not None:
        keep_out_named_later(report, texts=[words], who=who, reporter=reporter, at=at)
        return _as_a_new_one(report, words, at=at, copy=copy)
    return add_words(report, words, who=who, reporter=reporter, copy=copy, at=at)


def add_words(
    report: Report,
    words: str,
    *,
    at: datetime,
    who: str = "",
    reporter: Person | None = None,
    copy: Copy | None = None,
) -> Step:
    """Store more words with a concern, keep out those named in them, and ask those who have it to read them.
    `who`: the answer to who it is about."""
    kept = {"what": words.strip(), "added": True} | ({"about_who": who.strip()} if who else {})
    row = step(report, StepKind.ADDED, at=at, by=report.by, words=kept, copy=copy)
    record("report.added", subject=report, at=at)
    keep_out_named_later(report, texts=[words], who=who, reporter=reporter, at=at)
    in_danger = note_danger(report, texts=[words], at=at)
    if report.state not in WAITS and report.taken_by is not None and not in_danger:
        open_duty(
            kind=READ_ADDED, subject=report, at=at, due=Due.none_promised(), person=report.taken_by,
            school=report.school, danger=report.danger == Danger.YES,
        )  # fmt: skip
    return row


def _as_a_new_one(report: Report, words: str, *, at: datetime, copy: Copy | None) -> Step:
    out = report.kept_out.filter(harmed=False).select_related("person")
    hurt = report.kept_out.filter(harmed=True).exclude(person=None).select_related("person")
    said = ReportContent(
        what=f"{report.reference}: {words.strip()}"[:LONGEST_WORDS],
        mark=codes.new_mark(),
        danger=report.danger,
        kinds=report.said,
        school=report.school,
        about_people=[one.person for one in out if one.person],
        harmed_people=[one.person for one in hurt if one.person],
        about_roles=[one.role_key for one in out.exclude(role_key="")],
        for_leads=True,
    )
    report_wrong(at=at, said_here=said, reporter=report.by, copy=copy)
    record("report.added", subject=report, at=at)
    return step(report, StepKind.ADDED, at=at, by=report.by)
