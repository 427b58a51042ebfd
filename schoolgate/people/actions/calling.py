"""Remember what a program's request did, so that the same request sent again does nothing more."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.errors import BadInput
from schoolgate.people.models import ApiCall, ApiToken

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
