"""Answering a request: when it can be, what the policy says about what staff shared, the letter and the file,
the clock, and the end.

A person writes the letter; a job makes the file, outside any transaction, a few things at a time, sealed as
it is written. It goes 90 days after the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any

import structlog
from django.db.models import Manager
from django.utils import formats, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.core import files, sealed_files, work
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.disclosure import File
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.moves import done_before
from schoolgate.core.postgres.for_django import is_away
from schoolgate.core.sealed_files import SealedFile
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.core.vault import check_words, opened, seal_words
from schoolgate.duties.actions import cancel, discharge
from schoolgate.inbox.models import Item
from schoolgate.media.models import Picture
from schoolgate.networks.driving import Clock
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, verdict
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import policy_or_none
from schoolgate.publishing.models import Post
from schoolgate.pupils.models import Pupil
from schoolgate.records.destroying import check_decides
from schoolgate.rights.answer_files import Contents, GivenFile, GivenPiece, GivenText, Gone, Sink, write
from schoolgate.rights.deadlines import waits_of, waits_since
from schoolgate.rights.finding import (
    Given,
    answer_means,
    changed_since,
    counts_of,
    given_after,
    progress_of,
    pupils_sought,
    waits_for_leads,
)
from schoolgate.rights.models import (
    ANSWER,
    ANSWERED,
    CHECKED,
    EXPLAINED,
    LEADS,
    MAY_WAIT,
    MENDED,
    MENDS,
    NOT_ASKED,
    OUTCOMES,
    UNSPOKEN,
    Answer,
    AnswerState,
    Because,
    Decision,
    GatheringState,
    Kind,
    Outcome,
    Request,
    State,
    Step,
    StepKind,
    Thing,
    Waits,
)
from schoolgate.rights.requests import (
    SEALED,
    drop_answers,
    entered,
    move_task,
    set_deadline,
    step,
    still_open,
)
from schoolgate.rulebook import Outcome as RuleOutcome
from schoolgate.rulebook.situations.sharing import RecordDisclose, Space

SHARED: Mapping[str, Space] = {
    "publishing.post": "public",
    "publishing.pastpost": "public",
    "networks.noticeboardpost": "public",
    "inbox.groupmessage": "closed group",
}
"""The places (`core.disclosure`) with what staff shared through an official account -> who could read it."""
UNDER = {Kind.ACCESS: "data protection", Kind.INFORMATION: "freedom of information"}


def record_disclosing(request: Request, *, at: datetime) -> list[DecisionRecord]:
    """Ask the policy about what is given out and staff had shared, once for each kind of space; return the
    saved answers: none where the policy says nothing of it, or nothing like it is given."""
    on = local_day(at)
    if policy_or_none(on) is None:
        return []
    asked = [
        one
        for one in _facts(request)
        if verdict("record.disclose", one, on=on).outcome is not RuleOutcome.SILENT
    ]
    return [record_decision("record.disclose", one, at=at, by=None, subject=request) for one in asked]


def _facts(request: Request) -> Iterator[RecordDisclose]:
    given = request.found.filter(decision__in=(Decision.GIVEN, Decision.COVERED), place__in=SHARED)
    spaces = sorted({SHARED[place] for place in given.values_list("place", flat=True).distinct()})
    for space in spaces:
        yield RecordDisclose.model_validate(
            {"under": UNDER.get(Kind(request.kind), "other"), "shared_by_staff": True, "space": space}
        )


def outcome_of(request: Request) -> Outcome | None:
    """Return how a request ends by what was decided, or was recorded as done; None while something is
    undecided, or nothing was searched for or recorded. What wasn't about the request counts as not found, and
    so does what the leads leave out for a reason that isn't told: it would say that there is something."""
    if request.kind in MENDS:
        return _outcome_by_steps(request)
    progress = progress_of(request)
    if progress is None or progress.gathering.state == GatheringState.RUNNING:
        return None
    counts = counts_of(request)
    if counts.by_decision.get(Decision.UNDECIDED, 0) or waits_for_leads(request):
        return None
    given = counts.by_decision.get(Decision.GIVEN, 0)
    part = counts.by_decision.get(Decision.COVERED, 0)
    unsaid = request.found.filter(lead=True, decision=Decision.LEFT_OUT, exemption__in=UNSPOKEN).count()
    withheld = counts.by_decision.get(Decision.LEFT_OUT, 0) - counts.by_exemption.get(NOT_ASKED, 0) - unsaid
    if not given and not part:
        return Outcome.REFUSED if withheld else Outcome.NOTHING
    return Outcome.PART if part or withheld else Outcome.GIVEN


