"""Erase one thing before its time, because a person decided so: at once, with a certificate."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core import holds
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.models import Destruction
from schoolgate.core.reasons import reason
from schoolgate.core.retention import Kind
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.records import queries
from schoolgate.records.actions.destroying import destroy_with_certificate
from schoolgate.records.duty_kinds import ERASE
from schoolgate.records.models import Erasing
from schoolgate.records.rules import check_decides, check_may_know
from schoolgate.records.states import Why


@action
def erase_one(
    *, by: Person, at: datetime, kind: Kind, pk: int, because: str, words: str
) -> Destruction | None:
    """Erase one thing, whatever its period, unless a ban keeps it or something about it is open. Where a
    second person has to agree, the first asks (None), and one of the others erases it. Each writes why.

    This is the only way in which a person erases anything: each door comes here. Waits for a ban that is
    being placed, so that of the two the first counts. Raises NotAllowed; NotFound where there is none or it
    is gone; NotNow; BadInput: because, words.
    """
    on = local_day(at)
    check_decides(by, on=on, kind=kind)
    check_may_know(by, kind, pk, on=on)
    if because not in Why.values:
        raise BadInput(fields={"because": _("Choose a reason")})
    words = reason(words, "words")
    Erasing.objects.create(kind=kind.key, thing=pk, words=words, by=by, at=at)
    others = kind.second_people(pk, by=by, on=on)
    task: dict[str, Any] = {"kind": ERASE, "subject": kind.subject_of(pk), "at": at, "by": by}
    if others and not discharge(**task, how="agreed", person=by):
        _ask_second(kind, pk, others, by=by, at=at)
        return None
    cancel(**task, because="erased")
    return _erase(kind, pk, at=at, because=because, by=subject_of(by), actor=by)


def _ask_second(kind: Kind, pk: int, people: list[Person], *, by: Person, at: datetime) -> None:
    """Ask these people to erase it as the second one, if it could go now. Raises NotNow."""
    holds.one_at_a_time()
    going = queries.going(kind, pk, at=at)
    if going.refusal is not None:
        raise going.refusal
    for person in people:
        open_duty(kind=ERASE, subject=kind.subject_of(pk), at=at, due=Due.none_promised(), person=person)
    record("records.erasing_asked", subject=kind.subject_of(pk), at=at, actor=by)


@action
def erase_again(*, at: datetime, kind: Kind, pk: int, because: str, by: str) -> Destruction:
    """Erase again what was erased after the backup that this installation was restored from.

    `by`: who had decided it, as the certificate has it. Raises NotFound where the backup does not have it;
    NotNow where a ban of that time keeps it, or something about it was open then.
    """
    return _erase(kind, pk, at=at, because=because, by=by, actor=None)


def _erase(kind: Kind, pk: int, *, at: datetime, because: str, by: str, actor: Person | None) -> Destruction:
    holds.one_at_a_time()
    going = queries.going(kind, pk, at=at)
    if going.refusal is not None:
        raise going.refusal
    return destroy_with_certificate(
        kind, going.rows, "records.erased", at=at, actor=actor, thing=pk, because=because, by=by
    )
