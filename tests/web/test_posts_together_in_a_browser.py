"""Two people with browsers of their own at one draft: words saved while typing, who is there, both
versions."""

import pytest
from playwright.sync_api import expect

from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.drafting import add_writer
from tests.browsing import DESK, PHONE, bring_session, open_context, wrong_with
from tests.web.posts_cast import NOW, Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own, because a browser's requests commit."""
    return stage


def open_as(world, chromium, served, who, size=PHONE, **more):
    context = open_context(chromium, size, **more)
    bring_session(context, world.browser(who), served)
    return context.new_page()


@pytest.fixture
def post(world):
    """Amina's draft, which Cara may write too."""
    made = world.draft("Sports day is on Friday. Bring hats.")
    with scope(world.federation.pk):
        add_writer(by=world.people["amina"], at=NOW, post=queries.post(made.pk), person=world.people["cara"])
    return made


def text_of(world, post):
    """What the post says for its account."""
    with scope(world.federation.pk):
        return queries.post(post.pk).targets.all()[0].text


def test_two_people_type_into_one_draft_and_no_word_is_lost(world, post, chromium, served):
    amina = open_as(world, chromium, served, "amina")
    cara = open_as(world, chromium, served, "cara", DESK)
    for page in (amina, cara):
        page.goto(f"{served}/posts/{post.pk}/edit")

    cara.locator("#id_text").fill("Sports day is on Thursday. Bring hats.")
    expect(cara.locator("#words-saved")).to_contain_text("Words saved:")
    assert world.read(post).text == "Sports day is on Thursday. Bring hats."

    amina.locator("#id_text").fill("Sports day is on Friday. Bring hats. Families are welcome.")
    expect(amina.locator("#words-saved")).to_contain_text("Also writing now: Cara Colleague")
    expect(amina.locator("#words-saved")).to_contain_text("Someone else saved this post.")
    amina.get_by_role("button", name="Save draft").click()

    both = amina.locator("#conflict")
    expect(both).to_contain_text("Cara Colleague saved this post while you were writing.")
    expect(both.locator("mark").first).to_have_text("Thursday.")
    assert wrong_with(amina, picture="two-versions") == []
    both.get_by_role("button", name="Combine both").click()
    whole = "Sports day is on Thursday. Sports day is on Friday. Bring hats. Families are welcome."
    expect(amina.locator("#id_text")).to_have_value(whole)
    expect(amina.locator("#conflict")).to_have_count(0)
    amina.locator("#id_text").fill("Sports day is on Thursday. Bring hats. Families are welcome.")
    amina.get_by_role("button", name="Save draft").click()
    expect(amina.get_by_text("Draft saved.").first).to_be_visible()
    assert text_of(world, post) == "Sports day is on Thursday. Bring hats. Families are welcome."


def test_the_button_right_after_typing_never_meets_ones_own_saving(world, post, chromium, served):
    page = open_as(world, chromium, served, "amina")
    page.goto(f"{served}/posts/{post.pk}/edit")
    page.locator("#id_text").fill("First words.")
    expect(page.locator("#words-saved")).to_contain_text("Words saved:")
    page.locator("#id_text").fill("Last words.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved.").first).to_be_visible()
    assert text_of(world, post) == "Last words."
