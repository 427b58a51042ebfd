"""What people do with a concern, clicked on its pages."""

from __future__ import annotations

import re
from io import BytesIO

from playwright.sync_api import Locator
from pypdf import PdfReader

from tests.journeys.example.somebody import Somebody


def report(one: Somebody, words: str, *, danger: str = "no", path: str = "") -> None:
    """Report a concern: at an address for the public, or on the page where this person is."""
    if path:
        one.open(path)
    else:
        one.page.locator("a.sg-wrong").click()
        one.page.wait_for_load_state()
    one.fill("What happened?", words)
    one.page.locator(f'[name="danger"][value="{danger}"]').check()


def send(one: Somebody) -> str:
    """Send it; returns its reference number."""
    one.press("Send")
    one.headed("Thank you for telling us")
    return one.page.locator("main .sg-mono").first.inner_text()


def fold(one: Somebody, sentence: str) -> Locator:
    """Open the fold of this summary, if it isn't open."""
    words = re.compile(rf"^{re.escape(one.say(sentence))}( \(\d+\))?$")
    found = one.page.locator("details").filter(has=one.page.locator("summary").get_by_text(words))
    for each in range(found.count()):  # the ones around it first
        if found.nth(each).get_attribute("open") is None:
            found.nth(each).locator("summary").first.click()
    return found.last


def answer(one: Somebody, name: str, value: str = "") -> None:
    """Give an answer by the name of its field; its fold is opened first. A single box has no value."""
    field = one.page.locator(f'main [name="{name}"]')
    folds = field.first.locator("xpath=ancestor::details")
    for each in range(folds.count()):
        if folds.nth(each).get_attribute("open") is None:
            folds.nth(each).locator("summary").first.click()
    if field.first.locator("option").count():
        field.select_option(value)
    else:
        one.page.locator(f'main [name="{name}"]' + (f'[value="{value}"]' if value else "")).check()


def open_listed(one: Somebody, reference: str, *, show: str = "waiting") -> str:
    """Open a concern from the list; returns where it is."""
    one.open(f"/wrong/reports?show={show}")
    one.page.get_by_role("link", name=reference).click()
    one.page.wait_for_load_state()
    one.look()
    return here(one)


def here(one: Somebody) -> str:
    """The path of the page, without what follows it."""
    return one.path


def lists(one: Somebody, reference: str) -> bool:
    """Whether any list of concerns, the morning page or the search shows this reference to them."""
    shown = []
    for path in (
        "/wrong/reports?show=waiting",
        "/wrong/reports?show=mine",
        "/wrong/reports?show=all",
        "/today",
    ):
        one.page.goto(path)
        shown.append(one.page.content())
    one.page.goto("/search")
    one.page.locator("#words").fill(reference)
    one.named("Search", within=one.page.locator("main")).click()
    one.page.locator("#search-found .sg-empty, #search-found section").first.wait_for()
    shown.append(one.page.locator("#search-found").inner_html())
    return any(reference in each for each in shown)


def tells_body(one: Somebody, body: str, words: str, reference: str) -> None:
    """Note on the concern's page that an outside body was told, now."""
    place = fold(one, "Record a referral")
    place.locator('[name="body"]').select_option(body)
    one.fill("What did you tell them?", words)
    one.fill("Reference number", reference)
    one.press("Save who was told")
    one.sees("Saved who was told.")


def closes(one: Somebody, words: str, *, second: str = "") -> None:
    """Close it with its outcome, or ask a second person to."""
    place = fold(one, "Close concern")
    place.locator('[name="to"][value="closed"]').check()
    one.fill("Outcome in a few sentences, or why we aren’t dealing with it", words)
    if second:
        place.locator('[name="second"]').select_option(label=second)
    one.press("Save outcome")


def chronology(one: Somebody, concern: str) -> str:
    """The text of the PDF, as the browser of this person gets it, in one line."""
    answer = one.page.request.get(f"{one.house.address}{concern}/chronology.pdf")
    assert answer.status == 200
    pages = PdfReader(BytesIO(answer.body())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
