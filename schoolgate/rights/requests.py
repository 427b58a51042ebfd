"""A request about data as it is dealt with: entered, its clock started, searched for in pieces, read,
decided on, the leads asked for their part.

Every act looks again under a lock, writes the step, and sets its task to the deadline. A person starts the
search, a job does it, and no row comes twice. Each reading is in the record, without a word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.core import work
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.disclosure import Match, Place, Sought, places
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.core.tenancy import scope
from schoolgate.core.vault import check_words, seal_words, wipe
from schoolgate.duties.actions import Then, cancel, discharge, open_duty
from schoolgate.duties.models import Basis, Due
from schoolgate.duties.queries import standing
from schoolgate.inbox.ranking import Known, known_at
from schoolgate.people.leads import in_line
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, schools
from schoolgate.people.safeguarding import leads
from schoolgate.pupils.models import Pupil
from schoolgate.records.destroying import check_decides
from schoolgate.rights.deadlines import deadline_of
from schoolgate.rights.finding import (
    Shown,
    Span,
    as_json,
    check_enters,
    check_leads,
    covered,
    deciders,
    for_their_eyes,
    pupils_sought,
    readable,
    shown,
    sought_of,
    title_without,
    together,
    whom_they_mean,
)
from schoolgate.rights.models import (
    ANSWER,
    GATHERED,
    LEADS,
    Answer,
    AnswerState,
    Covered,
    Decision,
    Found,
    Gathering,
    GatheringState,
    Identity,
    Kind,
    Request,
    State,
    Step,
    StepKind,
    exemptions_for,
)

SEALED = "rights"
"""What the vault calls what was written about requests."""
REMINDED = 7
"""How many days before the deadline the task reminds."""


def entered(request: Request, by: Person, at: datetime) -> Request:
    """Return the request as it is now, locked, for a person who decides on it. Raises NotAllowed, NotNow."""
    check_decides(by, on=local_day(at))
    return still_open(request)


def still_open(request: Request) -> Request:
    """Return the request as it is now, locked. Raises NotNow if it is closed."""
    found = Request.objects.select_for_update(of=("self",)).select_related("school").get(pk=request.pk)
    if found.state != State.OPEN:
        raise NotNow(
            _("This request is closed."), _("If the person writes again, enter it as a new request.")
        )
    return found


def step(
    request: Request, kind: StepKind, *, at: datetime, by: Person | None, on: date | None = None,
    code: str = "", words: str = "", **more: Any,
) -> Step:  # fmt: skip
    """Write one step and its event, with what was written and what `more` says, sealed. `on`: today unless
    given."""
    row = Step.objects.create(
        request=request, kind=kind, at=at, by=by, on=on or local_day(at), code=code,
        words_ref=seal_words(SEALED, {"words": words, **more}, about=request) if words else None,
    )  # fmt: skip
    record(f"rights.{kind}", subject=request, at=at, actor=by, code=code)
    return row


def set_deadline(request: Request) -> bool:
    """Put the deadline as it is now on a request; return whether it changed."""
    found = deadline_of(request)
    if (found.on, found.guessed_from) == (request.due_on, request.guessed_from):
        return False
    request.due_on, request.guessed_from = found.on, found.guessed_from
    request.save(update_fields=["due_on", "guessed_from"])
    return True


def drop_answers(answers: QuerySet[Answer], *, at: datetime) -> None:
    """Let go of those of these answers that are there or being made: what they have was decided otherwise."""
    there = answers.filter(state__in=[AnswerState.MAKING, AnswerState.READY])
    there.update(state=AnswerState.GONE, state_at=at)


def open_task(request: Request, *, at: datetime, person: Person, second: Person | None) -> None:
    """Give the task to a person; a second one gets it too once it is overdue."""
    then = Then(Basis.HOUSE, person=second) if second else None
    open_duty(
        kind=ANSWER,
        subject=request,
        at=at,
        due=due_of(request),
        person=person,
        school=request.school,
        then=then,
    )


def move_task(request: Request, *, at: datetime, by: Person | None) -> None:
    """Open its tasks again with the deadline as it is now, for those who have them."""
    for kind in (ANSWER, LEADS):
        for duty in standing(kind, [request])[f"rights.request:{request.pk}"]:
            cancel(
                kind=kind, subject=request, because="deadline_changed", at=at, by=by,
                person=duty.person, role=duty.role_key,
            )  # fmt: skip
            then = None
            if duty.then_person_id or duty.then_role_key:
                then = Then(Basis(duty.then_basis), person=duty.then_person, role=duty.then_role_key)
            open_duty(
                kind=kind, subject=request, at=at, due=due_of(request), person=duty.person,
                role=duty.role_key or None, school=request.school, then=then,
            )  # fmt: skip


def due_of(request: Request) -> Due:
    """Return the time of a task about it; while the clock waits there is none."""
    if request.due_on is None:
        return Due.none_promised()
    return Due.day(request.due_on, days_before=REMINDED)


def decide_again(rows: QuerySet[Found], *, lead: bool, at: datetime) -> None:
    """Take decisions back, and what was covered: the leads decide (`lead`), or those who do on requests."""
    numbers = list(rows.values_list("pk", flat=True))
    drop_answers(Answer.objects.filter(request__found__in=numbers), at=at)
    Covered.objects.filter(found__in=numbers).delete()
    Found.objects.filter(pk__in=numbers).update(
        lead=lead, decision=Decision.UNDECIDED, exemption="", digest="", by=None, decided_at=None
    )


OLDEST = timedelta(days=366)
"""A request that came in longer ago is over, and belongs to the papers."""


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What the office enters about a request. `about`: which person, with other names and usernames, each on
    a line of its own; nothing for freedom of information. `lead`: who deals with it."""

    kind: str
    received_on: date
    name: str
    contact: str
    wants: str
    lead: Person | None
    about: str = ""
    identity: str = ""
    school: School | None = None


