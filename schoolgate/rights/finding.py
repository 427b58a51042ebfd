"""What was found for a request: who may read and decide it, whose data it may be about, how far the search
is, and what of it is covered and given.

Covering is arithmetic on characters, and what is covered leaves no trace of its length. The people that
something found may be about don’t read, count or decide on it, and the safeguarding leads do, in every
place and whatever name was searched for.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_day
from schoolgate.core.disclosure import Piece, Place, Sought, Text, places
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.rows import every_word
from schoolgate.core.subjects import subject_of
from schoolgate.core.vault import CANNOT_OPEN, opened, opened_each
from schoolgate.duties.queries import standing
from schoolgate.inbox.ranking import Known, read_of
from schoolgate.listening.watching import known_people
from schoolgate.people.confined import meant_by, not_kept_from
from schoolgate.people.models import Person
from schoolgate.people.outside import SPEAKS_ILL
from schoolgate.people.queries import holders_of_capacity
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import leads_at
from schoolgate.people.said_of import Said
from schoolgate.pupils.models import Pupil
from schoolgate.records.destroying import DECIDES, check_decides, check_may_see
from schoolgate.rights.models import (
    LEADS,
    Answer,
    AnswerState,
    Covered,
    Decision,
    Found,
    Gathering,
    GatheringState,
    Kind,
    Request,
    State,
    Step,
)
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold
from schoolgate.screening.names import Listed, NameIndex
from schoolgate.screening.personal import find_personal

BLOCK = "█████"
"""What stands for covered words, however many they are."""
Span = tuple[int, int]


def together(spans: Iterable[Span], *, length: int) -> list[Span]:
    """Return the spans in order, those that overlap or touch as one. Raises ValueError for one that is empty
    or goes beyond the text."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if not 0 <= begins < ends <= length:
            raise ValueError(f"no such characters: {begins} to {ends} of {length}")
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def covered(text: str, spans: Sequence[Span]) -> str:
    """Return the text without the characters of these spans, a block in place of each."""
    parts, done = [], 0
    for begins, ends in together(spans, length=len(text)):
        parts += [text[done:begins], BLOCK]
        done = ends
    return "".join([*parts, text[done:]])


def spans_of(texts: Mapping[str, str], words: Iterable[str]) -> tuple[dict[str, list[Span]], list[str]]:
    """Return where these words are in the texts, by part, whole words only and in either case; and those of
    them that are in none."""
    found: dict[str, list[Span]] = {}
    missing = []
    for one in words:
        parts = [re.escape(part) for part in one.split()]
        if not parts:
            continue
        sought = re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)
        hits = {part: [hit.span() for hit in sought.finditer(text)] for part, text in texts.items()}
        if not any(hits.values()):
            missing.append(one)
        for part, spans in hits.items():
            if spans:
                found[part] = together([*found.get(part, []), *spans], length=len(texts[part]))
    return found, missing


def spans_in(piece: Piece, words: Iterable[str]) -> tuple[dict[str, list[Span]], list[str]]:
    """Return the same for a piece as it is read in the active language. What was chosen from a list is
    covered whole."""
    found, missing = spans_of({text.part: text.shown for text in piece.texts}, words)
    whole = {text.part: [(0, len(text.text))] for text in piece.texts if text.said is not None}
    return {part: whole.get(part, spans) for part, spans in found.items()}, missing


def digest_of(piece: Piece) -> str:
    """Return the digest of all that the answer has of a piece, by which a later change is noticed: its title
    and time, its texts and files, and what each is called."""
    with translation.override("en"):
        texts = [[text.part, str(text.label), text.text] for text in piece.texts]
        held = [[file.digest, str(file.label)] for file in piece.files]
        whole = [str(piece.title), piece.at.isoformat() if piece.at else "", sorted(texts), held]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=True).encode()).hexdigest()


def whom_they_mean(
    place: Place, numbers: Collection[int], sought: Sought, known: Known
) -> dict[int, frozenset[int]]:
    """Return the ids of the people here that each of these things may be about, as its room knows or its
    words say: they name or describe someone beside words of danger, abuse or complaint, or of something
    that was done. Things about no one
    are left out, and words about the school's own business aren't read."""
    found: dict[int, set[int]] = defaultdict(set)
    of_rooms = meant_by(f"{place.code}:{number}" for number in numbers)
    for number in numbers:
        found[number] |= of_rooms.get(f"{place.code}:{number}", set())
    if not place.business_only:
        for piece in place.read(numbers, replace(sought, business=False)):
            for text in piece.texts:
                if text.said is None:
                    found[piece.number] |= _meant_in(text.text, known)
    return {number: frozenset(people) for number, people in found.items() if people}


