"""The lines of lists that wait for a confirmation get the vault's newest key, like all that is sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.apps import apps

from schoolgate.core import files
from schoolgate.core.errors import NotFound
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.core.vault import CannotOpen, also_sealed
from schoolgate.people.lists.storing import SEALED
from schoolgate.people.models.lists import BroughtList
from schoolgate.people.states.importing import ImportState


@also_sealed
def seal_lists_anew(newly: Callable[[str], str | None]) -> Iterator[str]:
    """Seal the lines of each list that is open; yields `list N of KIND` for what no key opens."""
    kinds = [model for model in apps.get_models() if issubclass(model, BroughtList)]
    for here in list(Federation.objects.values_list("pk", flat=True).order_by("pk")):
        for kind in kinds:
            with scope(here):
                waiting = kind._default_manager.filter(state=ImportState.OPEN).exclude(file="")
                rows = list(waiting.order_by("pk").values_list("pk", "file"))
            for pk, file in rows:
                try:
                    _seal_one(kind, pk, file, here, newly)
                except CannotOpen:
                    yield f"list {pk} of {kind._meta.label_lower}"


def _seal_one(
    kind: type[BroughtList], pk: int, file: str, here: int, newly: Callable[[str], str | None]
) -> None:
    """Put the lines away under another name, as that is their digest, and let the row point there."""
    try:
        sealed = newly(files.read(file, federation_id=here).decode())
    except NotFound:  # ended a moment ago
        return
    if sealed is None:
        return
    kept = files.keep(sealed.encode(), SEALED, federation_id=here)
    with scope(here):
        still = kind._default_manager.filter(pk=pk, file=file, state=ImportState.OPEN)
        moved = still.update(file=kept.digest)
    files.remove(file if moved else kept.digest, federation_id=here)
