"""The set-up list of an empty home, clicked as an office does it: the list itself leads to each step."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

from schoolgate.core.clock import local_day
from tests.eyes import expect, wrong_with
from tests.notices.server import Server
from tests.web.signing import code

WORDS = "three-brown-horses"
NOW = datetime.now(UTC)
FIRST, LAST = local_day(NOW) - timedelta(days=5), local_day(NOW) + timedelta(days=50)


def press(page: Page, name: str) -> None:
    """Press the one button or link of this name on the page itself."""
    main = page.get_by_role("main")
    button = main.get_by_role("button", name=name, exact=True)
    button.or_(main.get_by_role("link", name=name, exact=True)).click()
    page.wait_for_load_state()


def fill(page: Page, label: str, words: str) -> None:
    page.get_by_label(label, exact=True).fill(words)


def comes_in(page: Page, email: str) -> None:
    """Choose a password on the page that is open, sign in with it, and set the second step up."""
    fill(page, "Password", WORDS)
    fill(page, "Confirm password", WORDS)
    press(page, "Set password")
    fill(page, "Email address", email)
    page.get_by_label("Password", exact=True).fill(WORDS)
    press(page, "Sign in")
    page.get_by_role("link", name="Set up an app").click()
    page.locator("input[name=code]").fill(code(page.locator("main strong").inner_text()))
    press(page, "Set up an app")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def looks_right(page: Page) -> None:
    assert wrong_with(page) == []


def first_pages(page: Page, address: str) -> None:
    """Olu, at the keyboard of an empty home."""
    page.goto(address)
    looks_right(page)
    press(page, "Start")
    fill(page, "Federation name, or school name", "Oakhill Federation")
    fill(page, "Web address name, as in /oakhill/register", "oakhill")
    press(page, "Save and continue")
    expect(page.get_by_text("There is a problem")).to_be_visible()
    looks_right(page)
    page.get_by_role("radio", name=re.compile("Wildground")).check()
    press(page, "Save and continue")
    fill(page, "School name", "Oakhill Juniors")
    fill(page, "Web address name", "juniors")
    page.get_by_label("England").check()
    looks_right(page)
    press(page, "Add school")
    fill(page, "Your name", "Olu Head")
    fill(page, "Your email address", "olu@oakhill.example.org")
    page.get_by_label("SLT").check()
    looks_right(page)
    press(page, "Save and choose password")
    comes_in(page, "olu@oakhill.example.org")


def list_leads_to(page: Page, title: str, *, first: bool = True) -> None:
    """The list names this step, as the next one where `first`, and goes there."""
    page.goto("/set-up")
    cards = page.locator("main .sg-card:has(h2)")
    card = (cards.first if first else cards).filter(has=page.get_by_role("heading", name=title)).first
    expect(card.get_by_text("Next", exact=True)).to_have_count(1 if first else 0)
    card.get_by_role("link", name=re.compile(f"^Go to this step ?: {title}$")).click()
    page.wait_for_load_state()


def mail(page: Page, server: Server) -> None:
    """A test mail is sent, and its code brought back."""
    list_leads_to(page, "Email")
    fill(page, "Email server", "127.0.0.1")
    fill(page, "Port", str(server.port))
    page.get_by_role("radio", name=re.compile("Not encrypted")).check()
    fill(page, "Sender address", "office@oakhill.example.org")
    press(page, "Save")
    press(page, "Send test email")
    expect(page.get_by_text("Test email sent. Enter the code from it.")).to_be_visible()
    looks_right(page)
    brought = re.search(r"\b(\d{6})\b", server.taken[0][1])
    fill(page, "Code from the test email", brought[1])
    press(page, "Confirm code")
    expect(page.get_by_text("Email works")).to_be_visible()


def second(page: Page) -> None:
    """Another of the SLT is added and invited."""
    list_leads_to(page, "Two administrators")
    fill(page, "Name", "Dora Deputy")
    fill(page, "Email address", "dora@oakhill.example.org")
    page.get_by_label("SLT").check()
    looks_right(page)
    press(page, "Add and invite")
    expect(page.get_by_text("Invited.")).to_be_visible()


def days(page: Page) -> None:
    """Term dates from a list."""
    list_leads_to(page, "Term dates")
    looks_right(page)
    page.locator("main .sg-card h2 a").first.click()
    text = f"Spring term,{FIRST.day}/{FIRST.month}/{FIRST.year},{LAST.day}/{LAST.month}/{LAST.year}\n"
    page.get_by_label("A calendar (ics) or a list (CSV, Excel)").set_input_files(
        {"name": "terms.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    press(page, "Read file")
    expect(page.get_by_text("Check what was read, then save it.")).to_be_visible()
    looks_right(page)
    press(page, "Save dates")
    expect(page.get_by_text("Dates saved.")).to_be_visible()


def safeguarding(page: Page, other: Page) -> None:
    """A lead and a deputy for all schools: nobody names themselves, so each of the two names the other."""
    named = ((page, "Dora Deputy", "Designated safeguarding lead"), (other, "Olu Head", "Deputy"))
    for who, name, place in named:
        list_leads_to(who, "Safeguarding lead and deputy")
        who.get_by_label("Who", exact=True).select_option(label=name)
        who.get_by_label(place, exact=True).check()
        press(who, "Save")
    page.goto("/set-up/safeguarding")
    looks_right(page)


def policy(page: Page) -> None:
    """Its adoption with day and minute, and the signature under how the program reads it."""
    list_leads_to(page, "Policy adopted")
    looks_right(page)
    fill(page, "Date of adoption", "2026-10-12")
    fill(page, "Minute reference", "Governors, 12 October 2026, item 7")
    press(page, "Put policy in force")
    expect(page.get_by_text("The policy is in force")).to_be_visible()
    list_leads_to(page, "Interpretation signed")
    press(page, "Sign this interpretation")
    expect(page.get_by_text("Interpretation signed. It applies from now on.")).to_be_visible()


def people(page: Page) -> None:
    """The list names the roles that nobody has; two people are added and given them."""
    page.goto("/set-up")
    expect(page.get_by_text("No one opens accounts yet. These policy roles may:")).to_contain_text(
        "Administrator / Moderator."
    )
    looks_right(page)
    list_leads_to(page, "Who proposes and opens accounts")
    for name, address, role in (
        ("Tom Ellery", "tom", "Lead staff member"),
        ("Priya Nair", "priya", "Administrator / Moderator"),
    ):
        page.goto("/people")
        press(page, "Add a person")
        fill(page, "Name", name)
        fill(page, "Email address", f"{address}@oakhill.example.org")
        press(page, "Add and invite")
        press(page, "Change roles")
        page.get_by_label("Policy role").select_option(label=role)
        press(page, "Give role")
        expect(page.get_by_text("Role given.")).to_be_visible()