def _outcome_by_steps(request: Request) -> Outcome | None:
    mended = MENDS[request.kind]
    kinds = set(request.steps.filter(kind__in=[mended, StepKind.LEFT]).values_list("kind", flat=True))
    if not kinds:
        return None
    if len(kinds) > 1:
        return Outcome.SOME
    if StepKind.LEFT in kinds:
        return Outcome.REFUSED
    return Outcome.CHANGED if mended == StepKind.MENDED else Outcome.STOPPED


def outcomes_for(request: Request) -> tuple[Outcome, ...]:
    """Return how a request may end: where something was searched for, of what says what was given only what
    was decided; of what says what was done about data only what was recorded."""
    every = OUTCOMES[request.kind]
    if request.kind in MENDS:
        done = outcome_of(request)
        follows = MENDED if done is None else (*MENDED, Outcome.REFUSED)
        return tuple(one for one in every if one not in follows or one == done)
    if not request.gatherings.exists():
        return every
    decided = outcome_of(request)
    return tuple(one for one in every if one not in ANSWERED or one == decided)


def check_ready(request: Request, *, by: Person) -> None:
    """Raise NotNow unless an answer can be made by this person: the search is over, all is decided and as it
    was then, and nothing that only the safeguarding leads decide on was given by this person alone."""
    progress = progress_of(request)
    if progress is None:
        raise NotNow(_("Nothing has been searched for yet."), _("Start the search first."))
    if progress.gathering.state == GatheringState.RUNNING:
        raise NotNow(_("The search is still running."), _("Wait until it has finished, or stop it."))
    rows = request.found.filter(decision=Decision.UNDECIDED)
    if rows.filter(lead=False).exists():
        raise NotNow(_("Something that was found isn’t decided yet."), _("Decide on it first."))
    if rows.exists() or waits_for_leads(request):
        raise NotNow(
            _("The safeguarding leads haven’t finished searching concerns."), _("Ask your safeguarding lead.")
        )
    check_not_about(request, by)
    given_as_lead = request.found.filter(lead=True, decision__in=[Decision.GIVEN, Decision.COVERED])
    if given_as_lead.filter(by=by).exists():
        raise NotNow(
            _("You decided to provide something about safeguarding, so another person has to check it."),
            _("Ask someone else who oversees how the policy is followed to finish this."),
        )
    if changed_since(request):
        raise NotNow(
            _("Something has changed or been deleted since it was decided."),
            _("Look at it and decide again."),
        )


def check_not_about(request: Request, by: Person) -> None:
    """Raise NotNow where the answer has something that may be about the person who finishes or takes it."""
    if answer_means(request, by):
        raise NotNow(
            _("Someone else has to finish this answer."),
            _("Ask another person who oversees how the policy is followed."),
        )


WRITE = "rights.write_answer"
LANGUAGES = ("en", "cy")
LONGEST_LETTER = 20_000
KEPT = timedelta(days=90)
"""How long after the request ended the file stays: so long a person may be expected to come back to it."""
_TO_FILL_IN = re.compile(r"\[[^\]\n]{1,200}\]")


