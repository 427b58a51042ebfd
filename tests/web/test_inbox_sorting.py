"""Sorting, closing and copying in, on the pages of the inbox."""

import pytest
from django.urls import reverse

from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Item
from tests.web.inboxes import HOUR, NOW, came_in, fresh, seen, wild

__all__ = ["came_in", "fresh", "wild"]


# --- Sorting, closing, copying in --------------------------------------------------------------------------


def test_closing_asks_why(wild, came_in, fresh):
    item = came_in()
    assert "Choose why no reply is needed." in seen(wild.ben.post(reverse("item-close", args=[item.pk])), 422)

    wild.ben.post(reverse("item-close", args=[item.pk]), {"reason": "spam"})
    assert (fresh(item).state, fresh(item).close_reason) == ("closed", "spam")
    assert "Spam" in seen(wild.ben.get(reverse("item", args=[item.pk])))


def test_saying_what_it_is_asks_the_policy_again(wild, came_in, fresh):
    item = came_in()
    response = wild.ben.post(reverse("item-kind", args=[item.pk]), {"kind": "complaint"}, follow=True)

    assert fresh(item).kind == "complaint"
    assert "deadline for replying" in seen(response)
    seen(wild.ben.post(reverse("item-kind", args=[item.pk]), {"kind": "praise"}), 422)


def test_those_without_the_part_change_nothing(wild, came_in, fresh):
    item = came_in()
    for name, given in (("item-kind", {"kind": "query"}), ("item-close", {"reason": "spam"})):
        seen(wild.gwen.post(reverse(name, args=[item.pk]), given), 403)
        seen(wild.amina.post(reverse(name, args=[item.pk]), given), 404)
    assert (fresh(item).kind, fresh(item).state) == ("comment", "open")


def paste(wild, **changes):
    local = NOW - 2 * HOUR
    given = {
        "account": wild.facebook.pk, "text": "When?", "day": f"{local:%Y-%m-%d}",
        "time": "00:01", "kind": "query", "author": "A parent", "address": "", "post": "",
        "readers": "everyone",
    }  # fmt: skip
    return wild.ben.post(reverse("inbox-paste"), {**given, **changes})


def test_a_comment_is_copied_in(wild):
    response = paste(wild)

    assert response.status_code == 302
    with scope(wild.federation.pk):
        item = Item.objects.get()
    assert (item.kind, item.pasted_by_id, item.private) == ("query", wild.people.ben.pk, False)
    assert response["Location"] == reverse("item", args=[item.pk])


CANNOT = "can’t hide or delete a review. You can report it to the network under More."


def test_a_review_is_copied_in_filtered_answered_and_reported_but_not_hidden(wild):
    with scope(wild.federation.pk):
        Safeguarder.objects.create(place="lead", person_id=wild.people.gwen.pk, since=NOW)
    page = seen(wild.ben.get(paste(wild, kind="review")["Location"]))
    with scope(wild.federation.pk):
        item = Item.objects.get()
    assert "<h1" in page
    assert "Review" in page.split("</h1>")[0].split("<h1")[1]
    assert CANNOT in page
    assert "until the network removes it: report it there too." in page
    for name, offered in (("item-answer", True), ("item-author", True), ("item-sight", False)):
        assert (f'action="{reverse(name, args=[item.pk])}"' in page) is offered
    for kind, number in (("review", 1), ("comment", 0)):
        shown = wild.ben.get(reverse("inbox"), {"show": "newest", "kind": kind})
        assert len(shown.context["rows"]) == number

    sent = {"how": "hidden", "because": "improper", "version": item.version, "said-relation": "other"}
    told = seen(wild.ben.post(reverse("item-sight", args=[item.pk]), sent), 409)
    assert "Only its network can hide or delete a review." in told


def test_a_comment_that_was_copied_in_is_hidden_by_hand_as_before(wild):
    page = seen(wild.ben.get(paste(wild, kind="comment")["Location"]))
    with scope(wild.federation.pk):
        item = Item.objects.get()
    assert f'action="{reverse("item-sight", args=[item.pk])}"' in page
    assert CANNOT not in page


def test_its_type_can_be_changed_to_review_and_back(wild, came_in, fresh):
    item = came_in()
    for kind in ("review", "comment"):
        wild.ben.post(reverse("item-kind", args=[item.pk]), {"kind": kind})
        assert fresh(item).kind == kind


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"account": "999999"},
        {"time": "25:00"},
        {"day": "2999-01-01"},
        {"kind": "message"},
        {"address": "x"},
    ],
)
def test_what_was_copied_wrongly_is_said_beside_its_field(wild, wrong):
    seen(paste(wild, **wrong), 422)
    with scope(wild.federation.pk):
        assert not Item.objects.exists()


def test_only_accounts_that_no_program_reads_are_offered(wild):
    page = wild.ben.get(reverse("inbox-paste"))
    assert [account.network for account in page.context["accounts"]] == ["facebook"]
    seen(wild.gwen.get(reverse("inbox-paste")), 403)
    seen(paste(wild, account=wild.bluesky.pk), 422)
