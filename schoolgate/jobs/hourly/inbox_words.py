"""Make comments and messages from before searchable, newest first, some thousands in an hour."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.inbox.words import note_words_of_earlier
from schoolgate.jobs.everywhere import in_every_federation

PAGES = 40


def run(at: datetime) -> None:
    """Run in every federation, page by page, each in a transaction of its own."""

    def look(federation_id: int) -> None:
        for _page in range(PAGES):
            with scope(federation_id):
                more = note_words_of_earlier(at=at)
            if not more:
                return

    in_every_federation(look, failed="making comments searchable failed")
