"""How long comments are kept: a period, one that must be kept, and what the nightly run destroyed."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import now
from schoolgate.core.models import Destruction
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Item
from schoolgate.records.destroying import destroy_due
from schoolgate.records.models import Because
from tests.eyes import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_comments_go_after_a_month_and_the_one_that_must_be_kept_stays(house, somebody, wildground):
    with scope(wildground.pk):
        over = list(Item.objects.filter(state__in=["answered", "closed"]).order_by("pk"))
    kept = over[0].pk
    helen = somebody(house, "helen", both=True)
    helen.sign_in()
    helen.open("/evidence")
    helen.press("How long records are kept")
    helen.look("records")
    helen.page.locator("details > summary", has_text=helen.say("Comments, messages and press")).click()
    helen.press("Comments and replies")

    helen.page.locator("details.sg-fold > summary").last.click()
    helen.fill("Comment or message", str(kept))
    helen.choose("Why must they be kept?", Because.COMPLAINT.label)
    helen.look("records-kept")
    helen.named("Ban deleting").click()
    helen.sees("Saved. The record stays until the ban is lifted.")

    helen.page.locator("details.sg-fold > summary").first.click()
    helen.fill("Months", "1")
    helen.fill("Reason", "As our schedule says")
    helen.named("Save period").click()
    helen.sees("Period saved. Check what would be destroyed, then start.")
    helen.sees("Nothing is due.")
    helen.named("Start destroying").click()
    helen.sees("Started. Records are now destroyed on the night they fall due.")
    helen.look("records-started")

    destroy_due(wildground.pk, at=now() + timedelta(days=62))

    with scope(wildground.pk):
        assert Destruction.objects.exists()
        assert Item.objects.filter(pk=kept).exists()
        gone = [row.pk for row in over if not Item.objects.filter(pk=row.pk).exists()]
    assert gone
    helen.open("/evidence?as=records")
    helen.look("records-destroyed")
    expect(helen.named("Download certificates (CSV)")).to_be_visible()
    helen.page.goto(f"/inbox/{gone[0]}")
    helen.sees("This comment was destroyed.")
    helen.page.goto(f"/inbox/{kept}")
    helen.sees("Our replies")
