"""Who is there where keys of accounts are kept."""

import pytest

from tests.accounts.keys.steps import on_team
from tests.cast import someone
from tests.publishing.conftest import account_on


@pytest.fixture
def cast(at_federation, at):
    """Wildground: Tom and Priya lead a page, Joe is its Administrator / Moderator, Ann has no part."""
    with at_federation("wildground") as cast:
        cast.tom = someone("Tom Ellery", "lead-staff-member")
        cast.priya = someone("Priya Nair", "staff")
        cast.joe = someone("Joe Lister", "administrator-moderator")
        cast.ann = someone("Ann Field", "staff")
        cast.page = account_on("facebook", cast.school, at)
        cast.members = {
            "tom": on_team(cast.page, cast.tom, "lead", at),
            "priya": on_team(cast.page, cast.priya, "lead", at),
            "joe": on_team(cast.page, cast.joe, "administrator", at),
        }
        yield cast


@pytest.fixture
def llanidloes(at_federation, at):
    """A policy that says nothing about keys, under which all staff may keep sign-ins somewhere."""
    with at_federation("llanidloes") as cast:
        cast.carys, cast.gethin = someone("Carys Huws", "staff"), someone("Gethin Lloyd", "staff")
        cast.page = account_on("facebook", cast.school, at, opened_by=cast.owner)
        on_team(cast.page, cast.carys, "lead", at)
        yield cast
