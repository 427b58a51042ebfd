"""An empty home whose school enters its own policy: each step as the headteacher clicks it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from playwright.sync_api import Page

from schoolgate.core.clock import local_day
from tests.documents import encrypted, pdf
from tests.eyes import expect
from tests.journeys.empty_home.setting_up import comes_in, fill, list_leads_to, looks_right, press

NAMES = "Staff must not post a pupil’s full name together with a picture of that pupil."
HOURS = "The office must answer a comment within 24 hours."
TONE = "Staff should be polite in each comment they answer."
TONE_CHANGED = "Staff are polite in each answer to a comment."
BACKGROUND = "Social media is a growing part of everyday life."
PRIVATE = "Staff must not use a private account for school business."
IN_PDF = NAMES.replace("’", "'")  # a PDF’s own encoding shows it as the curly one
POLICY = pdf(
    [(18, "St Anne's Infant School"), (11, BACKGROUND), (16, "1. Posts"), (11, IN_PDF), (11, PRIVATE)],
    [(16, "2. Comments"), (11, HOURS), (11, TONE)],
)


def begin(page: Page, address: str) -> None:
    """The first pages: the federation has a policy of its own."""
    page.goto(address)
    press(page, "Start")
    fill(page, "Federation name, or school name", "St Anne's Infant School")
    fill(page, "Web address name, as in /oakhill/register", "st-annes")
    page.get_by_role("radio", name=re.compile("Our own policy")).check()
    looks_right(page)
    press(page, "Save and continue")
    fill(page, "School name", "St Anne's")
    fill(page, "Web address name", "infants")
    page.get_by_label("England").check()
    press(page, "Add school")
    fill(page, "Your name", "Ben Carter")
    fill(page, "Your email address", "ben@st-annes.example.org")
    page.get_by_label("headteacher").check()
    press(page, "Save and choose password")
    comes_in(page, "ben@st-annes.example.org")


def empty_policy(page: Page) -> None:
    """The list leads to an empty policy, and from there to the import."""
    list_leads_to(page, "Policy adopted", first=False)
    looks_right(page)
    press(page, "Start")
    expect(page.get_by_text("Your policy is empty.")).to_be_visible()
    looks_right(page)


def upload(page: Page, content: bytes) -> None:
    """Hand a document in."""
    page.get_by_label("Policy document").set_input_files(
        {"name": "policy.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    press(page, "Read document")


def refused_then_read(page: Page) -> None:
    """A locked file keeps nothing; the policy itself is read."""
    upload(page, encrypted(POLICY, "secret"))
    expect(page.get_by_text("it needs a password. Save a copy without one.").first).to_be_visible()
    looks_right(page)
    upload(page, POLICY)
    expect(page.get_by_text("Document read. Now pick its clauses.")).to_be_visible()
    expect(page.get_by_role("heading", name="Sentences, page 1 of 1")).to_be_visible()
    looks_right(page)


def by_itself(page: Page, number: int) -> None:
    """From the list to a sentence's own page."""
    page.get_by_role("button", name=f"Change text or strength ({number})").click()


def on(page: Page, sentence: str) -> None:
    """The page shows this sentence."""
    expect(page.locator("main .sg-card--quiet").get_by_text(sentence, exact=True)).to_be_visible()


def picks(page: Page) -> None:
    """One with a rule that is proposed, one left out; the rest another time."""
    by_itself(page, 2)
    on(page, NAMES)
    press(page, "Save")
    expect(page.get_by_text("Choose one").first).to_be_visible()
    looks_right(page)
    page.get_by_label("Yes, without a rule for now").check()
    press(page, "Save")
    by_itself(page, 3)
    on(page, PRIVATE)
    page.get_by_label("No, leave it out").check()
    press(page, "Save")


