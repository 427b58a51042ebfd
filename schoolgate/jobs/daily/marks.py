"""Look week by week whether our accounts show that they are ours and pages for parents are there; adopted
pages reach the register."""

from datetime import datetime

from schoolgate.accounts import connecting
from schoolgate.accounts.unofficial import end_adopted
from schoolgate.core.tenancy import scope
from schoolgate.core.work import lanes
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.jobs.reading import look_for_marks, look_for_parents_page
from schoolgate.policy import parents_pages


def run(at: datetime) -> None:
    """Start a job for each account, so that one slow or broken page doesn't hold up the others."""

    def settle(federation_id: int) -> None:
        with scope(federation_id):
            end_adopted(at=at)

    def look(federation_id: int) -> None:
        with scope(federation_id):
            due = connecting.due_for_a_look(at=at)
        for account_id in due:
            lock = lanes.of_account("marks", account_id)
            lanes.defer_once(
                look_for_marks, lane=lanes.READING_SLOWLY, lock=lock, once=lock, federation_id=federation_id,
                account_id=account_id,
            )  # fmt: skip

    def look_for_pages(federation_id: int) -> None:
        with scope(federation_id):
            due = parents_pages.due_for_a_look(at=at)
        for page_id in due:
            lanes.defer_once(
                look_for_parents_page, lane=lanes.READING_SLOWLY, lock=f"parents-page-{page_id}",
                once=lanes.of_row(look_for_parents_page.name, page_id), federation_id=federation_id,
                page_id=page_id,
            )  # fmt: skip

    in_every_federation(settle, failed="settling adopted pages failed")
    in_every_federation(look, failed="looking for the marks of accounts failed")
    in_every_federation(look_for_pages, failed="looking for the pages for parents failed")
