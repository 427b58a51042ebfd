"""Instants on a page, as HTML takes them."""

from datetime import UTC, datetime

import pytest

from schoolgate.web.templatetags.web import at, briefly, in_list

MOMENT = datetime(2026, 11, 20, 9, 5, 7, 123456, tzinfo=UTC)


@pytest.mark.parametrize("shown", [at, briefly, lambda value: in_list(value, MOMENT.date())])
def test_an_instant_has_no_microseconds_for_html_knows_none(shown):
    assert 'datetime="2026-11-20T09:05:07+00:00"' in shown(MOMENT)
