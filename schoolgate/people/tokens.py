"""Keys with which a program acts for a person: made once, stored as a digest, found again by it.

The text names its federation, so that its row can be behind row-level security like everything else of a
federation: `sg_<federation id>_<secret>`.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from django.db.models import Q

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.people import queries, rules
from schoolgate.people.models import ApiToken, Person

SHAPE = re.compile(r"sg_([1-9][0-9]{0,17})_[A-Za-z0-9_-]{43}")
LONGEST = timedelta(days=366)
"""House rule (docs/api.md): a key ends by itself after a year at most, so that a forgotten one dies."""


def new_text(federation_id: int) -> str:
    """Return a fresh key for that federation: 256 random bits."""
    return f"sg_{federation_id}_{secrets.token_urlsafe(32)}"


def digest_of(text: str) -> str:
    """Return the stored digest of a key. The key is random, so a plain SHA-256 can't be guessed back."""
    return hashlib.sha256(text.encode()).hexdigest()


def federation_of(text: str) -> int | None:
    """Return the federation that a key names, or None where the text is no key at all."""
    found = SHAPE.fullmatch(text)
    return int(found[1]) if found else None


def find(text: str, *, at: datetime) -> ApiToken | None:
    """Return the live key of this text with its person, or None. Opens a scope of its own and records the day
    of use.

    It is dead once it has expired or was ended, once its person has left, holds no role any more or may not
    sign in; and where a second step is compulsory for the person by now and the key was made without one.
    """
    federation_id = federation_of(text)
    if federation_id is None:
        return None
    on = local_day(at)
    with scope(federation_id):
        token = (
            ApiToken.objects.filter(digest=digest_of(text), ended_at=None, expires_at__gt=at)
            .select_related("person__federation", "person__user")
            .first()
        )
        if token is None or not _may_come_in(token, at=at):
            return None
        unused = Q(last_used_on=None) | ~Q(last_used_on=on)
        ApiToken.objects.filter(unused, pk=token.pk).update(last_used_on=on)
    return token


def _may_come_in(token: ApiToken, *, at: datetime) -> bool:
    person, on = token.person, local_day(at)
    if not person.user.is_active or person.user.must_set_factor:
        return False
    if not queries.assignments(person, on=on, where=queries.Where(anywhere=True)).exists():
        return False
    return token.with_factor or not rules.factor_is_compulsory(person, on=on)


def tokens_of(person: Person, *, at: datetime) -> list[ApiToken]:
    """Return the keys of a person that have neither expired nor been ended, newest first."""
    return list(ApiToken.objects.filter(person=person, ended_at=None, expires_at__gt=at).order_by("-id"))


def end_all(person: Person, *, at: datetime) -> int:
    """End every key of a person; returns how many. To be called by the actions that make a person go."""
    return ApiToken.objects.filter(person=person, ended_at=None).update(ended_at=at)


def end_by(person: Person, *, when: datetime) -> int:
    """Shorten a person's keys to end by a coming instant; returns how many that shortened."""
    longer = ApiToken.objects.filter(person=person, ended_at=None, expires_at__gt=when)
    return longer.filter(made_at__lt=when).update(expires_at=when)
