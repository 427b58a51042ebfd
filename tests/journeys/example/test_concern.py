"""A concern from an anonymous report to its end: each step clicked as the person whose step it is."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SAID = "Somebody at the gate threatens the caretaker in our comments."
DID = "Rang the family. It was a joke, and is deleted."


def opened(somebody, question: str) -> None:
    """Open the fold of a question, if it isn't open."""
    fold = (
        somebody.page.locator("details").filter(has=somebody.page.get_by_text(somebody.say(question))).first
    )
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()


def test_a_concern_goes_from_an_anonymous_report_to_its_end(house, somebody):
    visitor = somebody(house, "", both=True)
    helen = somebody(house, "helen", both=True)
    visitor.open("/wildground/something-is-wrong")
    visitor.fill("What happened?", SAID)
    visitor.group("Are you safe now?").locator('[value="no"]').check()
    visitor.press("Send")

    dilys = somebody(house, "dilys", both=True)
    dilys.sign_in()
    dilys.open("/wrong/reports")
    dilys.page.locator("main table a").first.click()
    dilys.reads(SAID)
    dilys.press("It’s about no one here")

    helen.sign_in()
    helen.open("/wrong/reports")
    helen.page.locator("main table a").first.click()
    helen.reads(SAID)
    helen.press("I’ll deal with this")

    helen.press("Assessment")
    helen.sees("The policy still asks for")
    helen.look("concern-assessment")
    helen.page.locator('[name="kinds"][value="worry"]').check()
    helen.page.locator('[name="called_for.none_of_these"]').check()
    opened(helen, "How is the person who did it connected with the school?")
    helen.page.locator('[name="subject"]').select_option("parent")
    helen.press("Save")

    opened(helen, "Record a referral")
    helen.page.locator('[name="body"]').select_option("police")
    helen.fill("What did you tell them?", "A threat in our comments.")
    helen.fill("Reference number", "NYP-12")
    helen.press("Save who was told")

    helen.press("Outcome")
    helen.page.locator('[name="found"][value="none_of_these"]').check()
    helen.press("Save")

    here = helen.path
    dilys.open(here)
    dilys.reads(SAID)

    opened(helen, "Close concern")
    helen.page.locator('[name="to"][value="closed"]').check()
    helen.fill("Outcome in a few sentences, or why we aren’t dealing with it", DID)
    helen.choose("Second person", "Dilys Moss")
    helen.press("Save outcome")
    helen.look("concern-waits-for-second")

    dilys.open(here)
    dilys.fill("Reason", "I agree.")
    dilys.press("Close concern")
    helen.open(here)
    helen.look("concern-closed")
    helen.sees("Closed")
    helen.open("/wrong/reports?show=waiting")
    assert SAID not in helen.page.content()
