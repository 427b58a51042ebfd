"""The page of writing offers a thread where a text is too long, shows each part, and the page of a post says
how one stands that ended too early."""

import re

import pytest
from django.urls import reverse as at_name

from schoolgate.core.tenancy import scope
from schoolgate.networks.fake import FakeNetwork, Fault
from schoolgate.publishing import sending
from schoolgate.publishing.models import Post, PostState
from tests.publishing.conftest import account_on
from tests.web.plain import check_page
from tests.web.posts_cast import NOW

LONG = "Camp begins on Friday. " * 20


def html(answer):
    return answer.content.decode()


def at(name, *args):
    return at_name(name, args=args)


@pytest.fixture
def thread(stage):
    """A post of Amina's that is written as a thread for Bluesky."""
    amina = stage.browser("amina")
    field = f"thread-{stage.accounts['bluesky'].pk}"
    answer = amina.post(at("post-new", stage.school.pk), {**stage.typed(LONG), field: "on", "do": "keep"})
    assert answer.status_code == 302
    with scope(stage.federation.pk):
        return Post.objects.latest("pk")


def preview(stage, **typed):
    answer = stage.browser("amina").post(at("post-preview", stage.school.pk), {**stage.typed(), **typed})
    assert answer.status_code == 200
    return html(answer)


def test_a_text_that_fits_offers_no_thread_and_one_that_does_not_offers_it(stage):
    assert "Send as a thread" not in preview(stage)

    page = preview(stage, text=LONG)

    assert "Send as a thread of 2 posts" in page
    tick = f"id_thread-{stage.accounts['bluesky'].pk}"
    assert re.search(rf'<a href="#{tick}">[^<]*Shorten it, or send it as a thread of 2 posts\.</a>', page)
    assert f'id="{tick}"' in page
    assert "1/2" not in page


def test_a_chosen_thread_is_shown_part_by_part_with_lengths_and_nothing_is_missing(stage):
    """A text that no thread takes leads to the text."""
    page = preview(stage, text=LONG, **{f"thread-{stage.accounts['bluesky'].pk}": "on"})
    assert ("1/2" in page, "2/2" in page, "Thread of 2 posts" in page) == (True, True, True)
    assert "of 300 characters" in page
    assert "Shorten it" not in page

    page = preview(stage, text=LONG * 6)
    assert "Send as a thread" not in page
    assert re.search(r'<a href="#id_text">[^<]*allows up to 300 characters', page)


def test_the_choice_is_kept_with_the_draft_and_shown_to_who_approves(stage, thread):
    amina = stage.browser("amina")
    page = html(amina.get(at("post-edit", thread.pk)))
    assert f'name="thread-{stage.accounts["bluesky"].pk}" checked' in page
    check_page(page)

    shown = html(stage.browser("ben").get(at("post", thread.pk)))
    assert ("1/2" in shown, "2/2" in shown) == (True, True)
    check_page(shown)

    version = {"version": thread.version}
    answer = amina.post(at("post-edit", thread.pk), {**stage.typed(LONG), **version, "do": "keep"})
    assert answer.status_code == 302
    assert [each.as_thread for each in stage.read(thread).targets.all()] == [False], "without the tick"


@pytest.fixture
def unfinished(stage):
    """A thread on Mastodon of which only the first part is live."""
    with scope(stage.federation.pk):
        toots = account_on("mastodon", stage.school, NOW)
    stage.accounts["mastodon"] = toots
    [delivery] = stage.started("Camp begins on Friday.", "mastodon")
    with scope(stage.federation.pk):
        delivery.parts = ["Camp.\n\n1/2", "Back on Sunday.\n\n2/2"]
        delivery.save()
    stage.server.faults = [None, Fault.REFUSED]
    sending.advance(
        stage.federation.pk, delivery.pk, clock=lambda: NOW,
        connect=lambda _account: FakeNetwork(stage.server, like="mastodon"),
    )  # fmt: skip
    return delivery


def test_a_thread_that_ended_too_early_says_so_and_its_rest_can_be_sent(stage, unfinished):
    amina = stage.browser("amina")
    page = html(amina.get(at("post", unfinished.post_id)))
    assert "Thread not finished" in page
    assert "1 of 2 posts of the thread are live." in page
    card = html(amina.get(at("delivery", unfinished.pk)))
    assert ("Send the rest" in card, "Take down" in card) == (True, True)
    check_page(card)
    assert stage.browser("cara").post(at("delivery-rest", unfinished.pk)).status_code == 403

    assert amina.post(at("delivery-rest", unfinished.pk)).status_code == 302

    assert stage.read(unfinished.post_id).state == PostState.SENDING
    assert amina.post(at("delivery-rest", unfinished.pk)).status_code == 409