def goes_on_later(page: Page) -> None:
    """On another device: the import is where it was left."""
    page.goto("/policy/clauses")
    press(page, "Import a document")
    expect(page.get_by_text("2 of 4 sentences checked.")).to_be_visible()
    looks_right(page)
    press(page, "Go through the sentences")
    looks_right(page)
    by_itself(page, 5)
    on(page, TONE)
    fill(page, "Text", TONE_CHANGED)
    page.get_by_label("Yes, without a rule for now").check()
    press(page, "Save")
    by_itself(page, 4)
    on(page, HOURS)
    page.get_by_label("Yes, without a rule for now").check()
    press(page, "Save")
    page.goto("/policy/clauses")
    press(page, "Import a document")
    expect(page.get_by_text("4 of 4 sentences checked.")).to_be_visible()
    looks_right(page)
    press(page, "Add to next version")
    expect(page.get_by_text("3 clauses are in the next version.")).to_be_visible()
    looks_right(page)


def removes(page: Page) -> None:
    """One clause goes again."""
    page.get_by_role("link", name=HOURS).click()
    press(page, "Remove clause")
    looks_right(page)
    press(page, "Remove clause")
    expect(page.get_by_text("Clause removed from the next version.")).to_be_visible()


def writes_the_rule(page: Page) -> None:
    """The rule is filled in for a clause that is not in force yet."""
    page.get_by_role("link", name=NAMES).click()
    looks_right(page)
    press(page, "Add a rule")
    fill(page, "What is the clause about?", "a post goes out")
    press(page, "Search")
    page.get_by_role("link", name="Publishing a post").first.click()
    page.get_by_label("Which part of it?").select_option("Names with pictures")
    page.get_by_label("Not allowed", exact=False).first.check()
    page.get_by_label("Does the rule judge everything together, or each item separately?").select_option(
        "Who the post shows or names"
    )
    looks_right(page)
    press(page, "Continue")
    press(page, "Save rule")
    expect(page.get_by_text("Rule saved.")).to_be_visible()
    condition(page, "Whether the picture shows this person", lambda: page.get_by_label("yes", exact=False))
    condition(page, re.compile("How this person is connected with the school .people"), "A pupil")
    condition(page, "Whether and how this person is named", "By first name", "By full name")
    looks_right(page)


def condition(page: Page, fact: object, *values: object) -> None:
    """Add one condition to where the rule forbids."""
    page.get_by_role("link", name=re.compile("^Add a condition.*Not allowed")).click()
    page.get_by_role("link", name=fact).first.click()
    for value in values:
        if callable(value):
            value().first.check()
        else:
            page.get_by_label("is one of these", exact=True).check()
            page.get_by_label(value, exact=True).check()
    press(page, "Save condition")
    expect(page.get_by_text("Condition saved.")).to_be_visible()


def tries_an_example(page: Page) -> None:
    """A made-up case: allowed now, not with the next reading."""
    press(page, "Try an example")
    page.get_by_label(re.compile("Whether the picture shows this person")).select_option("yes")
    page.get_by_label(re.compile("How this person is connected with the school")).first.select_option("pupil")
    page.get_by_label(re.compile("Whether and how this person is named")).select_option("full")
    press(page, "Show answer")
    expect(page.get_by_text("The next interpretation changes this answer.")).to_be_visible()
    looks_right(page)


def adopts(page: Page) -> None:
    """The version is adopted, and in force."""
    page.goto("/policy/clauses")
    press(page, "Version 2")
    press(page, "Record its adoption")
    today = local_day(datetime.now(UTC))
    page.get_by_label("Date of adoption").fill(today.isoformat())
    roles = page.locator("select[name=adopted]")
    if roles.count():
        roles.select_option("headteacher")
    press(page, "Save to the record")
    expect(page.get_by_text("The new version is in force.")).to_be_visible()


def signs(page: Page) -> None:
    """Its rules are tried on what was decided, and signed."""
    page.goto("/policy/reading")
    looks_right(page)
    fill(page, "Why you read it this way", "As the governors agreed.")
    press(page, "Save")
    press(page, "Try it on past decisions")
    press(page, "Sign this interpretation")
    expect(page.get_by_text("Interpretation signed. It applies from now on.")).to_be_visible()
    page.goto("/policy")
    looks_right(page)
    page.goto("/policy/clauses")
    looks_right(page)
    page.goto("/policy/import")
    page.locator("summary").filter(has_text="Finish without them").click()
    press(page, "Delete picks and finish")
    expect(page.get_by_text("Import finished.")).to_be_visible()
