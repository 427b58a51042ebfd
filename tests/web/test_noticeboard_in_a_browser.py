"""The noticeboard in a real browser: a wide picture, a long word and Arabic fit on a phone."""

import pytest

from tests.browsing import open_context, wrong_with
from tests.web.test_noticeboard_pressed import board

__all__ = ["board"]
pytestmark = pytest.mark.browser


def test_the_board_is_readable_by_everybody(served, board, chromium):
    _, receipt = board
    page = open_context(chromium).new_page()
    for path in ("/wildground/noticeboard/juniors/", receipt.ref.address):
        page.goto(f"{served}{path}")
        assert wrong_with(page) == []
