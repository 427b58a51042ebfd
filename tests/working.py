"""What the worker would do of the jobs that wait, at an instant that the test chooses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import connection

from schoolgate.accounts import connecting
from schoolgate.inbox import ingesting, moderating, replying
from schoolgate.publishing import sending

log = structlog.get_logger(__name__)


def do_jobs(
    at: datetime, *, clock: Callable[[], datetime] | None = None, opener: connecting.Open | None = None
) -> int:
    """Do every job that speaks to a network, each by itself, as the worker does; returns how many there were.

    `clock` instead of standing still at `at`. `opener`: who reads pages. Other jobs are left where they are.
    """
    clock = clock or (lambda: at)
    does: dict[str, Callable[[dict[str, int]], object]] = {
        "sending.advance": lambda told: sending.advance(
            told["federation_id"], told["delivery_id"], clock=clock
        ),
        "answering.advance": lambda told: replying.advance(
            told["federation_id"], told["answer_id"], clock=clock
        ),
        "moderating.advance": lambda told: moderating.advance(
            told["federation_id"], told["moderation_id"], clock=clock
        ),
        "accounts.read": lambda told: ingesting.poll(told["federation_id"], told["account_id"], clock=clock),
        "accounts.look_for_marks": lambda told: connecting.look(
            told["federation_id"], told["account_id"], at=at, opener=opener
        ),
    }
    done = 0
    while rows := _take(list(does)):
        for task, told in rows:
            done += 1
            try:
                does[task](told)
            except Exception:
                log.exception("a job broke", task=task)
    return done


def _take(tasks: list[str]) -> list[tuple[str, dict[str, int]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH gone AS (
                DELETE FROM procrastinate_jobs WHERE status = 'todo' AND task_name = ANY(%s) RETURNING *
            ) SELECT task_name, args FROM gone ORDER BY id""",
            [tasks],
        )
        return [(task, json.loads(told)) for task, told in cursor.fetchall()]
