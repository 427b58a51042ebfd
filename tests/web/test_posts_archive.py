"""Posts are found by account, pupil and day, and downloaded together without what must stay out."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from bench.pictures import photograph
from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.pupils.models import Pupil
from tests.web.plain import check_page
from tests.web.posts_cast import NOW


def search(browser, **typed):
    return browser.post(reverse("posts"), typed)


def snippets(answer):
    return [row["snippet"] for row in answer.context["rows"]]


def export(browser, **typed):
    answer = browser.post(reverse("posts-export"), typed)
    assert answer.status_code == 200, answer.content
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def table(bundle):
    return list(csv.reader(io.StringIO(bundle.read("posts.csv").decode("utf-8-sig"))))


@pytest.fixture
def ava(stage):
    with scope(stage.federation.pk):
        return Pupil.objects.create(school=stage.school, key="A1", first_name="Ava", last_name="Thomas")


@pytest.fixture
def posts(stage, ava):
    """One post on Facebook; one with Ava in its picture on Bluesky."""
    fair = io.BytesIO()
    photograph(1, (640, 480)).save(fair, "JPEG")
    stage.draft("Fair on Facebook.", "facebook", pictures=[stage.picture(content=fair.getvalue())])
    stage.draft(
        "=Match day.", pictures=[stage.picture(shows_people=True, shows_pupils=True, alt="A match.")],
        people=[{"pupil": ava, "relation": "pupil", "shown": True, "named": "no"}],
    )  # fmt: skip


def test_posts_are_found_by_account_pupil_words_and_the_days_on_both_sides(stage, posts):
    """Those who only write posts download nothing."""
    amina, today, day = stage.browser("amina"), NOW.date(), timedelta(days=1)

    assert snippets(search(amina, account=stage.accounts["facebook"].pk)) == ["Fair on Facebook."]
    assert snippets(search(amina, pupil="Thomas", words="fair")) == []
    assert snippets(search(amina, pupil="No One")) == []
    found = search(amina, pupil="Thomas")
    assert snippets(found) == ["=Match day."]
    check_page(found.content.decode())
    assert len(snippets(search(amina, first=today - day, last=today + day))) == 2
    assert snippets(search(amina, first=today + 2 * day)) == []
    assert snippets(search(amina, last=today - 2 * day)) == []
    assert search(amina, first="someday").status_code == 404
    assert "Download the posts" not in amina.get(reverse("posts")).content.decode()
    assert amina.post(reverse("posts-export"), {}).status_code == 403


def test_the_download_has_a_table_a_page_and_the_pictures_that_may_be_shown(stage, posts):
    ben = stage.browser("ben")
    bundle = export(ben)
    head, match, fair = table(bundle)

    assert (len(head), match[6], match[7]) == (8, "'=Match day.", "left out")
    assert [name for name in bundle.namelist() if name.startswith("pictures/")] == [fair[7]]
    assert "Its pictures are left out" in bundle.read("index.html").decode()
    with scope(stage.federation.pk):
        (row,) = LedgerRow.objects.filter(event="post.exported")
        assert row.actor == f"people.person:{stage.people['ben'].pk}"
    searched = table(export(ben, words="fair"))
    assert [row[6] for row in searched[1:]] == ["Fair on Facebook."], "what was searched for"


def test_a_download_costs_the_same_for_one_post_and_for_many(stage, posts, same_queries):
    browser = stage.browser("ben")
    export(browser)

    def grow():
        for number in range(3):
            stage.draft(f"Post {number}", pictures=[stage.picture()])

    same_queries(lambda: export(browser), grow)