@action
def enter(*, by: Person, at: datetime, entered: Entered) -> Request:
    """Enter a request; its deadline is set, and the person who deals with it gets the task. Raises
    NotAllowed, BadInput."""
    on = local_day(at)
    check_enters(by, on=on)
    may = deciders(by, on=on)
    _check(entered, may, on=on)
    words = check_words(
        name=(entered.name, _("Enter the name of the person who asks")),
        contact=(entered.contact, _("Enter where the answer goes")),
        about=(entered.about, "" if entered.kind == Kind.INFORMATION else _("Enter whose data it is")),
        wants=(entered.wants, _("Enter what they ask for")),
    )
    request = Request(
        kind=entered.kind, school=entered.school, received_on=entered.received_on, entered_by=by,
        entered_at=at,
        identity=Identity.NOT_NEEDED if entered.kind == Kind.INFORMATION else entered.identity,
        words_ref=0, state_at=at,
    )  # fmt: skip
    request.save()
    request.words_ref = seal_words(SEALED, words, about=request)
    request.save(update_fields=["words_ref"])
    set_deadline(request)
    step(request, StepKind.ENTERED, at=at, by=by, on=entered.received_on, code=entered.kind)
    if entered.lead is not None:
        second = next((one for one in may if one != entered.lead), None)
        open_task(request, at=at, person=entered.lead, second=second)
    return request


def _check(entered: Entered, may: list[Person], *, on: date) -> None:
    wrong: dict[str, Text] = {}
    if entered.kind not in Kind.values:
        wrong["kind"] = _("Choose what they ask for")
    if not on - OLDEST <= entered.received_on <= on:
        wrong["received_on"] = _("Enter a day in the last 12 months")
    information = entered.kind == Kind.INFORMATION
    if not information and (
        entered.identity not in Identity.values or entered.identity == Identity.NOT_NEEDED
    ):
        wrong["identity"] = _("Choose how you checked who is asking")
    if entered.lead not in may:
        wrong["lead"] = _("Choose who deals with it")
    if entered.school is None and information and schools().exists():
        wrong["school"] = _("Choose the school that was asked: its school days count")
    if wrong:
        raise BadInput(wrong)


def ask_leads(request: Request, *, at: datetime) -> None:
    """Give each safeguarding lead the task to search concerns and decide on what only they may read: for a
    copy of a person's data always, because only they can search concerns; else where something waits."""
    if request.kind != Kind.ACCESS and not _waiting(request):
        return
    for person in leads(book_for(request), request.school, on=local_day(at)):
        open_duty(
            kind=LEADS, subject=request, at=at, due=due_of(request), person=person, school=request.school
        )
    _ask_instead(request, on=local_day(at), at=at)


