"""What happens around a comment on a Saturday night: it comes in, a moderator acts, the network follows."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import Page

from schoolgate.accounts.models import Account
from schoolgate.core.errors import NotNow
from schoolgate.core.leaving import Said, WordsHeld, answering
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox import first_read, ingesting, moderating
from schoolgate.inbox.models import Item, Moderation
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.seeing import item as item_by_id
from schoolgate.inbox.telling import settle_danger
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.people.models import Person
from tests.cast import someone
from tests.eyes import expect, wrong_with
from tests.journeys.posts.test_saturday_night import night_of, on_the_night
from tests.publishing.five_policies import PARTS, AtWork

__all__ = ["night_of", "on_the_night"]


def writes(house: AtWork, text: str, *, at: datetime, name: str = "A reader") -> int:
    """Someone writes below the post, and it comes in; the number of the item."""
    with scope(house.federation.pk):
        leave_comment(post=NoticeboardPost.objects.get(), name=name, text=text, at=at)
        board = Account.objects.get(network="noticeboard")
    ingesting.poll(house.federation.pk, board.pk, clock=lambda: at)
    with scope(house.federation.pk):
        return int(Item.every.order_by("-pk").values_list("pk", flat=True)[0])


def shown_by_a_deputy(house: AtWork, item: int, *, at: datetime) -> None:
    """A deputy lead, who moderates here too, takes words of danger for a mistake and lets everyone read
    them, once they have read it and said why no one is in danger: a moderator who doesn't lead isn't let."""
    with scope(house.federation.pk):
        deputy, found = someone("Mo Mistaken", PARTS[house.key].answers), item_by_id(item)
        Safeguarder.objects.create(place="deputy", person_id=deputy.pk, since=at)
        with pytest.raises(NotNow):
            moderate(by=deputy, at=at, item=found, how="released", version=found.version)
        first_read.note(by=deputy, at=at, item=found)
        with pytest.raises(NotNow):
            moderate(by=deputy, at=at, item=found, how="released", version=found.version)
        settle_danger(by=deputy, at=at, item=found, words="They are the words of a song.")
        with pytest.raises(WordsHeld) as held:
            moderate(by=house.answerer, at=at, item=found, how="released", version=found.version)
        said = {one.key: Said("right", "They are the words of a song.") for one in held.value.held}
        with answering(said):
            moderate(by=deputy, at=at, item=found, how="released", version=found.version)
    network_follows(house, at=at)
    with scope(house.federation.pk):
        assert NoticeboardComment.objects.latest("pk").state == "released"


def with_role(house: AtWork, name: str, *roles: str) -> Person:
    """A person with these roles everywhere."""
    with scope(house.federation.pk):
        return someone(name, *roles)


def leads(house: AtWork, name: str, *, at: datetime) -> Person:
    """The designated safeguarding lead."""
    person = with_role(house, name)
    with scope(house.federation.pk):
        Safeguarder.objects.create(place="lead", person_id=person.pk, since=at)
    return person


def network_follows(house: AtWork, *, at: datetime) -> None:
    """The network does what moderators have asked for."""
    with scope(house.federation.pk):
        rows = list(Moderation.objects.filter(state__in=["written", "sent"], by_hand=False))
    for row in rows:
        moderating.advance(house.federation.pk, row.pk, clock=lambda: at)


def unfold(page: Page, words: str) -> None:
    """Open the fold of this heading, and those around it."""
    folds = page.locator("details", has=page.locator("summary", has_text=words))
    for number in range(folds.count()):
        if folds.nth(number).get_attribute("open") is None:
            folds.nth(number).locator("summary").first.click()


def presses(page: Page, name: str) -> None:
    """Press the one button of this name, and look at the page that follows."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()
    assert wrong_with(page) == []


def sees(page: Page, words: str) -> None:
    """The page shows these words."""
    expect(page.get_by_text(words).first).to_be_visible()
