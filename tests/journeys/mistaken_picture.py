"""A compromising picture, taken by accident: reported on a phone, deleted, told, and the concern closed."""

from __future__ import annotations

from schoolgate.rulebook import book
from tests.eyes import expect
from tests.journeys.example.somebody import Somebody

SAID = "Sports day: someone was still getting changed behind the goal when I took the picture."
DELETE, TELL = "Delete the picture you reported, and every copy", "Tell people about the picture you reported"


def reports(taker: Somebody) -> None:
    """In a sentence, and by one tick. No picture is asked for."""
    taker.open("/wrong")
    taker.fill("What happened?", SAID)
    taker.group("Is anyone in danger now?").locator('[value="no"]').check()
    taker.page.locator("summary").filter(has_text=taker.say("Give more details")).click()
    taker.page.locator('[name="kinds"][value="picture_by_mistake"]').check()
    taker.press("Send")
    taker.headed("Thank you for telling us")
    taker.look("picture-questions")


def answers(taker: Somebody, *, compromising: bool) -> None:
    """What the rules read; `compromising`: whether this policy asks that."""
    assert taker.page.locator('[name="compromising"]').count() == (2 if compromising else 0)
    if compromising:
        taker.page.locator('[name="compromising"][value="yes"]').check()
    taker.page.locator('[name="could_be_misread"][value="yes"]').check()
    taker.page.locator('[name="copies_left"][value="device"]').check()
    taker.page.locator('[name="told"][value="none"]').check()
    taker.press("Save answers")
    taker.sees("Saved. See below what the policy asks of you.")
    taker.look("picture-tasks")


def deletes_and_tells(taker: Somebody, role: str) -> None:
    """From Today, one task after the other; both carry their clause."""
    key = taker.federation
    taker.place("Today")
    taker.look("today-picture")
    for task, number in ((DELETE, "10"), (TELL, "11")):
        said = book(key).clauses[f"{key}-images-{number}"].section
        line = taker.page.get_by_role("listitem").filter(has_text=taker.say(task))
        expect(line).to_have_count(1)
        assert said in line.inner_html()
    taker.takes("Confirm it’s deleted", about=taker.say(DELETE))
    taker.press("Every copy is deleted")
    taker.sees("Saved: every copy is deleted.")
    taker.place("Today")
    expect(taker.page.get_by_text(taker.say(DELETE))).to_have_count(0)
    taker.takes("See who to tell", about=taker.say(TELL))
    taker.press("I’ve told the %(role)s", role=role)
    taker.sees("Nothing more to do about the picture")
    taker.look("picture-done")
