"""A parent asks for a comment to be erased, and someone who left for their name: by page."""

import pytest

from schoolgate.core.clock import local_day, now
from schoolgate.core.models import Destruction
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person
from schoolgate.records.models import Because, Why
from tests.eyes import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_comment_and_a_person_are_erased_and_a_ban_comes_first(house, somebody, wildground):
    with scope(wildground.pk):
        item = Item.objects.filter(state__in=["answered", "closed"]).order_by("pk").first().pk
        leaver = Person.objects.get(name="Grace Obi")  # a governor: leads on nothing, has no task
        Person.objects.filter(pk=leaver.pk).update(left_on=local_day(now()))
    helen = somebody(house, "helen", both=True)
    helen.sign_in()

    helen.open("/evidence?as=records&kind=comments")
    helen.page.locator("details.sg-fold > summary").last.click()
    helen.fill("Comment or message", str(item))
    helen.choose("Why must they be kept?", Because.SUBJECT_ACCESS.label)
    helen.named("Ban deleting").click()
    helen.open(f"/evidence?as=records&kind=comments&number={item}")
    helen.sees("There is a ban on deleting this.")
    helen.look("erase-banned")
    helen.open("/evidence?as=records")
    helen.page.locator("form:has(input[name=hold]) button").first.click()

    helen.open(f"/evidence?as=records&kind=comments&number={item}")
    helen.look("erase-comment")
    helen.answer("Why is it erased?", str(Why.ASKED.label))
    helen.fill("Reason", "Her mother asked us.")
    helen.named("Erase now").click()
    helen.sees("Erased. Its certificate is in this list.")
    helen.look("erased")

    helen.open(f"/people/{leaver.pk}")
    helen.press("Erase")
    helen.look("erase-person")
    helen.answer("Why is it erased?", str(Why.NOT_NEEDED.label))
    helen.fill("Reason", "The contract has ended.")
    helen.named("Erase now").click()
    helen.open(f"/people/{leaver.pk}")
    expect(helen.page.get_by_text(leaver.name)).to_have_count(0)
    helen.look("person-erased")

    with scope(wildground.pk):
        assert {one.kind for one in Destruction.objects.filter(thing__isnull=False)} == {"comments", "people"}
        assert Item.every.get(pk=item).destroyed_at is not None
