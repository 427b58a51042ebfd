"""What a step answers that comes after another: done before, or no longer possible."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from schoolgate.core.errors import AlreadyDone, NotNow


@contextmanager
def done_already(match: str | None = None) -> Iterator[None]:
    """What this step is for holds: its page says who did it, and that nothing else is needed."""
    with pytest.raises(AlreadyDone, match=match):
        yield


@contextmanager
def not_done(match: str | None = None) -> Iterator[None]:
    """What this step is for doesn't hold: nobody is told that it is done, and there is a next step."""
    with pytest.raises(NotNow, match=match) as found:
        yield
    assert not isinstance(found.value, AlreadyDone)
    assert found.value.next_step
