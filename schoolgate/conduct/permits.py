"""Permissions that a saved answer waits for: to use a private email or phone for school business."""

from __future__ import annotations

from datetime import date, datetime

from schoolgate.conduct.actions.answering import decide_again
from schoolgate.conduct.lacking import place_of_answer
from schoolgate.conduct.models import KeptAnswer
from schoolgate.core.errors import NotFound
from schoolgate.core.subjects import number_of
from schoolgate.people.models import Person
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.permitting import Area, Place, declare


def _answer(pk: int) -> KeptAnswer:
    found = KeptAnswer.objects.select_related("person").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _thing(pk: int) -> tuple[KeptAnswer, Place]:
    found = _answer(pk)
    return found, place_of_answer(found)


def _sees(person: Person, pk: int, _on: date) -> bool:
    return KeptAnswer.objects.filter(pk=pk, person=person).exists()


def _current(asked: PermissionAsked) -> bool:
    return KeptAnswer.objects.filter(pk=number_of(asked.about)).exists()


def _given(asked: PermissionAsked, _by: Person, at: datetime) -> None:
    decide_again(answer=_answer(number_of(asked.about)), at=at)


declare("conduct.keptanswer", Area("own-answer", _sees, _thing, _current, _given))
