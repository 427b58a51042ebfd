"""Sorting, closing and copying in, on the pages of the inbox."""

from django.urls import reverse

from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Item
from tests.web.inboxes import HOUR, NOW, came_in, fresh, seen, wild

__all__ = ["came_in", "fresh", "wild"]


# --- Sorting, closing, copying in --------------------------------------------------------------------------


def test_what_it_is_is_said_asks_the_policy_again_and_closing_it_asks_why(wild, came_in, fresh):
    item = came_in()
    kind, close = (reverse(name, args=[item.pk]) for name in ("item-kind", "item-close"))
    for address, given in ((kind, {"kind": "query"}), (close, {"reason": "spam"})):
        seen(wild.gwen.post(address, given), 403)
        seen(wild.amina.post(address, given), 404)
    assert (fresh(item).kind, fresh(item).state) == ("comment", "open"), "without the part"

    response = wild.ben.post(kind, {"kind": "complaint"}, follow=True)
    assert fresh(item).kind == "complaint"
    assert "deadline for replying" in seen(response)
    seen(wild.ben.post(kind, {"kind": "praise"}), 422)
    for other in ("review", "comment"):
        wild.ben.post(kind, {"kind": other})
        assert fresh(item).kind == other

    assert "Choose why no reply is needed." in seen(wild.ben.post(close), 422)
    html = seen(wild.ben.post(close, {"reason": "spam"}, follow=True))
    assert (fresh(item).state, fresh(item).close_reason) == ("closed", "spam")
    assert "Spam" in html


def paste(wild, **changes):
    local = NOW - 2 * HOUR
    given = {
        "account": wild.facebook.pk, "text": "When?", "day": f"{local:%Y-%m-%d}",
        "time": "00:01", "kind": "query", "author": "A parent", "address": "", "post": "",
        "readers": "everyone",
    }  # fmt: skip
    return wild.ben.post(reverse("inbox-paste"), {**given, **changes})


WRONG = {"account": "999999", "time": "25:00", "day": "2999-01-01", "kind": "message"}


def test_a_comment_is_copied_in_and_what_is_wrong_is_said_beside_its_field(wild):
    """Only to accounts that no program reads, by who replies there."""
    refused = paste(wild, **WRONG)
    seen(refused, 422)
    assert set(refused.context["form"].errors) == set(WRONG)
    for wrong in ({"text": " "}, {"address": "x"}):
        seen(paste(wild, **wrong), 422)
    seen(paste(wild, account=wild.bluesky.pk), 422)
    page = wild.ben.get(reverse("inbox-paste"))
    assert [account.network for account in page.context["accounts"]] == ["facebook"]
    seen(wild.gwen.get(reverse("inbox-paste")), 403)
    with scope(wild.federation.pk):
        assert not Item.objects.exists()

    response = paste(wild)
    assert response.status_code == 302
    with scope(wild.federation.pk):
        item = Item.objects.get()
    assert (item.kind, item.pasted_by_id, item.private) == ("query", wild.people.ben.pk, False)
    assert response["Location"] == reverse("item", args=[item.pk])
    html = seen(wild.ben.get(response["Location"]))
    assert f'action="{reverse("item-sight", args=[item.pk])}"' in html, "it's hidden by hand"
    assert CANNOT not in html


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
