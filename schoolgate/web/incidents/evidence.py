"""Evidence of a concern: a list with a fold for each piece, and the forms that add to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core import sealed_files
from schoolgate.core.clock import LONDON
from schoolgate.core.days import stored_instant
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.incidents import capturing, gathering, handling
from schoolgate.incidents.gathering import (
    LONGEST_LINE,
    LONGEST_SAID,
    TOO_LARGE,
    Piece,
    bytes_of,
    evidence_of,
    file_of,
    is_stopped,
    piece_of,
)
from schoolgate.incidents.keeping import LONGEST_WORDS
from schoolgate.incidents.meant import is_lead
from schoolgate.incidents.models import (
    MOST_FILE,
    MOST_MATTER,
    Agreed,
    CaptureState,
    EvidenceFile,
    EvidenceKind,
    Part,
    Report,
)
from schoolgate.incidents.queries import report_for
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField
from schoolgate.web.frame.paging import number_in_address
from schoolgate.web.frame.pictures import PICTURE_POLICY
from schoolgate.web.frame.uploads import SealedUpload, seals_uploads
from schoolgate.web.incidents.forms import NOON, SHOWS_IT, FoldedForm, ReasonForm
from schoolgate.web.incidents.reports import PLACE
from schoolgate.web.incidents.views import numbers_here, unseen

SHOWS = _("Does it show a sexual image of someone under 18, or could it?")


def said(label: Any, *, rows: int, longest: int = LONGEST_SAID) -> forms.CharField:
    """Return a field for a longer text."""
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}))


def line(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """Return a field for a line."""
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST_LINE, required=required)


class ShowsForm(FoldedForm):
    """The question before any file is chosen."""

    shows = forms.ChoiceField(
        label=SHOWS,
        help_text=_("If you’re not sure, choose Yes. Nothing is copied then, and we say who to ring."),
        choices=SHOWS_IT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer this question first")},
    )


class PageForm(ShowsForm):
    """The address of a public page."""

    address = forms.CharField(
        label=_("Web address"),
        help_text=_("Only what everyone can see without signing in is saved."),
        max_length=4 * LONGEST_LINE,
        widget=forms.URLInput,
    )
    what = line(_("What does it show?"), required=False)


class ObtainedForm(FoldedForm):
    """When something was obtained."""

    on = DayField(
        label=_("Date obtained"), required=False, help_text=_("Leave the date and time empty for now.")
    )
    time = TimeField(label=_("Time"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a time without its date."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("time") and not typed.get("on"):
            self.add_error("on", _("Enter the date"))
        return typed

    def obtained(self, now: datetime) -> datetime:
        """Return the instant that was typed; now where it was left empty, noon of a day without a time."""
        on, time = self.cleaned_data["on"], self.cleaned_data["time"]
        if not on:
            return now
        typed = datetime.combine(on, time or NOON, LONDON)
        return typed if time else min(typed, now) if on == now.astimezone(LONDON).date() else typed

    def words(self) -> dict[str, str]:
        """Return what was typed, without the date, the time and the file."""
        typed = self.cleaned_data
        return {name: text for name, text in typed.items() if name not in ("on", "time", "file", "shows")}


class FileForm(ObtainedForm):
    """A file, after the question was answered."""

    shows = forms.CharField(widget=forms.HiddenInput, initial="no")
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Up to 100 MB: a picture, PDF, text, spreadsheet, recording or film. It’s saved as it is, with "
            "the place and device that a camera adds."
        ),
        error_messages={
            "empty": _("This file is empty. Choose the file again."),
            "required": _("Choose a file"),
        },
    )
    what = line(_("What does it show?"))
    source = line(
        _("Where is it from?"), _("For example: a web address, the staff chat, or Ms Evans’s phone.")
    )
    field_order = ("shows", "file", "what", "source", "on", "time")

    def clean_shows(self) -> str:
        """Refuse a file without the answer that it shows no such picture."""
        if self.cleaned_data["shows"] != "no":
            raise forms.ValidationError(_("Answer the question about the picture first."))
        return "no"


class QuotationForm(ObtainedForm):
    """A typed quotation."""

    said = said(_("Exact words"), rows=4)
    source = line(_("Where are they from?"), _("For example: a web address, a letter, or a chat."))
    field_order = ("said", "source", "on", "time")


class InterviewForm(ObtainedForm):
    """What a person said in a talk."""

    who = line(_("Who was interviewed?"), _("By role or name."))
    present = line(_("Who else was present?"), required=False)
    source = line(_("Where?"), required=False)
    said = said(_("What was said?"), rows=6)
    agreed = forms.ChoiceField(
        label=_("Do they agree with what is written here?"),
        choices=Agreed.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether they agree with what is written here")},
    )
    field_order = ("who", "present", "source", "said", "agreed", "on", "time")


class EvidenceNoteForm(FoldedForm):
    """A note on a piece, such as a mistake in it."""

    words = said(_("What should others know about it?"), rows=2, longest=LONGEST_WORDS)
    agreed = forms.ChoiceField(
        label=_("Do they agree with what is written here?"), choices=Agreed.choices, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, pk: int, interview: bool, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"note-{pk}-%s", **kwargs)
        if not interview:
            del self.fields["agreed"]


MB = 1_000_000
GROUPS = {
    "picture": _("Picture"), "pdf": _("PDF"), "document": _("Document"), "sheet": _("Spreadsheet"),
    "audio": _("Sound recording"), "film": _("Film"), "text": _("Text"), "archive": _("Archive (ZIP)"),
    "page": pgettext_lazy("on the web", "Web page"),
}  # fmt: skip
WHY = {
    "not_public": _("This address isn’t on the public internet, so Schoolgate doesn’t open it."),
    "bad_address": _("This isn’t the address of a public web page."),
    "no_such_host": _("There is no such website."),
    "too_many_redirects": _("The page redirects visitors endlessly."),
    "no_page": _("This isn’t a web page. Download it and add it as a file."),
    "too_large": _("The page is larger than 10 MB. Add a screenshot."),
    "too_slow": _("The page took too long. Try again, or add a screenshot."),
    "unreadable": _("The page can’t be read. Add a screenshot."),
    "unreachable": _("The website doesn’t answer. Try again later, or add a screenshot."),
    "no_room": _("This concern has no room left for the page. Add a screenshot."),
    "stopped": _("Adding files was stopped before the page was fetched."),
}
NOT_SAVED = _("It could not be saved. Add a screenshot.")
NO_PICTURE = {
    "no_browser": _("This server can’t make a picture or PDF of a page. Add a screenshot as a file."),
}
NO_PICTURE_MADE = _("A picture and a PDF could not be made. Add a screenshot as a file.")
NOT_KNOWN = _(
    "We can’t tell what kind of file this is, or it may be damaged. Choose a picture, PDF, text, "
    "spreadsheet, recording or film, or add a screenshot."
)

WRITTEN: dict[str, tuple[type[ObtainedForm], Callable[..., Any]]] = {
    "quotation": (QuotationForm, gathering.add_quotation),
    "interview": (InterviewForm, gathering.add_interview),
}


@page(place=PLACE, methods=("GET", "HEAD"))
def listed(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show all evidence of a concern. My reading is recorded."""
    return _shown(request, visit, report_for(visit.person, pk, on=visit.on))


