"""What was found for a request: the search started, watched and stopped; the list, and one thing, in which
words are covered, also for the leads; links to where data is corrected or no longer used. And the answer:
what it has, its letter, its file, and the end of the request.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolgate.core import sealed_files
from schoolgate.core.disclosure import Text, places
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.retention import kinds
from schoolgate.core.saying import subject_in_words
from schoolgate.core.vault import LONGEST, opened
from schoolgate.inbox.listing import item_for
from schoolgate.media.pictures import picture
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.publishing.queries import post_for
from schoolgate.pupils.consents import pupil_for
from schoolgate.records.destroying import check_decides, in_force
from schoolgate.rights import answering, finding, requests
from schoolgate.rights.answer_files import LETTER, PDF
from schoolgate.rights.answering import LONGEST_LETTER, name_of, outcome_of
from schoolgate.rights.finding import (
    PERSON,
    PUPIL,
    Counts,
    Shown,
    Span,
    check_leads,
    counts_of,
    counts_shown,
    found_for,
    named_here,
    places_searched,
    progress_of,
    pupil_by_id,
    request_for_lead,
    sought_for,
    spans_in,
    together,
    waits_for_leads,
)
from schoolgate.rights.letter import Facts, draft
from schoolgate.rights.models import (
    EXEMPTIONS,
    HERE,
    UNSPOKEN,
    Answer,
    Decision,
    GatheringState,
    Kind,
    Request,
    State,
    Thing,
    exemptions_for,
)
from schoolgate.web.frame.doors import Visit, done, opens, page
from schoolgate.web.frame.forms import DayField, SchoolForm, radios
from schoolgate.web.frame.paging import number_in, numbers_in
from schoolgate.web.frame.shown import period_in_words
from schoolgate.web.frame.steps import private_page

SECRET = {"data-secret": ""}
NONE_OF_THESE = "none"


def _exemptions(request: Request) -> list[tuple[str, Any]]:
    named = [
        (one.key, " · ".join(filter(None, [str(one.name), str(one.source)])))
        for one in exemptions_for(request.kind)
    ]
    return [("", _("Choose")), *named]


class SearchForm(SchoolForm):
    """Whose data is searched for, or which words."""

    lines = forms.CharField(
        label=_("Names and words to search for"), required=False, max_length=LONGEST,
        help_text=_("One on each line: names, usernames, email addresses. A line needs all its words."),
        widget=forms.Textarea(attrs={"rows": 5, **SECRET}),
    )  # fmt: skip
    who = radios(_("Is it one of these?"), [])
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def __init__(self, data: Any, *, people: Sequence[tuple[str, str]], initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"who": NONE_OF_THESE, **initial})
        if people:
            self.fields["who"].choices = [*people, (NONE_OF_THESE, _("None of these"))]  # type: ignore[attr-defined]
        else:
            del self.fields["who"]


class SeveralForm(SchoolForm):
    """What the answer does with those that were chosen."""

    decision = radios(
        _("What should happen to the ones you chose?"),
        [(Decision.GIVEN.value, Decision.GIVEN.label), (Decision.LEFT_OUT.value, Decision.LEFT_OUT.label)],
    )
    exemption = forms.ChoiceField(label=_("Why leave them out?"), required=False)

    def __init__(self, request: Request, data: Any = None) -> None:
        super().__init__(data)
        self.fields["exemption"].choices = _exemptions(request)  # type: ignore[attr-defined]


class PieceForm(SchoolForm):
    """What the answer does with one thing, and which words are covered in it."""

    decision = radios(
        _("What should happen to this?"),
        [(one.value, one.label) for one in (Decision.GIVEN, Decision.COVERED, Decision.LEFT_OUT)],
    )
    words = forms.CharField(
        label="", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4, **SECRET}),
        help_text=_("The answer contains this text, not what was found."),
    )  # fmt: skip
    cover = forms.MultipleChoiceField(
        label=_("Words to redact"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Other people’s names that we know. Untick what may be read."),
    )  # fmt: skip
    more = forms.CharField(
        label=_("Redact more words"), required=False, max_length=LONGEST,
        help_text=_("One on each line. They are redacted wherever they appear here."),
        widget=forms.Textarea(attrs={"rows": 3, "data-press": _("Redact these words"), **SECRET}),
    )  # fmt: skip
    exemption = forms.ChoiceField(label=_("Why leave it out?"), required=False)

    def __init__(
        self, request: Request, data: Any = None, *, words: Sequence[str], covered: Sequence[str],
        decision: str, exemption: str, own_words: Any = "",
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"decision": decision, "cover": list(covered), "exemption": exemption})
        self.fields["exemption"].choices = _exemptions(request)  # type: ignore[attr-defined]
        if own_words:
            del self.fields["cover"], self.fields["more"]
            self.fields["words"].label = own_words
            decisions = (Decision.GIVEN, Decision.LEFT_OUT)
            self.fields["decision"].choices = [(one.value, one.label) for one in decisions]  # type: ignore[attr-defined]
            return
        del self.fields["words"]
        if words:
            self.fields["cover"].choices = [(one, one) for one in words]  # type: ignore[attr-defined]
        else:
            del self.fields["cover"]

    def covers(self) -> list[str]:
        """Return the words that were ticked or typed."""
        typed = self.cleaned_data.get("more", "").splitlines()
        return [*self.cleaned_data.get("cover", []), *filter(None, map(str.strip, typed))]


class LetterForm(SchoolForm):
    """The letter that goes with the answer."""

    letter = forms.CharField(
        label=_("Letter"), max_length=LONGEST_LETTER, widget=forms.Textarea(attrs={"rows": 24, **SECRET}),
        help_text=_("Change it as you like. Replace what is in square brackets."),
    )  # fmt: skip
    language = forms.ChoiceField(
        choices=[("en", "English"), ("cy", "Cymraeg")], widget=forms.HiddenInput, required=False
    )


def search(request: HttpRequest, visit: Visit, found: Request, here: str) -> HttpResponseBase:
    """Show how far the search is, and start or stop it."""
    check_decides(visit.person, on=visit.on)
    if request.POST.get("do") == "stop":
        requests.stop_gathering(by=visit.person, at=visit.at, request=found)
        return done(request, _("Search stopped. What it found stays."), f"{here}&part=search")
    progress = progress_of(found)
    sought = sought_for(found)
    words = finding.words_of(found)
    lines = "\n".join(sought.lines) if sought else words.get("about") or words.get("name", "")
    initial: dict[str, Any] = {"lines": "" if not sought and found.kind == Kind.INFORMATION else lines}
    if sought:
        initial |= {"since": sought.since, "until": sought.until}
    people = named_here(lines) if found.kind == Kind.ACCESS else []
    form = SearchForm(request.POST if request.method == "POST" else None, people=people, initial=initial)
    if request.method == "POST" and form.save(lambda typed: _start(visit, found, typed)):
        return done(request, _("Search started."), f"{here}&part=search")
    running = progress is not None and progress.gathering.state == GatheringState.RUNNING
    context = {
        "request_row": found, "here": here, "form": form, "progress": progress, "running": running,
    }  # fmt: skip
    return private_page(request, "evidence/request_search.html", context, refused=bool(form.errors))


def _start(visit: Visit, found: Request, typed: dict[str, Any]) -> Any:
    kind, _sep, number = (typed.pop("who", "") or NONE_OF_THESE).partition("-")
    who: dict[str, Any] = {}
    if kind != NONE_OF_THESE:
        pk = number_in(number)
        who = {"person": person_by_id(pk)} if kind == PERSON else {"pupil": pupil_by_id(pk)}
    return requests.start_gathering(by=visit.person, at=visit.at, request=found, **typed, **who)


ON_A_PAGE = 25
ALL = "all"
TABS = (*Decision.values, ALL)
KINDS = {
    Decision.GIVEN: "good",
    Decision.COVERED: "good",
    Decision.LEFT_OUT: "no",
    Decision.UNDECIDED: "wait",
}
"""Colours of the tags."""


@page(place="evidence")
def for_leads(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show the safeguarding leads what only they may read of what was found, and have it decided."""
    found = request_for_lead(visit.person, pk, on=visit.on)
    here = reverse("request-safeguarding", args=[pk])
    if request.POST.get("do") == "search":
        number = requests.search_as_lead(by=visit.person, at=visit.at, request=found)
        said = ngettext("{number} new thing found.", "{number} new things found.", number).format(
            number=number
        )
        return done(request, said, here)
    return review(request, visit, found, f"{here}?", lead=True)