def _ask_instead(request: Request, *, on: date, at: datetime) -> None:
    """Give the task to those who decide on what may be about each lead. It lets them decide, and ends with
    the decision."""
    known, found = places(), request.found.filter(lead=True, decision=Decision.UNDECIDED)
    book = book_for(request)
    lead = {one.pk for one in leads(book, request.school, on=on)}
    ids: set[int] = set()
    for place, number, meant in found.values_list("place", "number", "meant"):
        instead = known[place].instead_of_leads(number, on=on) if place in known else frozenset()
        ids |= instead
        if not instead and meant and lead <= set(meant):
            next_ones = in_line(book, request.school, on=on, out=set(meant))
            ids |= {one.pk for one in (next_ones[0] if next_ones else [])}
    for person in Person.objects.filter(pk__in=ids).order_by("name", "pk"):
        open_duty(
            kind=LEADS, subject=request, at=at, due=due_of(request), person=person, school=request.school
        )


def end_for_leads(request: Request, *, at: datetime, by: Person) -> None:
    """End the task of the leads, if nothing waits for them any more; of this lead alone, if what waits is
    kept from them."""
    if not _waiting(request):
        discharge(kind=LEADS, subject=request, by=by, at=at)
    elif not _waiting(request, by=by, on=local_day(at)):
        discharge(kind=LEADS, subject=request, by=by, at=at, person=by)
        _ask_instead(request, on=local_day(at), at=at)


def _waiting(request: Request, *, by: Person | None = None, on: date | None = None) -> bool:
    rows = request.found.filter(lead=True, decision=Decision.UNDECIDED)
    if by is None or on is None:
        return rows.exists()
    known, rows = places(), for_their_eyes(by, rows, on)
    return any(
        known[place].lead_may_read(by, number, on=on)
        for place, number in rows.values_list("place", "number")
        if place in known
    )


GATHER = "rights.gather"
AT_ONCE, PLACES_AT_ONCE = 500, 10
"""Things found in one transaction, and places searched: most places have nothing to find."""
MOST_LINES = 20


@action
def start_gathering(
    *, by: Person, at: datetime, request: Request, lines: str, person: Person | None = None,
    pupil: Pupil | None = None, since: date | None = None, until: date | None = None,
) -> Gathering:  # fmt: skip
    """Start the search for a request. It can be repeated: what was found stays, with what was decided.

    Args:
        lines: names, usernames, email addresses or words, each on a line.
        person: whose row it is, if the office picked one here; `pupil`: the same of a pupil.
        since: the first day of what is sought; `until`: the last.

    Raises NotAllowed, NotNow (closed, not of this kind, identity not checked, searching already), BadInput.
    """
    found = entered(request, by, at)
    if found.kind not in GATHERED:
        raise NotNow(
            _("Only requests for copies have a search."), _("Correct or erase the data where it is.")
        )
    if found.identity == Identity.NOT_YET:
        raise NotNow(
            _("You haven’t checked who asks yet."),
            _("Pause the time limit for proof of identity, then restart it."),
        )
    running = found.gatherings.filter(state=GatheringState.RUNNING).first()
    typed = check_words(lines=(lines, "" if person or pupil else _("Enter at least one name or word")))
    given = Sought(
        lines=tuple(filter(None, map(str.strip, typed["lines"].splitlines()))),
        person=person.pk if person else None, user=person.user_id if person else None,
        pupil=pupil.pk if pupil else None, since=since, until=until,
    )  # fmt: skip
    if running is not None:
        raise _runs(found, running, given)
    _check_gathered(given)
    row = Gathering.objects.create(request=found, by=by, at=at, sought_ref=0)
    row.sought_ref = seal_words(SEALED, as_json(given), about=row)
    row.save(update_fields=["sought_ref"])
    step(found, StepKind.GATHERS, at=at, by=by)
    _defer(row)
    return row


def _runs(request: Request, running: Gathering, given: Sought) -> NotNow:
    """Return what is told while a search runs: for the same words, or for others."""
    wait = _("Wait until it has finished, or stop it.")
    if replace(sought_of(running), business=given.business) == given:
        return done_before(request, _("The search is running already."), wait, made=running)
    return NotNow(_("Another search for this request is running."), wait)


