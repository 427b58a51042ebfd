"""A contributor from outside is refused by whom the form names; a governor reads it in the record."""

import re
from datetime import UTC, datetime

import pytest

from schoolgate.core.tenancy import scope
from tests.cast import someone
from tests.web.contributors_cast import moderated
from tests.web.scriptless import Page, bring_session, expect, open_context, wrong_with

pytestmark = pytest.mark.timeout(300)
NOW = datetime.now(UTC)


@pytest.fixture
def wootton(in_world, sign_in):
    cast = moderated(in_world, sign_in, "wootton")
    with scope(cast.federation.pk):
        person = someone("Bo Lane", "board-of-directors", relation="governor")
    cast.bo = sign_in(person)
    return cast


@pytest.fixture
def as_somebody(wootton):
    """`as_somebody("mia")`: a page in that person's own browser, on their page of today."""
    opened = []

    def open_one(name: str) -> Page:
        context = open_context()
        opened.append(context)
        bring_session(context, getattr(wootton, name))
        page = context.new_page()
        page.goto("/today")
        return page

    yield open_one
    for context in opened:
        context.close()


def press(page: Page, words: str) -> None:
    page.get_by_role("link", name=words, exact=True).or_(
        page.get_by_role("button", name=words, exact=True)
    ).click()


def in_order(page: Page, name: str) -> None:
    assert wrong_with(page) == []


def test_a_contributor_is_refused_and_the_governor_reads_why_in_the_record(wootton, as_somebody):
    mia = as_somebody("mia")
    mia.goto(f"/accounts/requests?account={wootton.account}")
    in_order(mia, "1-nobody")
    mia.get_by_text("Add a request", exact=True).click()
    mia.get_by_label("Who is asking?").fill("Tim Rowe")
    mia.get_by_label("To write or post on it").check()
    mia.get_by_label("How are they connected with the school?").select_option("Parent or carer")
    in_order(mia, "2-enter")
    press(mia, "Save request")
    expect(mia.get_by_text("Request added.")).to_be_visible()
    expect(mia.get_by_role("link", name="Record what you found")).to_have_count(0)
    in_order(mia, "3-entered")

    vera = as_somebody("vera")
    expect(vera.get_by_text("Check an access request").first).to_be_visible()
    in_order(vera, "4-today")
    vera.get_by_role("link", name=re.compile("^See request")).click()
    press(vera, "Record what you found")
    vera.get_by_label("Asked someone at school who knows them").check()
    vera.get_by_role("group", name="Should the request be approved?").get_by_label("No", exact=True).check()
    in_order(vera, "5-look")
    press(vera, "Save check")
    in_order(vera, "6-looked")
    press(vera, "Decline request")
    press(vera, "Save refusal")
    expect(
        vera.get_by_text("Say why. Anyone who decides on a later request needs to know.").first
    ).to_be_visible()
    vera.get_by_label("Why?").fill("Nobody at school knows him.")
    in_order(vera, "7-reason")
    press(vera, "Save refusal")
    expect(vera.get_by_text("Nobody at school knows him.")).to_be_visible()
    in_order(vera, "8-refused")

    bo = as_somebody("bo")
    bo.goto("/evidence/clauses/wootton-a2-18")
    expect(bo.get_by_text("An access request was declined, with a reason.").first).to_be_visible()
    assert "Tim Rowe" not in bo.content()
    in_order(bo, "9-evidence")


def test_the_pages_around_it_are_readable_by_everybody(wootton, as_somebody):
    mia = as_somebody("mia")
    for number, path in enumerate(
        (
            "accounts/approvals", "accounts/approvals/new/take-part", "accounts/approvals/new/call",
            f"accounts/{wootton.account}/circle", f"accounts/{wootton.account}", "accounts/requests",
        )
    ):  # fmt: skip
        mia.goto(f"/{path}")
        in_order(mia, f"around-{number}")
