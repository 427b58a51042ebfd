"""The program's own keys are missing: pages of the sign-in library say so, and who to ask."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import SchoolgateError
from schoolgate.core.vault import CannotOpen
from schoolgate.web.frame import errors

SAID = _("Your two-step verification can’t be checked because one of Schoolgate’s own keys is missing.")
NEXT = _(
    "This isn’t your fault. Use a passkey if you have one, or ask two people "
    "who look after people and roles to reset your two-step verification."
)
log = structlog.get_logger(__name__)


class LostKeys:
    """Turns a secret that no key opens into a page. Our own pages never let it come this far."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page with a next step for a secret that cannot be opened; anything else goes its way."""
        if not isinstance(exception, CannotOpen):
            return None
        log.error("second_step_cannot_be_opened")
        return errors.show(request, SchoolgateError(SAID, NEXT))