@action
def stop_gathering(*, by: Person, at: datetime, request: Request) -> None:
    """Stop the search; what it has found stays. Raises NotAllowed, NotNow."""
    found = entered(request, by, at)
    changed = found.gatherings.filter(state=GatheringState.RUNNING).update(
        state=GatheringState.STOPPED, ended_at=at
    )
    if not changed:
        newest = found.gatherings.order_by("-pk").values_list("pk", flat=True).first()
        raise done_before(
            found,
            _("The search isn’t running."),
            otherwise=NotNow(_("The search isn’t running."), _("Open it again to see its status.")),
            gatherings__pk=newest,
            gatherings__state=GatheringState.STOPPED,
        )
    record("rights.gathering_stopped", subject=found, at=at, actor=by)


@action
def gather_some(*, at: datetime, gathering: int) -> bool:
    """Search one more piece; return whether more is left. Killed at any point, it is there with its place in
    the list or not at all; one that was stopped, or whose request was closed, is left alone."""
    row = (
        Gathering.objects.select_for_update(of=("self",))
        .select_related("request")
        .filter(pk=gathering, state=GatheringState.RUNNING)
        .first()
    )
    if row is None:
        return False
    if row.place == END:
        row.state, row.ended_at = GatheringState.DONE, at
        row.save(update_fields=["state", "ended_at"])
        step(row.request, StepKind.GATHERED, at=at, by=None)
        ask_leads(row.request, at=at)
        return False
    sought, left, known = sought_of(row), AT_ONCE, known_at(on=local_day(at))
    for place in _places_from(row.place)[:PLACES_AT_ONCE]:
        matches = place.find(sought, after=row.after if row.place == place.code else 0, limit=left)
        add(row, place, matches, sought, known)
        if len(matches) == left:
            row.place, row.after = place.code, matches[-1].number
            break
        left -= len(matches)
        row.place, row.after = _next(place.code), 0
    else:
        row.place = row.place if _places_from(row.place) else END
    row.save(update_fields=["place", "after"])
    return True


@action
def search_as_lead(*, by: Person, at: datetime, request: Request) -> int:
    """Search what only a safeguarding lead may read, with their own eyes; return how many things were new.
    Raises NotAllowed, NotNow (closed, or nothing has been searched for yet)."""
    on = local_day(at)
    check_leads(by, on=on)
    row = newest(request)
    before, known, sought = row.request.found.count(), known_at(on=on), sought_of(row)
    for place in places().values():
        add(row, place, place.find_as_lead(by, sought, on=on), sought, known)
    record("rights.searched_as_lead", subject=row.request, at=at, actor=by)
    end_for_leads(row.request, at=at, by=by)
    return row.request.found.count() - before


def newest(request: Request) -> Gathering:
    """Return the newest search of a request. Raises NotNow where there is none."""
    row = request.gatherings.select_related("request").order_by("-pk").first()
    if row is None:
        raise NotNow(_("Nothing has been searched for yet."), _("Start the search first."))
    return row


