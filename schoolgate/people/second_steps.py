"""Secrets for checking second steps of sign-in: sealed by the vault, stored in the sign-in library's rows."""

from collections.abc import Callable, Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from schoolgate.core.vault import CannotOpen, also_sealed

SEALED = ("secret", "seed")
"""The names under which a row stores an app's secret and the seed of recovery codes."""
LISTS = ("migrated_codes",)


@also_sealed
def seal_anew(newly: Callable[[str], str | None]) -> Iterator[str]:
    """Seal each of them with the newest key; yields `second step N` for what no key opens."""
    for pk in list(Authenticator.objects.order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                _seal_one(Authenticator.objects.select_for_update().filter(pk=pk).first(), newly)
        except CannotOpen:
            yield f"second step {pk}"


def _seal_one(step: Any, newly: Callable[[str], str | None]) -> None:
    if step is None:  # taken off a moment ago
        return
    changed: dict[str, Any] = {
        name: new for name in SEALED if name in step.data and (new := newly(step.data[name]))
    }
    for name in LISTS:
        if name in step.data:
            changed[name] = [newly(each) or each for each in step.data[name]]
    if changed:
        step.data |= changed
        step.save(update_fields=["data"])
