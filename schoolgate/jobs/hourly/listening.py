"""Have every place of every watch that runs searched, a job for each; wipe the words of old finds; notice a
search that the policy misses."""

from datetime import datetime

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.core.work import lanes
from schoolgate.jobs.everywhere import in_every_federation, until_nothing_is_left
from schoolgate.jobs.reading import search
from schoolgate.listening.finding import wipe_old
from schoolgate.listening.models import Source
from schoolgate.listening.watching import watch_searches


def run(at: datetime) -> None:
    """Run in every federation, without network requests."""

    def defer(federation_id: int) -> None:
        until_nothing_is_left(federation_id, lambda: wipe_old(at=at))
        with scope(federation_id):
            running = Source.objects.filter(watch__ended_at=None, watch__until__gte=local_day(at))
            sources = list(running.order_by("id").values_list("pk", "account_id"))
        for pk, account in sources:
            lock = lanes.of_account("searching", account) if account else f"searching-feed-{pk}"
            lanes.defer_once(
                search, lane=lanes.READING_SLOWLY, lock=lock, once=lanes.of_row(search.name, pk),
                federation_id=federation_id, source_id=pk,
            )  # fmt: skip

    def notice(federation_id: int) -> None:
        with scope(federation_id):
            watch_searches(at=at)

    in_every_federation(notice, failed="noticing that no one looks for public posts failed")
    in_every_federation(defer, failed="having watches searched failed")
