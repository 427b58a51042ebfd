"""Three federations post the same: a class picture with the name of a child, while another child has no
consent. Each is asked what its own policy asks, approved by its own people, and one waits for a ruling."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.publishing.models import Post
from schoolgate.pupils.answering import record_answer
from schoolgate.pupils.models import Pupil
from tests.cast import someone_leads
from tests.eyes import expect, wrong_with
from tests.publishing.five_policies import CAREFUL, AtWork, enter
from tests.web.posts_cast import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TEXT = "Ava Example scored twice when our class won its first match."


@dataclass(frozen=True)
class Answer:
    """What one policy makes of it: what the author is asked, who approves, what else it waits for."""

    asks: set[str]
    approvers: str
    waits_for: tuple[str, ...] = ()


ANSWERS = {
    "boroughbridge": Answer(
        asks={"suitable_for_any_reader", "may_be_controversial", "personal_view", "signed"}
        | {"knows_safeguarding", "fit", "dressed", "ridicules"},
        approvers="Senior Network Manager/Senior Authoriser, Lead member of staff, "
        "Other designated lead staff member, Senior Leader",
    ),
    "learn-to-live": Answer(
        asks={"professional", "school_publication", "shows_security"},
        approvers="Headteacher, SLT, staff",
        waits_for=(
            "Needs a ruling from the federation.",
            "Needed from SLT: the leadership’s agreement to this picture.",
        ),
    ),
    "wootton": Answer(
        asks={
            "suits_ages",
            "personal_view",
            "signed",
            "author_position",
            "author_in_doubt",
            "rights_in_doubt",
        }
        | {"names_partner", "discloses", "commits", "starts_something", "calls_for_people", "uses_mark"},
        approvers="Line Manager",
    ),
}
ALWAYS = {"labelled", "others_work"}
"""What is asked under every policy."""
LIST = "Waiting for a check of the school’s consent list from someone who may check pictures."


def house_of(federation) -> AtWork:
    """That federation at work, with class 4B, of which only Huw has no consent."""
    with scope(federation.pk):
        house = enter(federation.slug, now())
        someone_leads()
        for first in ("Ava", "Ben", "Huw"):
            pupil = Pupil.objects.create(
                school=house.school, key=first, first_name=first, last_name="Example", form="4B"
            )
            if first != "Huw":
                record_answer(
                    by=house.owner, at=now(), pupil=pupil, uses=["picture", "name"], answer="given",
                    giver="parent", form="paper",
                )  # fmt: skip
    return house


def asked(page: Page) -> set[str]:
    """The questions that the page puts to the author."""
    return {str(each.get_attribute("name"))[7:] for each in page.locator("[name^='answer-']").all()}


def answer(page: Page, name: str) -> None:
    """Answer one question as a careful author does, where it isn't one of the statements to confirm."""
    said = CAREFUL[name]
    value = {True: "yes", False: "no"}.get(said, said)
    typed = page.locator(f"input[type=text][name='answer-{name}']")
    if typed.count():
        typed.fill(value)
        return
    choice = page.locator(f"input[name='answer-{name}'][value='{value}']")
    if choice.is_visible():
        choice.check()


def write(page: Page) -> None:
    """Write the post on a phone, and leave out the child who may not be shown."""
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.locator("#id_pictures").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    page.get_by_role("button", name="Add pictures").click()
    page.get_by_label("Describe the picture").fill("Three children in green shirts on a pitch.")
    page.get_by_label("Class or group").select_option("4B")
    page.get_by_role("button", name="Add all").click()
    expect(page.get_by_text("Leave Huw Example out of the picture.")).to_be_visible()
    page.get_by_role("button", name="Remove Huw Example").click()
    expect(page.get_by_text("Leave Huw Example out of the picture.")).to_have_count(0)
    expect(page.get_by_text("Chosen as named, and may be named here.")).to_be_visible()


def check_the_list(page: Page) -> None:
    """Check the pictures against the list of pupils as it is today."""
    page.get_by_label("Bluesky").check()
    expect(page.get_by_label("Date of the consent list")).to_have_count(0)
    page.get_by_label("Yes, everyone").check()
    page.get_by_role("button", name="Save check").click()


@pytest.mark.parametrize("key", ANSWERS)
def test_the_same_post_under_each_policy(key, own_database, home, make_federation, phone_of):
    rightly, house = ANSWERS[key], house_of(make_federation(key, key))
    author = phone_of(house.writer)
    author.goto(f"/posts/new/{house.school.pk}")
    write(author)
    assert asked(author) == ALWAYS | rightly.asks
    for name in sorted(asked(author)):
        answer(author, name)
    author.locator("input[name=confirmed]").check()
    author.get_by_role("button", name="Send for approval").click()
    expect(author.get_by_text("Sent for approval.")).to_be_visible()
    expect(author.get_by_text(f"Needs approval from: {rightly.approvers}")).to_be_visible()

    checks = phone_of(house.approver if key == "boroughbridge" else house.owner)
    checks.goto(author.url)
    for sentence in (LIST, *rightly.waits_for):
        expect(checks.get_by_text(sentence).last).to_be_visible()
    checks.goto(f"{author.url}?act=consent-list")
    check_the_list(checks)
    expect(checks.get_by_role("button", name="Save check")).to_have_count(0)

    approver = phone_of(house.approver)
    approver.goto(author.url)
    expect(approver.get_by_text(LIST)).to_have_count(0)
    assert wrong_with(approver) == []
    if rightly.waits_for:
        expect(approver.get_by_text("You can’t approve this yet")).to_be_visible()
        # What the leadership has to say this approver says by approving.
        expect(approver.get_by_text(rightly.waits_for[0]).first).to_be_visible()
    else:
        if (
            key == "wootton"
        ):  # Its policy wants the content discussed first, and who approves says that it was.
            approver.get_by_label("discussed the content with me first").check()
        approver.get_by_role("button", name="Approve", exact=True).click()
        expect(approver.get_by_text("Approved.")).to_be_visible()
    with scope(house.federation.pk):
        assert Post.objects.get().state == ("submitted" if rightly.waits_for else "approved")
