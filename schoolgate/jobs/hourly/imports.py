"""Lists that nobody confirmed in a day lapse, and what is left of ended ones is erased."""

from collections.abc import Callable
from datetime import datetime

from schoolgate.accounts.actions.importing import let_account_imports_lapse, note_account_lists_erased
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.people.actions import let_imports_lapse, note_lists_erased
from schoolgate.people.lists.storing import remove_list


def run(at: datetime) -> None:
    """In every federation, lists of people and of accounts; the files go between two short transactions."""

    def lapse(federation_id: int) -> None:
        _lapse(federation_id, at, let_imports_lapse, note_lists_erased)
        _lapse(federation_id, at, let_account_imports_lapse, note_account_lists_erased)

    in_every_federation(lapse, failed="letting lists of people and accounts lapse failed")


def _lapse(
    federation_id: int, at: datetime, end: Callable[..., list[str]], note: Callable[..., None]
) -> None:
    with scope(federation_id):
        files = end(at=at)
    for file in files:
        remove_list(file, federation_id=federation_id)
    if files:
        with scope(federation_id):
            note(at=at, files=files)
