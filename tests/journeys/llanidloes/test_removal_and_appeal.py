"""Abuse of a teacher is hidden with the policy's own notice; an appeal is heard by another, and upheld."""

import re

import pytest

from schoolgate.cli.demo.inbox import IN_WELSH
from schoolgate.inbox.reply_facts import QUESTIONS
from schoolgate.rulebook import book
from tests.eyes import expect
from tests.journeys.example.steps import english

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
BOARD = "/llanidloes/noticeboard/llanidloes-high-school/"
SAID = "Mr Lloyd is a useless teacher and everyone knows it."
NOTICE = book("llanidloes").clauses["llanidloes-offensive-5"].parameters["removal_notice"]
WHY = "I meant the referee of that name, not the teacher. I am sorry that it read like that."
REASONS = "You have explained who you meant, and it is not our teacher."
ANSWERS = {"to_relation": "A parent or carer"}


def finds_it(person):
    """Open the comment from the inbox."""
    person.open("/inbox")
    person.page.get_by_role("link", name=re.compile(re.escape(SAID[:30]))).first.click()
    person.page.wait_for_load_state()


def answers_what_is_asked(person) -> None:
    for name, question in QUESTIONS.items():
        label = english(question.label)
        if person.group(label).count() and person.group(label).first.is_visible():
            person.answer(label, ANSWERS.get(name, "No"))


def writes_abuse(visitor) -> str:
    """Write a comment on the noticeboard. Returns the address of the post."""
    visitor.open(BOARD)
    visitor.page.get_by_role("link", name=visitor.say("Write a comment"), exact=True).first.click()
    visitor.page.wait_for_load_state()
    post = visitor.page.url.split("#")[0]
    visitor.fill("Your comment", SAID)
    visitor.press("Send comment")
    return post


def reads_why_and_appeals(visitor, code: str) -> None:
    """With the code the author reads why, sees no name, and appeals."""
    visitor.open("/llanidloes/why-removed")
    visitor.fill("Code from the notice", code)
    visitor.press("Read why")
    visitor.sees("It’s improper or offensive")
    expect(visitor.page.get_by_text("Mair Davies")).to_have_count(0)
    expect(visitor.page.get_by_text(SAID)).to_have_count(0)
    visitor.look("removal-why-public")
    visitor.fill("Why should the comment be shown?", WHY)
    visitor.press("Send appeal")
    visitor.sees("Your appeal has been sent")


def test_abuse_of_a_teacher_is_removed_with_the_notice_and_the_appeal_is_upheld(house, somebody):
    visitor = somebody(house, "")
    post = writes_abuse(visitor)
    house.minute_passes()

    # Mair hides it; a copy is kept without her doing anything.
    mair = somebody(house, "mair")
    mair.sign_in()
    finds_it(mair)
    comment = mair.page.url.split("#")[0]
    mair.page.locator("#sight > summary").click()
    mair.page.locator("#sight").get_by_label(mair.say("It’s improper or offensive"), exact=True).check()
    mair.look("removal-why")
    mair.press("Hide comment")
    mair.reads("No one else can read it now.")
    mair.page.locator("#more > summary").click()
    mair.page.locator("#evidence > summary").click()
    mair.sees("Matches the record")
    mair.look("removal-notice-offered")
    mair.reads(NOTICE)

    # The policy's own notice goes out below the post, unchanged, with the Welsh that the school adopted.
    mair.reads(IN_WELSH)
    answers_what_is_asked(mair)
    mair.press("Send notice")
    mair.sees("The notice is being sent.")
    house.minute_passes()
    mair.open(comment)
    expect(mair.page.get_by_text(mair.say("After deleting the comment"))).to_have_count(0)
    mair.look("removal-told")

    visitor.open(post)
    visitor.reads(NOTICE)
    expect(visitor.page.get_by_text(SAID)).to_have_count(0)
    visitor.look("removal-on-the-board")
    code = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", visitor.page.content())[-1]

    reads_why_and_appeals(visitor, code)

    # Mair can't hear it; Gethin was asked, or another, and upholds it.
    mair.open(comment)
    mair.reads("You removed this comment, so someone else must decide the appeal.")
    mair.look("removal-not-by-its-moderator")
    expect(mair.named("Dismiss appeal")).to_have_count(0)

    rhian = somebody(house, "rhian")
    rhian.sign_in()
    rhian.open(comment)
    rhian.reads(WHY)
    rhian.look("removal-appeal")
    rhian.fill("Reasons", REASONS)
    rhian.press("Uphold and show comment")
    rhian.sees("Appeal upheld. The comment is being shown again.")
    house.minute_passes()

    visitor.open(post)
    visitor.reads(SAID)
    welsh = somebody(house, "", language="cy")
    welsh.open("/llanidloes/why-removed")
    welsh.fill("Code from the notice", code)
    welsh.press("Read why")
    welsh.reads(REASONS)
    welsh.look("removal-upheld-welsh")