def _shown(request: HttpRequest, visit: Visit, report: Report, **given: SchoolForm) -> HttpResponseBase:
    """Show the evidence with its forms, those in `given` as they were sent."""
    handling.open_report(report=report, by=visit.person, at=visit.at, what="evidence")
    pieces = evidence_of(report)
    forms: dict[str, SchoolForm] = {
        "shows": ShowsForm(), "file": FileForm(), "address": PageForm(), "quotation": QuotationForm(),
        "interview": InterviewForm(), "lift": ReasonForm(), **given,
    }  # fmt: skip
    wrong = next((form for form in given.values() if form.errors), None)
    context = {
        "report": report,
        "pieces": [_piece(one, given) for one in pieces],
        "size": round(bytes_of(report) / MB), "most": MOST_MATTER // MB,
        "stopped": is_stopped(report), "may_lift": is_lead(visit.person, visit.on),
        "file_next": request.GET.get("add") == "file" or "file" in given,
        "browser": capturing.where() is not None, "fetching": any(_is_open(one) for one in pieces),
        "forms": forms, "form": wrong, **numbers_here(),
    }  # fmt: skip
    return unseen(render(request, "wrong/evidence.html", context, status=422 if wrong else 200))


def _is_open(piece: Piece) -> bool:
    return piece.capture is not None and piece.capture.state in (CaptureState.ASKED, CaptureState.FETCHING)


def _piece(piece: Piece, given: dict[str, SchoolForm]) -> dict[str, Any]:
    row, words = piece.row, piece.words
    titles = [words[name] for name in ("what", "who", "said", "source") if words.get(name)]
    return {
        "row": row, "words": words, "title": titles[0] if titles else "",
        "kind": EvidenceKind(row.kind).label,
        "agreed": Agreed(words["agreed"]).label if words.get("agreed") else "",
        "files": [_file(one) for one in piece.files],
        "notes": [
            (note, said, Agreed(said["agreed"]).label if said.get("agreed") else "")
            for note, said in piece.notes
        ],
        "form": given.get(f"note-{row.pk}")
        or EvidenceNoteForm(pk=row.pk, interview=row.kind == EvidenceKind.INTERVIEW),
        **_capture(piece),
    }  # fmt: skip


