"""Lists of people that nobody confirmed in a day lapse, and what is left of ended ones is erased."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.people.actions import let_imports_lapse, note_lists_erased
from schoolgate.people.importing.storing import remove_list


def run(at: datetime) -> None:
    """In every federation; the files go between two short transactions."""

    def lapse(federation_id: int) -> None:
        with scope(federation_id):
            files = let_imports_lapse(at=at)
        for file in files:
            remove_list(file, federation_id=federation_id)
        if files:
            with scope(federation_id):
                note_lists_erased(at=at, files=files)

    in_every_federation(lapse, failed="letting lists of people lapse failed")
