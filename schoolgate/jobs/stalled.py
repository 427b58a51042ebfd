"""Jobs whose worker was killed: they are put back. A job runs twice rather than never."""

from datetime import UTC, datetime

import structlog
from procrastinate import JobContext
from procrastinate.contrib.django import app

log = structlog.get_logger(__name__)


# Without a lock, unlike the sweeps: a lock held by a dead worker's job is what this frees.
@app.periodic(cron="* * * * *", periodic_id="stalled")
@app.task(name="stalled", pass_context=True)
async def put_back(context: JobContext, timestamp: int) -> None:
    """Put back each job whose worker has not been heard of for half a minute."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        log.warning("job put back", task=job.task_name, job=job.id)
        await manager.retry_job(job, retry_at=datetime.now(UTC))
