"""The program's own log, as a test reads it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest

from schoolgate.config.logging import logging_settings
from schoolgate.core.env import Env


@contextmanager
def logged(*, form: str = "json", level: str = "INFO") -> Iterator[StringIO]:
    """What the program writes into its log meanwhile. Afterwards the log is as it was: at DEBUG each page
    would go on being written out whole, which made a run of the tests a fifth longer."""
    root = logging.getLogger()
    handlers, before = [*root.handlers], root.level
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCHOOLGATE_LOG_FORMAT", form)
        patch.setenv("SCHOOLGATE_LOG_LEVEL", level)
        try:
            logging_settings(Env())
            written = StringIO()
            patch.setattr(root.handlers[0], "stream", written)
            yield written
        finally:
            root.handlers[:] = handlers
            root.setLevel(before)
