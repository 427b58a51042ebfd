"""Expire imports that were not confirmed within a day, and erase what is left of ended ones."""

from datetime import datetime
from typing import Any

from schoolgate.accounts.importing import ACCOUNTS
from schoolgate.core.tenancy import scope
from schoolgate.inbox.actions.importing import COMMENTS
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.people.actions.importing import PEOPLE
from schoolgate.people.lists.importer import Importer, let_lapse, note_erased
from schoolgate.people.lists.storing import remove_list
from schoolgate.pupils.importing import PUPILS

KINDS: tuple[Importer[Any, Any, Any], ...] = (PEOPLE, ACCOUNTS, PUPILS, COMMENTS)


def run(at: datetime) -> None:
    """Run in every federation, for every kind of list; files are deleted between transactions."""

    def lapse(federation_id: int) -> None:
        for kind in KINDS:
            with scope(federation_id):
                files = let_lapse(kind=kind, at=at)
            for file in files:
                remove_list(file, federation_id=federation_id)
            if files:
                with scope(federation_id):
                    note_erased(kind=kind, at=at, files=files)

    in_every_federation(lapse, failed="letting lists of people and accounts lapse failed")
