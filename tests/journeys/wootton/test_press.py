"""A journalist under Wootton's policy: at once to the Principal, and no word without approval as worded."""

import pytest

from tests.eyes import expect
from tests.journeys.press import WORDS, rings, unfold, writes

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def asks(person):
    """Ask for approval of the statement as it stands."""
    person.page.locator("#statement summary", has_text="Ask:").click()
    person.page.locator("#statement button", has_text="Send request").click()
    person.sees("Request sent. You’ll be told when it is answered.")


def agrees(person):
    """The Principal reads the exact words and says yes."""
    person.open("/today")
    person.page.get_by_role("link", name="Answer").first.click()
    person.page.wait_for_load_state()
    person.reads(WORDS)
    person.look("approve-as-worded")
    person.answer("Do you agree?", "Yes")
    person.press("Save answer")


def test_a_journalist_rings_and_the_principal_approves_the_exact_words(house, somebody):
    di, karen = somebody(house, "di"), somebody(house, "karen")
    di.sign_in()
    rings(di)
    di.sees("Don’t answer this yet")
    di.reads("Principal (Karen Bright)")
    di.look("passed-to-the-principal")
    unfold(di, "What you can say meanwhile")
    di.press("I’ve said this")
    writes(di)
    expect(di.named("Record as given")).to_have_count(0)
    asks(di)
    di.look("waits-for-approval")
    enquiry = di.page.url

    karen.sign_in()
    agrees(karen)
    di.page.goto(enquiry)
    expect(di.named("Record as given")).to_be_visible()
    writes(di, WORDS + " Come along!")
    expect(di.named("Record as given")).to_have_count(0)
    writes(di)
    di.answer("How was it given?", "Read out by telephone")
    di.press("Record as given")
    di.sees("Recorded that the statement was given.")
    expect(di.page.locator("#close")).to_have_count(0)

    karen.open(enquiry)
    unfold(karen, "Close the enquiry")
    karen.answer("How did it end?", "They reported on it")
    karen.press("Close enquiry")
    karen.sees("Enquiry closed.")
    unfold(karen, "History")
    karen.look("the-log")