def review(
    request: HttpRequest, visit: Visit, found: Request, here: str, *, lead: bool = False
) -> HttpResponseBase:
    """Show the list, or with `found` one thing. `here`: the address of the list, which takes more."""
    if "found" in request.GET:
        return _one(request, visit, found, here, lead=lead)
    show = request.GET.get("show", Decision.UNDECIDED)
    if show not in TABS:
        raise NotFound
    rows = found_for(visit.person, found, on=visit.on, decision="" if show == ALL else show, lead=lead)
    room = request.GET.get("room", "")
    if room:
        rows = rows.filter(place__startswith=f"{room}.")
    chosen = f"&{urlencode({'show': show, **({'room': room} if room else {})})}"
    form = SeveralForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (answer := _several(request, visit, found, form, f"{here}{chosen}")):
        return answer
    after = number_in(request.GET["after"]) if "after" in request.GET else 0
    page_rows = list(rows.filter(pk__gt=after)[: ON_A_PAGE + 1])
    more = f"{here}{chosen}&after={page_rows[ON_A_PAGE - 1].pk}" if len(page_rows) > ON_A_PAGE else ""
    counts = counts_of(found) if lead else counts_shown(found, visit.person, on=visit.on)
    every = found_for(visit.person, found, on=visit.on, lead=lead)
    rooms = every.order_by().values_list("place", flat=True).distinct()
    context = {
        "request_row": found, "here": here, "lead": lead,
        "waits_for_leads": waits_for_leads(found), "form": form, "show": show, "room": room,
        "counts": counts, "open": found.state == State.OPEN,
        "tabs": [(key, Decision(key).label if key != ALL else _("All")) for key in TABS],
        "rooms": sorted({(one.room, str(one.name)) for one in map(places().get, rooms) if one}),
        "rows": list(_rows(visit, found, page_rows[:ON_A_PAGE], here)), "more": more, "later": bool(after),
        "chosen": f"{here}{chosen}", "evidence": reverse("evidence"),
        "request_here": f"{reverse('evidence')}?{HERE}{found.pk}",
        "for_leads": lead and every.exists(),
        "leads_here": can(check_leads, visit.person, on=visit.on) and here,
        "given": sum(counts.by_decision.get(one, 0) for one in (Decision.GIVEN, Decision.COVERED)),
        "left_out": counts.by_decision.get(Decision.LEFT_OUT, 0),
    }  # fmt: skip
    return private_page(request, "evidence/request_found.html", context, refused=bool(form.errors))


