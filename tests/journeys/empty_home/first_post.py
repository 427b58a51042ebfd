"""From the finished set-up list to the first post: each step is found on the page Today of its person."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.eyes import expect
from tests.journeys.empty_home.setting_up import fill, looks_right, press

BOARD = "Oakhill Juniors noticeboard"
TEXT = "The first beans are up. Come and see them on Friday after school."


def answer(page: Page, question: str, *answers: str) -> None:
    """Mark answers to a question, by the words of both."""
    group = page.get_by_role("group", name=question, exact=True)
    for each in answers:
        group.get_by_label(each, exact=True).check()


def my_turn(page: Page, title: str) -> None:
    """The page Today says that a step on the way to the first post is this person's, and goes there."""
    page.goto("/today")
    card = page.locator("section", has=page.get_by_role("heading", name="Getting to your first post"))
    looks_right(page)
    card.get_by_role("link", name=title, exact=True).click()
    page.wait_for_load_state()


def task(page: Page, words: str, button: str, about: str = "") -> None:
    """Of the tasks on the page Today, press the button of the one that says this."""
    page.goto("/today")
    name = re.compile(f"^{button} .*{words}.*{about}", re.DOTALL)
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def proposes(page: Page) -> None:
    """Tom proposes the noticeboard of the school, to be run by two as this policy wants it."""
    my_turn(page, "Account open")
    press(page, "Propose an account")
    fill(page, "Account name", BOARD)
    page.get_by_label("School", exact=True).select_option(label="Oakhill Juniors")
    page.get_by_label("Network", exact=True).select_option(label="Noticeboard")
    answer(page, "What kind of account is it?", "In the name of a school or the federation")
    answer(page, "Is it meant for pupils?", "No")
    press(page, "Save and continue")
    fill(page, "What the account should achieve", "To tell families what happens at school.")
    fill(page, "Who it is meant to reach", "Families of our pupils.")
    fill(page, "How people will hear about it", "A line in the newsletter.")
    boxes = page.get_by_role("group", name="People who will look after it", exact=True).get_by_role(
        "combobox"
    )
    for number, name in enumerate(("Tom Ellery", "Priya Nair")):
        boxes.nth(number).select_option(label=name)
    answer(page, "Who will be able to see it", "Everyone (open)")
    press(page, "Save and continue")
    press(page, "Send for approval")
    expect(page.get_by_text("Proposal sent for approval.")).to_be_visible()


def knows_the_policy(page: Page) -> None:
    """Whoever is to run the account reads the policy and says so, as their own page asks them to."""
    task(page, "Read the policy", "Read and confirm")
    press(page, "I have read this policy")
    task(page, "Confirm that you understand the policy", "Go to the policy")
    press(page, "I understand this policy")


def trained(page: Page, *names: str) -> None:
    """Olu records the training of each."""
    for name in names:
        task(page, "Record someone’s training", "Record training", about=name)
        press(page, "Yes, they’ve had it")
        expect(page.get_by_text("Training recorded.")).to_be_visible()


def decides(page: Page) -> None:
    """Olu says yes; the list has gone on to who decides."""
    page.goto("/set-up")
    expect(
        page.get_by_text(
            "An account has been proposed and needs approval. The people who will run it may have tasks"
        )
    ).to_be_visible()
    looks_right(page)
    task(page, BOARD, "Read and decide")
    press(page, "Decide")
    press(page, "Approve")
    expect(page.get_by_text("Your decision has been saved.")).to_be_visible()


def opens(page: Page) -> None:
    """Priya, in the role that the policy gives it to, looks at its page and opens it."""
    task(page, "Set up and open an account", "Go to the account")
    press(page, "Set up this account")
    press(page, "Address and contact")
    fill(page, "Contact", "The school office")
    press(page, "Save and continue")
    answer(page, "Does it run under someone’s private account?", "No")
    press(page, "Save and continue")
    answer(page, "Does the account say who runs it?", "Yes")
    press(page, "Save and continue")
    press(page, "Open this account")
    expect(page.get_by_text("The account is open and on the register.")).to_be_visible()


def writes(page: Page) -> None:
    """Tom writes, asks what the policy says, answers what it asks, and hands the post in."""
    my_turn(page, "Your first post")
    press(page, "Write a post")
    fill(page, "Text", TEXT)
    expect(page.get_by_role("group", name="Where", exact=True)).to_contain_text(BOARD)
    press(page, "Save draft")
    page.locator("#id_confirmed").check()
    press(page, "Send for approval")
    expect(
        page.get_by_text("Sent for approval. The approvers will see it on their Today page.")
    ).to_be_visible()


def approves(page: Page) -> None:
    """Priya reads what will go out, and approves exactly that."""
    task(page, "Review a post that needs approval", "Review post")
    press(page, "Approve")
    expect(page.get_by_text("Approved. It will be posted within a minute or two.")).to_be_visible()


def reads_it(visitor: Page) -> None:
    """Anybody: from the public register to the noticeboard, the post and its feed."""
    visitor.goto("/oakhill/register")
    visitor.get_by_role("link", name=re.compile(BOARD)).click()
    expect(visitor.get_by_text(TEXT)).to_be_visible()
    looks_right(visitor)
    feed = str(visitor.get_by_role("link", name="Follow as a feed").get_attribute("href"))
    assert TEXT in visitor.request.get(feed).text()
