"""One search over posts, inbox, people and accounts: what it finds, and for whom it doesn't."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.models import School
from schoolgate.core.rows import words_of
from schoolgate.core.tenancy import scope
from tests.cast import give, someone
from tests.web.plain import check_page
from tests.web.test_inbox_pressed import came_in

NOW = datetime.now(UTC)


def found(browser, words: str) -> dict[str, list[str]]:
    """What is found, by kind."""
    response = browser.post(reverse("search"), {"words": words})
    assert response.status_code == 200
    check_page(response.content.decode())
    return {str(kind.title): [line.name for line in kind.lines] for kind in response.context["kinds"]}


@pytest.fixture
def wide(stage):
    """The stage with a post, and a comment on its account."""
    stage.draft("The beans are up. Dewch i weld y ffŵl!")
    with scope(stage.federation.pk):
        account = Account.objects.order_by("pk").first()
        stage.item = came_in(account, "Are the beans for sale?", at=NOW)
    return stage


def test_it_finds_posts_comments_people_and_accounts_by_the_start_of_words(wide, cast, sign_in):
    head = sign_in(cast("Beanie Marsh", "slt", "lead-staff-member"))

    assert set(found(head, "bean")) == {"Posts", "Inbox", "People"}
    assert "Juniors on Bluesky" in found(head, "blue jun")["Accounts"]
    assert found(head, "eans") == {}


def test_accents_and_capitals_do_not_matter_and_all_words_count(wide):
    browser = wide.browser("amina")

    assert set(found(browser, "FFWL beans")) == {"Posts"}
    assert found(browser, "beans nowhere") == {}


def test_the_words_are_in_no_address(wide):
    browser = wide.browser("amina")
    page = browser.get(reverse("search") + "?words=beans")

    assert "beans" not in page.content.decode()
    assert 'method="post"' in page.content.decode()


def test_another_federation_finds_nothing_of_it(wide, make_federation, sign_in):
    with scope(make_federation("boroughbridge", "boroughbridge").pk):
        other = someone("Other Head", "senior-leader")

    assert found(sign_in(other), "beans") == {}


def test_another_school_finds_neither_its_posts_nor_its_comments(wide, cast, sign_in):
    elsewhere = cast("Far Away")
    with scope(wide.federation.pk):
        give(elsewhere, "lead-staff-member", school=School.objects.create(name="Far School", slug="far"))

    assert found(sign_in(elsewhere), "beans") == {}


def test_who_may_not_see_people_or_the_inbox_finds_none(wide, cast, sign_in):
    cast("Beanie Marsh", "slt")
    nobody = sign_in(cast("Nia"))

    assert set(found(nobody, "bean")) <= {"Accounts"}


def test_it_asks_as_often_for_much_as_for_little(wide, same_queries):
    browser = wide.browser("amina")
    found(browser, "beans")

    same_queries(
        lambda: found(browser, "beans"), lambda: [wide.draft(f"Beans number {n}.") for n in range(8)]
    )


def test_words_are_taken_apart_and_few_are_looked_for():
    assert words_of("  Élan's, ŵy-3 (x) ") == ["elans", "wy", "3", "x"]
    assert len(words_of("a b c d e f g h")) == 6
    assert words_of("%_';--") == []
