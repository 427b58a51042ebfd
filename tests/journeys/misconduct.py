"""Gross misconduct, the same facts in two federations: a colleague posted insults about families, by name.

The report and each answer are the same; a page has only the questions that its own policy reads.
"""

from __future__ import annotations

from tests.eyes import expect
from tests.journeys.example.somebody import Somebody

SAID = "A colleague posted insults about three of our families on a public page, with their names."
DECIDED = "Heard twice, with a companion. They are dismissed; they can appeal within ten days."
ASSESSED = {"kinds": ("offensive", "misuse"), "subject": "staff", "harmed": ("parent",)}
INVESTIGATED = {
    "breach": "actual", "begun": "yes", "investigation.findings_written": "yes", "investigation.ended": "yes",
    "conduct_fell_short": "no",
}  # fmt: skip
JUDGED = {"judged": ("harassing",), "about": ("parent",), "against.none_of_these": "on"}
FOUND = {"found": ("breach",), "listed_policy": "yes", "in_working_hours": "no", "school_equipment": "no"}
DISMISSED = {"discipline.outcome": "dismissal", "discipline.reasons": "yes"}


def reports(writer: Somebody) -> None:
    """The colleague tells it in a sentence, on a phone, and says what kind of thing it is."""
    writer.open("/wrong")
    writer.fill("What happened?", SAID)
    writer.group("Is anyone in danger now?").locator('[value="no"]').check()
    writer.page.locator("summary").filter(has_text=writer.say("Give more details")).click()
    writer.page.locator('[name="kinds"][value="misuse"]').check()
    writer.press("Send")
    writer.sees("We’ve saved your concern and told the right people there is one.")


def takes(head: Somebody) -> None:
    """The head takes it from the list."""
    head.open("/wrong/reports")
    head.page.locator("main table a").first.click()
    head.reads(SAID)
    head.press("I’ll deal with this")


def answers(head: Somebody, stage: str, *given: dict[str, object]) -> None:
    """Open a stage and answer, of these, what its policy asks; name the head where a person is asked for."""
    head.press(stage)
    folded = head.page.locator("main form details.sg-fold:not([open]) > summary")
    while folded.count():
        folded.first.click()
    for each in given:
        for name, values in each.items():
            for value in (values,) if isinstance(values, str) else tuple(values):
                _answer(head, name, value)
    head.look(f"stage-{stage}".replace(" ", "-"))


def named(head: Somebody, name: str, who: str) -> None:
    """Choose a person by name, where the stage asks for one."""
    field = head.page.locator(f'[name="{name}"]')
    if field.count():
        field.select_option(label=who)


def saves(head: Somebody) -> None:
    """Save the stage, back to the concern."""
    head.press("Save")
    expect(head.page.get_by_text(head.say("Saved.")).first).to_be_visible()


def closes(head: Somebody, second: str) -> None:
    """Name the second person, who closes it."""
    head.page.locator("summary").filter(has_text=head.say("Close concern")).click()
    head.page.locator('[name="to"][value="closed"]').check()
    head.fill("Outcome in a few sentences, or why we aren’t dealing with it", DECIDED)
    head.choose_person("Second person", second)
    head.press("Save outcome")
    head.sees("A second person closes the concern")


def confirms(other: Somebody) -> None:
    """The second person reads it and closes it, from Today."""
    other.place("Today")
    other.takes("Read and close", about=other.say("Close a concern as the second person"))
    other.reads(SAID)
    other.press("Close concern")
    other.sees("Closed")


def shows_only(head: Somebody, own: str, *others: str) -> None:
    """The page quotes its own policy, and no other's clause, role or name stands on it."""
    html = head.page.content()
    assert own in html, f"{own} isn't on {head.page.url}"
    leaked = [each for each in others if each in html]
    assert leaked == [], head.page.url


def _answer(head: Somebody, name: str, value: str) -> None:
    field = head.page.locator(f'[name="{name}"]')
    if not field.count():
        return  # this policy reads no such fact
    if field.first.locator("option").count():
        field.select_option(value)
    elif value == "on":
        field.check()
    else:
        head.page.locator(f'[name="{name}"][value="{value}"]').check()
