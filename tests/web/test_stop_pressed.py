"""On a phone: two touches stop everything while a post waits; a post comes down by hand, seen by two."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.jobs.minutely import send_due
from schoolgate.publishing.models import Delivery, PostState
from tests.web.posts_cast import TEXT, Stage
from tests.web.scriptless import Page, bring_session, expect, open_context
from tests.working import do_jobs

ADDRESS = "https://www.facebook.com/wildground/posts/1234567890"


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own."""
    return stage


@pytest.fixture
def tabs(world) -> dict[str, Page]:
    """The phones of Amina and Ben."""
    found = {}
    for who in ("amina", "ben"):
        context = open_context()
        bring_session(context, world.browser(who))
        found[who] = context.new_page()
    return found


def sweep(at: datetime) -> None:
    """What the worker does each minute."""
    send_due(at)
    do_jobs(at)


def test_two_touches_stop_a_post_that_waits_and_lifting_lets_it_go(world, tabs):
    begun = datetime.now(UTC)  # not that of the stage, which may be minutes old: the stop has the real time
    post = world.approved(TEXT, "noticeboard", planned_at=begun + timedelta(minutes=5))
    ben, amina = tabs["ben"], tabs["amina"]
    ben.goto("/accounts")
    ben.get_by_role("link", name="Stop", exact=True).click()
    ben.get_by_role("button", name="Stop posting now").click()
    expect(
        ben.get_by_text("Posting is stopped. Nothing new goes out until the stop is lifted.")
    ).to_be_visible()

    amina.goto(f"/posts/{post.pk}")
    expect(
        amina.get_by_text(
            "Posting is stopped in this federation. Nothing new goes out until the stop is lifted."
        )
    ).to_be_visible()
    sweep(begun + timedelta(minutes=6))
    assert world.read(post).state == PostState.APPROVED

    ben.get_by_role("button", name="Lift this stop").click()
    expect(ben.get_by_text("Posting is not stopped")).to_be_visible()
    sweep(begun + timedelta(minutes=7))
    assert world.read(post).state == PostState.PUBLISHED
    ben.get_by_text("Earlier stops").click()
    expect(ben.locator("dl").get_by_text("Something wrong is going out")).to_be_visible()


def test_a_post_is_put_out_and_taken_down_by_hand_and_seen_to_be_gone_by_another(world, tabs):
    card = world.started(TEXT, "facebook")[0]
    amina, ben = tabs["amina"], tabs["ben"]
    amina.goto("/posts?show=by-hand")
    amina.locator("main a[href^='/deliveries/']").first.click()
    amina.get_by_label("Link to the post").fill(ADDRESS)
    amina.get_by_role("button", name="Mark as posted").click()
    expect(amina.get_by_text("Posted by hand. Confirmed by: Amina Khan.")).to_be_visible()

    ben.goto(f"/posts/{card.post_id}")
    ben.get_by_role("link", name="Take down").first.click()
    ben.get_by_role("button", name="Someone’s safety").click()
    expect(ben.get_by_text("Still there")).to_be_visible()

    with scope(world.federation.pk):
        removal = Delivery.objects.get(of=card)
    amina.goto(f"/deliveries/{removal.pk}")
    amina.get_by_role("button", name="I’ve taken it down").click()
    expect(amina.get_by_text("Needs checking")).to_be_visible()
    assert world.read(card.post_id).state == PostState.TAKING_DOWN

    ben.goto(f"/deliveries/{removal.pk}")
    expect(ben.get_by_role("link", name="Check on Facebook")).to_have_attribute("href", ADDRESS)
    ben.get_by_role("button", name="Confirm it’s gone").click()
    expect(ben.get_by_text("Taken down by hand and checked by a second person.")).to_be_visible()
    assert world.read(card.post_id).state == PostState.TAKEN_DOWN
