"""The pages of consents, at the office and for a parent, are in order on a phone and at a desk."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.by_hand import say_how_it_stands
from schoolgate.publishing.models import PostPerson
from schoolgate.publishing.taking_down import remove
from schoolgate.publishing.withdrawn import list_withdrawn
from schoolgate.pupils import linking
from schoolgate.pupils.models import Pupil, Withdrawal
from tests.pupils.lists import Brought, line
from tests.web.posts_cast import NOW, TEXT, Stage
from tests.web.scriptless import bring_session, expect, open_context, wrong_with


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own."""
    return stage


def test_the_pages_of_the_office_are_in_order(world):
    at = datetime.now(UTC) - timedelta(minutes=5)
    with scope(world.federation.pk):
        sam = world.people["sam"]
        Brought(sam, at, world.school, line(picture="Yes", form="4B")).confirm()
        ava = Pupil.objects.get()
        given = {"giver": "parent", "who": "Ann Thomas", "email": "ann@example.org"}
        link = linking.make_link(by=sam, at=at, pupil=ava, **given)
        own = linking.make_link(by=sam, at=at, pupil=ava, giver="pupil")
        linking.mail_link(by=sam, at=at, link=link)
        slug = world.federation.slug
        public = [reverse("consent-code", args=[slug]), reverse("consent", args=[slug, linking.code_of(own)])]
    context = open_context()
    bring_session(context, world.browser("sam"))
    page = context.new_page()
    for address in [f"/pupils/{ava.pk}", "/pupils?class=4B", *public]:
        page.goto(address)
        for fold in page.locator("details:not([open]) > summary", has_text="Consent links").all():
            fold.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert wrong_with(page) == []
    context.close()


def test_a_parent_and_the_school_read_the_same_of_each_copy(world):
    """Live and being removed, waiting for a hand, and put out by hand all the same."""
    copies = [world.started(f"{TEXT} {each}", each)[0] for each in ("bluesky", "facebook")]
    world.advance(copies[0])
    with scope(world.federation.pk):
        sam = world.people["sam"]
        ava = Pupil.objects.create(school=world.school, key="A1", first_name="Ava", last_name="Thomas")
        link = linking.make_link(by=sam, at=NOW, pupil=ava, giver="parent", who="Ann Thomas")
        linking.answer_by_link(at=NOW, link=link, uses=["picture"], answer="given")
        for copy in copies:
            PostPerson.objects.create(post=copy.post, place=1, pupil=ava, shown=True, named="no")
        page_of_ann = reverse("consent", args=[world.federation.slug, linking.code_of(link)])
    parent = open_context().new_page()
    parent.goto(page_of_ann)
    pictures = parent.locator("form", has=parent.locator("input[name=use][value=picture]"))
    pictures.get_by_role("button", name="No").click()
    expect(parent.get_by_text("Your answer has been saved.")).to_be_visible()
    with scope(world.federation.pk):
        list_withdrawn(at=NOW, withdrawal=Withdrawal.objects.get())
        for copy in copies:
            remove(at=NOW, copy=queries.delivery(copy.pk))
    parent.reload()
    expect(parent.get_by_text("Being removed")).to_be_visible()
    expect(parent.get_by_text("A member of staff will check by")).to_be_visible()
    assert wrong_with(parent) == []

    context = open_context()
    bring_session(context, world.browser("ben"))
    ben = context.new_page()
    ben.goto(f"/deliveries/{copies[1].pk}")
    expect(ben.get_by_text("Don’t post this")).to_be_visible()
    assert wrong_with(ben) == []
    ben.get_by_label("No, it isn’t there").check()
    ben.get_by_role("button", name="Save", exact=True).click()
    expect(ben.get_by_role("heading", level=1)).to_be_visible()
    parent.reload()
    expect(parent.get_by_text("A member of staff will check by")).to_be_visible()
    with scope(world.federation.pk):
        say_how_it_stands(
            by=world.people["amina"], at=NOW, delivery=queries.delivery(copies[1].pk), there=False
        )
    parent.reload()
    expect(parent.get_by_text("Not posted")).to_be_visible()
    ben.goto(f"/deliveries/{copies[1].pk}")
    ben.get_by_text("It has already been posted").click()
    ben.get_by_label("Link to the post").fill("https://www.facebook.com/wildground/posts/1234567890")
    assert wrong_with(ben) == []
    ben.get_by_role("button", name="It’s already there").click()
    expect(ben.get_by_role("heading", level=1)).to_be_visible()
    parent.reload()
    expect(parent.get_by_text("A member of staff will remove it by")).to_be_visible()
    assert wrong_with(parent) == []
    parent.get_by_role("button", name="Cymraeg").click()
    expect(parent.get_by_text("Bydd aelod o staff")).to_be_visible()
    assert wrong_with(parent, "cy") == []
    context.close()
    parent.context.close()
