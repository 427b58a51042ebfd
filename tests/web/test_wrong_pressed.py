"""A public "something is wrong": from a noticeboard on a phone to the safeguarding lead, and back by code."""

import pytest
from django.test import Client

from schoolgate.core.clock import now
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents.models import Report
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.notices.models import Notice
from schoolgate.notices.round import make_ready
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.web.scriptless import bring_session, expect, open_context, wrong_with


@pytest.fixture
def dee(home, make_federation) -> Person:
    """The designated safeguarding lead of Llanidloes, whose policy names nobody for what a visitor says."""
    with scope(make_federation("llanidloes", "llanidloes", languages=["en", "cy"]).pk):
        adopt(by=someone("Rhian Evans", "headteacher"), at=now())
        school = School.objects.create(name="Llanidloes High School", slug="high", country="wales")
        NoticeboardPost.objects.create(
            school=school, key="3abcdefghijkl", text="Sports day on Friday.", published_at=now()
        )
        lead = someone("Dee Lead", "staff")
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=now())
        return lead


@pytest.fixture
def session(dee, sign_in) -> Client:
    return sign_in(dee)


def test_a_child_tells_it_from_the_noticeboard_and_sees_that_somebody_has_it(dee, session):
    def look(page) -> None:
        assert wrong_with(page) == []

    child = open_context().new_page()
    child.goto("/llanidloes/noticeboard/high/3abcdefghijkl/")
    look(child)
    child.get_by_role("link", name="Report a concern").click()
    child.get_by_role("heading", name="Is anyone in danger now? Ring 999.").wait_for()
    child.get_by_text("Other people you can talk to").click()
    child.locator("details").get_by_role("link", name="Meic 080880 23456").wait_for()
    look(child)
    child.get_by_role("button", name="Send").click()
    child.get_by_role("link", name="Say in a sentence what happened").wait_for()
    child.get_by_label("What happened?").fill("Somebody writes horrible things to my sister below this.")
    child.get_by_role("group", name="Are you safe now?").get_by_label("Yes, I’m safe", exact=True).check()
    look(child)
    child.get_by_role("button", name="Send").click()
    child.get_by_role("heading", name="Thank you for telling us").wait_for()
    look(child)
    code = child.locator("#code").inner_text()

    with scope(dee.federation_id):
        report = Report.objects.get()
        assert Duty.objects.get(kind="incidents.take").person == dee
    make_ready(dee.federation_id, now())
    with scope(dee.federation_id):
        notice = Notice.objects.get(person=dee, subject=f"incidents.report:{report.pk}")
        assert (notice.kind, notice.urgency) == ("incidents", "at_once")

    context = open_context()
    bring_session(context, session)
    inside = context.new_page()
    inside.goto("/today")
    inside.get_by_role("link", name="Read and respond").click()
    inside.get_by_text("Somebody writes horrible things to my sister").wait_for()
    inside.get_by_text("Sports day on Friday.").wait_for()
    look(inside)
    inside.get_by_role("button", name="I’ll deal with this").click()
    inside.get_by_text(
        "You’re dealing with this. The person who reported it can see that someone is."
    ).wait_for()
    look(inside)

    child.goto("/llanidloes/something-is-wrong/answer")
    child.get_by_label("Your code").fill(code)
    child.get_by_role("button", name="Check").click()
    child.get_by_text("Yes. It’s being dealt with.").wait_for()
    expect(child.get_by_text("horrible things")).to_have_count(0)
    look(child)
