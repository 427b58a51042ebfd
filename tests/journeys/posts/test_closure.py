"""Snow at six in the morning: from Today on a phone to the closure on two accounts, in three taps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.notices.models import Notice
from schoolgate.publishing import ready
from schoolgate.publishing.emergency import approve_text, ask_for_text
from schoolgate.publishing.models import Post, ReadyText
from schoolgate.publishing.ready import keep_text
from tests.cast import someone
from tests.eyes import expect
from tests.journeys.example.house import in_a_thread
from tests.journeys.posts.phones import Thumb, the_worker_runs
from tests.publishing.conftest import ANSWERS, account_on
from tests.web.posts_cast import Stage

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MOST_TAPS = 3
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
        found = ready.read_text(kept.pk)
        approve_text(by=stage.people["ben"], at=now(), text=found, seen=ready.seen_of(ready.newest(found)))
        stage.people["rob"] = someone("Rob Reader", "staff")
        return ready.read_text(kept.pk)


def test_a_closure_goes_out_in_three_taps(stage, text, phone):
    cara = Thumb(phone("cara"))

    cara.tap("link", "Send an emergency text")
    expect(cara.page.get_by_role("button", name="Send now")).to_be_visible()
    expect(cara.page.get_by_text("Wildground Juniors is closed on")).to_be_visible()
    cara.tap("button", "Send now")
    expect(cara.page.get_by_text("Sent. The approver and the leadership have been told.")).to_be_visible()
    in_a_thread(lambda: the_worker_runs(stage, {"mastodon": stage.server}))
    cara.page.reload()
    expect(cara.page.get_by_text("Published").first).to_be_visible()

    assert cara.taps <= MOST_TAPS
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
