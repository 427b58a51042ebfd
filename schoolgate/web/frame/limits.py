"""Rate limits for public forms, counted in the database's cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from schoolgate.web.frame import errors

View = Callable[..., HttpResponseBase]


def limited(
    action: str, *, rate: str, looks: bool = False, otherwise: View | None = None
) -> Callable[[View], View]:
    """Answer 429 to a sender's POST once `rate` is used up; with `looks`, to reading the page too.

    Args:
        action: short name of what is counted, for example "comment".
        rate: amount and time, as "5/m" or "20/h"; counted for each network address, of which only a keyed
            digest is stored.
        otherwise: the page for people over the limit, called like the view; without it the usual one.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            sender = salted_hmac("schoolgate.web.frame.limits", ratelimit.get_ip(request)).hexdigest()
            counted = ratelimit.consume(
                request,
                app="schoolgate.web",
                action=action,
                config={action: f"{rate}/key"},
                key=sender,
                limit_get=looks,
            )
            if counted:
                return view(request, *args, **kwargs)
            return otherwise(request, *args, **kwargs) if otherwise else errors.too_many(request)

        return run

    return decorate
