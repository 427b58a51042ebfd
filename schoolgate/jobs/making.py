"""What is made or searched in minutes: the file of an answer to a request about data and the search for it,
the file with everything of an account.
"""

from __future__ import annotations

from procrastinate.contrib.django import app

from schoolgate.accounts import archiving
from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.rights import requests
from schoolgate.rights.answering import WRITE, make


@app.task(name=WRITE, queue=lanes.LONG)
def write_answer(federation_id: int, answer_id: int) -> None:
    """Make it, from the beginning where a worker was killed."""
    make(federation_id, answer_id, clock=now)


@app.task(name="accounts.archive", queue=lanes.LONG)
def make_archive(federation_id: int, archive_id: int) -> None:
    """Make it, from the beginning where a worker was killed."""
    archiving.make(federation_id, archive_id, clock=now)


@app.task(name="rights.gather", queue=lanes.LONG)
def search_for_request(federation_id: int, gathering_id: int) -> None:
    """Search, from where a worker was killed."""
    requests.gather(federation_id, gathering_id, clock=now)
