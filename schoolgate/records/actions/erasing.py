"""Erase one thing before its time, because a person decided so: at once, with a certificate."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core import holds
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.models import Destruction
from schoolgate.core.retention import Kind
from schoolgate.core.subjects import subject_of
from schoolgate.people.models import Person
from schoolgate.records import queries
from schoolgate.records.actions.destroying import destroy_with_certificate
from schoolgate.records.rules import check_decides
from schoolgate.records.states import Why


@action
def erase_one(*, by: Person, at: datetime, kind: Kind, pk: int, because: str) -> Destruction:
    """Erase one thing, whatever its period, unless a ban keeps it or something about it is open.

    Waits for a ban that is being placed, so that of the two the first counts. Raises NotAllowed; NotFound
    where there is none or it is gone; NotNow; BadInput: because.
    """
    check_decides(by, on=local_day(at), kind=kind)
    if because not in Why.values:
        raise BadInput(fields={"because": _("Choose a reason")})
    return _erase(kind, pk, at=at, because=because, by=subject_of(by), actor=by)


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
