"""Look after open accounts: who checked them, which no one looks after, which dates have come."""

from datetime import datetime, timedelta

from schoolgate.accounts.models import Archive, ArchiveState
from schoolgate.accounts.watching import watch_accounts
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import from_the_first, in_every_federation
from schoolgate.jobs.making import make_archive

PATIENCE = timedelta(hours=1)
"""How long a file may be on its way before its job is sent again."""


def run(at: datetime) -> None:
    """Run in every federation, in short transactions, until nothing is left."""

    def look(federation_id: int) -> None:
        from_the_first(federation_id, lambda after: watch_accounts(at=at, after=after))

    def go_on(federation_id: int) -> None:
        with scope(federation_id):
            late = Archive.objects.filter(
                state__in=[ArchiveState.WAITING, ArchiveState.MAKING], state_at__lte=at - PATIENCE
            )
            for pk in late.values_list("pk", flat=True)[:50]:
                make_archive.configure(queueing_lock=f"archive-{pk}").defer(
                    federation_id=federation_id, archive_id=pk
                )

    in_every_federation(look, failed="looking after accounts failed")
    in_every_federation(go_on, failed="going on with archives failed")
