"""The answer to a request: what it has, its letter, its file, and the end of the request."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schoolgate.core import sealed_files
from schoolgate.core.errors import NotFound
from schoolgate.core.retention import kinds
from schoolgate.core.vault import opened
from schoolgate.records.destroying import check_decides, in_force
from schoolgate.rights import answering, finding
from schoolgate.rights.answer_files import LETTER, PDF
from schoolgate.rights.answering import outcome_of
from schoolgate.rights.finding import (
    Counts,
    counts_of,
    counts_shown,
    places_searched,
    progress_of,
    waits_for_leads,
)
from schoolgate.rights.letter import Facts, draft
from schoolgate.rights.models import EXEMPTIONS, UNSPOKEN, Answer, Decision, Request, State
from schoolgate.web.frame.doors import Visit, done
from schoolgate.web.frame.shown import period_in_words
from schoolgate.web.frame.steps import private_page
from schoolgate.web.reports.requests_found import LetterForm

WITHIN = (LETTER, PDF)
"""Files of the ZIP that can be downloaded by themselves."""
LARGEST = 50_000_000
"""Bytes of a ZIP out of which one of these is taken."""


def answer(request: HttpRequest, visit: Visit, found: Request, here: str) -> HttpResponseBase:
    """Show what the answer has and its letter, and have it made."""
    check_decides(visit.person, on=visit.on)
    counts, made = counts_shown(found, visit.person, on=visit.on), finding.answer_of(found)
    outcome = outcome_of(found)
    language = request.GET.get("letter", "")
    if language not in answering.LANGUAGES:
        language = made.language if made else translation.get_language() or "en"
    ready = found.state == State.OPEN and outcome is not None
    words = ""
    if ready and request.method != "POST":
        kept = opened(made.letter_ref).get("letter", "") if made and "letter" not in request.GET else ""
        words = kept or letter_of(found, visit, language)
    sent = request.POST if request.method == "POST" else None
    form = LetterForm(sent, initial={"letter": words, "language": language})
    if sent is not None and form.save(
        lambda typed: answering.make_answer(by=visit.person, at=visit.at, request=found, **typed)
    ):
        return done(request, _("The answer is being prepared."), f"{here}&part=answer")
    context = {
        "request_row": found, "here": here, "counts": counts, "answer": made, "outcome": outcome,
        "waits_for_leads": waits_for_leads(found),
        "ready": ready, "form": form, "language": language,
        "given": _of(counts, Decision.GIVEN), "covered": _of(counts, Decision.COVERED),
        "left_out": _of(counts, Decision.LEFT_OUT),
        "reasons": [
            {"name": one.name, "source": one.source, "number": counts.by_exemption[one.key],
             "unspoken": one.key in UNSPOKEN}
            for one in EXEMPTIONS if counts.by_exemption.get(one.key)
        ],
        "open": found.state == State.OPEN, "single": made is not None and made.size <= LARGEST,
    }  # fmt: skip
    return private_page(request, "evidence/request_answer.html", context, refused=bool(form.errors))


def letter_of(found: Request, visit: Visit, language: str) -> str:
    """Return a draft of the letter in this language."""
    counts, progress, words = counts_of(found), progress_of(found), finding.words_of(found)
    with translation.override(language):
        return draft(Facts(
            kind=found.kind, number=found.pk, federation=visit.federation.name, name=words.get("name", ""),
            contact=words.get("contact", ""), received_on=found.received_on, on=visit.on,
            searched_on=progress.on if progress else None, places=places_searched(found.kind),
            given=_of(counts, Decision.GIVEN) + _of(counts, Decision.COVERED),
            covered=_of(counts, Decision.COVERED), left_out=frozenset(counts.by_exemption),
            periods=_periods(),
        ))  # fmt: skip


def download(request: HttpRequest, visit: Visit, found: Request, here: str) -> HttpResponseBase:
    """Send the ZIP, or one file out of it. That someone took it is in the record."""
    made = finding.answer_of(found)
    if made is None:
        raise NotFound
    answering.take_answer(by=visit.person, at=visit.at, answer=made)
    part = request.GET.get("file", "")
    content = sealed_files.read_proven(made.file, made.digest, federation_id=visit.federation.pk)
    if part:
        return _one_file(content, made, part)
    whole = StreamingHttpResponse(_started(content), content_type="application/zip")
    whole["Content-Length"] = str(made.size)
    return _named(whole, f"request-{found.pk}.zip")


def _one_file(content: Iterator[bytes], made: Answer, part: str) -> HttpResponseBase:
    if part not in WITHIN or made.size > LARGEST:
        raise NotFound(_("This file isn’t in the answer."), _("Download all of it."))
    with tempfile.SpooledTemporaryFile(max_size=LARGEST) as whole:
        for one in _started(content):
            whole.write(one)
        with zipfile.ZipFile(whole) as bundle:
            try:
                out = bundle.open(part)
            except KeyError:
                raise NotFound(_("This file isn’t in the answer."), _("Download all of it.")) from None
            sent = tempfile.SpooledTemporaryFile(max_size=LARGEST)  # noqa: SIM115 - the response closes it
            sent.write(out.read())
            sent.seek(0)
    return _named(FileResponse(sent, content_type="application/pdf"), f"request-{made.request_id}-{part}")


def _named(response: Any, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return]


def _started(content: Iterator[bytes]) -> Iterator[bytes]:
    """Return the content, after its first piece was read. Raises NotFound where it can't be opened."""
    try:
        first = next(content, b"")
    except sealed_files.Lost:
        raise NotFound(_("This file is no longer stored."), _("Prepare the answer again.")) from None

    def whole() -> Iterator[bytes]:
        yield first
        yield from content

    return whole()


def _periods() -> list[tuple[str, str]]:
    """Return how long each kind of records is kept, where that is set."""
    found = []
    for kind in kinds():
        now = in_force(kind)
        if now.setting is None or now.months is None:
            continue
        found.append((str(kind.name), period_in_words(now.months)))
    return found


def _of(counts: Counts, decision: Decision) -> int:
    return int(counts.by_decision.get(decision, 0))
