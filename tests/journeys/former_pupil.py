"""A former pupil's request to a member of staff, asked on their phone: the day before it is open, and on the
day."""

from __future__ import annotations

from datetime import date, timedelta

from schoolgate.core.clock import local_day, now
from schoolgate.core.surroundings import parts_of
from schoolgate.rulebook import book
from schoolgate.rulebook.situations.contacts import years_before
from tests.eyes import expect
from tests.journeys.example.somebody import Somebody

ALWAYS = {
    "me": "staff", "other.family": "no", "other.also": "none", "other.of_other_school": "no",
    "other.child_on_roll": "no", "other.on_roll": "no",
}  # fmt: skip
DAY = timedelta(days=1)
NO, YES = "This isn’t allowed", "This is allowed"


def years_ago(number: int) -> date:
    """The day with today's date so many years ago; on 29 February the last day of that February."""
    return years_before(local_day(now()), number)


def asks(writer: Somebody, entry: str, *, born: date, left: date) -> str:
    """Answer question by question until there is an answer; returns what the page says."""
    said = {**ALWAYS, "other.date_of_birth": born.isoformat(), "other.left_on": left.isoformat()}
    writer.open(f"/may-i/{entry}")
    button = writer.named("Continue")
    for _question in range(12):
        if not button.count():
            return writer.page.locator("main").inner_text()
        field = writer.page.locator("main form [name]:not([type=hidden])").first
        path = writer.page.locator('main form input[name="ask"]').get_attribute("value") or ""
        if field.get_attribute("type") == "date":
            field.fill(said[path])
        else:
            writer.page.locator(f'main form input:not([type=hidden])[value="{said[path]}"]').check()
        button.click()
        writer.page.wait_for_load_state()
    raise AssertionError("more questions than there can be")


def path_of(address: str) -> str:
    """The path of an address."""
    return parts_of(address).path


def refused_then_allowed(writer: Somebody, other: Somebody, entry: str, clause: str, **days: date) -> None:
    """The day before: no, with the clause. On the day: yes. The answer is saved for the writer alone."""
    key = writer.federation
    before = {name: day + DAY for name, day in days.items()}
    text = asks(writer, entry, **before)
    quoted = book(key).clauses[clause]
    assert writer.say(NO) in text
    assert quoted.section in writer.page.content()
    writer.look(f"{entry}-the-day-before")
    text = asks(writer, entry, **days)
    assert writer.say(NO) not in text
    assert writer.say(YES) in text
    writer.look(f"{entry}-on-the-day")
    writer.press("Save answer")
    kept = writer.page.url
    writer.open("/me/own")
    row = writer.page.get_by_role("row").filter(has=writer.page.locator(f'a[href="{path_of(kept)}"]'))
    expect(row).to_contain_text(writer.say("Allowed"))
    writer.look("own-answers")

    other.sign_in()
    answer = other.page.goto(kept)
    assert answer is not None
    assert answer.status == 404
