"""Rate limits, counted in the database's cache: of public forms, and of pages that a code opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt

from schoolgate.web.frame import errors
from schoolgate.web.frame.carrying import CARRIED

View = Callable[..., HttpResponseBase]
without_cookies = csrf_exempt
"""For a form in which a code or nothing decides what it may do, never a sign-in: a token against other sites'
forms would protect nothing, and shut out people whose browsers block cookies. Outermost."""
WRONG_CODES = "30/m"
"""Codes that open nothing, from one address."""
EACH_CODE = "200/m"
"""How often one code that works may be used, from anywhere. A calendar of a whole school asks for it too."""


LONGEST_READ = 12_000
"""Letters of a text that is read beyond a limit: more than a comment may have, also where marks make signs
long."""
CRIES = "10/h"
"""How many texts that may tell of danger are taken from one address beyond a limit."""


def limited(
    action: str,
    *,
    rate: str,
    looks: bool = False,
    otherwise: View | None = None,
    cries: Callable[[HttpRequest], bool] | None = None,
) -> Callable[[View], View]:
    """Answer 429 to a sender's POST once `rate` is used up; with `looks`, to reading the page too.

    A whole school, or a mobile network, may be one sender: choose a rate that a full assembly hall doesn't
    reach, and `coded` for what a code opens.

    Args:
        action: short name of what is counted, for example "comment".
        rate: amount and time, as "5/m" or "20/h"; counted for each network address, of which only a keyed
            digest is stored.
        otherwise: the page for people over the limit, called like the view; without it the usual one.
        cries: whether what is sent may tell of danger: `CRIES` of those are taken all the same.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            sender = ratelimit.get_ip(request)
            if _counts(request, action, rate, sender, looks=looks) or (
                cries is not None and cries(request) and _counts(request, f"{action}-cries", CRIES, sender)
            ):
                return view(request, *args, **kwargs)
            return otherwise(request, *args, **kwargs) if otherwise else errors.too_many(request)

        return run

    return decorate


def coded(
    action: str,
    *,
    part: str = "",
    otherwise: View | None = None,
    always: Callable[[HttpRequest], bool] | None = None,
) -> Callable[[View], View]:
    """Limit a page that a code opens: wrong codes by address, and each code by itself.

    A code that works is never refused for what its address sent: the view runs first, and 429 takes the place
    of its refusal alone. Guessing is hopeless by the length of the codes, the count ends the noise.

    Args:
        action: short name of what is counted.
        part: the argument of the address that is the code; without it a form holds the code, and the view
            calls `wrong_code`. A page that answers 404 had a wrong one too.
        otherwise: as for `limited`.
        always: whether this request is never refused, however often its code was used: a No.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            def refuse() -> HttpResponseBase:
                return otherwise(request, *args, **kwargs) if otherwise else errors.too_many(request)

            counts = bool(part) and not (always and always(request))
            if counts and not _counts(request, f"{action}-code", EACH_CODE, kwargs[part]):
                return refuse()
            answer = view(request, *args, **kwargs)
            wrong = answer.status_code == 404 or getattr(request, "wrong_code", False)
            if wrong and not _counts(request, f"{action}-wrong", WRONG_CODES, ratelimit.get_ip(request)):
                return refuse()
            return answer

        run.counts = "codes"  # type: ignore[attr-defined]
        return run

    return decorate


def wrong_code(request: HttpRequest) -> None:
    """Note that the code in this request's form opens nothing."""
    request.wrong_code = True  # type: ignore[attr-defined]


def sender_of(request: HttpRequest) -> str:
    """Return a keyed digest of the address that sends; one for all who come without any."""
    try:
        sender = ratelimit.get_ip(request)
    except PermissionDenied:
        sender = ""
    return _digest(sender)


def _digest(key: str) -> str:
    return salted_hmac("schoolgate.web.frame.limits", key, algorithm="sha256").hexdigest()


def _counts(request: HttpRequest, action: str, rate: str, key: str, *, looks: bool = True) -> bool:
    config = {action: f"{rate}/key"}
    return bool(
        ratelimit.consume(
            request,
            app="schoolgate.web",
            action=action,
            config=config,
            key=_digest(key),
            limit_get=looks or CARRIED.get() is not None,
        )
    )
