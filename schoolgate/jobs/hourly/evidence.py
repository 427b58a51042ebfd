"""Remove sealed files that no row names: uploads that never ended, answers whose time is over. Have pages
fetched that a killed worker left."""

from datetime import datetime, timedelta

from schoolgate.core import sealed_files
from schoolgate.core.tenancy import scope
from schoolgate.incidents.capturing import working
from schoolgate.incidents.evidence import names_in_store
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.rights.answering import end_answers
from schoolgate.rights.finding import names_in_store as names_of_answers

NOT_YOUNGER = timedelta(hours=1)
"""A file that is being stored at this moment has no row yet."""


def run(at: datetime) -> None:
    """Run in every federation; files are deleted after the transaction."""

    def look(federation_id: int) -> None:
        working.look_after(federation_id, at=at)
        with scope(federation_id):
            end_answers(at=at)
            named = {*names_in_store(), *names_of_answers()}
        sealed_files.sweep(named, federation_id=federation_id, at=at, older_than=NOT_YOUNGER)

    in_every_federation(look, failed="looking after evidence failed")
