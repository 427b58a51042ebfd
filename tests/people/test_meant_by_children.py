"""G5: who is meant in a child's own words finds neither the concern nor the comment, and who is only spoken
of does. What was found of these lines at first sight stands in `meant_by_children`."""

from types import SimpleNamespace

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.core.models import Safeguarder
from schoolgate.inbox.models import Item
from schoolgate.inbox.ranking import for_leads_alone, known_at, rank
from schoolgate.people.turning_to import asks_to_keep_from_reader
from tests.cast import someone
from tests.inbox.conftest import beginning, cast, federation, school
from tests.people import meant_by_children as told

__all__ = ["beginning", "cast", "federation", "school"]
FALSE_BEFORE = (
    "who does your facebook? great posts", "ma'r ddynes sy'n rhedeg y dudalen yn ateb yn gyflym",
    "miss asked my daughter for her reading book", "miss told us if we tell the truth we wont be in trouble",
)  # fmt: skip
"""Kept from a colleague already before these were read so."""


@pytest.fixture
def here(cast, scoped, at):
    """Dilys leads on safeguarding, and Tom runs the account."""
    people = {
        name: someone(name, "staff") for name in ("Tom Ellery", "Joe Lister", "Rob Keane", "Olwen Price")
    }
    others = [someone(name, "staff") for name in ("Priya Shah", "Ned Ash")]
    lead, head = someone("Dilys Moss"), someone("Helen Marsh", "slt")
    Safeguarder.objects.create(place="lead", person_id=lead.pk, since=at)
    TeamMember.objects.create(
        account=cast.bluesky, person=people["Tom Ellery"], part="lead", from_day=at.date()
    )
    return SimpleNamespace(
        cast=cast, lead=lead, head=head, others=others, known=known_at(on=at.date()), at=at
    )


def test_a_concern_that_means_who_reads_it_is_not_the_leads(here):
    def means(text):
        return here.lead.pk in here.known.people.complained_of(text)

    assert [one for one in told.WALKED_CONCERNS if not means(one)] == []
    assert sum(map(means, told.CONCERNS_FIRST)) >= 24
    assert sum(map(means, told.CONCERNS_AFTERWARDS)) >= 38
    assert [one for one in told.OTHER_CONCERNS if means(one)] == []


def test_a_comment_that_means_a_colleague_is_kept_from_them(here):
    def kept(text):
        item = Item(account=here.cast.bluesky, author_name="Pat", received_at=here.at)
        rank(item, text, here.known)
        return bool(item.meant) or for_leads_alone(item)

    assert [one for one in told.WALKED_COMMENTS if not kept(one)] == []
    assert sum(map(kept, told.COMMENTS_FIRST)) >= 19
    assert sum(map(kept, told.COMMENTS_AFTERWARDS)) >= 19
    found = [one for one in told.OTHER_COMMENTS if kept(one)]
    assert set(found) <= {*FALSE_BEFORE, "pwy sy'n gneud y facebook? gwych"}


def test_a_wish_that_means_someone_else_keeps_it_from_no_one():
    assert asks_to_keep_from_reader("please dont let her read this")
    assert not asks_to_keep_from_reader("my stepdad hits me, dont let him read this")