def _rows(visit: Visit, found: Request, rows: Sequence[Any], here: str) -> Iterator[dict[str, Any]]:
    read = requests.read_found(by=visit.person, at=visit.at, request=found, rows=[row.pk for row in rows])
    shown = {one.found.pk: one for one in read}
    for row in rows:
        one = shown.get(row.pk)
        place = places().get(row.place)
        yield {
            "row": row, "place": place.name if place else row.place, "one": one, "kind": KINDS[row.decision],
            "href": f"{here}&found={row.pk}",
            "words": Truncator(" · ".join(text.shown for text in one.piece.texts)).chars(160) if one else "",
        }  # fmt: skip


def _several(
    request: HttpRequest, visit: Visit, found: Request, form: SeveralForm, back: str
) -> HttpResponseBase | None:
    chosen = numbers_in(request.POST.getlist("rows"))
    if not chosen:
        form.is_valid()
        form.add_error(None, str(_("Choose at least one")))
        return None
    seen = {pk: digest for pk in chosen if (digest := request.POST.get(f"seen-{pk}"))}
    saved = form.save(
        lambda typed: requests.decide(
            by=visit.person, at=visit.at, request=found, rows=chosen, seen=seen, **typed
        )
    )
    if not saved:
        return None
    said = ngettext("{number} decided.", "{number} decided.", saved.value).format(number=saved.value)
    return done(request, said, back)


