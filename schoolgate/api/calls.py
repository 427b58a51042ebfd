"""The way in: a key says who calls; each operation runs in that person's scope, in one transaction."""

import hashlib
import inspect
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial, wraps
from typing import Any, cast

from allauth.core.internal import ratelimit
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import JsonResponse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer

from schoolgate.api.problems import TooOften
from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import BadInput, NotAllowed, NotFound
from schoolgate.core.moves import lost_races_told
from schoolgate.core.tenancy import scope
from schoolgate.people.models import ApiToken, Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.sessions import done_by_call, find, note_call, said_as

RATE = "300/m"
"""Requests that one key may send."""
WRONG_KEYS = "60/m"
"""Requests without a living key that one address may send."""
ONLY_LOOKS = ("GET", "HEAD")
ONCE = "Idempotency-Key"
TAKEN_IN = 202
KEY_SHAPE = "^[!-~]{1,200}$"
_KEY = re.compile(KEY_SHAPE)


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


Shown = Callable[["Call", int], Any]
"""Answers with the thing of that number, as it is now. Raises NotFound where the caller may not read it."""


def inside(
    operation: Callable[..., Any], *, looks: bool = False, shown: Shown | None = None
) -> Callable[..., Any]:
    """Make `operation(call, ...)` an operation of ninja's: run in the caller's scope, one transaction.

    It answers plain values: outside the scope no row can be read any more. `looks`: as in `call_of`. `shown`:
    as in `once`; every operation that changes something has it, and answers the number of the thing.
    """

    @wraps(operation)
    def run(request: HttpRequest, **given: Any) -> Any:
        with enter(request):
            call = call_of(request, looks=looks)
            act = partial(operation, call, **given)
            return act() if shown is None else once(request, call, act, shown=shown)

    run.does_once = shown is not None  # type: ignore[attr-defined]
    signature = inspect.signature(operation)
    first, *others = signature.parameters.values()
    run.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[first.replace(name="request", annotation=HttpRequest), *others]
    )
    return run


def changes(shown: Shown) -> Callable[[Callable[..., int]], Callable[..., Any]]:
    """`inside`, of an operation that changes the thing of the number that it returns, and answers with it:
    sent again with the same `Idempotency-Key`, it does nothing more and answers with the thing as it is
    now."""
    return partial(inside, shown=shown)


def once(request: HttpRequest, call: Call, act: Callable[[], int], *, shown: Shown) -> Any:
    """Carry out a change, or nothing where the request names itself by a key and it was carried out before,
    and answer with the thing as it is now. Inside the scope. What was refused did nothing, so it's tried
    again. Raises BadInput.

    Who may not read it, such as a comment that only the safeguarding leads do, learns that it was taken in
    and its number: a program that was told that there is no such thing would send it again."""
    thing = _thing_of(request, call, act)
    try:
        return shown(call, thing)
    except NotFound:
        taken = JsonResponse({"id": thing}, status=TAKEN_IN, headers={"Cache-Control": "no-store"})
        if getattr(request, "done_before", False):
            taken.headers["Idempotency-Replayed"] = "true"
        return taken


def _thing_of(request: HttpRequest, call: Call, act: Callable[[], int]) -> int:
    said = request.headers.get(ONCE)
    if said is None:
        return act()
    if not _KEY.fullmatch(said):
        raise BadInput({ONCE: _("Send 1 to 200 letters, numbers and symbols, without spaces.")})
    of: Any = {"at": call.at, "token": _key_of(request)}
    of |= {"said": said_as(said), "request": said_as(_sent(request))}
    thing = done_by_call(**of)
    if thing is not None:
        request.done_before = True  # type: ignore[attr-defined]
        return thing
    thing = act()
    note_call(**of, thing=thing)
    return thing


def _sent(request: HttpRequest) -> str:
    """Return what was sent, as far as it can change what is done. The body of a form with files has another
    boundary each time."""
    if request.content_type != "multipart/form-data":
        body: Any = hashlib.sha256(request.body).hexdigest()
    else:
        files = [(name, _digest(one)) for name in request.FILES for one in request.FILES.getlist(name)]
        body = [sorted(request.POST.lists()), files]
    return json.dumps([request.method, request.get_full_path(), body])


def _digest(file: Any) -> str:
    file.seek(0)
    return hashlib.sha256(b"".join(file.chunks())).hexdigest()


inside_to_look = partial(inside, looks=True)
"""`inside`, of an operation that only looks though its words come by POST."""
