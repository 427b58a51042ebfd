"""Reads of what was gathered for a request: how far it is, what was found and decided, and what is given."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import translation

from schoolgate.core.clock import local_day
from schoolgate.core.disclosure import Piece, Place, Sought, Text, places
from schoolgate.core.sealed_words import opened
from schoolgate.core.subjects import subject_of
from schoolgate.duties.queries import standing
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.rights.covering import BLOCK, Span, covered, digest_of
from schoolgate.rights.duty_kinds import LEADS
from schoolgate.rights.meaning import for_their_eyes
from schoolgate.rights.models import Covered, Found, Gathering, Request
from schoolgate.rights.names import Others
from schoolgate.rights.rules import check_decides, decides_as_lead
from schoolgate.rights.seeking import sought_of
from schoolgate.rights.states import Decision, GatheringState, Kind

AT_ONCE = 200
"""Things whose texts are read at once for an answer."""


@dataclass(frozen=True)
class Progress:
    """How far the newest search of a request is. `done` of `places`."""

    gathering: Gathering
    done: int
    places: int
    found: int

    @property
    def on(self) -> date:
        """The day that was searched: what came in later is not in the answer."""
        return local_day(self.gathering.at)


@dataclass(frozen=True)
class Counts:
    """What was found and decided. `waits_for_lead`: undecided among what only the safeguarding leads read."""

    total: int
    by_decision: Mapping[str, int]
    by_exemption: Mapping[str, int]
    by_place: Mapping[str, int]
    waits_for_lead: int

    @property
    def undecided(self) -> int:
        """What is left for the people who decide on requests."""
        return self.by_decision.get(Decision.UNDECIDED, 0) - self.waits_for_lead


@dataclass(frozen=True)
class Shown:
    """One thing as the person who decides reads it. `spans`: what is covered in it now, by part; `proposals`:
    what could be. `changed`: it was decided, and its text has changed since."""

    found: Found
    place: Place
    piece: Piece
    digest: str
    spans: Mapping[str, Sequence[Span]]
    proposals: Mapping[str, Sequence[Span]]
    changed: bool


@dataclass(frozen=True)
class Given:
    """One thing as the answer has it: its words are covered, and nothing behind them is there. `covered`: how
    many passages."""

    found: Found
    place: Place
    piece: Piece
    covered: int


def progress_of(request: Request) -> Progress | None:
    """Return how far the newest search is; None: nothing was searched for."""
    row = request.gatherings.order_by("-pk").first()
    if row is None:
        return None
    codes = list(places())
    running = row.state == GatheringState.RUNNING
    done = sum(code < row.place for code in codes)
    return Progress(
        row,
        done if running or row.state == GatheringState.STOPPED else len(codes),
        len(codes),
        request.found.filter(lead=False).count(),
    )


def places_searched(kind: str) -> list[str]:
    """Return the areas that a search for this kind of request goes through, by name, in the active language:
    without concerns, which only a lead can search."""
    business = kind == Kind.INFORMATION
    found = (one for one in places().values() if not one.own_words and (business or not one.business_only))
    return sorted({str(place.name) for place in found})


def sought_for(request: Request) -> Sought | None:
    """Return whose data the newest search sought, to fill in the form for the next."""
    row = request.gatherings.order_by("-pk").first()
    return sought_of(row) if row else None


def found_for(
    person: Person, request: Request, *, on: date, decision: str = "", place: str = "", lead: bool = False
) -> QuerySet[Found]:
    """Return what was found, oldest row first, of those that a person's capacity lets them decide on: without
    `lead` what the deciders do, with it what the safeguarding leads do, without what this lead may not read
    where it is. None for others, and never what may be about this person."""
    may = decides_as_lead(person, request, on=on) if lead else can(check_decides, person, on=on)
    rows = request.found.filter(lead=lead).order_by("pk") if may else request.found.none()
    rows = for_their_eyes(person, rows, on)
    if lead:
        known = places()
        read = [
            pk
            for pk, code, number in rows.values_list("pk", "place", "number")
            if code in known and known[code].lead_may_read(person, number, on=on)
        ]
        rows = rows.filter(pk__in=read)
    if decision:
        rows = rows.filter(decision=decision)
    return rows.filter(place=place) if place else rows


def counts_of(request: Request) -> Counts:
    """Return the numbers of all that was found. One query."""
    return _counted(request.found.all())


def counts_shown(request: Request, person: Person, *, on: date) -> Counts:
    """Return the numbers for a person who decides on requests: without what only the safeguarding leads may
    know of, before a lead has had it given, and without what may be about this person. That something waits
    for the leads would say that there is a concern, and it may be about a person who reads the page."""
    given = Q(decision__in=[Decision.GIVEN, Decision.COVERED])
    return _counted(for_their_eyes(person, request.found.filter(Q(lead=False) | given), on))


def answer_means(request: Request, person: Person) -> bool:
    """Return whether the answer says something that may be about this person: it isn't theirs to finish."""
    rows = request.found.filter(decision__in=[Decision.GIVEN, Decision.COVERED])
    return rows.filter(meant__contains=[person.pk]).exists()


