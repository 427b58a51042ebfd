"""What became of a live post on its network: shown on its page, on Today, and by month."""

from dataclasses import asdict, replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import TeamMember
from schoolgate.core.tenancy import scope
from schoolgate.networks.fake import FakeNetwork
from schoolgate.networks.port import Reactions
from schoolgate.publishing import queries, sending
from schoolgate.publishing.models import Delivery, LiveChange, PostReactions
from tests.web.plain import check_page
from tests.web.posts_cast import NOW, Stage, no_browser, wildground_at_work
from tests.worlds import world

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def html(answer) -> str:
    return answer.content.decode()


def shown(stage: Stage, name: str, post: int) -> str:
    return html(stage.browser(name).get(reverse("post", args=[post])))


@world(wildground_at_work)
def post_live(cast, at):
    """A post of Amina's that is live; Ben leads the account."""
    stage = Stage(**vars(cast), sign_in=no_browser)
    with scope(stage.federation.pk):
        TeamMember.objects.create(
            account=stage.accounts["bluesky"], person=stage.people["ben"], part="lead", from_day=at.date()
        )
    return SimpleNamespace(stage=stage, out=stage.advance(stage.started("Sports day is on Friday.")[0]).pk)


@pytest.fixture
def begun(in_world, home):
    return in_world(post_live, NOW)


@pytest.fixture
def stage(begun, sign_in) -> Stage:
    return replace(begun.stage, sign_in=sign_in)


@pytest.fixture
def out(stage, begun) -> Delivery:
    """A post of Amina's that is live."""
    with scope(stage.federation.pk):
        return queries.delivery(begun.out)


@pytest.fixture
def look(stage):
    """Read what is due after this time."""

    def after(later=5 * MINUTE):
        sending.read_back(
            stage.federation.pk, stage.accounts["bluesky"].pk, clock=lambda: NOW + later,
            connect=lambda _account: FakeNetwork(stage.server),
        )  # fmt: skip

    return after


def the_change(stage) -> LiveChange:
    with scope(stage.federation.pk):
        return LiveChange.objects.get()


def settle(stage, name: str, change: LiveChange, post: int):
    address = reverse("post-change-settle", args=[post, change.pk])
    return stage.browser(name).post(address, follow=True)


def test_a_change_is_shown_first_with_what_is_there_now_and_what_can_be_done(stage, out, look):
    """The lead finds it on Today, its author sees it, an approver accepts the version that is there."""
    stage.server.change_ours(out.ref, "Sports day is off.")
    look()
    ben, change = stage.browser("ben"), the_change(stage)
    for language in ("en", "cy"):
        ben.cookies["django_language"] = language
        page = html(ben.get(reverse("post", args=[out.post_id])))
        assert "Sports day is off." in page
        assert page.index(f'id="change-{change.pk}"') < page.index("sg-content")
        assert reverse("post-change-settle", args=[out.post_id, change.pk]) in page
        check_page(page, language)
    ben.cookies["django_language"] = "en"
    assert "Check a post that was changed on its network" in html(ben.get(reverse("today")))
    answer = ben.get(reverse("delivery", args=[out.pk]))
    assert answer.url == reverse("post", args=[out.post_id])

    page = shown(stage, "amina", out.post_id)
    assert "An approver who isn’t the author can accept this version." in page
    assert "post-change-settle" not in page
    assert settle(stage, "amina", change, out.post_id).status_code == 403
    assert settle(stage, "ben", change, stage.draft("Another.").pk).status_code == 404

    answer = settle(stage, "ben", change, out.post_id)
    assert "Accepted as it is now." in html(answer)
    assert the_change(stage).how == "stays"
    assert "Changed on Bluesky" not in shown(stage, "ben", out.post_id)
    assert settle(stage, "ben", change, out.post_id).status_code == 409


def test_a_removed_post_is_told_as_removed_and_can_be_noted(stage, out, look):
    stage.server.ours.pop(out.ref.id)
    look()
    assert "Removed on Bluesky" in shown(stage, "amina", out.post_id)
    settle(stage, "amina", the_change(stage), out.post_id)

    assert "Removed on Bluesky" not in shown(stage, "amina", out.post_id)


def test_the_page_and_the_months_show_reactions_and_what_a_network_does_not_tell(stage, out, look):
    """Views are a column where a network tells them."""
    stage.server.reactions[out.ref.id] = Reactions(3, 1, 2, None)
    look()
    amina = stage.browser("amina")
    page = shown(stage, "amina", out.post_id)
    assert "Reactions (6)" in page
    assert ">Views<" not in page
    check_page(page)
    answer = amina.get(reverse("posts"), {"as": "reach"})
    ((_name, month),) = answer.context["months"]
    assert (month.posts, month.counts.total, month.counts.quotes) == (1, 6, None)
    assert "<svg" in html(answer)
    assert not answer.context["views"]
    check_page(html(answer))

    stage.server.reactions[out.ref.id] = Reactions(3, views=120)
    look(HOUR)
    page, months = shown(stage, "amina", out.post_id), html(amina.get(reverse("posts"), {"as": "reach"}))
    assert "Reactions (3)" in page
    for each in (page, months):
        assert ">Views<" in each
        assert ">120<" in each
        check_page(each)


def test_the_page_shows_the_reactions_to_each_post_of_a_thread(stage, out, look):
    look()
    with scope(stage.federation.pk):
        type(out).objects.filter(pk=out.pk).update(parts=["Camp begins. 1/3", "We are back. 2/3", "Bye. 3/3"])
        row = PostReactions.objects.get()
        row.likes, row.parts = 9, [asdict(Reactions(4)), None, asdict(Reactions(5, views=None))]
        row.save()
    browser = stage.browser("amina")
    for language in ("en", "cy"):
        browser.cookies["django_language"] = language
        page = html(browser.get(reverse("post", args=[out.post_id])))
        rows = page[page.index("Camp begins. 1/3</span></th>") :].split("</tr>")
        assert [">4<" in rows[0], "–" in rows[1], ">5<" in rows[2]] == [True, True, True], language
        check_page(page, language)


def test_a_post_by_hand_says_that_its_network_does_not_tell(stage):
    delivery = stage.started("By hand.", "facebook")[0]
    with scope(stage.federation.pk):
        type(delivery).objects.filter(pk=delivery.pk).update(
            state="confirmed", receipt={"network": "facebook", "id": "1", "address": "", "version": ""}
        )

    assert "Not available from this network." in shown(stage, "amina", delivery.post_id)


def test_the_reactions_of_a_month_cost_the_same_for_one_post_and_for_many(stage, out, look, same_queries):
    """Those of an account without posts are not there."""
    look()
    browser = stage.browser("amina")
    browser.get(reverse("posts"), {"as": "reach"})

    def grow():
        for number in range(3):
            stage.advance(stage.started(f"Post {number}")[0])
        look(HOUR)

    same_queries(lambda: browser.get(reverse("posts"), {"as": "reach"}), grow)
    for other in (stage.accounts["facebook"].pk, "x"):
        assert browser.get(reverse("posts"), {"as": "reach", "account": other}).status_code == 404, other


def test_counts_add_up_and_what_is_not_told_stays_so():
    one, other = Reactions(1, None, 2, None, None), Reactions(4, None, None, 3, 12)

    assert one + other == Reactions(5, None, 2, 3, 12)
    assert ((one + other).total, (one + one).views) == (10, None)