@action
def make_answer(*, by: Person, at: datetime, request: Request, language: str, letter: str) -> Answer:
    """Start to make the answer; the one before is replaced. Raises NotAllowed, NotNow (closed, still
    searching, something is undecided or has changed), BadInput: no letter, or one to fill in; WordsHeld: it
    names another pupil than the request is about."""
    found = entered(request, by, at)
    check_ready(found, by=by)
    typed = check_words(letter=(letter, _("Write the letter")), longest=LONGEST_LETTER)["letter"]
    if _TO_FILL_IN.search(typed):
        raise BadInput({"letter": _("Replace what is in square brackets")})
    if language not in LANGUAGES:
        raise BadInput({"language": _("Choose a language")})
    check_leaving(
        Door.LETTER, {"letter": typed}, about=found, by=by, at=at, school=found.school,
        but_of=pupils_sought(found),
    )  # fmt: skip
    drop_answers(found.answers.all(), at=at)
    row = Answer(request=found, by=by, at=at, language=language, letter_ref=0, state_at=at)
    row.total = sum(counts_of(found).by_decision.get(one, 0) for one in (Decision.GIVEN, Decision.COVERED))
    row.save()
    row.letter_ref = seal_words(SEALED, {"letter": typed.replace("\r\n", "\n")}, about=row)
    row.save(update_fields=["letter_ref"])
    asked = record_disclosing(found, at=at)
    record(
        "rights.answer_asked", subject=found, at=at, actor=by, answer=row.pk,
        clauses=list(dict.fromkeys(clause for one in asked for clause in one.clauses)),
        decision=asked[0].pk if asked else None,
    )  # fmt: skip
    app.configure_task(WRITE, queue=work.LONG, lock=work.of_row(WRITE, row.pk)).defer(
        federation_id=row.federation_id, answer_id=row.pk
    )
    return row


@action
def note_answer(*, at: datetime, answer: int, sealed: SealedFile, volumes: int) -> bool:
    """Write down that the file of an answer is there; return False where a newer one replaced it, or where
    it is there already."""
    row = _making(answer)
    if row is None:
        return False
    row.state, row.state_at = AnswerState.READY, at
    row.file, row.size, row.digest = sealed.name, sealed.size, sealed.digest
    row.done, row.volumes = row.total, volumes
    row.save(update_fields=["state", "state_at", "file", "size", "digest", "done", "volumes"])
    record(
        "rights.answer_made", subject=row.request, at=at, answer=row.pk, digest=sealed.digest,
        number=row.total,
    )  # fmt: skip
    return True


@action
def note_answer_failed(*, at: datetime, answer: int) -> None:
    """Write down that the file could not be made."""
    row = _making(answer)
    if row is not None:
        row.state, row.state_at = AnswerState.FAILED, at
        row.save(update_fields=["state", "state_at"])
        record("rights.answer_failed", subject=row.request, at=at, answer=row.pk)


@action
def take_answer(*, by: Person, at: datetime, answer: Answer) -> Answer:
    """Write into the record that a person downloads an answer. Raises NotAllowed, NotNow: it isn't there."""
    check_decides(by, on=local_day(at))
    check_not_about(answer.request, by)
    if answer.state != AnswerState.READY:
        raise NotNow(_("This file doesn’t exist."), _("Prepare the answer again, if the request is open."))
    record(
        "rights.answer_taken", subject=answer.request, at=at, actor=by, answer=answer.pk, digest=answer.digest
    )
    return answer


@action
def end_answers(*, at: datetime) -> int:
    """Let go of the files of requests that ended some time ago; return how many. The files themselves go with
    the next sweep, because no row names them any more. Safe to run twice."""
    over = Answer.objects.filter(
        state=AnswerState.READY, request__state=State.CLOSED, request__state_at__lte=at - KEPT
    ).select_related("request")
    ended = list(over.select_for_update(of=("self",)))
    for row in ended:
        row.state, row.state_at = AnswerState.GONE, at
        row.save(update_fields=["state", "state_at"])
        record("rights.answer_deleted", subject=row.request, at=at, answer=row.pk, digest=row.digest)
    return len(ended)


def _making(answer: int) -> Answer | None:
    return (
        Answer.objects.select_for_update(of=("self",)).select_related("request")
        .filter(pk=answer, state=AnswerState.MAKING).first()
    )  # fmt: skip


ROWS: Mapping[Thing, Manager[Any]] = {
    Thing.PERSON: Person.objects,
    Thing.PUPIL: Pupil.objects,
    Thing.POST: Post.objects,
    Thing.PICTURE: Picture.objects,
    Thing.COMMENT: Item.objects,
}
"""Locked comments aren't among them: what is known of those stays with the safeguarding leads."""


def exists(thing: Thing, number: int) -> bool:
    """Return whether there is one with this number here; never of something else, which has no numbers."""
    return thing in ROWS and ROWS[thing].filter(pk=number).exists()


def name_of(thing: Thing, number: int) -> str:
    """Return its name in the record, as `publishing.post:17`."""
    return f"{ROWS[thing].model._meta.label_lower}:{number}"


