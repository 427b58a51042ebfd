"""Snow at six in the morning: from Today on a phone to the closure on two accounts, and what is refused."""

from __future__ import annotations

import time
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.notices.models import Notice
from schoolgate.publishing import ready
from schoolgate.publishing.actions import approve_text, ask_for_text, keep_text, retire_text
from schoolgate.publishing.models import Post, ReadyText
from tests.browsing import PHONE, keep_pictures, width_of
from tests.cast import someone
from tests.journeys.example.house import in_a_thread
from tests.journeys.posts.phones import Thumb, the_worker_runs
from tests.publishing.conftest import ANSWERS, account_on
from tests.web.posts_cast import Stage

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MOST_TAPS, MOST_SECONDS = 3, 30
WORDS = "{school} is closed on {date} because of snow. Please don’t travel."


@pytest.fixture
def text(stage) -> ReadyText:
    """Amina's text for the noticeboard and Mastodon, approved by Ben; Cara of the office may send it."""
    with scope(stage.federation.pk):
        stage.accounts["mastodon"] = account_on("mastodon", stage.school, now(), name="Juniors on Mastodon")
        accounts = [stage.accounts["noticeboard"], stage.accounts["mastodon"]]
        kept = keep_text(
            by=stage.people["amina"], at=now(), school=stage.school, emergency=True, title="Closed: snow",
            english=WORDS, accounts=accounts, senders=[stage.people["cara"], stage.people["amina"]],
            until=local_day(now()) + timedelta(days=180),
        )  # fmt: skip
        ask_for_text(by=stage.people["amina"], at=now(), text=kept, answers=ANSWERS)
        found = ready.text(kept.pk)
        approve_text(by=stage.people["ben"], at=now(), text=found, seen=ready.seen_of(ready.newest(found)))
        stage.people["rob"] = someone("Rob Reader", "staff")
        return ready.text(kept.pk)


def test_a_closure_goes_out_in_thirty_seconds(stage, text, phone, capsys):
    cara = Thumb(phone("cara"))
    keep_pictures(cara.page, "emergency-today")
    begun = time.monotonic()

    cara.tap("link", "Send an emergency text")
    expect(cara.page.get_by_role("button", name="Send now")).to_be_visible()
    expect(cara.page.get_by_text("Wildground Juniors is closed on")).to_be_visible()
    assert width_of(cara.page) <= PHONE["width"]
    keep_pictures(cara.page, "emergency-send")
    cara.tap("button", "Send now")
    expect(cara.page.get_by_text("Sent. The approver and the leadership have been told.")).to_be_visible()
    in_a_thread(lambda: the_worker_runs(stage, {"mastodon": stage.server}))
    cara.page.reload()
    expect(cara.page.get_by_text("Published").first).to_be_visible()

    seconds = time.monotonic() - begun
    with capsys.disabled():
        print(f"\nclosed in {seconds:.1f} seconds and {cara.taps} taps")
    assert cara.taps <= MOST_TAPS
    assert seconds < MOST_SECONDS
    keep_pictures(cara.page, "emergency-sent")
    expect(cara.page.get_by_text("Juniors on Mastodon").first).to_be_visible()
    in_a_thread(lambda: check_record(stage))
    ben = phone("ben")
    ben.goto(cara.page.url)
    expect(ben.get_by_text("Sent as an emergency text").first).to_be_attached()


def check_record(stage: Stage) -> None:
    """Two accounts have it, the approver and the leadership are told, and the decision names its clause."""
    with scope(stage.federation.pk):
        post = Post.objects.get()
        assert {each.state for each in post.deliveries.all()} == {"confirmed"}
        told = Notice.objects.filter(kind="posts.emergency", urgency="at_once").select_related("person")
        assert {each.person.name for each in told} == {"Ben Carter", "Sam Slater"}
        assert post.approvals.get().by.name == "Ben Carter"


def test_the_second_person_is_asked_before_the_same_goes_out_again(stage, text, phone):
    cara, amina = Thumb(phone("cara")), Thumb(phone("amina"))
    for each in (cara, amina):
        each.tap("link", "Send an emergency text")
        expect(each.page.get_by_role("button", name="Send now")).to_be_visible()
    cara.tap("button", "Send now")
    expect(cara.page.get_by_text("Sent. The approver")).to_be_visible()

    amina.tap("button", "Send now")

    expect(amina.page.get_by_text("Cara Colleague has already sent this")).to_be_visible()
    expect(amina.page.get_by_role("button", name="Send it again")).to_be_visible()
    keep_pictures(amina.page, "emergency-sent-already")
    amina.tap("link", "Look at that post")
    expect(amina.page.get_by_text("Wildground Juniors is closed on").first).to_be_visible()


def test_a_retired_text_and_a_person_who_is_not_named_are_refused_with_what_to_do(stage, text, phone):
    rob = phone("rob")
    expect(rob.get_by_role("heading", name="Today")).to_be_visible()
    expect(rob.get_by_role("link", name="Send an emergency text")).to_have_count(0)
    cara = Thumb(phone("cara"))
    cara.tap("link", "Send an emergency text")
    expect(cara.page.get_by_role("button", name="Send now")).to_be_visible()
    in_a_thread(lambda: retire(stage, text))

    cara.tap("button", "Send now")

    expect(cara.page.get_by_text("This text is retired.")).to_be_visible()
    expect(cara.page.get_by_text("write an ordinary post", exact=False).first).to_be_visible()


def test_two_people_retire_the_text_and_until_then_it_can_be_sent(stage, text, phone):
    amina, ben = phone("amina"), phone("ben")
    address = f"/posts?as=texts&text={text.pk}"
    visit(amina, address)
    amina.get_by_text("Retire this text").click()
    keep_pictures(amina, "emergency-retire")
    amina.get_by_role("button", name="Ask to retire").click()
    expect(amina.get_by_text("Until someone agrees, this text can be sent.")).to_be_visible()
    expect(amina.get_by_role("button", name="Agree and retire")).to_have_count(0)

    visit(ben, "/today")
    expect(ben.get_by_text("Agree to retire an emergency text, or keep it").first).to_be_visible()
    keep_pictures(ben, "emergency-retire-today")
    visit(ben, address)
    keep_pictures(ben, "emergency-agree-to-retire")
    ben.get_by_role("button", name="Agree and retire").click()
    expect(ben.get_by_text("Retired. It can no longer be used.")).to_be_visible()


def visit(page: Page, path: str) -> None:
    """Open an address of this site."""
    page.goto(urljoin(page.url, path))


def retire(stage: Stage, text: ReadyText) -> None:
    with scope(stage.federation.pk):
        for name in ("amina", "ben"):
            retire_text(by=stage.people[name], at=now(), text=text)


def test_a_date_too_far_ahead_is_refused_beside_its_field(stage, text, phone):
    cara = Thumb(phone("cara"))
    cara.tap("link", "Send an emergency text")
    far = local_day(now()) + timedelta(days=15)
    cara.page.get_by_label("Date").fill(far.isoformat())

    cara.tap("button", "Send now")

    expect(cara.page.get_by_text("Choose today, or a day in the next two weeks.").first).to_be_visible()
    expect(cara.page.get_by_label("Date")).to_have_value(far.isoformat())