def _meant_in(text: str, known: Known) -> frozenset[int]:
    lanes = {each.lane for each in read_of(text, known, press=False).why}
    heard = known.people.said_of(text, lanes=lanes)
    if not SPEAKS_ILL & lanes and heard.said != Said.DONE:
        return frozenset()
    return heard.kept_from | known.people.found_in(text)


def for_their_eyes(person: Person, rows: QuerySet[Found], on: date) -> QuerySet[Found]:
    """Return those of these rows that may be about someone else only, and that aren't kept from this person
    where they are: asked anew each time, because a comment may be locked after it was found."""
    name = Concat("place", Value(":"), Cast("number", TextField()), output_field=TextField())
    rows = rows.alias(in_record=name).exclude(meant__contains=[person.pk])
    return not_kept_from(person, rows, on, column="in_record")


class Others:
    """Everyone but the person whose data is sought. Names are read once, when the first text is looked at."""

    def __init__(self, sought: Sought) -> None:
        self._own = [frozenset(words) for words in sought.words]

    @cached_property
    def _known(self) -> NameIndex:
        return known_people()

    def proposals(self, piece: Piece) -> dict[str, list[Span]]:
        """Return which characters of each text could be covered, by part. None of it is covered yet."""
        named = [words for words in map(str.split, piece.others) if len(words) > 1]
        there = NameIndex([Listed(0, words[0], words[-1]) for words in named], known_to_be_there=True)
        found: dict[str, list[Span]] = {}
        for text in piece.texts:
            if text.said is not None:
                continue
            folded = fold(text.text)
            spans = [
                (hit.start, hit.end) for index in (self._known, there) for hit in find_names(folded, index)
            ]
            spans += [folded.span(seen.start, seen.end) for seen in find_personal(folded.text)]
            spans += _exactly(text.text, [one for one in piece.others if " " not in one])
            left = [span for span in spans if not self._is_own(text.text[span[0] : span[1]])]
            if left:
                found[text.part] = together(left, length=len(text.text))
        return found

    def _is_own(self, words: str) -> bool:
        said = set(every_word(words))
        return any(said <= own for own in self._own)


def _exactly(text: str, names: list[str]) -> list[Span]:
    """Return where one of these names, a username as a rule, is in a text letter by letter."""
    found, plain = [], text.lower()
    for name in names:
        begins = plain.find(name.lower()) if name else -1
        while begins >= 0:
            found.append((begins, begins + len(name)))
            begins = plain.find(name.lower(), begins + len(name))
    return found