def _capture(piece: Piece) -> dict[str, Any]:
    capture, found = piece.capture, piece.found
    if capture is None:
        return {}
    why = WHY.get(capture.why, NOT_SAVED) if capture.state == CaptureState.FAILED else ""
    if capture.state == CaptureState.KEPT and capture.why:
        why = NO_PICTURE.get(capture.why, NO_PICTURE_MADE)
    return {
        "state": CaptureState(capture.state).label,
        "tag": {"kept": "good", "failed": "no"}.get(capture.state, "wait"),
        "why": why,
        "found": found,
        "fetched_at": stored_instant(found["began"]) if found.get("began") else None,
        "cut": capture.state == CaptureState.KEPT and not found.get("whole", True),
    }


def _file(row: EvidenceFile) -> dict[str, Any]:
    return {
        "row": row,
        "label": Part(row.part).label if row.part != Part.FILE else GROUPS.get(row.group, ""),
        "size": size_in_words(row.size),
    }


def size_in_words(size: int) -> str:
    """Return a size as people say it; small ones to the byte."""
    if size < 10_000:
        return gettext("{number} bytes").format(number=size)
    if size < MB:
        return gettext("{number} kB").format(number=round(size / 1000))
    return gettext("{number} MB").format(number=round(size / MB, 1))


