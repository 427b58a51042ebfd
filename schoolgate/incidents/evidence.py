"""Reads of evidence, for the readers of its concern alone; and whether files can be added to a concern."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.db.models import Sum

from schoolgate.core.errors import NotFound
from schoolgate.core.sealed_words import opened_each
from schoolgate.incidents.evidence_models import Capture, Evidence, EvidenceFile, EvidenceNote
from schoolgate.incidents.models import Report
from schoolgate.incidents.states import StepKind


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
    database gives it only to the concern's readers (`actions.open_report` lets them in)."""
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
