"""Fixtures of this suite."""

from tests.network.fixtures import bluesky_network  # noqa: F401 - a fixture