@action
def stop_clock(*, by: Person, at: datetime, request: Request, waits: str, on: date) -> Request:
    """Let the clock wait for the person from the day on which they were asked. Raises NotAllowed, NotNow
    (closed, waits already), BadInput: the law doesn't let this kind wait for that; a day outside its time."""
    found = entered(request, by, at)
    if found.due_on is None:
        raise _stopped(found, waits)
    if waits not in MAY_WAIT[found.kind]:
        raise BadInput({"waits": _("Choose what you asked for")})
    last = _runs_since(found)
    if not last <= on <= min(found.due_on, local_day(at)):
        raise BadInput(
            {"on": _("Enter a day after the request or their last reply, and before the deadline")}
        )
    step(found, StepKind.WAITS, at=at, by=by, on=on, code=waits)
    return _moved(found, at=at, by=by)


def _stopped(request: Request, waits: str) -> NotNow:
    """Return what is told where the clock waits already: for the same reply, or for another."""
    stopped = _("The time limit is already paused."), _("Restart the time limit when the person has replied.")
    if waits_of(request)[1] == waits:
        return done_before(request, *stopped, due_on=None)
    return NotNow(
        _("The time limit is paused for another reason."),
        _("Restart the time limit when the person has replied."),
    )


@action
def restart_clock(
    *, by: Person, at: datetime, request: Request, on: date, identity: str = ""
) -> Request:  # fmt: skip
    """Let the clock run again from the day on which the person replied. `identity`: how they were checked,
    where that was waited for. Raises NotAllowed, NotNow (closed, runs already), BadInput."""
    found = entered(request, by, at)
    since = waits_since(found)
    if since is None:
        raise done_before(
            found,
            _("The time limit is already running."),
            otherwise=NotNow(
                _("The time limit is running and was never paused."), _("You can pause it first.")
            ),
            steps__kind=StepKind.RUNS,
        )
    if not since <= on <= local_day(at):
        raise BadInput({"on": _("Enter a day from when you asked until today")})
    waiting = waits_of(found)[1]
    if waiting == Waits.IDENTITY:
        if identity not in CHECKED:
            raise BadInput({"identity": _("Choose how you checked who is asking")})
        found.identity = identity
        found.save(update_fields=["identity"])
    step(found, StepKind.RUNS, at=at, by=by, on=on, code=waiting or "")
    return _moved(found, at=at, by=by)


@action
def extend(*, by: Person, at: datetime, request: Request, because: str, on: date) -> Request:
    """Give a request about a person's own data two more months. `on`: when they were told why, within the
    first month. Raises NotAllowed, NotNow, BadInput."""
    found = entered(request, by, at)
    if found.kind == Kind.INFORMATION:
        raise NotNow(
            _("The law has no extension like this for freedom of information."),
            _("Ask your data protection officer if you can’t answer in time."),
        )
    if found.extended:
        raise done_before(
            found,
            _("This was extended already."),
            _("The law allows this extension once. Answer by the deadline."),
            extended=True,
        )
    if found.due_on is None:
        raise NotNow(_("The time limit is paused."), _("Restart the time limit when the person has replied."))
    if because not in Because.values:
        raise BadInput({"because": _("Choose a reason")})
    if not found.received_on <= on <= min(found.due_on, local_day(at)):
        raise BadInput({"on": _("Enter the day you told them. It must be within the first month")})
    found.extended = True
    found.save(update_fields=["extended"])
    step(found, StepKind.EXTENDED, at=at, by=by, on=on, code=because)
    return _moved(found, at=at, by=by)


@action
def note(*, by: Person, at: datetime, request: Request, words: str) -> Step:
    """Add what was searched, found or agreed. Raises NotAllowed, NotNow, BadInput."""
    found = entered(request, by, at)
    typed = check_words(words=(words, _("Write your note")))
    return step(found, StepKind.NOTED, at=at, by=by, words=typed["words"])


