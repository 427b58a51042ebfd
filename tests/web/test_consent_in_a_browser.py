"""Consent is imported, a parent withdraws it on a phone, the copy on the noticeboard goes, they are told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from schoolgate.core.clock import local_day
from schoolgate.core.events import delivering
from schoolgate.core.models.events import Delivery as Told
from schoolgate.core.tenancy import scope
from schoolgate.jobs.minutely import withdrawals
from schoolgate.notices.models import SignInMail
from schoolgate.publishing.models import PostPerson
from schoolgate.pupils import actions, links, queries
from schoolgate.pupils.models import Pupil
from tests.browsing import DESK, PHONE, bring_session, open_context, wrong_with
from tests.pupils.lists import Brought, line
from tests.web.posts_cast import Stage
from tests.working import do_jobs

pytestmark = pytest.mark.browser
TEXT = "Our sports day was a great success. Thank you for coming."


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own, because a browser's requests commit."""
    return stage


def the_worker_works(world: Stage) -> None:
    """What follows from events, then what speaks to networks, then what is passed on."""
    at = datetime.now(UTC)
    with scope(world.federation.pk):
        waiting = list(Told.objects.filter(done_at=None).values_list("pk", flat=True))
    for pk in waiting:
        delivering.deliver(world.federation.pk, pk, at)
    do_jobs(at + timedelta(seconds=1))
    withdrawals.run(at)


def test_a_parent_withdraws_on_a_phone_and_sees_the_picture_go(world, chromium, served):
    at = datetime.now(UTC) - timedelta(minutes=5)
    with scope(world.federation.pk):
        sam = world.people["sam"]
        Brought(sam, at, world.school, line(picture="Yes", form="4B")).confirm()
        ava = Pupil.objects.get()
        asked = {"uses": ["picture"], "channel": "noticeboard", "on": local_day(at), "own_yes_from": None}
        assert queries.standings([ava], **asked)[ava.pk]["picture"].may
        given = {"giver": "parent", "who": "Ann Thomas", "email": "ann@example.org"}
        link = actions.make_link(by=sam, at=at, pupil=ava, **given)
        address = reverse("consent", args=[world.federation.slug, links.code_of(link)])
    sent = world.started(TEXT, "noticeboard")[0]
    with scope(world.federation.pk):
        PostPerson.objects.create(post=sent.post, place=1, pupil=ava, shown=True, named="no")
    the_worker_works(world)

    board = f"{served}/{world.federation.slug}/noticeboard/{world.school.slug}/"
    context = open_context(chromium, PHONE)
    phone = context.new_page()
    phone.goto(board)
    expect(phone.get_by_text(TEXT)).to_be_visible()
    phone.goto(served + address)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Ava: pictures and names")
    assert wrong_with(phone, picture="consent-en") == []
    phone.get_by_role("button", name="Cymraeg").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Ava: lluniau ac enwau")
    assert wrong_with(phone, "cy", picture="consent-cy") == []
    pictures = phone.locator("form", has=phone.locator("input[name=use][value=picture]"))
    pictures.get_by_role("button", name="Na").click()
    expect(phone.get_by_text("Mae eich ateb wedi’i gadw.")).to_be_visible()
    the_worker_works(world)
    phone.reload()
    expect(phone.get_by_text("Tynnwyd i lawr:")).to_be_visible()
    assert wrong_with(phone, "cy", picture="consent-gone-cy") == []
    phone.goto(board)
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    expect(phone.get_by_text(TEXT)).to_have_count(0)
    with scope(world.federation.pk):
        told = SignInMail.objects.get()
    assert told.address == "ann@example.org"
    context.close()


@pytest.mark.parametrize(("size", "name"), [(PHONE, "phone"), (DESK, "desk")])
def test_the_pages_of_the_office_are_in_order(world, chromium, served, size, name):
    at = datetime.now(UTC) - timedelta(minutes=5)
    with scope(world.federation.pk):
        sam = world.people["sam"]
        Brought(sam, at, world.school, line(picture="Yes", form="4B")).confirm()
        ava = Pupil.objects.get()
        given = {"giver": "parent", "who": "Ann Thomas", "email": "ann@example.org"}
        link = actions.make_link(by=sam, at=at, pupil=ava, **given)
        own = actions.make_link(by=sam, at=at, pupil=ava, giver="pupil")
        actions.mail_link(by=sam, at=at, link=link)
        slug = world.federation.slug
        public = [reverse("consent-code", args=[slug]), reverse("consent", args=[slug, links.code_of(own)])]
    context = open_context(chromium, size)
    bring_session(context, world.browser("sam"), served)
    page = context.new_page()
    for number, address in enumerate([f"/pupils/{ava.pk}", "/pupils?class=4B", *public]):
        page.goto(served + address)
        for fold in page.locator("summary", has_text="Consent links").all():
            fold.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert wrong_with(page, picture=f"consent-office-{name}-{number}") == []
    context.close()
