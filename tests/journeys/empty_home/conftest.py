"""A home in which nothing is set up, and browsers in which nothing is remembered."""

from collections.abc import Callable

import pytest

from tests.eyes import Eyes
from tests.web import scriptless


@pytest.fixture
def phone(eyes: Eyes) -> Callable[[], scriptless.Page]:
    """`phone()`: somebody's own browser."""

    def open_one() -> scriptless.Page:
        page = scriptless.open_context().new_page()
        page.eyes = eyes
        return page

    return open_one
