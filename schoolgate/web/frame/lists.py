"""The pages of every list that is imported: upload, which letters it is written in where that can't be
told, columns, what its words mean here, preview, apply, drop, the report. A file is read before the
page's transaction opens.

A room declares its kind of list once (`ImportPages`) and adds the words of its own: blocks of
`lists/upload.html` and `lists/preview.html`, and the counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from crispy_forms_gds.layout import Layout
from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, Text
from schoolgate.core.tenancy import scope
from schoolgate.people import list_importer
from schoolgate.people.list_cells import shape_of
from schoolgate.people.list_importer import (
    Importer,
    KeptList,
    ListPlan,
    PlannedLine,
    asks_letters,
    ended,
    read_list,
    report_of,
    told_of,
)
from schoolgate.people.models import BroughtList, ImportState, ListMapping, Outcome
from schoolgate.people.sheets import LARGEST, Sheet, same_word
from schoolgate.web.frame.doors import View, Visit, done, page
from schoolgate.web.frame.forms import Drawing, SchoolForm, form_page
from schoolgate.web.frame.paging import number_in, number_in_address, numbers_in

T = TypeVar("T")


def read_first(
    read: Callable[[bytes, Visit], T], *, most: int
) -> Callable[[HttpRequest], T | BadInput | None]:
    """Return what `read` makes of the upload `file`, the BadInput that it raised, or None where none was
    sent.

    Args:
        read: takes the bytes, one more than `most` where there were more, and the visit. The decorator has
            checked permissions before.
    """

    def prepare(request: HttpRequest) -> T | BadInput | None:
        sent = request.FILES.get("file") if request.method == "POST" else None
        if sent is None:
            return None
        visit: Visit = request.visit  # type: ignore[attr-defined]
        try:
            return read(sent.read(most + 1), visit)
        except BadInput as error:
            return error

    return prepare


MOST_DIFFERING = 5
LONGEST_WORD = 40


class LettersForm(SchoolForm):
    """The same words, in each way in which they can be read."""

    encoding = forms.ChoiceField(label=_("Which of these look right?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["encoding"]
        assert isinstance(field, forms.ChoiceField)
        read = {each: sheet.read_as(each) for each in (sheet.encoding, *sheet.others)}
        cells = {each: [cell for line in one.lines for cell in line.cells] for each, one in read.items()}
        differing = dict.fromkeys(
            words for words in zip(*cells.values(), strict=True) if len(set(words)) == len(words)
        )
        shown = list(differing)[:MOST_DIFFERING] or list(dict.fromkeys(zip(*cells.values(), strict=True)))[:1]
        field.choices = [
            (each, " · ".join(words[place][:LONGEST_WORD] for words in shown))
            for place, each in enumerate(cells)
        ]
        field.help_text = _("If none does, cancel, save the list as CSV UTF-8 or Excel, and upload it again.")


MOST_ASKED, MOST_MEANINGS = 20, 100
"""Number of words asked about at once; the others follow once these are explained."""
NOTHING = "-"
"""The form value for "none of ours", for example the whole federation instead of a school."""

Choices = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Meanings:
    """`choices`: field -> what a word of it may mean; `label`: what a field is called;
    `can_mean`: what a word below a heading may mean, None: whatever its field may."""

    choices: Callable[[str], Choices]
    label: Callable[[str], Text]
    can_mean: Callable[[str, str], Collection[str]] | None = None


class WordsForm(SchoolForm):
    """A question for each word."""

    def __init__(
        self,
        *args: Any,
        unknown: Mapping[tuple[str, str], int],
        explained: Mapping[str, Mapping[str, str]],
        columns: Mapping[str, str],
        of: Meanings,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._words: dict[str, tuple[str, str]] = {}
        self.open: list[str] = []
        self.explained: list[str] = []
        asked = [(name, word, None) for name, word in unknown][:MOST_ASKED]
        known = [(name, word, ours) for name, each in explained.items() for word, ours in each.items()]
        for name, word, ours in [*asked, *known][:MOST_MEANINGS]:
            key = f"{name}-{hashlib.sha256(same_word(word).encode()).hexdigest()[:16]}"
            if key in self.fields:
                continue
            self._words[key] = (name, same_word(word))
            (self.open if ours is None else self.explained).append(key)
            heading = columns.get(name) or of.label(name)
            empty = format_lazy(_("{heading}: when empty"), heading=heading)
            can = of.can_mean(str(heading), word) if of.can_mean else None
            self.fields[key] = forms.ChoiceField(
                label=f"{heading}: {word}" if word else empty,
                choices=[
                    ("", _("Choose")),
                    *(each for each in of.choices(name) if not can or each[0] in can),
                ],
                required=False,
                initial=shown(ours),
            )

    @cached_property
    def helper(self) -> Drawing:
        """Draws what isn't explained yet."""
        return drawing_of(self, self.open)

    @cached_property
    def helper_of_explained(self) -> Drawing:
        """Draws what was explained before, which can be changed."""
        return drawing_of(self, self.explained)

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """Field -> {word: ours}, where a meaning was chosen."""
        found: dict[str, dict[str, str]] = {}
        for key, (name, word) in self._words.items():
            if self.cleaned_data.get(key):
                found.setdefault(name, {})[word] = meant(self.cleaned_data[key])
        return found


