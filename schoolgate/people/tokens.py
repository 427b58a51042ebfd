"""Keys with which a program acts for a person: made once, stored as a digest, found again by it, ended; and
what a program's request did, so that the same request sent again does nothing more.

The text names its federation, so that its row can be behind row-level security like everything else of a
federation: `sg_<federation id>_<secret>`.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.people import queries, rules
from schoolgate.people.models import ApiCall, ApiToken, Person

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
    """End every key of a person; returns how many. Called by the actions with which a person leaves."""
    return ApiToken.objects.filter(person=person, ended_at=None).update(ended_at=at)


def end_by(person: Person, *, when: datetime) -> int:
    """Shorten a person's keys to end by a coming instant; returns how many that shortened."""
    longer = ApiToken.objects.filter(person=person, ended_at=None, expires_at__gt=when)
    return longer.filter(made_at__lt=when).update(expires_at=when)


MOST = 20
"""Keys that one person may have at a time: more are only ever forgotten ones."""


@dataclass(frozen=True)
class NewToken:
    """A key just made. `text` is shown now and never again."""

    token: ApiToken
    text: str


@action
def make_token(
    *, by: Person, at: datetime, name: str, days: int, may_write: bool, with_factor: bool
) -> NewToken:
    """Make a key with which a program of `by` speaks for them, for `days` days.

    `with_factor`: whether `by` showed a second step when signing in. Raises NotAllowed (the second step is
    compulsory for this person and was not shown, or they hold no role), NotNow (too many), BadInput (name,
    days).
    """
    on = local_day(at)
    if not with_factor and rules.factor_is_compulsory(by, on=on):
        raise NotAllowed(
            _("Your role needs two-step verification, and you signed in without it."),
            next_step=_("Sign in again with your passkey or the code from your app, then create the key."),
        )
    rules.check_has_a_role(by, on=on)
    if len(tokens_of(by, at=at)) >= MOST:
        raise NotNow(_("You already have 20 keys."), next_step=_("End one that you no longer use."))
    tidy = _checked(name, days)
    text = new_text(current_scope().federation_id)
    token = ApiToken.objects.create(
        person=by,
        name=tidy,
        digest=digest_of(text),
        may_write=may_write,
        with_factor=with_factor,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    record("people.token_made", subject=token, at=at, actor=by, writes=may_write, days=days)
    return NewToken(token, text)


@action
def end_token(*, by: Person, at: datetime, token_id: int) -> ApiToken:
    """End a key of the user's own, or anyone's if the user manages people: it stops working at once.

    Raises NotFound (also for another user's), NotNow (ended already).
    """
    token = ApiToken.objects.select_related("person").filter(pk=token_id).first()
    own = token is not None and token.person_id == by.pk
    if token is None or not (own or rules.can(rules.check_may_administer, by, on=local_day(at))):
        raise NotFound
    if not ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=at):
        raise done_before(token, _("This key has already been ended."), ended_at__isnull=False)
    token.ended_at = at
    record("people.token_ended", subject=token, at=at, actor=by, person=token.person_id)
    return token


def _checked(name: str, days: int) -> str:
    wrong: dict[str, Text] = {}
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > 80 or any(unicodedata.category(c).startswith("C") for c in tidy):
        wrong["name"] = _("Say what the key is for, in 80 characters or fewer.")
    if not 1 <= days <= LONGEST.days:
        wrong["days"] = _("A key can last from one day to a year.")
    if wrong:
        raise BadInput(wrong)
    return tidy


KEPT = timedelta(days=1)
"""How long a program may send the same request again."""


def said_as(text: str) -> str:
    """Return the stored digest of a key, or of a request."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


@action
def done_by_call(*, at: datetime, token: ApiToken, said: str, request: str) -> int | None:
    """Return the number of what this request of a program did; None where it has done nothing yet. Another
    request with the same key waits until the transaction ends.

    Raises BadInput where the key came with another request before.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))",
            [f"schoolgate.api_call {said}", token.pk],
        )
    calls = ApiCall.objects.filter(token=token)
    calls.filter(at__lte=at - KEPT).delete()
    found = calls.filter(said=said).first()
    if found is not None and found.request != request:
        raise BadInput(
            {
                "Idempotency-Key": _(
                    "This key came with another request before. Use a new one for each request."
                )
            }
        )
    return found.thing if found else None


@action
def note_call(*, at: datetime, token: ApiToken, said: str, request: str, thing: int) -> ApiCall:
    """Note what a request of a program did, in the transaction in which it did it."""
    return ApiCall.objects.create(token=token, said=said, request=request, thing=thing, at=at)
