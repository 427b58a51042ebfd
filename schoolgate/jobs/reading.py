"""Reading an account, its published posts, its mark, a page for parents, a place of a watch, a page that a
draft links to, a page that is evidence: each is a job of its own, so that a slow network doesn't hold up
the others.
"""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from schoolgate.accounts import connecting
from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.core.work import lanes
from schoolgate.inbox import ingesting
from schoolgate.incidents import capturing
from schoolgate.jobs import beating
from schoolgate.listening.watching import read_source
from schoolgate.policy.guides import state_of
from schoolgate.policy.guiding import note_parents_page
from schoolgate.policy.models import ParentsPage
from schoolgate.publishing import sending
from schoolgate.publishing.cards import READ_CARD, read_card

LIMIT, SLOW_LIMIT = timedelta(seconds=45), timedelta(minutes=3)
"""How long a reading may take; the second for an account for which the first was too short."""


@app.task(name="accounts.read", queue=lanes.READING)
def read(federation_id: int, account_id: int, slow: bool) -> None:
    """Read what arrived on the account."""
    with beating.part_of("minutely.poll", f"account-{account_id}"):
        ingesting.poll(federation_id, account_id, clock=now, limit=SLOW_LIMIT if slow else LIMIT)


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


@app.task(name="publishing.look", queue=lanes.READING)
def look(federation_id: int, account_id: int) -> None:
    """Read the posts of one account that are due."""
    with beating.part_of("minutely.live", f"account-{account_id}"):
        sending.read_back(federation_id, account_id, clock=now)


@app.task(name="listening.read", queue=lanes.READING_SLOWLY)
def search(federation_id: int, source_id: int) -> None:
    """Search the place once."""
    with beating.part_of("hourly.listening", f"source-{source_id}"):
        read_source(federation_id, source_id, clock=now)


@app.task(name=READ_CARD, queue=lanes.READING_SLOWLY)
def read_page(federation_id: int, card_id: int) -> None:
    """Read one page, once; where a worker was killed its author asks again."""
    read_card(federation_id, card_id, clock=now)


@app.task(name="incidents.capture", queue=lanes.READING_SLOWLY)
def capture(federation_id: int, person_id: int, evidence_id: int) -> None:
    """Fetch it and keep it, from the beginning where a worker was killed."""
    capturing.capture(federation_id, person_id, evidence_id, clock=now)