def drawing_of(form: SchoolForm, keys: Iterable[str]) -> Drawing:
    """Return what draws these fields of a form."""
    drawing = Drawing(form)
    drawing.layout = Layout(*keys)
    return drawing


def shown(ours: str | None) -> str:
    """Return one of our words as form data; None means not answered."""
    return "" if ours is None else ours or NOTHING


def meant(value: str) -> str:
    """Return our word for the choice made in a form."""
    return "" if value == NOTHING else value


LINES, MOST_MISSING = 8, 50
"""Lines on one page of what would change, and how many it names that the list doesn’t have."""
FIRST = (Outcome.REFUSED, Outcome.NEW, Outcome.CHANGED, Outcome.PASSED_OVER, Outcome.SAME)
STATES = {ImportState.OPEN: "wait", ImportState.DONE: "good"}
ENCODINGS = {
    "utf-8": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32",
    "cp1252": "Windows-1252", "cp1250": "Windows-1250", "mac_roman": "Mac Roman", "cp850": "DOS",
    "iso8859_14": "ISO 8859-14",
}  # fmt: skip
ENDED: dict[str, Any] = {
    ImportState.DONE: _("This list was imported."),
    ImportState.DROPPED: _("This import was cancelled. Nothing was imported."),
    ImportState.LAPSED: _("No one confirmed this list within a day, so it was cancelled."),
}
READ = ("GET", "HEAD")

L = TypeVar("L", bound=BroughtList)


