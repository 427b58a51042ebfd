"""A fake from the visitor's report to the public register, each step clicked by whose step it is."""

import re

import pytest
from django.test import Client

from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.web.scriptless import bring_session, expect, open_context, wrong_with

SHOP = "https://www.facebook.com/wildground-shop"


@pytest.fixture
def sam(make_federation) -> Person:
    """Of the SLT of Wildground, whose policy is in force."""
    with scope(make_federation("wildground", languages=["en", "cy"]).pk):
        person = someone("Sam Slater", "slt")
        adopt(by=person, at=now())
        return person


@pytest.fixture
def session(sam, sign_in) -> Client:
    return sign_in(sam)


def test_a_visitor_reports_a_fake_and_everybody_reads_that_it_is_not_ours(sam, session):
    def look(page) -> None:
        assert wrong_with(page) == []

    visitor = open_context().new_page()
    visitor.goto("/wildground/register")
    look(visitor)
    visitor.get_by_label("Account address or name").fill(SHOP)
    visitor.get_by_role("button", name="Check").click()
    visitor.get_by_text("This isn’t on our register").wait_for()
    look(visitor)
    visitor.get_by_role("button", name="Report as a fake account").click()
    look(visitor)
    visitor.get_by_role("button", name="Send report").click()
    visitor.get_by_role("link", name="Describe what you saw in one or two sentences.").wait_for()
    visitor.get_by_label("What did you see?").fill("It sells tickets in our name.")
    visitor.get_by_role("button", name="Send report").click()
    said = visitor.get_by_text(re.compile("Your reference is F-")).inner_text()
    reference = re.search(r"F-\w+", said)[0]

    context = open_context()
    bring_session(context, session)
    inside = context.new_page()
    inside.goto("/today")
    inside.get_by_role("link", name="View report").click()
    inside.get_by_role("heading", name=f"Reported fake account {reference}").wait_for()
    look(inside)
    inside.get_by_role("button", name="Confirm it isn’t ours").click()
    inside.get_by_label("The network’s reference number").fill("F123")
    look(inside)
    inside.get_by_role("button", name="I’ve reported it").click()
    inside.get_by_text("Your report has been recorded.").wait_for()

    visitor.goto("/wildground/register")
    visitor.get_by_text("We confirmed on").wait_for()
    expect(visitor.get_by_text(SHOP)).to_have_count(1)
    look(visitor)
    visitor.get_by_label("Account address or name").fill(f"m.{SHOP[12:]}/")
    visitor.get_by_role("button", name="Check").click()
    visitor.get_by_text("No. This is a fake").wait_for()
    told = visitor.context.client.get("/wildground/register.json").json()["fakes"]
    assert [one["address"] for one in told] == [SHOP]
