"""Add evidence to a concern: files, quotations, interviews, pages that are to be fetched, and notes on them.

Files are sealed and in the store before an action names them. Nothing is changed or removed later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Text
from schoolgate.core.events.recording import record
from schoolgate.core.outside.kinds import FileKind
from schoolgate.core.reasons import reason
from schoolgate.core.sealed_files import SealedFile
from schoolgate.core.tenancy import current_scope
from schoolgate.incidents.actions.handling import check_may_see, check_words
from schoolgate.incidents.actions.keeping import LONGEST_WORDS, SEALED, step, wrong_words
from schoolgate.incidents.actions.letting_in import check_written_here, let_in
from schoolgate.incidents.evidence import bytes_of, is_stopped
from schoolgate.incidents.evidence_models import Capture, Evidence, EvidenceFile, EvidenceNote
from schoolgate.incidents.evidence_states import (
    MOST_FILE,
    MOST_MATTER,
    Agreed,
    CaptureState,
    EvidenceKind,
    Part,
)
from schoolgate.incidents.models import Report, Step
from schoolgate.incidents.rules import is_lead
from schoolgate.incidents.states import StepKind
from schoolgate.people.models import Person

CAPTURE = "incidents.capture"
LONGEST_LINE = 500
LONGEST_SAID = 20_000
"""Letters of a quotation, or of what was said in an interview."""
MOST_PIECES = 500
TOO_LARGE = _("This file is larger than 100 MB. Cut it into parts, or note where it is kept.")
FULL = _("All files of a concern together can be up to 500 MB. Note where this one is kept instead.")


@dataclass(frozen=True)
class Added:
    """A file that was sealed and put into the store, with what it is by its content."""

    sealed: SealedFile
    kind: FileKind
    part: Part = Part.FILE


@action
def add_file(
    *, report: Report, by: Person, at: datetime, obtained_at: datetime, words: Mapping[str, str], file: Added
) -> Evidence:
    """Add a file as evidence. `words`: "what" it is, "source" where it is from, "name" as it was sent.

    Raises NotFound, NotNow (stopped, or very much was added), BadInput (what, source, on, file).
    """
    _begin(report, by, at)
    refuse_if_stopped(report)
    _check(words, {"what": LONGEST_LINE, "source": LONGEST_LINE}, obtained_at, at)
    if file.sealed.size > MOST_FILE:
        raise BadInput({"file": TOO_LARGE})
    if bytes_of(report) + file.sealed.size > MOST_MATTER:
        raise BadInput({"file": FULL})
    row = _add(report, EvidenceKind.FILE, by=by, at=at, obtained_at=obtained_at, words=words)
    add_part(row, file)
    return row


@action
def add_quotation(
    *, report: Report, by: Person, at: datetime, obtained_at: datetime, words: Mapping[str, str]
) -> Evidence:
    """Add a typed quotation. `words`: "said" and "source". Raises NotFound, NotNow, BadInput (said, source,
    on)."""
    _begin(report, by, at)
    _check(words, {"said": LONGEST_SAID, "source": LONGEST_LINE}, obtained_at, at)
    return _add(report, EvidenceKind.TEXT, by=by, at=at, obtained_at=obtained_at, words=words)


@action
def add_interview(
    *, report: Report, by: Person, at: datetime, obtained_at: datetime, words: Mapping[str, str]
) -> Evidence:
    """Add what was said in an interview. `words`: "who" by role or name, "present", "said", "source" for the
    place, "agreed". Raises NotFound, NotNow, BadInput (who, present, said, source, agreed, on)."""
    _begin(report, by, at)
    if words.get("agreed") not in Agreed.values:
        raise BadInput({"agreed": _("Choose whether they agree with what is written here")})
    longest = {"who": LONGEST_LINE, "said": LONGEST_SAID}
    _check(words, longest, obtained_at, at, optional={"present": LONGEST_LINE, "source": LONGEST_LINE})
    return _add(report, EvidenceKind.INTERVIEW, by=by, at=at, obtained_at=obtained_at, words=words)


@action
def ask_capture(*, report: Report, by: Person, at: datetime, address: str, what: str = "") -> Evidence:
    """Have a public page fetched and kept: the row says what is wanted, a job does it. Raises NotFound,
    NotNow, BadInput (address, what)."""
    _begin(report, by, at)
    refuse_if_stopped(report)
    words = {"source": address.strip(), "what": what}
    _check(words, {}, at, at, optional={"what": LONGEST_LINE})
    if not words["source"].startswith(("https://", "http://")) or len(address) > LONGEST_LINE * 4:
        raise BadInput({"address": _("Enter the whole web address. It begins with https://")})
    if bytes_of(report) >= MOST_MATTER:
        raise BadInput({"address": FULL})
    row = _add(report, EvidenceKind.PAGE, by=by, at=at, obtained_at=at, words=words)
    Capture.objects.create(evidence=row, person=by, state=CaptureState.ASKED, state_at=at)
    defer_capture(row.pk, by.pk)
    return row


def defer_capture(pk: int, person_id: int) -> None:
    """Have a job fetch the page of a piece of evidence."""
    app.configure_task(CAPTURE).defer(
        federation_id=current_scope().federation_id, person_id=person_id, evidence_id=pk
    )


@action
def add_note_on_evidence(
    *, evidence: Evidence, by: Person, at: datetime, words: str, agreed: str = ""
) -> EvidenceNote:
    """Add a note to a piece of evidence, such as a mistake in it, or that the person interviewed agrees now.
    Raises NotFound, BadInput (words, agreed)."""
    report = evidence.report
    _begin(report, by, at)
    check_words(words, _("Write what others should know about it."))
    if agreed and (agreed not in Agreed.values or evidence.kind != EvidenceKind.INTERVIEW):
        raise BadInput({"agreed": _("Only an interview can be marked as agreed.")})
    ref, digest = _sealed({"what": words.strip(), "agreed": agreed}, report)
    row = EvidenceNote.objects.create(
        evidence=evidence, report=report, by=by, at=at, words_ref=ref, words_digest=digest
    )
    record("report.evidence_noted", subject=report, at=at, actor=by)
    return row


@action
def stop_pictures(*, report: Report, by: Person | None, at: datetime) -> Report:
    """Take no more files and pages for a concern: one may show a sexual picture of a child, which is never
    copied. `by` None: the person who reported it said so. Done twice it is done once."""
    if by is not None:
        check_may_see(report, by, at)
    if not is_stopped(report):
        step(report, StepKind.STOPPED, at=at, by=by)
        record("report.pictures_stopped", subject=report, at=at, actor=by)
    return report


@action
def lift_stop(*, report: Report, by: Person, at: datetime, words: str) -> Step:
    """Take files again, with a reason: the police said so, or it was a mistake. Raises NotFound, NotAllowed
    for all but a safeguarding lead, NotNow, BadInput (words)."""
    _begin(report, by, at)
    if not is_lead(by, local_day(at)):
        raise NotAllowed(
            _("Only a safeguarding lead can lift this."), _("Pass the concern to a safeguarding lead.")
        )
    if not is_stopped(report):
        raise NotNow(_("Files can be added."), _("Open it again to see its status."))
    words = reason(words, "words", longest=LONGEST_WORDS)
    row = step(report, StepKind.LIFTED, at=at, by=by, words={"what": words})
    record("report.pictures_lifted", subject=report, at=at, actor=by)
    return row


def _begin(report: Report, by: Person, at: datetime) -> None:
    """Check that the person may, make them a reader, and let others who add at the same time wait: sizes and
    numbers are counted."""
    check_may_see(report, by, at)
    check_written_here(report)
    let_in(report, by, at=at)
    Report.objects.select_for_update().only("pk").get(pk=report.pk)
    if Evidence.objects.filter(report=report).count() >= MOST_PIECES:
        raise NotNow(
            _("This concern can’t take any more evidence."), _("Add a note that says where the rest is.")
        )


def refuse_if_stopped(report: Report) -> None:
    """Raise NotNow, with what to do, where no file may be added."""
    if is_stopped(report):
        raise NotNow(
            _("This may show a sexual picture of a child, so no file and no page can be added."),
            _("Leave it where it is. Ring the police, or tell the Internet Watch Foundation its address."),
        )


def _check(
    words: Mapping[str, str], longest: Mapping[str, int], obtained_at: datetime, at: datetime,
    *, optional: Mapping[str, int] | None = None,
) -> None:  # fmt: skip
    wrong: dict[str, Text] = {}
    for name, most in longest.items():
        if found := wrong_words(words.get(name, ""), empty=_("Fill in this field"), longest=most):
            wrong[name] = found
    for name, most in (optional or {}).items():
        if words.get(name) and (found := wrong_words(words[name], empty="", longest=most)):
            wrong[name] = found
    if obtained_at > at:
        wrong["on"] = _("This must not be in the future")
    if wrong:
        raise BadInput(wrong)


def _add(
    report: Report, kind: EvidenceKind, *, by: Person, at: datetime, obtained_at: datetime,
    words: Mapping[str, str],
) -> Evidence:  # fmt: skip
    ref, digest = _sealed({name: text.strip() for name, text in words.items() if text.strip()}, report)
    row = Evidence.objects.create(
        report=report, number=Evidence.objects.filter(report=report).count() + 1, kind=kind, by=by,
        added_at=at, obtained_at=obtained_at, words_ref=ref, words_digest=digest,
    )  # fmt: skip
    step(report, StepKind.EVIDENCE, at=at, by=by)
    record("report.evidence_added", subject=report, at=at, actor=by, kind=kind, number=row.number)
    return row


def add_part(row: Evidence, file: Added) -> EvidenceFile:
    """Write the row of one file; the caller has checked that it may be added."""
    return EvidenceFile.objects.create(
        evidence=row, report_id=row.report_id, part=file.part, file=file.sealed.name, group=file.kind.group,
        media_type=file.kind.media_type, ending=file.kind.ending, size=file.sealed.size,
        digest=file.sealed.digest,
    )  # fmt: skip


def _sealed(words: Mapping[str, Any], report: Report) -> tuple[int, str]:
    text = json.dumps(dict(words), ensure_ascii=False, sort_keys=True)
    return vault.put(SEALED, text, about=report), hashlib.sha256(text.encode()).hexdigest()
