"""Remove old notices."""

from datetime import datetime

from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.notices import sign_in
from schoolgate.notices.mails import forget


def run(at: datetime) -> None:
    """Run in every federation, and for the mails of the sign-in pages."""
    sign_in.forget_old(at)

    def look(federation_id: int) -> None:
        forget(federation_id, at=at)

    in_every_federation(look, failed="removing old notices failed")
