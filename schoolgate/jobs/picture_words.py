"""Read the words in a picture that was just added."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.media.reading import READ_WORDS, read_waiting


@app.task(name=READ_WORDS, queue=lanes.PICTURES, retry=lanes.WhileAway())
def read(federation_id: int, picture_id: int) -> None:
    """Read one picture in a process of its own. A worker does one at a time, which bounds the memory."""
    read_waiting(federation_id, picture_id, clock=now)