def _one(request: HttpRequest, visit: Visit, found: Request, here: str, *, lead: bool) -> HttpResponseBase:
    pk = number_in(request.GET["found"])
    read = requests.read_found(by=visit.person, at=visit.at, request=found, rows=[pk])
    if not read or read[0].found.lead != lead:
        raise NotFound(_("This no longer exists, or someone else decides on it."), _("Open the list again."))
    one = read[0]
    form = _form(found, one, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.save(
        lambda _typed: _decide(visit, found, one, form, request.POST.get("digest", ""))
    ):
        return done(request, _("Decision saved."), _next(visit, found, here, pk, lead=lead))
    undecided = found_for(visit.person, found, on=visit.on, decision=Decision.UNDECIDED, lead=lead).count()
    context = {
        "request_row": found, "here": here, "one": one, "form": form, "open": found.state == State.OPEN,
        "undecided": undecided, "kind": KINDS[Decision(one.found.decision)],
        "texts": [{"label": text.label, "parts": list(_marked(text, one))} for text in one.piece.texts],
        "in_stead": opened(one.found.words_ref).get("words", "") if one.place.own_words else "",
    }  # fmt: skip
    return private_page(request, "evidence/request_piece.html", context, refused=bool(form.errors))


def _form(found: Request, one: Shown, sent: Any) -> PieceForm:
    covered, proposed = _said(one, one.spans), _said(one, one.proposals)
    undecided = one.found.decision == Decision.UNDECIDED or one.changed
    decision = one.found.decision
    if undecided:
        decision = Decision.COVERED if proposed else ""
    return PieceForm(
        found, sent, words=list(dict.fromkeys([*covered, *proposed])), decision=decision,
        covered=proposed if undecided else covered, exemption=one.found.exemption,
        own_words=one.place.own_words,
    )  # fmt: skip


def _said(one: Shown, spans: Mapping[str, Sequence[Span]]) -> list[str]:
    """Return the words of these characters, each once."""
    texts = {text.part: text for text in one.piece.texts}
    words = (
        " ".join(_words(texts[part], (begins, ends)).split())
        for part, those in spans.items()
        if part in texts
        for begins, ends in those
    )
    return [word for word in dict.fromkeys(words) if word]


def _words(text: Text, span: Span) -> str:
    """Return the words at these characters, in the language of the reader."""
    return text.shown if text.said is not None else text.text[slice(*span)]


def _marked(text: Text, one: Shown) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text, and whether each is covered or could be."""
    spans = [*one.spans.get(text.part, ()), *one.proposals.get(text.part, ())]
    if text.said is not None:
        yield text.shown, bool(spans)
        return
    done_to = 0
    for begins, ends in together(spans, length=len(text.text)):
        if begins > done_to:
            yield text.text[done_to:begins], False
        yield text.text[begins:ends], True
        done_to = ends
    if done_to < len(text.text):
        yield text.text[done_to:], False


def _decide(visit: Visit, found: Request, one: Shown, form: PieceForm, digest: str) -> bool:
    who: dict[str, Any] = {"by": visit.person, "at": visit.at, "request": found}
    typed = form.cleaned_data
    if typed["decision"] != Decision.COVERED:
        requests.decide(
            **who, rows=[one.found.pk], decision=typed["decision"], exemption=typed["exemption"],
            words=typed.get("words", ""), seen={one.found.pk: digest} if digest else {},
        )  # fmt: skip
        return True
    spans, missing = spans_in(one.piece, form.covers())
    if missing:
        raise BadInput(
            {"more": _("Type words as they are in the text: {words}").format(words=", ".join(missing))}
        )
    if not spans:
        raise BadInput({"more": _("Tick or type at least one word to redact")})
    requests.cover(**who, row=one.found.pk, spans=spans, digest=digest)
    return True


def _next(visit: Visit, found: Request, here: str, pk: int, *, lead: bool) -> str:
    """Return the address of the next thing that is undecided, or else of the list."""
    rows = found_for(visit.person, found, on=visit.on, decision=Decision.UNDECIDED, lead=lead)
    following = rows.filter(pk__gt=pk).first() or rows.first()
    return f"{here}&found={following.pk}" if following else here


LISTS = {
    PERSON: ("people-import", _("Import people")),
    PUPIL: ("pupils-import", _("Import pupils and consents")),
}
"""Names come from lists: the page that takes one in, by whose entry it changes."""
PAGES = (
    ("posts", _("Posts, with their pictures and captions")),
    ("inbox", _("Comments and messages")),
)
"""What is searched by hand there: a name is never in an address."""


OWN_PAGES: Mapping[Thing, tuple[str, Callable[[Visit, int], object]]] = {
    Thing.PERSON: ("person", lambda _visit, pk: person_by_id(pk)),
    Thing.PUPIL: ("pupil", lambda visit, pk: pupil_for(visit.person, pk, on=visit.on)),
    Thing.POST: ("post", lambda visit, pk: post_for(visit.person, pk, on=visit.on)),
    Thing.PICTURE: ("picture", lambda _visit, pk: picture(pk)),
    Thing.COMMENT: ("item", lambda visit, pk: item_for(visit.person, pk, on=visit.on)),
}
"""The page of one thing, and how it is found for a person."""


def places_to_mend(visit: Visit, about: str) -> list[dict[str, Any]]:
    """Return links: to the entries of people and pupils whose whole name was entered, then to the pages where
    their entries, posts and comments are."""
    found: list[dict[str, Any]] = []
    pages = []
    for key, said in named_here(about):
        kind, _sep, number = key.partition("-")
        pk = number_in(number)
        if opens(visit, kind, pk) and (kind != PUPIL or _sees(visit, pk)):
            found.append({"label": said, "href": reverse(kind, args=[pk]), "named": True})
            pages += [LISTS[kind]] if LISTS[kind] not in pages else []
    pages += PAGES
    return found + [{"label": said, "href": reverse(name)} for name, said in pages if opens(visit, name)]


def thing_mended(visit: Visit, thing: str, number: int | None) -> tuple[str, str] | None:
    """Return what one thing is called that something was done about, and the address of its own page: empty
    where this person can't open it. None where it has no number."""
    if number is None:
        return None
    kind = Thing(thing)
    page, _find = OWN_PAGES[kind]
    link = reverse(page, args=[number]) if opens(visit, page, number) and _finds(visit, kind, number) else ""
    return subject_in_words(name_of(kind, number)), link


def _sees(visit: Visit, pk: int) -> bool:
    return _finds(visit, Thing.PUPIL, pk)


def _finds(visit: Visit, kind: Thing, pk: int) -> bool:
    try:
        OWN_PAGES[kind][1](visit, pk)
    except NotFound:
        return False
    return True


urlpatterns = [
    path("evidence/requests/<int:pk>/safeguarding", for_leads, name="request-safeguarding"),
]


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
