"""What a journey about the press does under any policy: a call is recorded, a comment is marked."""

WANTS = "Is it true that the fair is cancelled?"
WORDS = "The fair goes ahead on Saturday as planned."


def unfold(person, sentence):
    """Open the fold of this heading, if it is closed."""
    fold = person.page.locator(
        "details", has=person.page.locator("summary", has_text=person.say(sentence))
    ).first
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()


def rings(person):
    """Somebody on the staff takes a call and records it."""
    person.open("/inbox?as=press")
    unfold(person, "Record a call, email or visit")
    person.look("the-press-list")
    person.answer("How did they get in touch?", "By telephone")
    person.fill("What do they want to know?", WANTS)
    person.fill("Newspaper, station or website", "The County Times")
    person.answer("Do they want a comment to publish?", "Yes")
    person.answer("Is it about what was posted?", "Yes")
    person.press("Record and pass on")
    person.headed("Press enquiry")
    person.reads(WANTS)


def marks(person):
    """The newest open comment is passed on as from the press."""
    person.open("/inbox?show=newest")
    person.page.get_by_role("link", name="What time does the fair start?").first.click()
    person.page.wait_for_load_state()
    person.look("comment-before-it-is-marked")
    comment = person.page.url
    person.page.locator("#pass-on > summary").click()
    person.press("This is from the press")
    person.headed("Press enquiry")
    return comment


def writes(person, text=WORDS):
    """Write the statement, or its next version."""
    changes = person.page.locator("#draft")
    if changes.get_attribute("open") is None:
        changes.locator("summary").first.click()
    person.fill("Statement", text)
    person.press("Save statement")
    person.reads(text)
