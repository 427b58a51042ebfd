"""The way in: a key says who calls; each operation runs in that person's scope, in one transaction."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial, wraps
from typing import Any, cast

from allauth.core.internal import ratelimit
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer

from schoolgate.api.problems import TooOften
from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import NotAllowed
from schoolgate.core.moves import lost_races_told
from schoolgate.core.tenancy import scope
from schoolgate.people.models import ApiToken, Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.tokens import find

RATE = "300/m"
"""Requests that one key may send."""
WRONG_KEYS = "60/m"
"""Requests without a living key that one address may send."""
ONLY_LOOKS = ("GET", "HEAD")


@dataclass(frozen=True)
class Call:
    """Who calls and when. `at` is the one instant of this request: hand it to every action."""

    person: Person
    at: datetime

    @property
    def on(self) -> date:
        """The day of this call in London."""
        return local_day(self.at)


class Key(HttpBearer):
    """The person's key: `Authorization: Bearer sg_...`. Made on the page "You", or by `schoolgate token`."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The living key of that text, or None (401). Raises TooOften."""
        found = find(token, at=now())
        if found is None:
            return None
        _count(request, "key", RATE, str(found.pk))
        return found

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        """Authenticate a request, as ninja calls it. Clients that try out keys are slowed down."""
        found = cast("ApiToken | None", super().__call__(request))
        if found is None:
            _count(request, "wrong", WRONG_KEYS, _sender(request))
        return found


def _count(request: HttpRequest, action: str, rate: str, key: str) -> None:
    counted = ratelimit.consume(
        request, app="schoolgate.api", action=action, config={action: f"{rate}/key"}, key=key, limit_get=True
    )
    if not counted:
        raise TooOften


def _sender(request: HttpRequest) -> str:
    """A keyed digest of the address that sends; one for all who come without any."""
    try:
        address = ratelimit.get_ip(request)
    except PermissionDenied:
        address = ""
    return salted_hmac("schoolgate.api", address, algorithm="sha256").hexdigest()


@contextmanager
def enter(request: HttpRequest) -> Iterator[None]:
    """The scope of the federation and the person of this request's key."""
    token = _key_of(request)
    with lost_races_told(), scope(token.person.federation.pk, token.person_id):
        yield


def call_of(request: HttpRequest, *, looks: bool = False) -> Call:
    """Return the caller; inside the scope. `looks`: it changes nothing, whatever its method. Raises
    NotAllowed where the key is read-only."""
    token = _key_of(request)
    person = person_by_id(token.person_id)
    if "Accept-Language" not in request.headers:
        translation.activate(person.language)
    if request.method not in ONLY_LOOKS and not looks and not token.may_write:
        raise NotAllowed(_("This key may only read."), _("Create a key that can make changes."))
    return Call(person, now())


def _key_of(request: HttpRequest) -> ApiToken:
    return cast("ApiToken", request.auth)  # type: ignore[attr-defined]


def inside(operation: Callable[..., Any], *, looks: bool = False) -> Callable[..., Any]:
    """Make `operation(call, ...)` an operation of ninja's: run in the caller's scope, one transaction.

    It answers plain values: outside the scope no row can be read any more. `looks`: as in `call_of`.
    """

    @wraps(operation)
    def run(request: HttpRequest, **given: Any) -> Any:
        with enter(request):
            return operation(call_of(request, looks=looks), **given)

    signature = inspect.signature(operation)
    first, *others = signature.parameters.values()
    run.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[first.replace(name="request", annotation=HttpRequest), *others]
    )
    return run


inside_to_look = partial(inside, looks=True)
"""`inside`, of an operation that only looks though its words come by POST."""
