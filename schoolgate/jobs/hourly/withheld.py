"""Take the prints of withheld pictures once more, some each hour: they may have been added when fewer were
taken."""

from datetime import datetime

from schoolgate.core.each import each_by_itself
from schoolgate.core.tenancy import scope
from schoolgate.jobs import beating
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.publishing.actions.withholding import print_anew, printed_before


def run(at: datetime) -> None:
    """Run in every federation, each picture by itself. Nothing is done where each has them."""

    def look(federation_id: int) -> None:
        with scope(federation_id):
            left = printed_before()
        if each_by_itself(
            left,
            lambda pk: print_anew(federation_id, pk, at=at),
            at=at,
            failed="prints of a picture were not taken",
        ):
            beating.trouble()

    in_every_federation(look, failed="taking prints of withheld pictures failed")
