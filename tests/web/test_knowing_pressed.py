"""Who knows the policy, from page to page."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy import acknowledging
from schoolgate.policy.acknowledging import acknowledge, ask_who_is_bound, enter_paper
from schoolgate.policy.adopting import adopt, adopt_version, start_version
from schoolgate.policy.models import Asking
from schoolgate.policy.training import plan_session, record_training
from tests.cast import give, someone
from tests.web.scriptless import bring_session, expect, open_context, wrong_with
from tests.web.test_policy_versions import other_text
from tests.web.there import There
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@world()
def second_version(at):
    """Wildground under its second version: one has said yes, one has declined, one signed on paper."""
    federation = enter_federation(languages=["en", "cy"])
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
        first = adopt(by=sam, at=NOW - 60 * DAY)
        amina, cara, dan = (someone(name, "staff") for name in ("Amina Khan", "Cara Cook", "Dan Dale"))
        for person in (amina, cara):
            give(person, "lead-staff-member", school=school)
        acknowledge(by=amina, at=NOW - 50 * DAY, version=first, answer=True, to_end=True)
        made = start_version(by=sam, at=NOW - DAY, text=other_text(), material_changes="We look each day.")
        second = adopt_version(
            by=sam, at=NOW - DAY, version=made, adopted_on=(NOW - DAY).date(), stated={}, before_us=True
        )
        ask_who_is_bound(at=NOW)
        acknowledge(by=cara, at=NOW, version=second, answer=False)
        enter_paper(by=sam, at=NOW, about=dan, answer=True, dated=NOW.date())
        record_training(person=cara, by=sam, at=NOW, topics=["Comments"], imported=True)
        session = plan_session(
            by=sam, at=NOW, on=NOW.date(), topics=["Comments"], place="Hall", people=[amina, cara]
        )
        token = acknowledging.mint(Asking.objects.select_related("person").get(person=amina), at=NOW)
    return SimpleNamespace(
        federation=federation, people=SimpleNamespace(sam=sam, amina=amina), cara=cara, session=session,
        token=token,
    )  # fmt: skip


@pytest.fixture
def wild(in_world, sign_in):
    return There(**vars(in_world(second_version, NOW)), sign_in=sign_in)


def test_its_pages_are_readable_by_everybody(wild):
    slug = [wild.federation.slug, wild.token]
    pages = [
        (wild.amina, reverse("policy")),
        (wild.amina, reverse("policy-word")),
        (wild.amina, reverse("policy-check")),
        (wild.amina, reverse("training")),
        (wild.amina, reverse("today")),
        (None, reverse("policy-by-link", args=slug)),
        (None, reverse("policy-by-link-check", args=slug)),
        (wild.sam, reverse("known")),
        (wild.sam, reverse("known-person", args=[wild.cara.pk])),
        (wild.sam, reverse("training")),
        (wild.sam, reverse("training-session", args=[wild.session.pk])),
        (wild.sam, reverse("training-places", args=[wild.session.pk])),
        (wild.sam, reverse("record-training", args=[wild.cara.pk])),
    ]
    wrong = []
    for who, address in pages:
        with open_context() as context:
            if who is not None:
                bring_session(context, who)
            page = context.new_page()
            page.goto(address)
            wrong += wrong_with(page)
    assert wrong == []


def test_the_answers_and_the_preview_of_a_list_are_readable(wild):
    wrong = []
    with open_context() as context:
        bring_session(context, wild.amina)
        page = context.new_page()
        page.goto(reverse("policy-check"))
        page.get_by_role("button", name="Show the answers").click()
        expect(page.get_by_role("link", name="Question 1: choose an answer")).to_be_visible()
        wrong += wrong_with(page)
        for position in range(5):
            page.locator(f"#question_{position}-{position % 4}").check()
        page.get_by_role("button", name="Show the answers").click()
        expect(page.locator("main")).to_contain_text("of 5 right")
        wrong += wrong_with(page)
    with open_context() as context:
        bring_session(context, wild.sam)
        page = context.new_page()
        page.goto(reverse("training"))
        page.get_by_text("Import training records").click()
        lines = b"Name,Day,Topic\nCara Cook,1/9/2025,Comments\nNobody Known,1/9/2025,x\n"
        page.locator("input[type=file]").set_input_files(
            {"name": "list.csv", "mimeType": "text/csv", "buffer": lines}
        )
        page.get_by_role("button", name="Preview the file").click()
        wrong += wrong_with(page)
        page.get_by_role("button", name="Import records").click()
        expect(page.locator("main")).to_contain_text("imported")
    assert wrong == []


def test_somebody_without_a_sign_in_answers_by_their_link(wild):
    address = reverse("policy-by-link", args=[wild.federation.slug, wild.token])
    with open_context() as context:
        page = context.new_page()
        page.goto(address)
        expect(page.locator("main")).to_contain_text("Changes since version 1")
        page.get_by_role("button", name="I have read this policy").click()
        expect(page.locator("h1")).to_contain_text("Answer saved")
        page.goto(address)
        expect(page.locator("main")).to_contain_text("You have already answered. Thank you.")


def test_the_clauses_of_a_section_are_a_press_away_without_scripts(wild):
    context = open_context()
    bring_session(context, wild.amina)
    page = context.new_page()
    page.goto(reverse("policy"))
    clause = page.get_by_text("Applicants must state in the business case what the account is for.")
    expect(clause).to_have_count(0)
    page.locator("#section-7 > summary").click()
    page.locator("#section-7").get_by_role("link").click()
    expect(clause).to_be_visible()
