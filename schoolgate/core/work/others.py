"""Jobs of another release: while machines are upgraded one after the other, a new one may defer what an old
one doesn't know."""

from __future__ import annotations

from typing import Any, Final

from procrastinate import App, BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job
from procrastinate.tasks import Task

from schoolgate.core.work import lanes

SECONDS_UNTIL_AGAIN: Final = 30
MOST_TRIES: Final = 480
"""Four hours; then it has failed, as a job that no release knows."""


class NotOurs(Exception):
    """This release has no such task."""


class LeftToOthers(BaseRetryStrategy):
    """Puts a job back for a worker that knows it."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Again in half a minute, for some hours."""
        return RetryDecision(retry_in={"seconds": SECONDS_UNTIL_AGAIN}) if job.attempts < MOST_TRIES else None


class Tasks(dict[str, Task[Any, Any, Any]]):
    """The tasks of this release by their names; by any other name one that leaves the job to others."""

    def __init__(self, app: App) -> None:
        super().__init__(app.tasks)
        self._app = app

    def get(self, name: str, default: Any = None) -> Any:
        """Return the task that a worker is to run."""
        return super().get(name) or Task(
            _not_ours, blueprint=self._app, name=name, queue=lanes.AT_HAND, retry=LeftToOthers()
        )


def _not_ours(**_what: object) -> None:
    raise NotOurs
