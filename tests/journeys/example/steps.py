"""The walk of `docs/walk.md`, step by step, each clicked as the person whose step it is."""

from __future__ import annotations

import time

from django.utils import translation

from schoolgate.accounts.opening_questions import QUESTIONS as OF_ACCOUNT
from schoolgate.cli.demo.accounts import SAW
from schoolgate.cli.demo.posts import ANSWERS, SAID
from schoolgate.inbox.reply_facts import QUESTIONS as OF_ANSWER
from schoolgate.publishing.questions import QUESTIONS as OF_POST
from schoolgate.rulebook import book
from tests.eyes import expect
from tests.journeys.example.house import House
from tests.journeys.example.somebody import Somebody

GARDEN = "Wildground Juniors garden"
BOARD = "Wildground Juniors noticeboard"
BY_HAND = "Wildground Juniors on Facebook"
TEXT = "The first beans are up. Come and see them on Friday after school."
COMMENT = "Lovely! May grandparents come too?"
ANSWER = "Of course. The gate by the field is open until four."


# --- An account: propose, decide, open


def propose(priya: Somebody, network: str, name: str = GARDEN) -> None:
    """Priya states what this policy wants to know of a planned account, and hands it in.

    She forgets something first: the page says what, and which clause asks for it.
    """
    priya.place("Accounts")
    priya.press("Propose an account")
    priya.fill("Account name", name)
    priya.choose("School", "Wildground Juniors")
    priya.choose("Network", network)
    priya.answer("What kind of account is it?", "In the name of a school or the federation")
    priya.answer("Is it meant for pupils?", "No")
    priya.press("Save and continue")
    priya.fill("What the account should achieve", "To show families what grows in the school garden.")
    priya.fill("Who it is meant to reach", "Families of our pupils.")
    priya.pick("People who will look after it", "Tom Ellery")
    priya.answer("Who will be able to see it", "Everyone (open)")
    priya.press("Save and continue")
    priya.look("proposal-something-missing")
    priya.press("How people will hear about it")
    priya.fill("How people will hear about it", "A line in the newsletter.")
    priya.pick("People who will look after it", "Tom Ellery", "Priya Nair")
    priya.press("Save and check")
    priya.press("Send for approval")
    priya.sees("Proposal sent for approval.")


def decide(helen: Somebody, name: str = GARDEN) -> None:
    """Helen, of the SLT, finds it among what waits for her, reads it and says yes."""
    helen.place("Today")
    helen.takes("Read and decide", about=name)
    helen.press("Decide")
    helen.press("Approve")
    helen.sees("Your decision has been saved.")


def set_up(joe: Somebody, address: str, handle: str = "", name: str = GARDEN) -> None:
    """Joe says where the account is and what he saw on its page."""
    joe.place("Accounts")
    joe.press(name)
    joe.look("account-before-setting-up")
    joe.press("Set up this account")
    joe.press("Address and contact")
    if handle:
        joe.fill("Handle", handle)
    joe.fill("Address", address)
    joe.fill("Contact", "The school office")
    joe.press("Save and continue")
    for _page in ("How it is set up", "What its page shows"):
        for question in OF_ACCOUNT:
            label = english(question.label)
            if question.key in SAW and joe.group(label).count():
                said = SAW[question.key]
                words = {True: "Yes", False: "No"} | {key: english(each) for key, each in question.options}
                joe.answer(label, words[said])
        joe.press("Save and continue")
    joe.sees("What you saw has been recorded under your name.")
    joe.press("Back")


def connect(joe: Somebody, handle: str, secret: str, service: str) -> None:
    """Joe gives the account's own app password; it is tried at once."""
    joe.press("Connect")
    joe.fill("Handle", handle)
    joe.fill("App password", secret)
    joe.fill("Server", service)
    joe.press("Test and connect")
    joe.sees("Account connected.")


def open_account(joe: Somebody) -> None:
    """Joe lets it go live."""
    joe.press("Open this account")
    joe.sees("The account is open and on the register.")
    joe.look("account-open")


# --- A post: draft, check, hand in, approve


def draft(priya: Somebody, text: str, *accounts: str) -> None:
    """Priya writes, asks what the policy says, answers what it asks, and keeps the draft."""
    priya.place("Posts")
    priya.press("Write a post")
    if priya.page.url.endswith("/posts/new"):
        priya.press("Wildground Juniors")
    priya.fill("Text", text)
    for account in accounts:
        priya.page.get_by_role("checkbox", name=account).check()
    priya.press("Save draft")
    priya.look("post-checked")
    answer_what_is_asked(priya)
    priya.press("Save draft")


def answer_what_is_asked(priya: Somebody) -> None:
    """Every question that the policy puts to the author, as a careful author answers it: what has a statement
    is confirmed together."""
    for name, question in OF_POST.items():
        label = english(question.label)
        in_words_of_own = question.kind == "text"
        if in_words_of_own or name not in ANSWERS:
            continue
        if not question.statement and priya.group(label).count():
            priya.answer(label, in_words(ANSWERS[name], question.options))
    priya.page.locator("#id_confirmed").check()


