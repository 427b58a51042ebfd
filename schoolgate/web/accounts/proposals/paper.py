"""The filled form of a proposal on paper: a sheet to print, and the same as PDF, in either language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext

from schoolgate.accounts import proposals
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.papers import paper_of
from schoolgate.accounts.proposal_form import deciders
from schoolgate.core.documents import pdf_of
from schoolgate.policy.queries import in_force
from schoolgate.web.accounts.proposals.proposal import shown_sections, shown_steps
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.shown import day_in_words

LANGUAGES = {"en": "English", "cy": "Cymraeg"}


@page(place="accounts")
def paper(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The filled form on a sheet to print, as the policy's own paper has it."""
    found = proposals.proposal_for(visit.person, pk, on=visit.on)
    language = _language(request)
    with translation.override(language):
        others = [(key, name) for key, name in LANGUAGES.items() if key != language]
        shown = {**_sheet(found, visit), "others": others, "language": language}
        return render(request, "accounts/proposal_paper.html", shown)


@page(place="accounts")
def paper_as_pdf(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Return the same sheet as a PDF to save or send."""
    found = proposals.proposal_for(visit.person, pk, on=visit.on)
    language = _language(request)
    with translation.override(language):
        made = pdf_of("form", _as_text(_sheet(found, visit), language), at=visit.at)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="proposal-{found.pk}-{language}.pdf"'
    return answer


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else translation.get_language() or "en"


def _sheet(found: Proposal, visit: Visit) -> dict[str, Any]:
    book = in_force(visit.on).book
    return {
        "proposal": found,
        "paper": paper_of(book),
        "policy": book.meta,
        "sections": shown_sections(found, book, blank=True),
        "steps": shown_steps(found, book),
        "deciders": ", ".join(deciders(book)),
    }


def _as_text(sheet: dict[str, Any], language: str) -> dict[str, Any]:
    """The sheet as the template of the PDF takes it: texts and lists of texts."""
    form, found = sheet["paper"], sheet["proposal"]
    return {
        "language": language,
        "federation": sheet["policy"].federation,
        "printed": form is not None,
        "title": form.title if form else gettext("Account proposal"),
        "source": form.source if form else "",
        "note": (form.note or "") if form else "",
        "heads": [gettext("Question"), gettext("Answer")],
        "sections": [
            {
                "title": section.title,
                "printed": section.printed,
                "rows": [
                    {"label": row.label, "words": row.words, "section": row.section, "marks": list(row.marks)}
                    for row in section.rows
                ],
            }
            for section in sheet["sections"]
        ],
        "steps": [_signed(step) for step in sheet["steps"]],
        "stands": _how_it_stands(found, sheet["deciders"]),
        "words": {
            "approval": gettext("Approval"),
            "part": gettext("Part"),
            "name": gettext("Name"),
            "signature": gettext("Signature"),
            "date": gettext("Date"),
            "marked": gettext("(ticked)"),
        },
    }


def _signed(step: Any) -> dict[str, str]:
    given = step.signature
    how = gettext("Given in Schoolgate using their own sign-in (no. %(number)s)")
    return {
        "role": step.role,
        "approves": step.declaration or step.approves,
        "name": given.by.name if given else "",
        "how": how % {"number": given.pk} if given else "",
        "day": capfirst(day_in_words(step.day)) if step.day else "",
    }


def _how_it_stands(found: Proposal, deciding: str) -> str:
    state = str(found.get_state_display())
    if found.decided_by is not None:
        return f"{found.decided_by.name}: {state}"
    return f"{gettext('Decided by: %(deciders)s.') % {'deciders': deciding}} {state}" if deciding else state


_ONE = "accounts/proposals/<int:pk>"
urlpatterns = [
    path(f"{_ONE}/paper", paper, name="proposal-paper"),
    path(f"{_ONE}/paper.pdf", paper_as_pdf, name="proposal-paper-pdf"),
]
