"""A parent asks for a copy of their data; another pupil's name is covered, and one comment is left out."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from pypdf import PdfReader

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.inbox.pasting import paste_in
from schoolgate.people.models import Person
from schoolgate.rights import answering, requests
from schoolgate.rights.models import Answer, Decision, Gathering, Kind, Outcome, Request
from tests.eyes import expect
from tests.journeys.example.house import in_a_thread

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PARENT, OTHER = "Gwenllian Tregarth", "Osian Penhaligon"
FIRST, LAST = OTHER.split()
WROTE = f"My son shared a seat with {OTHER} on the bus. {FIRST} has his scarf."
AGAIN = "Is the uniform sale on Friday?"


def write_comments(wildground):
    """Two comments of the parent came in by hand."""
    at = now()
    with scope(wildground.pk):
        account = Account.objects.filter(network="facebook", state="open").first()
        by = Person.objects.get(name="Tom Ellery")
        for hours, text in ((5, WROTE), (3, AGAIN)):
            appeared = at - timedelta(hours=hours)
            paste_in(
                by=by, at=at, account=account, text=text, author=PARENT, appeared_at=appeared, private=False
            )


def search_to_the_end(wildground):
    with scope(wildground.pk):
        row = Gathering.objects.get()
    while True:
        with scope(wildground.pk):
            if not requests.gather_some(at=now(), gathering=row.pk):
                return


def make(wildground):
    with scope(wildground.pk):
        row = Answer.objects.get()
    answering.make(wildground.pk, row.pk, clock=now)


def test_a_parent_gets_a_copy_without_the_other_pupils_name(house, somebody, wildground):
    in_a_thread(lambda: write_comments(wildground))
    helen = somebody(house, "helen", both=True)
    helen.sign_in()

    here = enters(helen, wildground)

    helen.press("Search for data")
    helen.look("search")
    helen.press("Start search")
    helen.sees("Stop search")
    helen.look("searching")
    in_a_thread(lambda: search_to_the_end(wildground))
    helen.open(f"{here}&part=search")
    helen.look("searched")
    helen.press("Review")
    helen.look("review")

    comment = helen.page.get_by_role("row").filter(has_text=OTHER)
    comment.get_by_role("link").click()
    helen.reads(OTHER)
    covers_the_name(somebody(house, "helen", browser=True, both=True), helen.page.url)

    helen.open(f"{here}&part=found")
    for box in helen.page.locator('input[name="rows"]').all():
        box.check(force=True)
    helen.answer("What should happen to the ones you chose?", str(Decision.LEFT_OUT.label))
    helen.page.locator("#id_exemption").select_option("others")
    helen.press("Save decision")
    helen.sees("Nothing left to decide")
    helen.sees("Waiting for the safeguarding leads")
    assert not helen.named("Go on to the answer").count()
    helen.look("reviewed")
    searches_concerns(somebody(house, "dilys", both=True))

    helen.open(f"{here}&part=found")
    helen.press("Go on to the answer")
    letter = helen.page.locator("#id_letter")
    words = letter.input_value()
    assert PARENT in words
    assert OTHER not in words
    helen.look("letter")
    for bracket in brackets(words):
        words = words.replace(bracket, "Helen Marsh")
    letter.fill(words)
    helen.press("Make answer")
    helen.look("making")
    in_a_thread(lambda: make(wildground))
    helen.open(f"{here}&part=answer")
    helen.look("answer")
    has_no_word_of_the_other(helen)

    helen.open(here)
    helen.page.locator("#close > summary").click()
    expect(helen.page.locator('#close input[value="part"]')).to_be_checked()
    helen.page.locator("#id_close_on").fill(local_day(now()).isoformat())
    helen.page.locator("#id_close_words").fill("Other people’s data")
    helen.named("Close request").last.click()
    helen.sees("Request closed.")
    helen.sees(str(Outcome.PART.label))
    helen.look("closed")


def searches_concerns(dilys):
    """The lead searches what only leads may read; she alone learns whether there is anything."""
    dilys.sign_in()
    dilys.open("/today")
    dilys.takes("Open review", about="Search concerns for a data request")
    dilys.look("lead-review")
    dilys.press("Search concerns")
    dilys.sees("0 new things found.")
    dilys.look("lead-searched")


def covers_the_name(helen, comment):
    """Helen selects the name where it stands, which a script takes over."""
    helen.sign_in()
    helen.open(comment)
    helen.look("one")
    helen.answer("What should happen to this?", str(Decision.COVERED.label))
    select(helen, OTHER)
    helen.named("Redact these words").click()
    field = helen.page.locator("#id_more")
    expect(field).to_have_value(OTHER)
    expect(helen.named("Redact these words")).to_have_count(0)
    field.fill(f"{OTHER}\n{FIRST}")
    helen.look("covering")
    helen.press("Save decision")
    helen.sees("Decision saved.")


def enters(helen, wildground):
    """Helen enters the request; returns its page."""
    helen.open("/evidence?as=requests")
    helen.page.locator("details.sg-fold > summary").first.click()
    helen.answer("What do they ask for?", str(Kind.ACCESS.label))
    helen.fill("Day it came in", local_day(now()).isoformat())
    helen.fill("Who asks?", PARENT)
    helen.fill("Where does the answer go?", "gwenllian@example.org")
    helen.fill("Whose data?", PARENT)
    helen.fill("What do they want?", "Everything you have about me")
    helen.answer("How did you check who is asking?", "We know them")
    helen.press("Enter request")
    with scope(wildground.pk):
        here = f"/evidence?as=requests&request={Request.objects.latest('pk').pk}"
    helen.look("request")
    return here


def has_no_word_of_the_other(helen):
    """Helen downloads the answer, and none of its files has the other name."""
    with helen.page.expect_download() as waiting:
        helen.named("Download all (ZIP)").click()
    bundle = zipfile.ZipFile(waiting.value.path())
    read = [bundle.read(name) for name in bundle.namelist()]
    pages = PdfReader(io.BytesIO(bundle.read("answer.pdf"))).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert PARENT in text
    assert AGAIN not in text
    for part in (*read, text.encode()):
        for word in (FIRST, LAST):
            assert word.encode() not in part


def select(helen, words):
    """Select these words in what was found, as with a mouse or a finger."""
    helen.page.evaluate(
        """words => {
          for (const each of document.querySelectorAll('[data-cover]')) {
            const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT)
            while (walker.nextNode()) {
              const at = walker.currentNode.data.indexOf(words)
              if (at < 0) continue
              document.getSelection().setBaseAndExtent(
                walker.currentNode, at, walker.currentNode, at + words.length)
              return
            }
          }
        }""",
        words,
    )


def brackets(words):
    """Return what a draft leaves to fill in."""
    return re.findall(r"\[[^\]]+\]", words)
