"""Delete the uploads that were begun and never used, and the words read in photographs never saved."""

from datetime import datetime

from schoolgate.core.pieces import sweep
from schoolgate.core.tenancy import scope
from schoolgate.inbox.photo_words import forget_words
from schoolgate.jobs.everywhere import in_every_federation


def run(at: datetime) -> None:
    """Delete those to which nothing has come for a day."""
    sweep(at)

    def forget(federation_id: int) -> None:
        with scope(federation_id):
            forget_words(at=at)

    in_every_federation(forget, failed="deleting the words of photographs failed")
