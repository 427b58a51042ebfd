"""What somebody does with a comment of a network that no program reads: copy it in, reply by hand."""

from datetime import timedelta

from schoolgate.core.clock import now
from schoolgate.inbox.reply_facts import QUESTIONS
from tests.journeys.example.steps import english

ANSWERS = {"to_relation": "A parent or carer"}


def pastes(person, text: str, *, author: str = "", photo: bytes | None = None) -> str:
    """Copy a comment in, as it appeared yesterday at noon; returns the address of its page."""
    person.open("/inbox/paste")
    if text:
        person.page.locator("#id_text").fill(text)
    person.fill("Author, as shown on the network", author)
    person.fill("Date posted", (now() - timedelta(days=1)).date().isoformat())
    person.fill("Time posted", "12:00")
    person.answer("Who can read it?", "Everyone")
    if photo is not None:
        upload = {"name": "phone.jpg", "mimeType": "image/jpeg", "buffer": photo}
        person.page.locator("input[name=picture]").set_input_files(upload)
    person.look("paste")
    person.press("Save")
    return person.path


def replies_by_hand(person, text: str) -> None:
    """Write a reply, post it on the network's own pages, and say so."""
    fold = person.page.locator("details", has=person.page.locator("#id_text"))
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    person.page.locator("#id_text").fill(text)
    for name, question in QUESTIONS.items():
        label = english(question.label)
        if person.group(label).count() and person.group(label).first.is_visible():
            person.answer(label, ANSWERS.get(name, "No"))
    person.press("Save reply and show me how")
    person.look("reply-by-hand")
    person.press("I’ve posted the reply")
