"""The public register, a page at a time."""

import pytest

from schoolgate.accounts.register import public_register
from tests.accounts.watched import open_account_of
from tests.cast import someone


@pytest.mark.parametrize(("there", "more"), [(2, False), (3, True)])
def test_a_next_page_is_there_only_where_it_has_an_account(school, at, there, more):
    owner = someone("Olwen Price")
    for number in range(there):
        open_account_of(school, owner, opened_at=at, name=f"Page {number}")
    found, after = public_register(limit=2)
    assert ([each.name for each in found], after is not None) == (["Page 0", "Page 1"], more)
    if after:
        rest, no_more = public_register(limit=2, after=after)
        assert ([each.name for each in rest], no_more) == (["Page 2"], None)
