"""A policy's life in the browser: its owner chooses a time, the inbox follows; a new version is adopted.

Each step is clicked as the person whose step it is; each page is looked at on the way, on a phone and a desk.
"""

import re
from datetime import date

import pytest

from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.jobs import tasks
from schoolgate.policy import readings
from schoolgate.policy.models import ReadingDraft
from schoolgate.rulebook import book
from schoolgate.web.frame.shown import day_in_words
from tests.eyes import expect
from tests.journeys.example.house import in_a_thread
from tests.journeys.policy.conftest import KEY
from tests.policy.timed import with_a_time

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
HOURS = "Hours until a response is due"
SENTENCE = book(KEY).clauses["boroughbridge-listening-2"].says
CHANGED = "The Federation should give a worthwhile response, with thanks, to what others write."
BOARD = "/boroughbridge/noticeboard/boroughbridge-high-school/"
COMMENT = "Is there a bus after the concert?"
WELSH = {"language": "cy"}


def test_the_owner_chooses_a_time_and_the_inbox_follows(house, somebody):
    martin = somebody(house, "martin")
    martin.sign_in()
    choose_two_days(martin)
    see_what_it_changes(martin)
    martin.press("Sign this interpretation")
    martin.sees("Interpretation signed. It applies from now on.")
    martin.look("reading-signed")
    martin.reads("Two days is what the office can do.")

    visitor = somebody(house)
    write_a_comment(visitor)
    house.minute_passes()

    tom = somebody(house, "tom")
    tom.sign_in()
    tom.place("Inbox")
    tom.page.get_by_role("link", name=re.compile(re.escape(COMMENT))).first.click()
    tom.page.wait_for_load_state()
    tom.page.locator("summary").filter(has_text=tom.say("Why this deadline")).click()
    tom.look("item-with-our-own-time")
    with tom.speaking():
        day = day_in_words(local_day(now()).fromordinal(local_day(now()).toordinal() + 2))
    tom.reads(day)
    own = tom.say("Your federation’s own choice: {section}").split("{")[0].strip()
    expect(tom.page.locator("details[open]").get_by_text(own).first).to_be_visible()


def test_a_new_version_is_adopted_in_welsh_without_scripts_and_is_in_force(house, somebody):
    martin = somebody(house, "martin", **WELSH)
    martin.sign_in()
    choose_two_days(martin)
    see_what_it_changes(martin)
    martin.press("Sign this interpretation")

    martin.place("Policy")
    next_version(martin)
    hand_in(martin, with_a_time(text_in_force(martin).replace(SENTENCE, CHANGED), 24))
    martin.sees("The new version is being prepared. It has no effect yet.")
    martin.look("version-being-prepared")
    martin.reads(CHANGED)
    martin.press("Try it on past decisions")
    martin.sees("All checked")
    martin.sees("Past decisions with a different result, by clause")
    martin.look("version-tried")

    martin.press("Record its adoption")
    martin.look("adoption")
    day_of(martin, "Date of adoption", local_day(now()))
    martin.choose_person("Approved by", "Governors")
    martin.fill("Minute reference", "Governors 12/2026, item 7")
    day_of(martin, "Date of last review in the policy record", local_day(now()))
    martin.choose("Did the governors agree that it follows the direction they set?", "Yes")
    martin.press("Save to the record")
    martin.sees(
        "The new version is in force. "
        "Sign our interpretation of it. People are asked to read it if the policy says so."
    )
    martin.look("version-in-force")
    martin.reads("Governors 12/2026, item 7")

    martin.place("Policy")
    martin.look("policy-with-its-second-version")
    martin.sees("Version %(number)s", number=2)
    martin.press("Next interpretation")
    martin.sees("Carried over from version %(number)s", number=1)
    martin.look("reading-carried-over")

    leah = somebody(house, "leah", **WELSH)
    leah.sign_in()
    leah.place("Policy")
    leah.sees("Version %(number)s", number=2)
    leah.press("Versions and reviews")
    leah.look("versions")


def choose_two_days(martin):
    martin.place("Policy")
    martin.press("Our interpretation")
    martin.press("Start a new interpretation")
    martin.look("reading-begun")
    martin.fill(HOURS, "48")
    martin.fill("Why you read it this way", "Two days is what the office can do.")
    martin.press("Save")
    martin.sees("Saved. Now see what changes.")


def see_what_it_changes(martin):
    """He tries it on what was decided; some comments of the story would have had a time."""
    martin.press("Try it on past decisions")
    martin.sees("All checked")
    martin.look("reading-tried")
    link = martin.page.locator("#trial").get_by_role("link", name=re.compile(r"\d+$")).first
    link.click()
    martin.page.wait_for_load_state()
    martin.headed("Decision")
    martin.look("decision-that-would-differ")
    martin.page.go_back()


def write_a_comment(visitor):
    visitor.open(BOARD)
    visitor.page.get_by_role("link", name=visitor.say("Write a comment"), exact=True).first.click()
    visitor.page.wait_for_load_state()
    visitor.fill("Your comment", COMMENT)
    visitor.press("Send comment")


def next_version(martin):
    """The fold of the versions in which the next one is handed in."""
    martin.press("Versions and reviews")
    martin.page.locator("summary", has_text=martin.say("Prepare the next version")).click()


def text_in_force(martin):
    """The file behind the link beside the form."""
    with martin.page.expect_download() as coming:
        martin.named("Download the text in force").click()
    return coming.value.path().read_text(encoding="utf-8")


def hand_in(martin, text):
    sent = {"name": "policy.yaml", "mimeType": "application/yaml", "buffer": text.encode()}
    martin.page.get_by_label(martin.say("Text file"), exact=True).set_input_files(sent)
    martin.fill("What has changed", "Those who write to us are thanked.")
    martin.press("Check and save")


def day_of(martin, question, day: date):
    field = martin.page.get_by_label(martin.say(question), exact=True)
    if field.count():
        field.fill(day.isoformat())


def test_a_long_trial_is_watched_until_it_can_be_signed(house, somebody, monkeypatch):
    monkeypatch.setattr(readings, "PIECE", 4)
    martin = somebody(house, "martin")
    martin.sign_in()
    choose_two_days(martin)
    begun = martin.page.url
    martin = somebody(house, "martin", browser=True)
    martin.sign_in()
    martin.open(begun)
    martin.press("Try it on past decisions")
    bar = martin.page.locator("#trial-progress")
    assert bar.get_attribute("value") == "4"
    martin.look("reading-being-tried")

    in_a_thread(lambda: goes_on(house))
    martin.named("Sign this interpretation").wait_for()
    expect(bar).to_have_count(0)
    martin.press("Sign this interpretation")
    martin.sees("Interpretation signed. It applies from now on.")


def goes_on(house):
    """What the worker does, job by job."""
    with scope(house.federation.pk):
        draft = ReadingDraft.objects.get()
    tried = draft.tried
    while not tried["finished"]:
        tasks.try_on(house.federation.pk, draft.pk, draft.edition)
        with scope(house.federation.pk):
            tried = ReadingDraft.objects.get().tried
