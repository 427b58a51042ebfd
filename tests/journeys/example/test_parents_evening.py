"""A guide for parents, published and read signed out; the parents' evening planned and held, and what it is
evidence of."""

import pytest

from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.policy.models import GuideFor, GuideVersion, Lesson, Programme
from tests.eyes import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TITLE = "Photos at the school play"
TEXT = "Enjoy the play.\n\nPlease take photos of your own child only. Ask other parents before you post one."


def test_a_guide_for_parents_and_their_evening(house, somebody, wildground):
    grace = somebody(house, "grace", both=True)
    grace.sign_in()
    grace.open("/policy?as=guides")
    grace.look("guides-none")
    grace.press("Write a guide")
    grace.answer("Who is it for?", str(GuideFor.PARENTS.label))
    grace.fill("Title", TITLE)
    grace.page.locator("#id_text").fill(TEXT)
    grace.look("guide-write")
    grace.named("Save draft").click()
    grace.look("guide-draft")
    grace.named("Ask them to agree").click()
    grace.look("guide-asked")

    with scope(wildground.pk):
        number = GuideVersion.objects.get().guide_id
    dilys = somebody(house, "dilys", both=True)
    dilys.sign_in()
    dilys.open(f"/policy?as=guides&guide={number}")
    dilys.look("guide-to-agree")
    dilys.named("Agree and publish").click()
    dilys.sees("Guide published.")
    dilys.look("guide-published")
    dilys.page.context.clear_cookies(name="sessionid")
    dilys.page.goto(f"/{wildground.slug}/guides")
    dilys.look("guides-public")
    dilys.page.goto(f"/{wildground.slug}/guides?guide={number}")
    expect(dilys.page.get_by_text("Enjoy the play.")).to_be_visible()
    dilys.look("guide-public")

    grace.open("/policy/training?as=programme")
    grace.page.locator("details.sg-fold > summary").last.click()
    grace.answer("Who is it for?", str(Programme.PARENT.label))
    grace.fill("What is it about?", "Parents’ evening")
    grace.look("programme-plan")
    grace.named("Add to the programme").click()
    grace.page.locator("details.sg-why > summary").first.click()
    grace.page.locator("input[name$=-on]").fill(local_day(now()).isoformat())
    grace.page.locator("input[name$=-came]").fill("43")
    grace.page.locator("details.sg-why form.sg-form button").first.click()
    grace.sees("Saved.")
    grace.look("programme-held")
    with scope(wildground.pk):
        assert Lesson.objects.get().came == 43
    grace.open("/evidence/clauses/wildground-parents-2")
    grace.sees("Lesson or talk recorded as given")
    grace.look("programme-evidence")
