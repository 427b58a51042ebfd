"""A child tells of harm below our post, and many people write at once on another."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from schoolgate.accounts.models import Account
from schoolgate.core.clock import now
from schoolgate.inbox.actions import ingest
from schoolgate.inbox.models import Item
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.publishing.models import Delivery
from tests.browsing import PHONE
from tests.journeys.example import setting_up

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
TELLS = "please help my dad hits me when he is drunk and i am scared to go home"
ANGRY = "This is a disgrace, I want to make a complaint"


@pytest.fixture
def lead(house):
    """Priya leads on safeguarding."""
    with setting_up.inside(house):
        setting_up.leads(setting_up.person("priya"), by=setting_up.person("helen"))


def written(house, *texts: str) -> list[int]:
    """Comments below a post of ours, each by another person, a minute apart; their numbers."""
    with setting_up.inside(house):
        account = Account.objects.filter(state="open").exclude(network="noticeboard").order_by("id")[0]
        sent = Delivery.objects.filter(account=account, state="confirmed").order_by("id").first()
        post = sent.post if sent else Delivery.objects.filter(state="confirmed").order_by("id")[0].post
        before = now() - timedelta(minutes=len(texts))
        items = [
            IncomingItem(
                network=account.network,
                ref=Ref(account.network, f"told-{n}", f"https://{account.network}.example/told-{n}", "v1"),
                author=Author(f"did:{n}", f"writer{n}.example", f"Writer {n}"),
                text=text,
                created_at=before + timedelta(minutes=n),
                attachments=(),
                visibility="public",
            )
            for n, text in enumerate(texts)
        ]
        ingest(at=now(), account=account, items=items, post=post)
        return list(
            Item.objects.filter(network_id__startswith="told-").order_by("id").values_list("pk", flat=True)
        )


def test_what_a_child_tells_reaches_the_lead_and_no_one_else(house, lead, somebody):
    [pk] = written(house, TELLS)
    tom, priya = somebody(house, "tom", size=PHONE), somebody(house, "priya")
    for one in (tom, priya):
        one.sign_in()

    tom.open("/inbox")
    expect(tom.page.locator("tbody tr, .sg-row").first).to_contain_text("my dad hits me")
    tom.look("disclosure-comes-first")
    tom.page.get_by_role("link", name=TELLS[:20]).first.click()
    tom.sees("May be in danger")
    tom.look("disclosure-before")
    tom.press("Report and lock")
    tom.sees("Only they can find it now.")
    tom.look("disclosure-reported")

    for path in ("/inbox?show=all", "/inbox?show=newest", "/today"):
        tom.page.goto(path)
        expect(tom.page.get_by_text("my dad hits me")).to_have_count(0)
    assert tom.page.request.get(f"{house.address}/inbox/{pk}").status == 404

    priya.open(f"/inbox/{pk}")
    priya.reads(TELLS)
    priya.sees("Locked to the safeguarding leads")
    priya.look("disclosure-for-the-lead")
    priya.open("/wrong/reports")
    priya.look("disclosure-as-a-concern")
    priya.open("/inbox?as=locked")
    priya.sees(f"Comment or message {pk}")


def test_many_people_at_once_are_seen_for_what_they_are(house, somebody):
    pks = written(house, *[f"{ANGRY} {n}" for n in range(9)])
    tom = somebody(house, "tom", size=PHONE)
    tom.sign_in()
    tom.open(f"/inbox/{pks[-1]}")
    tom.sees("Many people at once on this post")
    tom.look("pile-on")
    tom.open("/inbox?show=complaints")
    tom.look("complaints")
    expect(tom.page.get_by_text(ANGRY).first).to_be_visible()