def check_enters(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person may enter a request and see the list, which names no one."""
    check_may_see(person, on=on)


def check_reads(person: Person, request: Request, *, on: date) -> None:
    """Raise NotAllowed unless the person decides on requests, or entered this one and may still see them."""
    if not requests_known(person, on).filter(pk=request.pk).exists():
        check_decides(person, on=on)


def requests_known(person: Person, on: date) -> QuerySet[Request]:
    """Return the requests that a person may know of: all for those who decide on them, else those they
    entered, while they may see the list."""
    if can(check_decides, person, on=on):
        return Request.objects.all()
    own = Request.objects.filter(entered_by=person)
    return own if can(check_may_see, person, on=on) else own.none()


def deciders(person: Person, *, on: date) -> list[Person]:
    """Return the people who may decide on requests, by name."""
    return holders_of_capacity(DECIDES, federation=person.federation, on=on)


def decides_as_lead(person: Person, request: Request, *, on: date) -> bool:
    """Return whether the person decides on what is kept to the leads: a safeguarding lead, or who was given
    the leads' task because what was found may be about each of them."""
    asked = standing(LEADS, [request])[subject_of(request)]
    return leads_at(person, None, on=on) or any(one.person_id == person.pk for one in asked)


def check_leads(person: Person, *, on: date, request: Request | None = None) -> None:
    """Raise NotAllowed unless the person leads on safeguarding at some school here or, of a request, takes
    the leads' part."""
    if not (leads_at(person, None, on=on) if request is None else decides_as_lead(person, request, on=on)):
        raise NotAllowed(
            _("Only the safeguarding lead and their deputies decide on this."),
            _("Ask your safeguarding lead."),
        )


def readable(person: Person, request: Request, rows: Sequence[Found], *, on: date) -> list[Found]:
    """Return what a person may read of what was found for a request: those who decide on requests, all but
    what is kept to the safeguarding leads; these, only what they may read where it is. No one, what may be
    about them."""
    asked = Found.objects.filter(pk__in=[one.pk for one in rows])
    theirs = set(for_their_eyes(person, asked, on).values_list("pk", flat=True))
    found = [one for one in rows if one.pk in theirs]
    decides = can(check_decides, person, on=on)
    leads = any(one.lead for one in found) and decides_as_lead(person, request, on=on)
    return [one for one in found if (leads and _lead_reads(person, one, on) if one.lead else decides)]


def _lead_reads(person: Person, found: Found, on: date) -> bool:
    place = places().get(found.place)
    return place is None or place.lead_may_read(person, found.number, on=on)


_DAYS = ("since", "until")


def sought_of(gathering: Gathering) -> Sought:
    """Return whose data a gathering seeks; nothing where no key opens it."""
    words = opened(gathering.sought_ref)
    if words == CANNOT_OPEN:
        return Sought()
    days = {key: stored_day(words[key]) if words.get(key) else None for key in _DAYS}
    return Sought(
        lines=tuple(words["lines"]), person=words["person"], pupil=words["pupil"], user=words["user"],
        business=gathering.request.kind == Kind.INFORMATION, **days,
    )  # fmt: skip


def as_json(sought: Sought) -> dict[str, Any]:
    """Return it as it is sealed."""
    found = asdict(sought)
    return found | {key: found[key].isoformat() if found[key] else None for key in _DAYS}


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


def requests(state: str) -> QuerySet[Request]:
    """Return the requests in a state: open ones by deadline, waiting ones last; closed ones newest first."""
    rows = Request.objects.filter(state=state).select_related("school")
    if state == State.OPEN:
        return rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    return rows.order_by("-pk")


def request_for(person: Person, pk: int, *, on: date) -> Request:
    """Return a request that this person may read. Raises NotFound, NotAllowed."""
    found = Request.objects.select_related("school", "entered_by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    check_reads(person, found, on=on)
    return found


def request_for_lead(person: Person, pk: int, *, on: date) -> Request:
    """Return a request that was searched for, to a safeguarding lead or who takes their part. Raises
    NotFound, for everyone else too: they don't learn which there are."""
    found = Request.objects.filter(pk=pk, gatherings__isnull=False).distinct().first()
    if found is None or not decides_as_lead(person, found, on=on):
        raise NotFound
    return found


def words_of(request: Request) -> dict[str, Any]:
    """Return what was written as it was entered: name, contact, about, wants."""
    return opened(request.words_ref)


def steps_of(request: Request) -> list[tuple[Step, dict[str, Any]]]:
    """Return the steps of a request, newest first, each with what was written at it."""
    rows = list(request.steps.select_related("by").order_by("-pk"))
    texts = opened_each(row.words_ref for row in rows)
    return [(row, texts[row.words_ref]) for row in rows]


def answer_of(request: Request) -> Answer | None:
    """Return the newest answer that was made, or is being made; None before."""
    return request.answers.select_related("by", "request").order_by("-pk").first()


def names_in_store() -> set[str]:
    """Return the names of the sealed files of answers that are still there."""
    return set(Answer.objects.filter(state=AnswerState.READY).values_list("file", flat=True))


PERSON, PUPIL = "person", "pupil"


def named_here(lines: str) -> list[tuple[str, str]]:
    """Return the people and pupils whose whole name is on a line, each with its key and its words."""
    names = [" ".join(line.split()) for line in lines.splitlines() if line.strip()]
    people, pupils = Q(pk=None), Q(pk=None)
    for name in names:
        people |= Q(name__iexact=name) | Q(email__iexact=name)
        first, _space, last = name.rpartition(" ")
        if first:
            pupils |= Q(last_name__iexact=last) & (Q(first_name__iexact=first) | Q(known_as__iexact=first))
    found = [
        (f"{PERSON}-{one.pk}", f"{one.name}, {one.get_relation_display()}")
        for one in Person.objects.filter(people, destroyed_at=None).order_by("name", "pk")
    ]
    return found + [
        (f"{PUPIL}-{one.pk}", ", ".join(filter(None, [one.name, one.form or one.year, one.school.name])))
        for one in Pupil.objects.select_related("school")
        .filter(pupils, destroyed_at=None)
        .order_by("last_name", "pk")
    ]


def pupil_by_id(pk: int) -> Pupil:
    """Return a pupil here. Raises NotFound."""
    found = Pupil.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def pupils_sought(request: Request) -> set[int]:
    """Return the pupils whose data was searched for: those that the office picked, and those whose whole name
    it entered."""
    sought = [sought_of(each) for each in request.gatherings.all()]
    named = named_here("\n".join(line for each in sought for line in each.lines))
    by_name = {int(key.removeprefix(f"{PUPIL}-")) for key, _words in named if key.startswith(f"{PUPIL}-")}
    return by_name | {each.pupil for each in sought if each.pupil is not None}
