"""Reading one account, looking for its mark, and looking for a page for parents: each is a job of its own, so
that a slow network doesn't hold up the others."""

from datetime import timedelta

from procrastinate.contrib.django import app

from schoolgate.accounts import connecting
from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.core.work import lanes
from schoolgate.inbox import polling
from schoolgate.jobs import beating
from schoolgate.policy.actions import note_parents_page
from schoolgate.policy.models import ParentsPage
from schoolgate.policy.parents_pages import state_of

LIMIT, SLOW_LIMIT = timedelta(seconds=45), timedelta(minutes=3)
"""How long a reading may take; the second for an account for which the first was too short."""


@app.task(name="accounts.read", queue=lanes.READING)
def read(federation_id: int, account_id: int, slow: bool) -> None:
    """Read what arrived on the account."""
    with beating.part_of("minutely.poll", f"account-{account_id}"):
        polling.poll(federation_id, account_id, clock=now, limit=SLOW_LIMIT if slow else LIMIT)


@app.task(name="policy.look_for_parents_page", queue=lanes.READING_SLOWLY)
def look_for_parents_page(federation_id: int, page_id: int) -> None:
    """Check whether a page for parents is on a school's website. No scope is open while it is fetched."""
    with scope(federation_id):
        page = ParentsPage.objects.filter(pk=page_id, ended_at=None).first()
    if page is not None:
        state = state_of(page.address)
        with scope(federation_id):
            note_parents_page(at=now(), page=page, state=state)


@app.task(name="accounts.look_for_marks", queue=lanes.READING_SLOWLY)
def look_for_marks(federation_id: int, account_id: int) -> None:
    """Check whether the account shows our mark."""
    connecting.look(federation_id, account_id, at=now())
