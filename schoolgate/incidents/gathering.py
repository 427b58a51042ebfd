"""Evidence of a concern: its reads for readers alone, files, quotations, interviews and notes, and pages that
are fetched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import reason
from schoolgate.core.moves import move
from schoolgate.core.outside.texts import FileKind
from schoolgate.core.sealed_files import SealedFile
from schoolgate.core.tenancy import current_scope
from schoolgate.core.vault import opened_each
from schoolgate.incidents.handling import check_may_see, check_words
from schoolgate.incidents.keeping import LONGEST_WORDS, SEALED, check_written_here, let_in, step, wrong_words
from schoolgate.incidents.meant import is_lead
from schoolgate.incidents.models import (
    CAPTURE_MOVES,
    MOST_FILE,
    MOST_MATTER,
    Agreed,
    Capture,
    CaptureState,
    Evidence,
    EvidenceFile,
    EvidenceKind,
    EvidenceNote,
    Part,
    Report,
    Step,
    StepKind,
)
from schoolgate.people.models import Person


@dataclass(frozen=True)
class Piece:
    """A piece of evidence with what was sealed. `found`: what a capture found; empty without one."""

    row: Evidence
    words: dict[str, Any]
    files: list[EvidenceFile] = field(default_factory=list)
    notes: list[tuple[EvidenceNote, dict[str, Any]]] = field(default_factory=list)
    capture: Capture | None = None
    found: dict[str, Any] = field(default_factory=dict)


def evidence_of(report: Report) -> list[Piece]:
    """Return all evidence of a concern, in the order in which it was added. Six queries. The
    database gives it only to the concern's readers (`handling.open_report` lets them in)."""
    rows = list(Evidence.objects.filter(report=report).select_related("by").order_by("number"))
    texts = opened_each(row.words_ref for row in rows)
    pieces = {row.pk: Piece(row, texts[row.words_ref]) for row in rows}
    for file in EvidenceFile.objects.filter(report=report).order_by("id"):
        pieces[file.evidence_id].files.append(file)
    notes = list(EvidenceNote.objects.filter(report=report).select_related("by").order_by("id"))
    captures = {one.pk: one for one in Capture.objects.filter(evidence__in=list(pieces))}
    beside = opened_each(
        [*(note.words_ref for note in notes), *(capture.found_ref for capture in captures.values())]
    )
    for note in notes:
        pieces[note.evidence_id].notes.append((note, beside[note.words_ref]))
    for pk, capture in captures.items():
        pieces[pk] = replace(pieces[pk], capture=capture, found=beside[capture.found_ref])
    return list(pieces.values())


def piece_of(report: Report, pk: int) -> Evidence:
    """Return one piece of a concern's evidence, for a reader. Raises NotFound."""
    found = Evidence.objects.filter(report=report, pk=pk).first()
    if found is None:
        raise NotFound
    return found


def file_of(report: Report, pk: int, part: str) -> EvidenceFile:
    """Return one file of a piece of evidence, for a reader. Raises NotFound."""
    found = EvidenceFile.objects.select_related("evidence").filter(report=report, evidence=pk, part=part)
    row = found.first()
    if row is None:
        raise NotFound
    return row


def number_of_pieces(report: Report) -> int:
    """Return how many pieces a concern has, for a reader."""
    return Evidence.objects.filter(report=report).count()


def bytes_of(report: Report) -> int:
    """Return how much all files of a concern have, for a reader."""
    found = EvidenceFile.objects.filter(report=report).aggregate(total=Sum("size"))["total"]
    return int(found or 0)


def is_stopped(report: Report) -> bool:
    """Return whether no file may be added, because one may show a sexual picture of a child."""
    last = report.steps.filter(kind__in=[StepKind.STOPPED, StepKind.LIFTED]).order_by("-id").first()
    return last is not None and last.kind == StepKind.STOPPED


