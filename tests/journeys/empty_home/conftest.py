"""A home in which nothing is set up, served to browsers."""

from tests.browsing import served  # noqa: F401 - fixture