@page(place=PLACE, methods=("POST",))
def ask(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Answer the question before a file: no leads to the form, yes stops all files of this concern."""
    report, form = report_for(visit.person, pk, on=visit.on), ShowsForm(request.POST)
    if not form.is_valid():
        return _shown(request, visit, report, shows=form)
    if form.cleaned_data["shows"] == "no":
        return redirect(f"{reverse('wrong-evidence', args=[pk])}?add=file#add-file")
    return _stop(request, visit, report)


def _stop(request: HttpRequest, visit: Visit, report: Report) -> HttpResponseBase:
    gathering.stop_pictures(report=report, by=visit.person, at=visit.at)
    return done(request, _("Nothing was copied. Ring one of these numbers now."), "wrong-evidence", report.pk)


def _take(request: HttpRequest) -> gathering.Added | BadInput | None:
    """The door's `prepare`: put what was sealed into the store, before the page's transaction opens."""
    upload = request.FILES.get("file") if request.method == "POST" else None
    if not isinstance(upload, SealedUpload) or not FileForm(request.POST, request.FILES).is_valid():
        return None
    visit: Visit = request.visit  # type: ignore[attr-defined]
    pk = number_in_address(request)
    with scope(visit.federation.pk, visit.person.pk):
        if is_stopped(report_for(visit.person, pk, on=visit.on)):
            return None
    if upload.trouble == "no_room":
        return BadInput(
            {"file": _("There is no room for this file on the server. Tell the person who runs it.")}
        )
    if upload.sealed is None or upload.sealed.size > MOST_FILE:
        return BadInput({"file": TOO_LARGE})
    if upload.kind is None:
        return BadInput({"file": NOT_KNOWN})
    sealed_files.keep(upload.sealed.name, federation_id=visit.federation.pk)
    return gathering.Added(upload.sealed, upload.kind)


@seals_uploads(MOST_FILE)
@page(place=PLACE, prepare=_take, methods=("POST",))
def add_file(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Add a file. One that is refused after all leaves the store again."""
    taken, saved = visit.prepared, False
    try:
        report = report_for(visit.person, pk, on=visit.on)
        form = FileForm(request.POST, request.FILES)
        if form.save(lambda _typed: _add_file(request, visit, report, form)):
            saved = True
            return done(request, _("Evidence added."), "wrong-evidence", pk)
        return _shown(request, visit, report, file=form)
    finally:
        if isinstance(taken, gathering.Added) and not saved:
            sealed_files.remove(taken.sealed.name, federation_id=visit.federation.pk)


def _add_file(request: HttpRequest, visit: Visit, report: Report, form: FileForm) -> Any:
    taken = visit.prepared
    if isinstance(taken, BadInput):
        raise taken
    if taken is None:  # stopped a moment ago: the action says so
        gathering.refuse_if_stopped(report)
        raise BadInput({"file": _("Choose a file")})
    words = {**form.words(), "name": str(form.cleaned_data["file"].name or "")[:200]}
    return gathering.add_file(
        report=report,
        by=visit.person,
        at=visit.at,
        obtained_at=form.obtained(visit.at),
        words=words,
        file=taken,
    )


@page(place=PLACE, methods=("POST",))
def add_page(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Have a public page fetched."""
    report, form = report_for(visit.person, pk, on=visit.on), PageForm(request.POST)
    if request.POST.get("shows") == "yes":
        return _stop(request, visit, report)
    if form.save(
        lambda typed: gathering.ask_capture(
            report=report, by=visit.person, at=visit.at, address=typed["address"], what=typed["what"]
        )
    ):
        return done(
            request, _("The page is being fetched. Open this again in a minute."), "wrong-evidence", pk
        )
    return _shown(request, visit, report, address=form)


@page(place=PLACE, methods=("POST",))
def add_words(request: HttpRequest, visit: Visit, pk: int, what: str) -> HttpResponseBase:
    """Add a typed quotation, or what was said in an interview."""
    report = report_for(visit.person, pk, on=visit.on)
    kind, act = WRITTEN[what]
    form = kind(request.POST)
    if form.save(
        lambda _typed: act(
            report=report,
            by=visit.person,
            at=visit.at,
            obtained_at=form.obtained(visit.at),
            words=form.words(),
        )
    ):
        return done(request, _("Evidence added."), "wrong-evidence", pk)
    return _shown(request, visit, report, **{what: form})


@page(place=PLACE, methods=("POST",))
def add_note(request: HttpRequest, visit: Visit, pk: int, evidence_pk: int) -> HttpResponseBase:
    """Add a note to a piece of evidence."""
    report = report_for(visit.person, pk, on=visit.on)
    evidence = piece_of(report, evidence_pk)
    form = EvidenceNoteForm(request.POST, pk=evidence_pk, interview=evidence.kind == EvidenceKind.INTERVIEW)
    if form.save(
        lambda typed: gathering.add_note_on_evidence(
            evidence=evidence, by=visit.person, at=visit.at, words=typed["words"],
            agreed=typed.get("agreed", ""),
        )
    ):  # fmt: skip
        return done(request, _("Note saved."), "wrong-evidence", pk)
    return _shown(request, visit, report, **{f"note-{evidence_pk}": form})


@page(place=PLACE, methods=("POST",))
def lift(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take files again, as a safeguarding lead."""
    report, form = report_for(visit.person, pk, on=visit.on), ReasonForm(request.POST)
    if form.save(
        lambda typed: gathering.lift_stop(report=report, by=visit.person, at=visit.at, words=typed["words"])
    ):
        return done(request, _("Files can be added again."), "wrong-evidence", pk)
    return _shown(request, visit, report, lift=form)


@page(place=PLACE, methods=("GET", "HEAD"))
def download(request: HttpRequest, visit: Visit, pk: int, evidence_pk: int, part: str) -> HttpResponseBase:
    """Send a file of a piece of evidence as it was added. That I opened it is put on record."""
    report = report_for(visit.person, pk, on=visit.on)
    handling.open_report(report=report, by=visit.person, at=visit.at, what="file")
    found = file_of(report, evidence_pk, part)
    if is_stopped(report):
        raise NotNow(
            _("This may show a sexual picture of a child, so it isn’t copied."),
            _("Ring the police. A safeguarding lead can lift this when they say so."),
        )
    content = _opened(found, visit.federation.pk)
    answer = StreamingHttpResponse(content, content_type=found.media_type)
    name = f"{report.reference}-{found.evidence.number}-{found.part}.{found.ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Length"] = str(found.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = PICTURE_POLICY
    return unseen(answer)


def _opened(found: EvidenceFile, federation_id: int) -> Iterator[bytes]:
    """Return the content, a piece at a time. Raises NotFound where it can't be opened at all."""
    pieces = sealed_files.read_proven(found.file, found.digest, federation_id=federation_id)
    try:
        first = next(pieces, b"")
    except sealed_files.Lost:
        raise NotFound(
            _("This file is no longer stored."), _("Tell the person who runs the server.")
        ) from None

    def whole() -> Iterator[bytes]:
        yield first
        yield from pieces

    return whole()


_ONE = "wrong/reports/<int:pk>/evidence"
urlpatterns = [
    path(_ONE, listed, name="wrong-evidence"),
    path(f"{_ONE}/shows", ask, name="wrong-evidence-shows"),
    path(f"{_ONE}/file", add_file, name="wrong-evidence-file"),
    path(f"{_ONE}/page", add_page, name="wrong-evidence-page"),
    *(path(f"{_ONE}/{what}", add_words, {"what": what}, name=f"wrong-evidence-{what}") for what in WRITTEN),
    path(f"{_ONE}/lift", lift, name="wrong-evidence-lift"),
    path(f"{_ONE}/<int:evidence_pk>/note", add_note, name="wrong-evidence-note"),
    path(f"{_ONE}/<int:evidence_pk>/files/<slug:part>", download, name="wrong-evidence-download"),
]
