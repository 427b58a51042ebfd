"""One post goes to three networks at once: two take it, one refuses it, and only that one is sent again."""

from __future__ import annotations

import pytest

from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.networks.fake import FakeServer
from schoolgate.networks.fake.client import Fault
from schoolgate.publishing.models import Delivery
from tests.eyes import expect
from tests.journeys.example.house import in_a_thread
from tests.journeys.posts.phones import Thumb, a_minute_passes
from tests.publishing.conftest import account_on

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TEXT = "The school garden has its first beans. Thank you to all who dug."
ACCOUNTS = ("Juniors' noticeboard", "Juniors on Bluesky", "Juniors on Mastodon")


def states(stage) -> dict[str, str]:
    with scope(stage.federation.pk):
        rows = Delivery.objects.select_related("account").order_by("id")
        return {each.account.network: each.state for each in rows}


def test_one_of_three_refuses_and_is_sent_again_alone(stage, phone):
    with scope(stage.federation.pk):
        account_on("mastodon", stage.school, now(), name=ACCOUNTS[2])
    servers = {"bluesky": FakeServer(), "mastodon": FakeServer(faults=[Fault.REFUSED])}
    amina = Thumb(phone("amina"))
    amina.page.goto(f"/posts/new/{stage.school.pk}")
    amina.page.get_by_label("Text", exact=True).fill(TEXT)
    for name in ACCOUNTS:
        amina.page.get_by_role("checkbox", name=name).check()
    amina.tap("button", "Save draft")
    amina.page.get_by_label("I confirm these 3 statements").check()
    amina.tap("button", "Send for approval")
    expect(amina.page.get_by_text("Sent for approval.")).to_be_visible()

    ben = Thumb(phone("ben"))
    ben.page.goto(amina.page.url)
    for name in ACCOUNTS:
        expect(ben.page.get_by_text(name).first).to_be_attached()
    ben.tap("button", "Approve")
    expect(ben.page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    in_a_thread(lambda: a_minute_passes(stage, servers))

    ben.page.reload()
    assert states(stage) == {"noticeboard": "confirmed", "bluesky": "confirmed", "mastodon": "failed"}
    expect(ben.page.get_by_text("The network refused what was sent.").first).to_be_visible()
    expect(ben.page.get_by_role("link", name="View on Bluesky")).to_be_visible()
    expect(ben.page.get_by_role("link", name="See what to do")).to_be_visible()

    in_a_thread(lambda: a_minute_passes(stage, servers))
    assert [server.calls.count("publish") for server in servers.values()] == [1, 1]
    ben.page.get_by_role("link", name="See what to do").click()
    ben.tap("button", "Send again")
    in_a_thread(lambda: a_minute_passes(stage, servers))
    assert states(stage)["mastodon"] == "confirmed"
    assert [len(server.ours) for server in servers.values()] == [1, 1]
    assert [server.calls.count("publish") for server in servers.values()] == [1, 2]
