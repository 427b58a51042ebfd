"""Look again for the people that comments may mean, after a person came, was renamed or got a role, and for
the children that drafts may name. Concerns are read each minute (`minutely/reports.py`)."""

from datetime import datetime

from schoolgate.inbox.actions.reading_again import read_names_again
from schoolgate.jobs.everywhere import from_the_first, in_every_federation, until_nothing_is_left
from schoolgate.publishing.actions.for_leads import note_again_for_leads


def run(at: datetime) -> None:
    """Run in every federation, in short transactions, until nothing is left."""

    def read(federation_id: int) -> None:
        until_nothing_is_left(federation_id, lambda: bool(read_names_again(at=at)))
        from_the_first(federation_id, lambda after: note_again_for_leads(at=at, after=after))

    in_every_federation(read, failed="reading again for names failed")