def hand_in(priya: Somebody) -> str:
    """Priya hands her draft in; returns where its page is."""
    priya.press("Send for approval")
    priya.sees("Sent for approval. The approvers will see it on their Today page.")
    priya.look("post-handed-in")
    return priya.page.url


def approve(tom: Somebody, post: str) -> None:
    """Tom reads what will go out, and approves exactly that."""
    tom.open(post)
    tom.look("post-to-approve")
    tom.press("Approve")
    tom.sees("Approved. It will be posted within a minute or two.")


def approve_by_keyboard(tom: Somebody, post: str) -> None:
    """The same without a mouse: from the top of the page with the tabulator to the button, and pressed."""
    tom.open(post)
    name = tom.say("Approve")
    for _ in range(60):
        tom.page.keyboard.press("Tab")
        here = tom.page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.innerText.trim(), s.outlineStyle !== 'none' || s.boxShadow !== 'none'] })()"
        )
        if here[0] == name:
            break
    assert here == [name, True], "the button is reached, and shows that it is"
    tom.page.keyboard.press("Enter")
    tom.sees("Approved. It will be posted within a minute or two.")


def english(label: object) -> str:
    """A lazy sentence as it stands in the code."""
    with translation.override("en"):
        return str(label)


def in_words(given: object, options: object) -> str:
    """An answer of the example story as the page offers it."""
    words = {True: "Yes", False: "No"} | {key: english(label) for key, label in options}
    return words[given]


# --- By hand


def put_out_by_hand(priya: Somebody, post: str, account: str, text: str, address: str) -> None:
    """Priya copies the text, puts it out on the network's own pages, and pastes its address back."""
    priya.open(post)
    priya.press_of("See what to do", about=account)
    expect(priya.page.get_by_label(priya.say("Text"), exact=True)).to_have_value(text)
    priya.fill("Link to the post", address)
    priya.press("Mark as posted")
    priya.sees("Thank you. Saved under your name.")


def is_out(priya: Somebody, post: str) -> None:
    """Every network has it, and the page says so."""
    priya.open(post)
    priya.look("post-published")
    priya.sees("Published")


def take_down(tom: Somebody, post: str) -> None:
    """Tom takes it down wherever it stands."""
    tom.open(post)
    tom.press("Take down")
    tom.look("take-down")
    tom.press("It contains a mistake")
    tom.sees("It’s being taken down. See below for the status on each network.")


# --- What came in


def comment(visitor: Somebody, text: str, post: str = TEXT) -> None:
    """A visitor writes below a post on the public noticeboard."""
    visitor.open("/wildground/noticeboard/wildground-juniors/")
    article = visitor.page.locator("article", has_text=post)
    visitor.press("Write a comment", within=article)
    visitor.fill("Your comment", text)
    visitor.press("Send comment")


def path_of(visitor: Somebody) -> str:
    """Below the federation's own address: where this visitor is."""
    return visitor.page.url.split("/wildground/")[1].split("#")[0].split("?")[0]


def waits_in_inbox(tom: Somebody, text: str, *, house: House, patience: float) -> None:
    """Minutes pass until Tom finds it in the inbox."""
    end = time.monotonic() + patience
    house.minute_passes()
    tom.place("Inbox")
    while not tom.page.get_by_role("link", name=text).count():
        assert time.monotonic() < end, f"this did not come in within {patience:g} s"
        time.sleep(0.5)
        house.minute_passes()
        tom.page.reload()


def read(tom: Somebody, text: str) -> None:
    """Tom opens what came in."""
    tom.place("Inbox")
    tom.page.get_by_role("link", name=text).click()
    tom.page.wait_for_load_state()
    tom.look("item")


def let_through(tom: Somebody, text: str = COMMENT) -> None:
    """Tom finds the comment in the inbox and lets everybody read it."""
    read(tom, text)
    tom.press("Show comment")
    tom.sees("Everyone can read it now.")


def answer(tom: Somebody, text: str = ANSWER) -> None:
    """Tom answers; what the policy asks of an answer he answers too."""
    tom.fill("Your reply", text)
    for name, question in OF_ANSWER.items():
        label = english(question.label)
        if name in SAID and tom.group(label).count():
            tom.answer(label, in_words(SAID[name], question.options))
    tom.press("Send reply")
    tom.look("item-answered")


# --- What shows that the policy was kept

ANSWERED_IN_TIME = "wildground-monitoring-4"
DECIDED_BY_SLT = "wildground-accounts-10"


def show_evidence(helen: Somebody, clause: str, *, event: str) -> None:
    """Helen asks what the record has for a clause, and goes from a row to the decision that it rests on."""
    words = book("wildground").clause(clause)
    helen.place("Evidence")
    helen.page.locator("summary", has_text=words.section).first.click()
    helen.page.get_by_role("link", name=words.says, exact=True).click()
    helen.page.wait_for_load_state()
    helen.look("evidence-for-a-clause")
    helen.sees(event)
    row = helen.page.get_by_role("listitem").filter(has_text=helen.say(event)).first
    helen.press("Decision", within=row)
    helen.headed("Decision")
