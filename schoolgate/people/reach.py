"""Who can open a page at all: the one question of every rule and page that counts people who were told, or
who could act in another's place. A person who never signed in, is on long leave or has left, or hasn't the
second step that their role asks for, is told like the others and isn't counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from schoolgate.core.reading_once import A_DAY, A_NUMBER, FixedQuery
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on, here_on
from schoolgate.people.rules import factor_is_compulsory


def can_open(people: Iterable[Person | int], *, on: date) -> set[int]:
    """Return the ids of those of these people who can sign in and open a page on a day. Who is kept out of a
    thing isn't for this to say: the caller leaves them out before."""
    numbers = {one if isinstance(one, int) else one.pk for one in people}
    if not numbers:
        return set()
    asked = sorted(numbers)
    places = _places(len(asked))
    asked += asked[-1:] * (len(places) - len(asked))
    found = _who_sign_in(len(places)).ask({A_DAY: on, **dict(zip(places, asked, strict=True))})
    return {
        one.pk
        for one in found
        if one.has_factor or not (one.user.must_set_factor or factor_is_compulsory(one, on=on))
    }


def _places(many: int) -> list[int]:
    """Return as many values of no meaning or more, so that few statements are written: 1, 2, 4, 8 ..."""
    return [A_NUMBER - place for place in range(1 << (many - 1).bit_length())]


@cache
def _who_sign_in(many: int) -> FixedQuery[Any]:
    factors = Authenticator.objects.filter(user=OuterRef("user")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    people = Person.objects.filter(
        here_on(A_DAY), ~away_on(A_DAY, person="pk"), pk__in=_places(many), user__is_active=True,
        user__last_login__isnull=False,
    )  # fmt: skip
    return FixedQuery(people.select_related("federation", "user").annotate(has_factor=Exists(factors)))