def waits_for_leads(request: Request) -> bool:
    """Return whether the safeguarding leads still have to do their part: search concerns, whether or not
    there is one."""
    return bool(standing(LEADS, [request])[subject_of(request)])


def _counted(found: QuerySet[Found]) -> Counts:
    rows = list(found.values_list("decision", "exemption", "place", "lead"))
    return Counts(
        total=len(rows),
        by_decision=Counter(decision for decision, *_rest in rows),
        by_exemption=Counter(exemption for _decision, exemption, *_rest in rows if exemption),
        by_place=Counter(place for _decision, _exemption, place, _lead in rows),
        waits_for_lead=sum(decision == Decision.UNDECIDED and lead for decision, _e, _p, lead in rows),
    )


def shown(request: Request, rows: Sequence[Found]) -> list[Shown]:
    """Return these things as they are read, in their order; what is gone is left out. The caller has checked
    who may read them, and writes the reading into the record."""
    sought = sought_for(request) or Sought()
    spans, others = _spans(rows), Others(sought)
    found = []
    for row, place, piece in _pieces(rows, sought):
        digest = digest_of(piece)
        changed = row.decision in (Decision.GIVEN, Decision.COVERED) and row.digest != digest
        found.append(
            Shown(row, place, piece, digest, spans.get(row.pk, {}), others.proposals(piece), changed)
        )
    return found


def given(request: Request) -> Iterator[Given]:
    """Return what the answer has, place by place, as it is now, in the active language. Covered words are
    gone from the texts, and a thing with covered words has no files. A thing that changed since it was
    decided, or is gone, is left out: `changed_since` finds them before."""
    after: tuple[str, int] | None = ("", 0)
    while after is not None:
        some, after = given_after(request, after, limit=AT_ONCE)
        yield from some


def given_after(
    request: Request, after: tuple[str, int], *, limit: int
) -> tuple[list[Given], tuple[str, int] | None]:
    """Return the next of what the answer has, and after which place and number it goes on; None: no more."""
    rows = request.found.filter(decision__in=[Decision.GIVEN, Decision.COVERED])
    place, number = after
    some = list(
        rows.filter(Q(place__gt=place) | Q(place=place, number__gt=number)).order_by("place", "number")[
            :limit
        ]
    )
    goes_on = (some[-1].place, some[-1].number) if len(some) == limit else None
    return list(_given(some, sought_for(request) or Sought())), goes_on


def changed_since(request: Request) -> list[int]:
    """Return the rows that were to be given, and changed since they were decided or are gone."""
    same = {one.found.pk for one in given(request)}
    rows = request.found.filter(decision__in=[Decision.GIVEN, Decision.COVERED])
    return [pk for pk in rows.values_list("pk", flat=True) if pk not in same]


def _given(rows: Sequence[Found], sought: Sought) -> Iterator[Given]:
    of_rows = _spans(rows)
    for row, place, piece in _pieces(rows, sought):
        if digest_of(piece) != row.digest:
            continue
        hidden = of_rows.get(row.pk, {})
        texts: Iterable[Text] = (
            Text(text.part, text.label, covered(text.text, spans) if spans else text.shown)
            for text in piece.texts
            for spans in [hidden.get(text.part, ())]
        )
        if place.own_words:
            texts = [Text("words", place.own_words, opened(row.words_ref).get("words", ""))]
        files = () if row.decision == Decision.COVERED or place.own_words else piece.files
        number = sum(len(each) for each in hidden.values())
        title = title_without(piece, hidden)
        yield Given(
            row, place, replace(piece, title=title, texts=tuple(texts), files=files, others=()), number
        )


def title_without(piece: Piece, hidden: Mapping[str, Sequence[Span]]) -> str:
    """Return the title of a thing without the words that are covered in the texts below it."""
    title = str(piece.title)
    said = {text.part: text.text for text in piece.texts}
    for part, spans in hidden.items():
        for begins, ends in spans if part in said else ():
            title = title.replace(said[part][begins:ends], BLOCK)
    return title


def _pieces(rows: Sequence[Found], sought: Sought) -> Iterator[tuple[Found, Place, Piece]]:
    of_place: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        of_place[row.place].append(row.number)
    # Digests and spans count the characters of one language: values of choices are words too.
    with translation.override("en"):
        read = {
            (code, piece.number): piece
            for code, numbers in of_place.items()
            if code in places()
            for piece in places()[code].read(numbers, sought)
        }
    for row in rows:
        piece = read.get((row.place, row.number))
        if piece is not None:
            yield row, places()[row.place], piece


def _spans(rows: Sequence[Found]) -> dict[int, dict[str, list[Span]]]:
    found: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for one in Covered.objects.filter(found__in=rows).order_by("begins"):
        found[one.found_id][one.part].append((one.begins, one.ends))
    return found