def names_in_store() -> frozenset[str]:
    """Return the names in the store of all files of the federation in scope, for the sweep that removes what
    no row names. It may read past the concerns' readers, as a backup does, and reads the names alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('schoolgate.copying', 'all', true)")
        try:
            return frozenset(EvidenceFile.objects.values_list("file", flat=True))
        finally:
            cursor.execute("SELECT set_config('schoolgate.copying', '', true)")


# Add evidence to a concern: files, quotations, interviews, pages that are to be fetched, and notes on them.
# Files are sealed and in the store before an action names them. Nothing is changed or removed later.

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
            _("This may show a sexual picture of a child, so you can’t add files or pages."),
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


MOST_TRIES = 3


@action
def begin_capture(*, pk: int, at: datetime) -> str | None:
    """Say that a page is being fetched, and return its address; None where there is nothing to fetch: it was
    fetched, the person is no longer among the readers, or files were stopped since."""
    capture = Capture.objects.filter(pk=pk, state=CaptureState.ASKED).first()
    if capture is None:
        return None
    try:
        move(capture, to=CaptureState.FETCHING, moves=CAPTURE_MOVES, at=at, tries=capture.tries + 1)
    except NotNow:  # another worker has it
        return None
    evidence = Evidence.objects.select_related("report").filter(pk=pk).first()
    if evidence is None or is_stopped(evidence.report):
        move(capture, to=CaptureState.FAILED, moves=CAPTURE_MOVES, at=at, why="stopped")
        return None
    return str(json.loads(vault.reveal(evidence.words_ref))["source"])


@action
def keep_capture(*, pk: int, at: datetime, files: Sequence[Added], found: Mapping[str, Any]) -> None:
    """Record what was fetched, with its files. Raises BadInput where the concern is full, NotNow where files
    were stopped meanwhile or another worker recorded it."""
    evidence = Evidence.objects.select_related("report").get(pk=pk)
    report = evidence.report
    Report.objects.select_for_update().only("pk").get(pk=report.pk)
    refuse_if_stopped(report)
    if bytes_of(report) + sum(one.sealed.size for one in files) > MOST_MATTER:
        raise BadInput({"address": FULL})
    ref = vault.put(SEALED, json.dumps(dict(found), ensure_ascii=False), about=report)
    capture = Capture.objects.get(pk=pk)
    move(
        capture,
        to=CaptureState.KEPT,
        moves=CAPTURE_MOVES,
        at=at,
        found_ref=ref,
        why=str(found["picture"])[:20],
    )
    for one in files:
        add_part(evidence, one)
    record("report.page_saved", subject=report, at=at, number=evidence.number)


@action
def note_no_page(*, pk: int, at: datetime, why: str) -> None:
    """Record why a page could not be fetched; one that another worker recorded is left alone."""
    capture = Capture.objects.filter(pk=pk, state=CaptureState.FETCHING).first()
    if capture is None:
        return
    move(capture, to=CaptureState.FAILED, moves=CAPTURE_MOVES, at=at, why=why[:20])
    evidence = Evidence.objects.select_related("report").filter(pk=pk).first()
    if evidence is not None:
        record("report.page_not_saved", subject=evidence.report, at=at, number=evidence.number, why=why[:20])


@action
def try_again(*, at: datetime, silent: timedelta) -> int:
    """Have captures begun again that were not ended in this time; after some tries they have failed. Returns
    how many. Safe to run twice."""
    open_ones = Capture.objects.filter(state__in=[CaptureState.ASKED, CaptureState.FETCHING])
    left = list(open_ones.filter(state_at__lte=at - silent).order_by("pk"))
    for one in left:
        if one.state == CaptureState.ASKED:
            Capture.objects.filter(pk=one.pk, state=one.state).update(state_at=at)
            defer_capture(one.pk, one.person_id)
        elif one.tries >= MOST_TRIES:
            move(one, to=CaptureState.FAILED, moves=CAPTURE_MOVES, at=at, why="gave_up")
        else:
            move(one, to=CaptureState.ASKED, moves=CAPTURE_MOVES, at=at)
            defer_capture(one.pk, one.person_id)
    return len(left)