@action
def mend(
    *,
    by: Person,
    at: datetime,
    request: Request,
    thing: str,
    did: str,
    words: str,
    number: int | None = None,
) -> Step:
    """Record that something was corrected or is no longer used, or that it stays as it is. `thing`: what it
    is, of `Thing`, with its `number` where it has one; `did`: the step. Raises NotAllowed, NotNow (closed, of
    another kind), BadInput."""
    found = entered(request, by, at)
    if found.kind not in MENDS:
        raise NotNow(
            _("This request doesn’t ask for data to be corrected."),
            _("If the person asks for that too, enter it as a new request."),
        )
    wrong: dict[str, Text] = {}
    if thing not in Thing.values:
        wrong["thing"] = _("Choose what it is about")
    if did not in (MENDS[found.kind], StepKind.LEFT):
        wrong["did"] = _("Choose what you did")
    if number is not None and "thing" not in wrong and not exists(Thing(thing), number):
        wrong["number"] = _("Check the number: nothing of this type has it")
    if wrong:
        raise BadInput(wrong)
    typed = check_words(words=(words, _("Write what you did, or why not")))
    numbered: dict[str, Any] = {} if number is None else {"number": number}
    return step(found, StepKind(did), at=at, by=by, code=thing, words=typed["words"], **numbered)


@action
def close(
    *, by: Person, at: datetime, request: Request, outcome: str, on: date, words: str = ""
) -> Request:  # fmt: skip
    """Close a request with its outcome and the day it was answered, and end its task. Where something was
    searched for, the outcome is what was decided about it, or that there is no answer. `words`: the exemption
    or reason, where something was left out or refused. Raises NotAllowed, NotNow (closed, the search runs,
    something is undecided or gone), BadInput."""
    found = entered(request, by, at)
    if outcome in ANSWERED and found.gatherings.exists():
        check_ready(found, by=by)
    if outcome not in outcomes_for(found):
        raise BadInput({"outcome": _("Choose how it ended")})
    empty = _("Write the exemption or reason you gave") if outcome in EXPLAINED else ""
    typed = check_words(words=(words, empty))
    if not found.received_on <= on <= local_day(at):
        raise BadInput({"on": _("Enter a day from when it came in until today")})
    found.gatherings.filter(state=GatheringState.RUNNING).update(state=GatheringState.STOPPED, ended_at=at)
    found.state, found.state_at, found.outcome, found.answered_on = State.CLOSED, at, outcome, on
    found.save(update_fields=["state", "state_at", "outcome", "answered_on"])
    step(found, StepKind.CLOSED, at=at, by=by, on=on, code=outcome, words=typed["words"])
    discharge(kind=ANSWER, subject=found, by=by, at=at)
    cancel(kind=LEADS, subject=found, because="closed", by=by, at=at)
    return found


@action
def retime(*, at: datetime, only: int | None = None) -> int:
    """Look at the deadlines of all open requests again, or of `only` one, with the calendars as they are now;
    return how many moved. Safe to run twice."""
    moved = 0
    rows = Request.objects.filter(state=State.OPEN)
    for row in (rows if only is None else rows.filter(pk=only)).order_by("pk"):
        try:
            found = still_open(row)
        except NotNow:
            continue
        if set_deadline(found):
            step(found, StepKind.RETIMED, at=at, by=None)
            move_task(found, at=at, by=None)
            moved += 1
    return moved


def _moved(request: Request, *, at: datetime, by: Person) -> Request:
    set_deadline(request)
    move_task(request, at=at, by=by)
    return request


def _runs_since(request: Request) -> date:
    """Return the day since which the clock runs: it came in, or the person replied."""
    newest = request.steps.filter(kind=StepKind.RUNS).order_by("-pk").first()
    return newest.on if newest is not None else request.received_on


AT_ONCE = 200
"""Pieces that are read in one transaction."""
TOLD_EVERY = 1.0
"""Seconds between two notes of how far it is."""
ENDINGS = (
    (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"%PDF", "pdf"), (b"PK\x03\x04", "zip"),
)  # fmt: skip
"""How files begin, and what their names end in."""

log = structlog.get_logger(__name__)


class Replaced(Exception):
    """A newer answer is being made instead, or a decision changed."""


class Changed(Exception):
    """What was to be given changed, or went, since it was decided."""


