"""What tests of the core say to the program from outside."""

from collections.abc import Callable, Iterator

import pytest

from schoolgate.core.env import env


@pytest.fixture
def told(monkeypatch) -> Iterator[Callable[..., None]]:
    """What the surroundings say, for this test alone."""

    def tell(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        env.cache_clear()

    yield tell
    env.cache_clear()