class UploadForm(SchoolForm):
    """The list itself."""

    file = forms.FileField(label=_("List"))

    def __init__(self, *args: Any, help_text: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = help_text


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What a list of this kind may have columns for.

    `fields`: key and label; `offered`: the headings -> key -> the heading that looks right; `for_all`: key ->
    label and choices of what may hold for the whole list; `chosen`: key -> the choice that is made already,
    where there is only one; `rare`: keys that the page folds where no heading looks right; `name`: a name for
    how the first list is read.
    """

    fields: Sequence[tuple[str, Any]]
    offered: Callable[[Iterable[str]], Mapping[str, str]]
    for_all: Mapping[str, tuple[Any, Choices]]
    chosen: Mapping[str, str] = field(default_factory=dict)
    rare: Collection[str] = ()
    name: Any = ""
    name_help: Any


class ColumnsForm(SchoolForm):
    """The meaning of each column heading, and the values for the whole list where a column is missing."""

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        kept: ListMapping | None,
        of: Columns,
        name: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        named = [heading for heading in headings if heading]
        found = kept.columns if kept else of.offered(named)
        defaults = kept.defaults if kept else {}
        columns = [("", _("Not in this list")), *((heading, heading) for heading in named)]
        for key, label in of.fields:
            self.fields[key] = forms.ChoiceField(
                label=label, choices=columns, required=False, initial=found.get(key, "")
            )
            if key in of.for_all:
                question, choices = of.for_all[key]
                self.fields[f"all_{key}"] = forms.ChoiceField(
                    label=question, choices=choices, required=False,
                    initial=shown(defaults.get(key)) or of.chosen.get(key, ""),
                )  # fmt: skip
        self.fields["name_of_mapping"] = forms.CharField(
            label=_("Name for these import settings"), help_text=of.name_help, max_length=80,
            initial=kept.name if kept else name,
        )  # fmt: skip

    @cached_property
    def folded(self) -> list[str]:
        """The rare fields for which the list seems to have no column."""
        return [key for key in self.of.rare if not self[key].value() and key not in self.errors]

    @cached_property
    def helper(self) -> Drawing:
        """Draws what the list has columns for, the values for the whole list, and the name."""
        return drawing_of(self, [key for key in self.fields if key not in self.folded])

    @cached_property
    def helper_of_folded(self) -> Drawing:
        """Draws the fields that are folded."""
        return drawing_of(self, self.folded)

    @property
    def columns(self) -> dict[str, str]:
        """Field -> heading, where one was chosen."""
        return {key: found for key, _label in self.of.fields if (found := self.cleaned_data.get(key))}

    @property
    def defaults(self) -> dict[str, str]:
        """Field -> what holds for the whole list, where there is no such column."""
        said = {key: self.cleaned_data.get(f"all_{key}") for key in self.of.for_all}
        return {key: meant(value) for key, value in said.items() if value and key not in self.columns}


@dataclass(frozen=True)
class Brought(Generic[L]):
    """A list of the visitor's, and its lines while it is open."""

    importing: L
    sheet: Sheet | None

    @property
    def lines(self) -> Sheet:
        """Its lines. Raises NotNow once it has ended."""
        if self.sheet is None:
            raise ended()
        return self.sheet


@dataclass(frozen=True, kw_only=True)
class ImportPages:
    """The pages of one kind of list.

    Attributes:
        kind: its steps.
        place, name, path: the place of the menu; what the names of its pages and its addresses begin with.
        back: the page that leads to it.
        templates: what the names of its templates begin with: `upload.html`, `preview.html`, `counts.html`.
        title, lead: of the page on which a list is uploaded; `ended`: the title of one that has ended.
        file_help: what may be uploaded.
        columns: what a list may have columns for, for this visitor.
        heads: how a line's name and its address are called.
        applied: what is said once a list was imported; then the page `after` is shown, the list's own where
            it is "".
        choices: what the visitor chose beside the list, as `Importer.write` takes it.
        meanings: what the words of a list may be explained as; None: this kind explains none.
        asks_again: fields that are asked for each list, even one that is read like the one before.
    """

    kind: Importer[Any, Any, Any]
    place: str
    back: str
    name: str
    path: str
    templates: str
    title: Text
    lead: Text
    ended: Text
    file_help: Text
    columns: Callable[[Visit], Columns]
    heads: tuple[Text, Text]
    applied: Callable[[Mapping[str, int]], str]
    after: str = ""
    choices: Callable[[HttpRequest], Mapping[str, Any]] = lambda _request: {}
    meanings: Callable[[Visit], Meanings] | None = None
    asks_again: Collection[str] = ()

    def urls(self) -> list[URLPattern]:
        """Their addresses."""

        def inside(**more: Any) -> Callable[[View], View]:
            return page(place=self.place, check=self.kind.may, **more)

        one = f"{self.path}/<int:pk>"
        uploads = inside(prepare=read_first(self._read, most=LARGEST))
        reads, acts = inside(prepare=self.open, methods=READ), inside(prepare=self.open, methods=("POST",))
        explained = [path(f"{one}/words", inside(prepare=self.open)(self.words), name=f"{self.name}-words")]
        return [
            *(explained if self.meanings else ()),
            path(self.path, uploads(self.upload), name=self.name),
            path(one, reads(self.preview), name=f"{self.name}-preview"),
            path(f"{one}/columns", inside(prepare=self.open)(self.explain), name=f"{self.name}-columns"),
            path(f"{one}/confirm", acts(self.apply), name=f"{self.name}-apply"),
            path(f"{one}/drop", inside(methods=("POST",))(self.drop), name=f"{self.name}-drop"),
            path(f"{one}/report", reads(self.report), name=f"{self.name}-report"),
        ]

    def open(self, request: HttpRequest) -> Brought[Any]:
        """A door's `prepare`: the visitor's own list of the address, and its lines from the store. Raises
        NotFound. The door has asked who may before."""
        visit: Visit = request.visit  # type: ignore[attr-defined]
        pk = number_in_address(request)
        with scope(visit.federation.pk, visit.person.pk):
            found = self.kind.find(visit.person, pk)
        if found.state != ImportState.OPEN:
            return Brought(found, None)
        sheet = read_list(found.file, federation_id=visit.federation.pk)
        return Brought(found, sheet.read_as(found.encoding) if sheet.others and found.encoding else sheet)

    def plan(self, visit: Visit) -> ListPlan:
        """Return what would change with the visitor's list. Raises NotNow."""
        brought: Brought[Any] = visit.prepared
        plan: ListPlan = self.kind.preview(brought.importing, brought.lines, by=visit.person, on=visit.on)
        return plan

    def upload(self, request: HttpRequest, visit: Visit) -> HttpResponseBase:
        """The newest lists, and uploading another."""
        form = UploadForm(request.POST or None, request.FILES or None, help_text=self.file_help)
        entered = form.save(lambda _typed: self._enter(visit))
        if entered:
            mapping = entered.value.mapping
            asks = mapping is None or asks_letters(entered.value, visit.prepared.sheet)
            again = asks or set(self.asks_again) & set(mapping.defaults)
            to = "columns" if again else "preview"
            return redirect(f"{self.name}-{to}", entered.value.pk)
        rows = [
            {"import": each, "mine": each.by_id == visit.person.pk, "tag": STATES.get(each.state, "")}
            for each in self.kind.newest()
        ]
        return form_page(request, f"{self.templates}upload.html", form, {"rows": rows, **self._common()})

    def _read(self, content: bytes, visit: Visit) -> KeptList:
        return self.kind.read(content, federation_id=visit.federation.pk)

    def _enter(self, visit: Visit) -> Any:
        if isinstance(visit.prepared, BadInput):
            raise visit.prepared
        return list_importer.upload(kind=self.kind, by=visit.person, at=visit.at, kept=visit.prepared)

    def explain(self, request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
        """Say which column is what."""
        brought: Brought[Any] = visit.prepared
        sheet, importing = brought.lines, brought.importing
        if asks_letters(importing, sheet):
            return self._letters(request, visit, brought)
        headings = self.kind.headings(sheet)
        of = self.columns(visit)
        form = ColumnsForm(
            request.POST or None,
            headings=headings,
            kept=importing.mapping,
            of=of,
            name=self.kind.free_name(str(of.name)) if of.name else "",
        )
        here: dict[str, Any] = {"importing": importing, "sheet": sheet, "shape": shape_of(headings)}
        if form.save(
            lambda typed: list_importer.explain_columns(
                kind=self.kind,
                by=visit.person,
                at=visit.at,
                name=typed["name_of_mapping"],
                columns=form.columns,
                defaults=form.defaults,
                **here,
            )
        ):
            return redirect(f"{self.name}-preview", pk)
        context = {
            "importing": importing,
            "encoding": ENCODINGS.get(importing.encoding, importing.encoding),
            "examples": [list(zip_longest(headings, line.cells, fillvalue="")) for line in sheet.lines[1:4]],
            "headings": headings,
        }
        return form_page(request, "lists/columns.html", form, context | self._common())

    def _letters(self, request: HttpRequest, visit: Visit, brought: Brought[Any]) -> HttpResponseBase:
        """Ask how the letters of the list are written; its columns come next."""
        importing, sheet = brought.importing, brought.lines
        form = LettersForm(request.POST or None, sheet=sheet)
        chosen = form.save(
            lambda typed: list_importer.choose_letters(
                kind=self.kind, by=visit.person, at=visit.at, importing=importing, sheet=sheet, **typed
            )
        )
        if chosen:
            return redirect(f"{self.name}-columns", importing.pk)
        return form_page(request, "lists/letters.html", form, {"importing": importing, **self._common()})

    def words(self, request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
        """Say what the words of the list mean here."""
        assert self.meanings is not None
        plan, importing = self.plan(visit), visit.prepared.importing
        kept = importing.mapping
        form = WordsForm(
            request.POST or None, unknown=plan.unknown, explained=kept.words, columns=kept.columns,
            of=self.meanings(visit),
        )  # fmt: skip
        if form.save(
            lambda _typed: list_importer.explain_words(
                kind=self.kind, by=visit.person, at=visit.at, importing=importing, words=form.words
            )
        ):
            return done(request, _("Explanations saved."), f"{self.name}-preview", pk)
        context = {"importing": importing, "more": len(plan.unknown) > len(form.open), **self._common()}
        return form_page(request, "lists/words.html", form, context)

    def preview(self, request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
        """Show what would change, line by line; once the import has ended, its result."""
        brought: Brought[Any] = visit.prepared
        importing = brought.importing
        context = {"importing": importing, **self._common()}
        if brought.sheet is None:
            context |= {"ended": ENDED[importing.state], "counts": importing.counts}
            return render(request, "lists/ended.html", context)
        if importing.mapping is None or asks_letters(importing, brought.sheet):
            return redirect(f"{self.name}-columns", pk)
        plan = self.plan(visit)
        context |= {
            "plan": plan,
            **lines_shown(request, plan.lines, plan.counts),
            "missing": plan.missing[:MOST_MISSING],
            "more_missing": max(len(plan.missing) - MOST_MISSING, 0),
            "words": sum(plan.unknown.values()),
            "told": list(told_of(brought.sheet)),
            "hidden": brought.sheet.hidden.rows,
        }
        return render(request, f"{self.templates}preview.html", context)

    def apply(self, request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
        """Import the list, exactly as it was shown."""
        brought: Brought[Any] = visit.prepared
        over = list_importer.apply(
            kind=self.kind, by=visit.person, at=visit.at, importing=brought.importing, sheet=brought.lines,
            seen=request.POST.get("seen", ""), agreed=numbers_in(request.POST.getlist("agreed")),
            **self.choices(request),
        )  # fmt: skip
        told = self.applied(over.counts)
        if self.after:
            return done(request, told, self.after)
        return done(request, told, f"{self.name}-preview", pk)

    def drop(self, request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
        """Do not import the list."""
        importing = self.kind.find(visit.person, pk)
        list_importer.drop(kind=self.kind, by=visit.person, at=visit.at, importing=importing)
        return done(request, _("Import cancelled. Nothing was imported."), self.name)

    def report(self, request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
        """Return every line and its result as a CSV file."""
        name, address = self.heads
        told = report_of(self.plan(visit), name=name, address=address)
        answer = HttpResponse(told, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.back}-{pk}.csv"'
        answer["Cache-Control"] = "no-store"
        return answer

    def _common(self) -> dict[str, Any]:
        """Return the context that all templates share."""
        steps = ["preview", "columns", "apply", "drop", "report", *(["words"] if self.meanings else [])]
        return {
            "pages": self,
            "to": {step: f"{self.name}-{step}" for step in steps},
            "counts_template": f"{self.templates}counts.html",
            "after": resolve_url(self.after) if self.after else "",
        }


def lines_shown(
    request: HttpRequest, lines: Sequence[PlannedLine], counts: Mapping[str, int]
) -> dict[str, Any]:
    """The lines of one outcome, page by page by their numbers, and the outcomes to choose from."""
    asked = request.GET.get("show", "")
    first = next((each for each in FIRST if counts[each]), Outcome.SAME)
    shown = Outcome(asked) if asked in Outcome.values else first
    after = number_in(request.GET["after"]) if "after" in request.GET else 0
    rest = [line for line in lines if line.outcome == shown and line.number > after]
    more = rest[LINES - 1].number if len(rest) > LINES else None
    return {
        "lines": rest[:LINES],
        "shown": shown,
        "tabs": [(each, each.label, counts[each]) for each in FIRST if counts[each]],
        "following": urlencode({"show": shown.value, "after": str(more)}) if more else "",
    }
