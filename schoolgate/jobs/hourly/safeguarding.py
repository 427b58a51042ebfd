"""Ask a second person about roles that would make someone safeguarding lead."""

from datetime import datetime

from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.policy.actions.leads import ask_about_roles


def run(at: datetime) -> None:
    """Run in every federation."""

    def look(federation_id: int) -> None:
        with scope(federation_id):
            ask_about_roles(at=at)

    in_every_federation(look, failed="asking about safeguarding leads failed")