def make(federation_id: int, answer_id: int, *, clock: Clock) -> None:
    """Make the file of one answer, from the beginning where a worker was killed. One that is made already, or
    was replaced, is left alone. No row names the file before all of it is on the disk.

    Raises RuntimeError inside a scope: writing a large file has no place in a transaction. Raises what the
    database's absence raises: the job is tried again.
    """
    if in_scope():
        raise RuntimeError("an answer is not made inside a transaction")
    contents = _begin(federation_id, answer_id)
    if contents is None:
        return
    draft = sealed_files.Draft()
    try:
        written = write(contents, Sink(draft.write), went=_teller(federation_id, answer_id))
        sealed = draft.close()
        sealed_files.keep(sealed.name, federation_id=federation_id)
        with scope(federation_id):
            kept = note_answer(at=clock(), answer=answer_id, sealed=sealed, volumes=written.volumes)
        if not kept:
            sealed_files.remove(sealed.name, federation_id=federation_id)
    except Replaced:
        return
    except Exception as error:
        if is_away(error):
            raise
        log.exception("making an answer failed", federation=federation_id, answer=answer_id)
        with scope(federation_id):
            note_answer_failed(at=clock(), answer=answer_id)
    finally:
        draft.drop()


def contents_of(answer: Answer, federation_id: int) -> Contents:
    """Return what an answer is written from."""
    request = answer.request
    with translation.override(answer.language):
        title = {
            Kind.ACCESS.value: gettext("Copy of your data"),
            Kind.INFORMATION.value: gettext("The information you asked for"),
        }[request.kind]  # fmt: skip
        about = (
            (gettext("Request"), str(request.pk)),
            (gettext("Received"), formats.date_format(request.received_on, "j F Y")),
        )
    return Contents(
        number=request.pk, language=answer.language, federation=request.federation.name, title=title,
        about=about, received_on=request.received_on, made_at=answer.at,
        letter=opened(answer.letter_ref).get("letter", ""),
        pieces=lambda: _pieces(federation_id, request, total=answer.total),
    )  # fmt: skip


def _begin(federation_id: int, answer_id: int) -> Contents | None:
    with scope(federation_id):
        row = Answer.objects.select_related("request__federation").filter(pk=answer_id).first()
        if row is None or row.state != AnswerState.MAKING:
            return None
        return contents_of(row, federation_id)


def _teller(federation_id: int, answer_id: int) -> Callable[[int], None]:
    """Return what notes how far it is, now and then. It raises Replaced."""
    told = 0.0

    def went(done: int) -> None:
        nonlocal told
        if monotonic() - told < TOLD_EVERY:
            return
        told = monotonic()
        with scope(federation_id):
            if not Answer.objects.filter(pk=answer_id, state=AnswerState.MAKING).update(done=done):
                raise Replaced

    return went


def _pieces(federation_id: int, request: Request, *, total: int) -> Iterator[GivenPiece]:
    """Read what is given, some at a time, each in a transaction of its own. Raises Changed at the end unless
    all is there: each reading of them has the same pieces, under the same numbers."""
    number, after = 0, ("", 0)
    while True:
        with scope(federation_id):
            some, after_next = given_after(request, after, limit=AT_ONCE)
            made = [_piece(one, number + more, federation_id) for more, one in enumerate(some, 1)]
        yield from made
        number += len(made)
        if after_next is None:
            if number != total:
                raise Changed
            return
        after = after_next


def _piece(one: Given, number: int, federation_id: int) -> GivenPiece:
    return GivenPiece(
        number=number, place=str(one.place.name), title=str(one.piece.title), at=one.piece.at,
        texts=tuple(GivenText(str(text.label), text.text) for text in one.piece.texts),
        files=tuple(
            _file(file, number, place, federation_id) for place, file in enumerate(one.piece.files, 1)
        ),
        covered=bool(one.covered),
    )  # fmt: skip


def _file(file: File, number: int, place: int, federation_id: int) -> GivenFile:
    ending = "bin"
    try:
        with files.opened(file.digest, federation_id=federation_id) as there:
            begins = there.read(12)
        if begins[4:8] == b"ftyp":
            ending = "mp4"
        elif begins[:4] == b"RIFF" and begins[8:] == b"WEBP":
            ending = "webp"
        else:
            ending = next((name for start, name in ENDINGS if begins.startswith(start)), "bin")
    except (NotFound, OSError):
        pass  # `read` says so, and the answer names it

    def read() -> Iterator[bytes]:
        try:
            yield from files.read_in_pieces(file.digest, federation_id=federation_id)
        except NotFound as error:
            raise Gone from error

    return GivenFile(f"{number:04}-{place}.{ending}", str(file.label), read)