def add(gathering: Gathering, place: Place, matches: Sequence[Match], sought: Sought, known: Known) -> None:
    """Write down what was found, and the people it may be about: then it's the leads'. What is there already
    stays as it was decided."""
    if not matches:
        return
    numbers = [one.number for one in matches]
    lead, meant = place.for_lead(numbers), whom_they_mean(place, numbers, sought, known)
    Found.objects.bulk_create(
        [
            Found(
                request=gathering.request, gathering=gathering, place=place.code, number=one.number,
                why=one.why, lead=one.number in lead or one.number in meant,
                meant=sorted(meant.get(one.number, ())),
            )
            for one in matches
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    again = gathering.request.found.filter(place=place.code, number__in=meant, lead=False)
    for row in again:
        row.meant = sorted(meant[row.number])
        row.save(update_fields=["meant"])
    decide_again(again, lead=True, at=gathering.at)


def _places_from(code: str) -> list[Place]:
    """Return the place in hand and those after it; a place that is gone from the program is passed over."""
    return [place for each, place in places().items() if each >= code]


END = "~"
"""After all places: no code begins like this."""


def _next(code: str) -> str:
    return next((one for one in places() if one > code), END)


def _check_gathered(sought: Sought) -> None:
    if not sought.words and sought.person is None and sought.pupil is None:
        raise BadInput({"lines": _("Enter at least one name or word")})
    if len(sought.lines) > MOST_LINES:
        raise BadInput({"lines": _("Enter at most 20 lines")})
    if sought.since and sought.until and sought.since > sought.until:
        raise BadInput({"until": _("Enter a day that isn’t before the first")})


def _defer(row: Gathering) -> None:
    app.configure_task(GATHER, queue=work.LONG, lock=work.of_row(GATHER, row.pk)).defer(
        federation_id=row.federation_id, gathering_id=row.pk
    )


@action
def read_found(*, by: Person, at: datetime, request: Request, rows: Sequence[int]) -> list[Shown]:
    """Return these things with their texts, and proposals of what to cover. Rows that this person may not
    read, and things that are gone, are left out. Raises NotAllowed."""
    found = _rows(by, at, request, rows)
    if found:
        record("rights.found_read", subject=request, at=at, actor=by, number=len(found))
    return shown(request, found)


@action
def decide(
    *, by: Person, at: datetime, request: Request, rows: Sequence[int], decision: str, exemption: str = "",
    words: str = "", seen: Mapping[int, str] = MappingProxyType({}),
) -> int:  # fmt: skip
    """Give these things, leave them out, or put the decision back; return how many. What was covered in them
    is lifted: `cover` decides on that. An answer that was made before goes.

    Args:
        exemption: why they are left out, one of `exemptions_for` the request's kind.
        words: what the answer says in their stead, for one that the leads answer in their own words.
        seen: the digests of the things as the person read them (`Shown.digest`), by row.

    Raises NotAllowed, NotNow (closed; a thing is gone, or changed since), BadInput; WordsHeld: it names
    another pupil than the request is about.
    """
    locked = still_open(request)
    found = _rows(by, at, locked, rows)
    if decision not in (Decision.GIVEN, Decision.LEFT_OUT, Decision.UNDECIDED):
        raise BadInput({"decision": _("Choose what the answer does with it")})
    left_out = decision == Decision.LEFT_OUT
    if left_out and exemption not in {one.key for one in exemptions_for(locked.kind)}:
        raise BadInput({"exemption": _("Choose why it is left out")})
    pieces = {one.found.pk: one for one in shown(locked, found)}
    if decision == Decision.GIVEN:
        for row in found:
            _check_as_read(pieces.get(row.pk), seen.get(row.pk))
        _check_names(locked, {"words": words}, _said_in(pieces.values()), by=by, at=at)
    for row in found:
        _write(
            row, decision, by, at, exemption if left_out else "",
            digest=pieces[row.pk].digest if row.pk in pieces else "",
            words=_in_stead(row, words) if decision == Decision.GIVEN else "",
        )  # fmt: skip
    Covered.objects.filter(found__in=found).delete()
    if found:
        drop_answers(locked.answers.all(), at=at)
    record(
        "rights.decided",
        subject=locked,
        at=at,
        actor=by,
        code=decision,
        number=len(found),
        exemption=exemption,
    )
    if any(row.lead for row in found):
        end_for_leads(locked, at=at, by=by)
    return len(found)


@action
def cover(
    *, by: Person, at: datetime, request: Request, row: int, spans: Mapping[str, Sequence[Span]], digest: str
) -> Found:
    """Give one thing with these characters covered, by the parts of its text, and without its files. They
    replace what was covered before.

    Args:
        digest: of the thing as the person read it (`Shown.digest`).

    Raises NotAllowed, NotFound, NotNow (closed, gone, changed since), BadInput: no such characters;
    WordsHeld: what is left names another pupil.
    """
    locked = still_open(request)
    found = _rows(by, at, locked, [row])
    if not found:
        raise NotFound
    one = next(iter(shown(locked, found)), None)
    if one is None or one.digest != digest:
        raise NotNow(_("This has changed since you opened it."), _("Open it again, then redact the words."))
    texts = {text.part: text.text for text in one.piece.texts}
    try:
        whole = {part: together(given, length=len(texts[part])) for part, given in spans.items()}
    except (KeyError, ValueError) as error:
        raise BadInput({"spans": _("Mark words in the text")}) from error
    if not any(whole.values()):
        raise BadInput({"spans": _("Mark at least one word to redact")})
    _check_names(locked, {}, _said_in([one], but=whole), by=by, at=at)
    Covered.objects.filter(found=found[0]).delete()
    Covered.objects.bulk_create(
        [
            Covered(found=found[0], part=part, begins=begins, ends=ends)
            for part, given in whole.items()
            for begins, ends in given
        ]
    )
    _write(found[0], Decision.COVERED, by, at, "", digest=digest, words="")
    drop_answers(locked.answers.all(), at=at)
    record("rights.decided", subject=locked, at=at, actor=by, code=Decision.COVERED, number=1, exemption="")
    if found[0].lead:
        end_for_leads(locked, at=at, by=by)
    return found[0]


def _check_as_read(one: Shown | None, digest: str | None) -> None:
    """Raise NotNow where a thing is gone, or isn't any more what the person read."""
    if one is None:
        raise NotNow(_("Something that was found no longer exists."), _("Leave it out, or search again."))
    if digest is not None and one.digest != digest:
        raise NotNow(_("This has changed since you opened it."), _("Read it again, then decide."))


def _said_in(
    pieces: Collection[Shown], *, but: Mapping[str, Sequence[Span]] = MappingProxyType({})
) -> dict[str, str]:
    """Return the words of these things that the answer would have: their texts, titles and, unless something
    is covered, what their files are called. `but`: what is covered in them."""
    found = {
        f"{one.found.pk}-{text.part}": covered(text.text, but.get(text.part, ()))
        for one in pieces
        if not one.place.own_words
        for text in one.piece.texts
        if text.said is None
    }
    for one in pieces:
        found[f"{one.found.pk}-title"] = title_without(one.piece, but)
        files = () if but or one.place.own_words else one.piece.files
        found |= {f"{one.found.pk}-file{place}": str(file.label) for place, file in enumerate(files)}
    return found


def _check_names(
    request: Request, typed: Mapping[str, str], given: Mapping[str, str], *, by: Person, at: datetime
) -> None:
    check_leaving(
        Door.LETTER, typed, about=request, by=by, at=at, school=request.school,
        but_of=pupils_sought(request), beside=given,
    )  # fmt: skip


def _rows(by: Person, at: datetime, request: Request, rows: Sequence[int]) -> list[Found]:
    """Return those of these rows of the request that this person may read, locked. Raises NotAllowed for one
    who neither decides on requests nor leads on safeguarding."""
    on = local_day(at)
    _check_any(by, at, request)
    found = request.found.select_for_update(of=("self",)).filter(pk__in=rows).order_by("pk")
    return readable(by, request, list(found), on=on)


def _check_any(by: Person, at: datetime, request: Request) -> None:
    try:
        check_decides(by, on=local_day(at))
    except NotAllowed:
        check_leads(by, on=local_day(at), request=request)


def _in_stead(row: Found, words: str) -> str:
    """Return what a lead wrote for the answer. Raises BadInput where there has to be something."""
    place = places().get(row.place)
    needed = place is not None and place.own_words
    return check_words(words=(words if needed else "", _("Write what the answer says") if needed else ""))[
        "words"
    ]


def _write(
    row: Found, decision: str, by: Person, at: datetime, exemption: str, *, digest: str, words: str
) -> None:  # fmt: skip
    undecided = decision == Decision.UNDECIDED
    wipe(row.words_ref)
    row.words_ref = seal_words(SEALED, {"words": words}, about=row) if words else None
    row.decision, row.exemption, row.digest = decision, exemption, "" if undecided else digest
    row.by, row.decided_at = (None, None) if undecided else (by, at)
    row.save(update_fields=["words_ref", "decision", "exemption", "digest", "by", "decided_at"])


def gather(federation_id: int, gathering_id: int, *, clock: Callable[[], datetime]) -> None:
    """Search until nothing is left, or someone stops it. Run again after a kill, it goes on from there."""
    more = True
    while more:
        with scope(federation_id):
            more = gather_some(at=clock(), gathering=gathering_id)
