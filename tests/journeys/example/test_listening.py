"""Listening under Wildground's policy: a watch finds a complaint, and it is answered."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import now
from tests.journeys.example.pasting import replies_by_hand
from tests.journeys.press import unfold

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

MAIL = """=== News - 1 new result for ["Wildground Juniors"] ===
Resident complains about litter outside Wildground Juniors
The Valley Herald
<https://www.google.com/url?sa=t&url=https://herald.example/litter&ct=ga>
"""


def test_a_watch_finds_a_complaint_and_it_is_answered(house, somebody):
    tom = somebody(house, "tom")
    tom.sign_in()
    tom.open("/inbox?as=listening")
    tom.look("public-posts")
    unfold(tom, "Start a saved search")
    tom.fill("Name of the search", "Litter")
    tom.fill("School names to search for", "Amina Khan")
    tom.fill("What is it for?", "To answer complaints.")
    tom.choose("What is it about?", "Wildground Juniors")
    tom.page.get_by_label("Last day").fill((now() + timedelta(days=30)).date().isoformat())
    tom.press("Start searching")
    tom.look("no-watch-for-a-person")
    tom.fill("School names to search for", "Wildground Juniors")
    tom.press("Start searching")
    tom.reads("Searching")
    tom.look("watch")

    unfold(tom, "Paste an email alert")
    tom.fill("Text of the email", MAIL)
    tom.press("Add posts")
    tom.page.get_by_role("link", name="Resident complains").first.click()
    tom.page.wait_for_load_state()
    tom.look("public-post")
    tom.answer("What is it?", "Complaint")
    tom.press("Add to the inbox")
    tom.sees("Added to the inbox.")
    tom.look("complaint-in-the-inbox")
    complaint = tom.page.url
    replies_by_hand(tom, "Thank you for telling us. We have asked the council for more bins.")
    tom.open(complaint)
    tom.reads("We have asked the council for more bins.")
    tom.look("complaint-answered")
