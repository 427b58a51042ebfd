"""A long block: a colleague has to agree, it's done by hand on the network, reviewed on its day, kept once,
and ended."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import now
from tests.eyes import expect
from tests.journeys.example.pasting import pastes

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
SAID = "Every one of you should be ashamed. I will be back tomorrow."
WRITER = "P. Harsh"
DAY = timedelta(days=1)


def unfolds(person, fold: str) -> None:
    """Open a fold of the comment's page, and *More* around it, if it is closed."""
    if person.page.locator(f"#more:not([open]) {fold}").count():
        person.page.locator("#more > summary").click()
    if person.page.locator(f"{fold}[open]").count() == 0:
        person.page.locator(f"{fold} > summary").click()


def asks_for_block(tom, days: str) -> None:
    """Tom asks for a block of so many days, with a reason."""
    unfolds(tom, "#author")
    tom.page.locator("#author [name=because]").select_option("improper")
    tom.page.locator("#author [name=days]").select_option(days)
    tom.press("Block author")


def test_a_long_block_is_agreed_done_reviewed_kept_and_ended(house, somebody, pages_at):
    tom, joe = somebody(house, "tom"), somebody(house, "joe")
    tom.sign_in()
    comment = pastes(tom, SAID, author=WRITER)
    unfolds(tom, "#author")
    tom.look("block-ask")
    tom.press("Block author")
    tom.sees("Choose a reason.")
    tom.look("block-without-reason")
    asks_for_block(tom, "90")
    tom.sees("Colleagues who manage comments have been asked to agree.")
    tom.look("block-waits")
    expect(tom.named("Agree to block")).to_have_count(0)

    joe.sign_in()
    joe.open(comment)
    joe.sees("A colleague asks to block the author for more than 31 days. Do you agree?")
    joe.look("block-agree")
    joe.press("Agree to block")

    tom.open(comment)
    tom.look("block-by-hand")
    tom.press("I’ve blocked the author")
    tom.sees("The author is blocked. You’ll be asked to review it.")
    unfolds(tom, "#block")
    tom.reads("Joe Lister agreed.")
    tom.look("block-stands")

    # On its day the page opens the review by itself; it's kept once, then ended.
    pages_at(now() + 90 * DAY)
    tom.open(comment)
    expect(tom.page.locator("#block[open]")).to_have_count(1)
    tom.look("block-review")
    tom.page.locator("#block [name=days]").select_option("28")
    tom.press("Keep block")
    tom.sees("Saved. The block goes on and will be reviewed again.")
    expect(tom.page.locator("#block[open]")).to_have_count(0)

    pages_at(now() + 118 * DAY)
    tom.open(comment)
    tom.press("End block")
    tom.look("block-ending")
    tom.press("I’ve ended the block")
    tom.sees("The block has ended.")
    expect(tom.page.locator("#block")).to_have_count(0)
    tom.look("block-over")
