"""Ask again, before a permission to continue ends, the person who gave it."""

from datetime import datetime

from schoolgate.accounts.proposing import ask_before_permission_ends
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation


def run(at: datetime) -> None:
    """Run in every federation."""

    def ask(federation_id: int) -> None:
        with scope(federation_id):
            ask_before_permission_ends(at=at)

    in_every_federation(ask, failed="asking before a leave to go on ends failed")
