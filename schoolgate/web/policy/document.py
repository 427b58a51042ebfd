"""The school's own words: the adopted document of a version, and which of its sentences make each clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.core import files
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.people.rules import can
from schoolgate.policy import documents, queries, rules
from schoolgate.policy.books import pack_of
from schoolgate.policy.documents import TAKES_ONE, Known, OwnWords, Passage, ReadDocument
from schoolgate.policy.importing.document import place_in_words
from schoolgate.policy.importing.passages import Sentence, likeliest
from schoolgate.policy.models import PolicyDocument, PolicyVersion, VersionState
from schoolgate.policy.writing import is_own
from schoolgate.rulebook.clauses import Clause
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.paging import small_in

KNOWN = {
    Known.CONFIRMED: ("good", _("Checked")),
    Known.FOUND: ("wait", _("Not checked by the school")),
    Known.ABSENT: ("info", _("Not in the document")),
    Known.UNKNOWN: ("no", _("Not found")),
}
"""Colour and words for what is known of a clause's words."""
LIKELY = 6
"""Sentences offered first."""
Prepared = tuple[ReadDocument, files.StoredFile] | BadInput | None


class AdoptedForm(SchoolForm):
    """The document as it was adopted: a file, or its text."""

    file = forms.FileField(
        label=_("Policy document"),
        help_text=_("Word, PDF or text, up to 10 MB and 200 pages"),
        required=False,
    )
    text = forms.CharField(
        label=_("Or paste its text"),
        help_text=_("Start each heading with # and leave an empty line between paragraphs."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=600_000,
        required=False,
    )
    because = forms.CharField(
        label=_("Why is the document replaced?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )

    def __init__(self, *args: Any, replaces: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not replaces:
            del self.fields["because"]


@dataclass(frozen=True)
class Row:
    """A clause with its words in the document."""

    clause: Clause
    passage: Passage

    @property
    def tag(self) -> tuple[str, Any]:
        """Colour and words."""
        return KNOWN[self.passage.known]

    @property
    def open(self) -> bool:
        """Whether no person has checked it."""
        return self.passage.known in (Known.FOUND, Known.UNKNOWN)


def _read(request: HttpRequest) -> Prepared:
    """Read what was sent and put it into the file store, before any transaction."""
    if request.method != "POST":
        return None
    sent, text = request.FILES.get("file"), request.POST.get("text", "")
    if sent is None and not text.strip():
        return BadInput({"file": _("Choose a file, or paste the text.")})
    if sent is not None and text.strip():
        return BadInput({"text": _("Choose a file or paste the text, not both.")})
    try:
        if sent is None:
            read = documents.read_pasted(text)
        else:
            read = documents.read_own_words(sent.read(documents.MOST_BYTES + 1), sent.name or "")
    except BadInput as refused:
        return refused
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return read, files.keep(read.content, read.media_type, federation_id=visit.federation.pk)


def place_of(version: PolicyVersion, clause: str | None = "") -> str:
    """Return where the document of a version is shown, or the words of one clause in it."""
    shown = {"as": "document"} | ({"clause": clause} if clause else {})
    return f"{reverse('version', args=[version.pk])}?{urlencode(shown)}"


def shown(request: HttpRequest, visit: Visit, version: PolicyVersion) -> HttpResponseBase:
    """Show the page of a version as its document (`as=document`), or as the words of one `clause` in it.
    Raises NotFound for a clause that the version doesn't have, and Refused for those who may not check it."""
    clause = request.GET.get("clause")
    if clause is None:
        return _show(request, visit, version)
    rules.check_may_own(visit.person, on=visit.on)
    return _words(request, version, clause)


def _show(
    request: HttpRequest, visit: Visit, version: PolicyVersion, form: AdoptedForm | None = None
) -> HttpResponseBase:
    """Show the document, each clause with its words in it, and earlier documents."""
    own = documents.own_words_of(version)
    may = can(rules.check_may_own, visit.person, on=visit.on)
    takes_one = may and version.state in TAKES_ONE
    context: dict[str, Any] = {
        "version": version,
        "own": own,
        "may_own": takes_one,
        "in_force": version.state == VersionState.IN_FORCE,
        "form": form or (AdoptedForm(replaces=own is not None) if takes_one else None),
    }
    if own is not None:
        rows = _rows(own, version)
        context |= {
            "sections": _sections(rows),
            "counts": [
                (*KNOWN[known], number)
                for known in Known
                if (number := sum(row.passage.known is known for row in rows))
            ],
            "next": _after(rows, "") if takes_one else None,
            "documents": documents.documents_of(version),
        }
    return render(request, "policy/document.html", context, status=422 if form else 200)


def _rows(own: OwnWords, version: PolicyVersion) -> list[Row]:
    return [Row(clause, own.passage(clause.id)) for clause in pack_of(version).clauses.values()]


def _sections(rows: Sequence[Row]) -> list[tuple[str, list[Row], int, int]]:
    """Return the clauses by section, each with how many a person can confirm there at once, and how many are
    not checked."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.clause.section, []).append(row)
    return [
        (
            section,
            inside,
            sum(row.passage.known is Known.FOUND for row in inside),
            sum(row.open for row in inside),
        )
        for section, inside in found.items()
    ]


def _after(rows: Sequence[Row], clause: str) -> str | None:
    """Return the next clause that no one has checked; after the last, from the top."""
    waits = [row.clause.id for row in rows if row.open]
    order = [row.clause.id for row in rows]
    here = order.index(clause) if clause in order else -1
    later = (one for one in waits if order.index(one) > here)
    return next(later, next((one for one in waits if one != clause), None))


@page(place="policy", check=rules.check_may_own, prepare=_read)
def add(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Add the document, or replace it."""
    version = queries.version(pk)
    if request.method != "POST":
        return redirect(place_of(version))
    form = AdoptedForm(request.POST, request.FILES, replaces=bool(version.document))

    def keep(typed: dict[str, Any]) -> PolicyDocument:
        if isinstance(visit.prepared, BadInput) or visit.prepared is None:
            raise visit.prepared or BadInput({"file": _("Choose a file, or paste the text.")})
        read, stored = visit.prepared
        return documents.add_document(
            by=visit.person,
            at=visit.at,
            version=version,
            read=read,
            digest=stored.digest,
            because=typed.get("because", ""),
        )

    if form.save(keep):
        return done(request, _("Document added. Check each clause’s words."), place_of(version))
    return _show(request, visit, version, form)


@page(place="policy", check=rules.check_may_own, methods=("POST",))
def confirm(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Confirm the words that were found for the clauses of one section, as they were shown."""
    version = queries.version(pk)
    own = _own(version)
    if request.POST.get("document") != str(own.document.pk):
        raise NotFound
    section = request.POST.get("section", "")
    found = [
        row
        for row in _rows(own, version)
        if row.clause.section == section and row.passage.known is Known.FOUND
    ]
    documents.place_passages(
        by=visit.person,
        at=visit.at,
        document=own.document,
        passages={row.clause.id: row.passage.numbers for row in found},
    )
    told = ngettext("{number} clause checked.", "{number} clauses checked.", len(found))
    return done(request, told.format(number=len(found)), place_of(version))


@page(place="policy", check=rules.check_may_own)
def words(request: HttpRequest, visit: Visit, pk: int, clause: str) -> HttpResponseBase:
    """Say which sentences of the document make one clause, or that it doesn't say it."""
    version = queries.version(pk)
    if request.method != "POST":
        return _words(request, version, clause)
    rows = _rows(_open(version), version)
    chosen = [one for text in request.POST.getlist("sentence") if (one := small_in(text)) is not None]
    absent = request.POST.get("act") == "absent"
    try:
        if not chosen and not absent:
            raise BadInput({"sentences": _("Choose its sentences, or say that it isn’t there.")})
        documents.place_passages(
            by=visit.person,
            at=visit.at,
            document=_own(version).document,
            passages={clause: [] if absent else chosen},
        )
    except BadInput as error:
        return _words(request, version, clause, chosen, list(error.fields.values()))
    after = _after(rows, clause)
    if after is None or after == clause:
        return done(request, _("Saved. Every clause is checked."), place_of(version))
    return done(request, _("Saved."), place_of(version, after))


def _words(
    request: HttpRequest,
    version: PolicyVersion,
    clause: str,
    typed: Sequence[int] | None = None,
    refused: Sequence[Any] = (),
) -> HttpResponseBase:
    own = _open(version)
    rows = _rows(own, version)
    here = next((row for row in rows if row.clause.id == clause), None)
    if here is None:
        raise NotFound
    chosen = here.passage.numbers if typed is None else typed
    likely = sorted({*likeliest(own.sentences, here.clause, LIKELY), *here.passage.numbers, *chosen})
    known = {one.number: one for one in own.sentences}
    context = {
        "version": version,
        "here": here,
        "chosen": chosen,
        "refused": refused,
        "likely": [_offered(known[one]) for one in likely if one in known],
        "rest": _rest(own, set(likely)),
        "after": _after(rows, clause),
        "open": sum(row.open for row in rows),
        "own_clause": is_own(version),
    }
    return render(request, "policy/document_words.html", context, status=422 if refused else 200)


def _offered(one: Sentence) -> tuple[Sentence, str]:
    return one, place_in_words(one.place)


def _rest(own: OwnWords, without: set[int]) -> list[tuple[str, list[Sentence]]]:
    """Return the other sentences of the document by the heading above them."""
    found: dict[str, list[Sentence]] = {}
    for one in own.sentences:
        if one.number not in without:
            found.setdefault(one.section, []).append(one)
    return list(found.items())


def _own(version: PolicyVersion) -> OwnWords:
    own = documents.own_words_of(version)
    if own is None:
        raise NotFound
    return own


def _open(version: PolicyVersion) -> OwnWords:
    """Return its document while its words can be changed."""
    if version.state not in TAKES_ONE:
        raise NotFound
    return _own(version)


@page(place="policy")
def file(request: HttpRequest, visit: Visit, pk: int, number: int) -> HttpResponseBase:
    """The file itself, as it was added."""
    version = queries.version(pk)
    found = version.documents.defer("pieces").filter(number=number).first()
    if found is None:
        raise NotFound
    return sent(found, version)


def sent(found: PolicyDocument, version: PolicyVersion) -> FileResponse:
    """Return the file of a document to be saved, never opened in the page."""
    return FileResponse(
        files.opened(found.digest), content_type=found.media_type, as_attachment=True,
        filename=documents.file_name(found, version),
    )  # fmt: skip


def reading_context(version: PolicyVersion, clauses: Sequence[Clause], href: str) -> dict[str, Any]:
    """Return the document as people read it before they sign: part by part, our wording below each; empty
    where the version has none. `href`: where its file is; the page of the version's document by default."""
    own = documents.own_words_of(version)
    if own is None:
        return {}
    parts, without = own.parts(clauses)
    return {
        "own": own,
        "parts": parts,
        "without": [clause for clause, _passage in without],
        "file": href or reverse("version-document-file", args=[version.pk, own.document.number]),
    }


urlpatterns = [
    path("policy/versions/<int:pk>/document", add, name="version-document"),
    path("policy/versions/<int:pk>/document/confirm", confirm, name="version-document-confirm"),
    path("policy/versions/<int:pk>/document/<int:number>/file", file, name="version-document-file"),
    path("policy/versions/<int:pk>/document/clauses/<slug:clause>", words, name="version-words"),
]
