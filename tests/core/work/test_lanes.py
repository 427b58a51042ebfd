"""A job that the database's absence broke runs again; a mistake does not."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from schoolgate.core import work


@pytest.mark.parametrize(
    ("error", "attempts", "again"),
    [
        (OperationalError("interrupted"), 0, True),
        (OperationalError("interrupted"), work.MOST_TRIES_WHILE_AWAY - 1, True),
        (OperationalError("interrupted"), work.MOST_TRIES_WHILE_AWAY, False),
        (ProgrammingError("no such column"), 0, False),
    ],
)
def test_only_what_the_database_broke_is_tried_again_and_not_for_ever(error, attempts, again):
    job = SimpleNamespace(attempts=attempts)
    assert (work.WhileAway().get_retry_decision(exception=error, job=job) is not None) is again


def test_what_comes_again_only_after_an_hour_is_tried_again_and_so_is_an_event():
    app.perform_import_paths()
    tried_again = {name for name, task in app.tasks.items() if task.retry_strategy}
    by_name = {
        "deliveries.deliver", "inbox.read_photo_words", "media.read_words", "publishing.read_card_words",
    }  # fmt: skip
    assert tried_again == by_name | {name for name in app.tasks if name.startswith(("hourly.", "daily."))}


def test_what_waits_already_is_not_put_in_again_and_the_database_has_no_error_to_log(db):
    app.perform_import_paths()
    task = app.tasks["inbox.read_photo_words"]
    before = ProcrastinateJob.objects.filter(queueing_lock="one").count()
    with CaptureQueriesContext(connection) as asked:
        for _ in range(2):
            work.defer_once(task, lane=work.PICTURES, lock="one", once="one", federation_id=1)
    assert ProcrastinateJob.objects.filter(queueing_lock="one").count() == before + 1
    assert sum("SAVEPOINT" in each["sql"] and "RELEASE" not in each["sql"] for each in asked) == 1
