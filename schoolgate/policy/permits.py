"""Permissions about requests: what a role has to ask before it says yes."""

from datetime import date

from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import Leaving
from schoolgate.core.subjects import number_of
from schoolgate.people.models import Person
from schoolgate.policy.models import AskedState, PermissionAsked
from schoolgate.policy.permitting import Area, Place, area_of, declare, place_of, request_for


def _request(pk: int) -> PermissionAsked:
    found = PermissionAsked.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _sees(person: Person, pk: int, on: date) -> bool:
    try:
        request_for(person, pk, on=on)
    except NotFound:
        return False
    return True


def _thing(pk: int) -> tuple[PermissionAsked, Place]:
    found = _request(pk)
    return found, place_of(found)


def _current(asked: PermissionAsked) -> bool:
    of = _request(number_of(asked.about))
    return of.state == AskedState.OPEN and area_of(of).current(of)


def _leaves(asked: PermissionAsked) -> Leaving | None:
    of = _request(number_of(asked.about))
    return area_of(of).leaves(of)


declare("policy.permissionasked", Area("permission-asked", _sees, _thing, _current, leaves=_leaves))
