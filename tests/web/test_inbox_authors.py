"""The page of a comment: its author is blocked for a time, or the comment reported to its network."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.inbox import seeing, sight
from schoolgate.inbox.models import AuthorStep
from tests.days import today
from tests.web.inboxes import came_in, fresh, seen, wild

__all__ = ["came_in", "fresh", "wild"]


@pytest.fixture
def item(wild, came_in):
    """A comment on the Facebook account, where a person does what the policy allows."""
    return came_in("You are all useless", account=wild.facebook)


def send(browser, item, do, **more):
    given = {"do": do, "because": "improper", "days": "28", **more}
    return browser.post(reverse("item-author", args=[item.pk]), given, follow=True)


def step(wild):
    with scope(wild.federation.pk):
        return seeing.author_step(AuthorStep.objects.latest("pk").pk)


def test_only_who_moderates_is_offered_it_and_what_is_missing_is_named_beside_its_field(wild, item):
    address = reverse("item", args=[item.pk])
    assert "Block or report" in seen(wild.ben.get(address))
    assert "Block or report" not in seen(wild.gwen.get(address))
    assert send(wild.gwen, item, "block").status_code == 403
    assert send(wild.amina, item, "block").status_code == 404

    html = seen(send(wild.ben, item, "block", because="", days="7"), 422)
    assert "Choose a reason." in html
    assert '<option value="7" selected' in html, "what was chosen stays"
    assert "Choose until when." in seen(send(wild.ben, item, "block", days="12"), 422)

    for do in ("end", "keep", "agree", "by-hand", "unknown", ""):
        assert send(wild.ben, item, do).status_code == 404, do


def test_an_author_is_blocked_by_hand_kept_blocked_after_a_review_and_the_block_ends_by_hand(wild, item):
    html = seen(send(wild.ben, item, "block"))
    assert "Do it on the network now, then confirm here." in html
    assert "I’ve blocked the author" in html

    html = seen(send(wild.ben, item, "by-hand", step=step(wild).pk))
    assert "The author is blocked. You’ll be asked to review it." in html
    assert "Author blocked until" in html

    assert "will be reviewed again" in seen(send(wild.mari, item, "keep", days="14"))
    with scope(wild.federation.pk):
        block = sight.standing_block(item)
        assert (block.until - block.written_at.date()).days in (13, 14)

    seen(send(wild.ben, item, "end"))
    html = seen(send(wild.ben, item, "by-hand", step=step(wild).pk))
    assert "The block has ended." in html
    assert "Author blocked until" not in html


def test_the_review_of_a_block_is_open_on_its_day_and_not_the_day_before(wild, item):
    seen(send(wild.ben, item, "block"))
    seen(send(wild.ben, item, "by-hand", step=step(wild).pk))
    for days, opened in ((1, False), (0, True)):
        with scope(wild.federation.pk):
            AuthorStep.objects.update(until=today() + timedelta(days=days))
        html = seen(wild.ben.get(reverse("item", args=[item.pk])))
        assert 'id="block"' in html
        assert ('id="block" open' in html) == opened


def test_a_long_block_waits_until_a_colleague_agrees_or_declines(wild, item):
    html = seen(send(wild.ben, item, "block", days="90"))
    assert "A block for more than 31 days waits until a colleague agrees." in html
    assert "Agree to block" not in html
    assert send(wild.ben, item, "agree").status_code == 403
    assert "Declined. The author isn’t blocked." in seen(send(wild.mari, item, "decline"))
    assert step(wild).state == "cancelled"

    send(wild.ben, item, "block", days="365")
    assert "Agree to block" in seen(wild.mari.get(reverse("item", args=[item.pk])))
    seen(send(wild.mari, item, "agree"))
    assert step(wild).agreed_by == wild.people.mari
    assert "I’ve blocked the author" in seen(wild.ben.get(reverse("item", args=[item.pk])))


def test_a_comment_is_reported_with_its_number_on_its_own_page_alone(wild, item, came_in):
    html = seen(send(wild.ben, item, "report"))
    assert "I’ve reported it" in html
    other = came_in("Hello", account=wild.facebook, key="c2")
    assert send(wild.ben, other, "by-hand", step=step(wild).pk).status_code == 404

    html = seen(send(wild.ben, item, "by-hand", step=step(wild).pk, number="F-12"))
    assert "number F-12" in html
    assert "After blocking or reporting" in html
    done = seen(wild.ben.post(reverse("item-sight-finish", args=[item.pk]), follow=True))
    assert "Saved. The policy asks for nothing more." in done
    assert "After blocking or reporting" not in done


def test_where_a_block_is_public_the_page_says_so_first_and_a_network_without_answer_is_asked_later(
    wild, came_in
):
    item = came_in()
    html = seen(wild.ben.get(reverse("item", args=[item.pk])))
    assert "On Bluesky, anyone can see who an account has blocked." in html
    html = seen(send(wild.ben, item, "block"))
    assert "The network has been asked." in html or "Do it on the network now" in html
