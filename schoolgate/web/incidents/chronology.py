"""The chronology of a concern on paper: what was reported and done, when and by which person, each entry with
its SHA-256, for the safeguarding lead's own system, the police or an appeal."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext as _

from schoolgate.core import vault
from schoolgate.core.pdf import pdf_of
from schoolgate.incidents import actions
from schoolgate.incidents.casefile import CaseFile, case_file
from schoolgate.incidents.evidence import Piece, evidence_of
from schoolgate.incidents.evidence_states import Agreed, EvidenceKind, Part
from schoolgate.incidents.models import Content
from schoolgate.incidents.queries import Shown, report_for
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.times import instant_in_words
from schoolgate.web.incidents.answers import answers_in_words
from schoolgate.web.incidents.reports import PLACE, step_in_words

PARTS = ("what", "where", "contact", "reference")
"""What may be written at a step, in the order in which it is printed."""

WORDS = ("what", "who", "present", "said", "source", "name")
"""What may be written of a piece of evidence, in the order in which it is printed."""


def chronology_of(case: CaseFile, federation: str, language: str) -> dict[str, Any]:
    """Return the sheet as the template of the PDF takes it, in the active language."""
    report = case.report
    kept = {row.step_id: row for row in Content.objects.filter(report=report)}
    rows = [_row(one, kept.get(one.step.pk)) for one in case.steps]
    evidence = [_evidence_row(one) for one in evidence_of(report)]
    whole = hashlib.sha256("".join(row["digest"] for row in [*rows, *evidence]).encode()).hexdigest()
    return {
        "language": language,
        "federation": federation,
        "printed": False,
        "title": _("Concern {reference}: chronology").format(reference=report.reference),
        "source": "",
        "note": "",
        "heads": [_("When"), _("What happened")],
        "sections": [
            {"title": title, "printed": False, "rows": shown}
            for title, shown in ((_("Entries"), rows), (_("Evidence"), evidence))
            if shown
        ],
        "steps": [],
        "stands": _(
            "Each entry ends with a checksum (SHA-256) of its text, picture and files. Checksum of "
            "all entries in order: {sum}."
        ).format(sum=whole),
        "words": {
            "approval": _("How to check it"),
            "part": "", "name": "", "signature": "", "date": "", "marked": _("(ticked)"),
        },
    }  # fmt: skip


def _row(shown: Shown, kept: Content | None) -> dict[str, Any]:
    said = [str(shown.words[part]) for part in PARTS if shown.words.get(part)]
    said += [f"{asked} {answer}" for asked, answer in answers_in_words(shown)]
    digest = hashlib.sha256(_bytes_of(shown, kept)).hexdigest()
    if kept is not None and kept.picture_ref is not None:
        said.append(_("With a picture."))
    described = step_in_words(shown)
    by = f" ({shown.step.by.name})" if shown.step.by else ""
    return {
        "label": f"{instant_in_words(shown.step.at)}\n{described}{by}",
        "words": "\n".join([*said, f"SHA-256 {digest}"]),
        "digest": digest,
        "section": "",
        "marks": [],
    }


def _evidence_row(piece: Piece) -> dict[str, Any]:
    row = piece.row
    said = [str(piece.words[name]) for name in WORDS if piece.words.get(name)]
    if piece.words.get("agreed"):
        said.append(_("Agreed: {answer}").format(answer=Agreed(piece.words["agreed"]).label))
    said += [
        f"{one['address']} ({one['status']})" for one in piece.found.get("way", []) if isinstance(one, dict)
    ]
    said += [
        _("Obtained: {when}").format(when=instant_in_words(row.obtained_at)),
        f"SHA-256 {row.words_digest}",
    ]
    digests, kind = [row.words_digest], EvidenceKind(row.kind).label
    for file in piece.files:
        said.append(f"{Part(file.part).label}: {file.media_type}, {file.size} B, SHA-256 {file.digest}")
        digests.append(file.digest)
    for note, words in piece.notes:
        said.append(
            _("Note of {when} ({name}): {words}").format(
                when=instant_in_words(note.at), name=note.by.name, words=words.get("what", "")
            )
        )
        said.append(f"SHA-256 {note.words_digest}")
        digests.append(note.words_digest)
    return {
        "label": f"{row.number}. {kind}\n{instant_in_words(row.added_at)} ({row.by.name})",
        "words": "\n".join(said),
        "digest": "".join(digests),
        "section": "",
        "marks": [],
    }


def _bytes_of(shown: Shown, kept: Content | None) -> bytes:
    text = json.dumps(shown.words, ensure_ascii=False, sort_keys=True).encode()
    if kept is None or kept.picture_ref is None:
        return text
    return text + base64.b64decode(vault.reveal(kept.picture_ref))


@page(place=PLACE, methods=("GET", "HEAD"))
def chronology(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Return the chronology as a tagged PDF. My reading is recorded."""
    report = report_for(visit.person, pk, on=visit.on)
    actions.open_report(report=report, by=visit.person, at=visit.at)
    language = translation.get_language() or "en"
    made = pdf_of("form", chronology_of(case_file(report), visit.federation.name, language), at=visit.at)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{report.reference}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [path("wrong/reports/<int:pk>/chronology.pdf", chronology, name="wrong-chronology")]
