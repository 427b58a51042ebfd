"""Make the answer: a person writes the letter, a job writes the file, which goes 90 days after the end."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.sealed_files import SealedFile
from schoolgate.core.sealed_words import check_words, seal
from schoolgate.core.work import lanes
from schoolgate.people.models import Person
from schoolgate.rights.actions.keeping import SEALED, drop_answers, entered
from schoolgate.rights.disclosing import record_disclosing
from schoolgate.rights.found import counts_of
from schoolgate.rights.models import Answer, Request
from schoolgate.rights.ready import check_not_about, check_ready
from schoolgate.rights.rules import check_decides
from schoolgate.rights.states import AnswerState, Decision, State
from schoolgate.rights.whose import pupils_sought

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
    row.letter_ref = seal(SEALED, {"letter": typed.replace("\r\n", "\n")}, about=row)
    row.save(update_fields=["letter_ref"])
    asked = record_disclosing(found, at=at)
    record(
        "rights.answer_asked", subject=found, at=at, actor=by, answer=row.pk,
        clauses=list(dict.fromkeys(clause for one in asked for clause in one.clauses)),
        decision=asked[0].pk if asked else None,
    )  # fmt: skip
    app.configure_task(WRITE, queue=lanes.LONG, lock=lanes.of_row(WRITE, row.pk)).defer(
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
