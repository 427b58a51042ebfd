"""The office imports pupils with consents and mails a parent the page; the parent withdraws on a phone; the
copy on the noticeboard goes, the parent is told, and the office sees it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.jobs.minutely import withdrawals
from schoolgate.publishing.models import PostPerson
from schoolgate.pupils.models import Pupil
from tests.conftest import deliver_all
from tests.eyes import expect, wrong_with
from tests.journeys.example.house import in_a_thread
from tests.notices.mails import sign_in_mails
from tests.pupils.lists import HEAD, line
from tests.working import do_jobs

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TEXT = "Our sports day was a great success. Thank you for coming."
MAIL = "ann@example.org"
COLUMNS = {"Class": "Reg", "Consent: Pictures": "Photos"}
AVA = line("A1", "Ava", "Thomas", picture="Yes", form="4B", parent="Ann Thomas", parent_email=MAIL)
TOMOS = line("A2", "Tomos", "Ellis", picture="Ask again", form="4B")
LIST = f"{HEAD},Medical\n{AVA},asthma\n{TOMOS},\n"


def the_worker_works(stage) -> None:
    """What follows from events, then what speaks to networks, then what is passed on."""
    at = now()
    deliver_all(stage.federation.pk, at)
    do_jobs(at + timedelta(seconds=1))
    withdrawals(at)


def imports(page: Page) -> None:
    """Import the office's list: a word without a meaning stops it until it is explained."""
    page.get_by_label("List").set_input_files(
        {"name": "pupils.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    page.get_by_role("button", name="Preview import").click()
    page.get_by_label("If there’s no such column, these pupils are at").select_option("Wildground Juniors")
    for field, column in COLUMNS.items():
        page.get_by_label(field, exact=True).select_option(column)
    page.get_by_label("Name for these import settings").fill("Pupils from the office")
    page.get_by_role("button", name="Preview changes").click()
    expect(page.get_by_text("Some values aren’t explained, so nothing can be imported")).to_be_visible()
    page.get_by_role("link", name="Explain the values", exact=True).click()
    page.get_by_label("Photos: Yes").select_option("Given")
    page.get_by_label("Photos: Ask again").select_option("Not asked")
    page.get_by_role("button", name="Save meanings").click()
    expect(page.get_by_text("Name online, Medical")).to_be_visible()
    page.get_by_role("button", name="Import this list").click()
    expect(page.get_by_role("link", name="Tomos Ellis")).to_be_visible()


def mail_to_the_parent() -> str:
    """The text of the one mail that the parent got since the last time."""
    (letter,) = [each for each in sign_in_mails(now()) if each.to_address == MAIL]
    return letter.body


def test_consent_is_imported_a_parent_withdraws_and_the_copy_goes(stage, phone, phone_of):
    office = phone("sam")
    office.goto("/pupils")
    office.get_by_role("link", name="Import pupils").click()
    imports(office)
    office.get_by_role("link", name="Ava Thomas").click()
    office.get_by_role("button", name="Send link").click()
    expect(office.get_by_text("Emailed:")).to_be_attached()

    sent = stage.started(TEXT, "noticeboard", at=now())[0]
    with scope(stage.federation.pk):
        ava = Pupil.objects.get(first_name="Ava")
        PostPerson.objects.create(post=sent.post, place=1, pupil=ava, shown=True, named="no")
    in_a_thread(lambda: the_worker_works(stage))
    address = re.search(r"https?://[^/]+(/\S+)", mail_to_the_parent())[1]
    board = f"/{stage.federation.slug}/noticeboard/{stage.school.slug}/"
    parent = phone_of()
    parent.goto(board)
    expect(parent.get_by_text(TEXT)).to_be_visible()

    parent.goto(address)
    expect(parent.get_by_role("heading", level=1)).to_contain_text("Ava: pictures and names")
    pictures = parent.locator("form", has=parent.locator("input[name=use][value=picture]"))
    pictures.get_by_role("button", name="No").click()
    expect(parent.get_by_text("Your answer has been saved.")).to_be_visible()
    in_a_thread(lambda: the_worker_works(stage))
    parent.reload()
    expect(parent.get_by_text("Removed on")).to_be_visible()
    assert wrong_with(parent) == []
    parent.get_by_role("button", name="Cymraeg").click()
    expect(parent.get_by_text("Tynnwyd i lawr:")).to_be_visible()
    assert wrong_with(parent, "cy") == []
    parent.goto(board)
    expect(parent.get_by_role("heading", level=1)).to_be_visible()
    expect(parent.get_by_text(TEXT)).to_have_count(0)

    assert "We have taken down the posts that you asked about." in mail_to_the_parent()
    office.reload()
    expect(office.get_by_text("Consent withdrawn").first).to_be_visible()
