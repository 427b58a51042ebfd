"""The first page of the policy: what is in force, what changes next, what one can do, and its text."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import adopt, record_review, start_draft, start_version
from schoolgate.policy.models import PolicyVersion
from tests.policy.test_versions import STEPS, adopt_version, other_text
from tests.web.plain import check_page

NOW = datetime.now(UTC)
OWNERS = ("Decide what the policy leaves open", "Prepare the next version", "Record a review")


@pytest.fixture
def sian(federation, cast):
    owner = cast("Sian Parry", "slt")
    with scope(federation.pk):
        adopt(by=owner, at=NOW - timedelta(days=1))
    return owner


@pytest.fixture
def owner(sian, sign_in):
    return sign_in(sian)


@pytest.fixture
def colleague(sian, cast, sign_in):
    return sign_in(cast("Amina Khan", "staff"))


def text_of(browser, address="", language="en"):
    answer = browser.get(reverse("policy") + address, headers={"accept-language": language})
    assert answer.status_code == 200
    html = answer.content.decode()
    check_page(html, language)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_it_says_what_is_in_force_and_that_nothing_is_under_way(owner):
    text = text_of(owner)
    assert "In force Version 1" in text
    assert "No new version or interpretation is being prepared." in text
    assert [words for words in OWNERS if words not in text] == []


def test_staff_see_the_same_without_what_is_its_owners(colleague):
    text = text_of(colleague)
    assert "In force Version 1" in text
    assert "See our interpretation" in text
    assert [words for words in OWNERS if words in text] == []


def test_a_version_that_is_prepared_and_one_that_waits_for_its_day_are_what_changes_next(
    owner, colleague, sian, federation
):
    with scope(federation.pk):
        made = start_version(by=sian, at=NOW, text=other_text(), material_changes="Each day.")
    for browser in (owner, colleague):
        assert "Version 2 Being prepared It has no effect until it is adopted." in text_of(browser)

    day = NOW.date() + timedelta(days=20)
    with scope(federation.pk):
        adopt_version(
            by=sian, at=NOW, version=made, adopted_on=NOW.date(), in_force_on=day, stated={"steps": STEPS}
        )
    text = text_of(colleague)
    assert "Version 2 Adopted, not yet in force It comes into force on" in text
    assert f"{day.day} {day:%B %Y} . Until then the version above applies." in text


def test_a_version_whose_day_has_come_is_in_force_before_any_sweep_and_not_next(owner, sian, federation):
    with scope(federation.pk):
        made = start_version(by=sian, at=NOW, text=other_text(), material_changes="Each day.")
        tomorrow = NOW.date() + timedelta(days=1)
        adopt_version(
            by=sian,
            at=NOW,
            version=made,
            adopted_on=NOW.date(),
            in_force_on=tomorrow,
            stated={"steps": STEPS},
        )
        PolicyVersion.objects.filter(pk=made.pk).update(in_force_from=NOW - timedelta(hours=1))
        assert PolicyVersion.objects.get(pk=made.pk).state == "adopted"
    text = text_of(owner)
    assert "In force Version 2" in text
    assert "No new version or interpretation is being prepared." in text


def test_the_next_reading_is_its_owners_own_until_it_is_signed(owner, colleague, sian, federation):
    with scope(federation.pk):
        start_draft(by=sian, at=NOW)
    assert "Next interpretation Not signed Started by Sian Parry." in text_of(owner)
    assert "Next interpretation" not in text_of(colleague)


def test_the_last_review_stands_beside_the_next(owner, sian, federation):
    with scope(federation.pk):
        record_review(by=sian, at=NOW, on=NOW.date(), role="SLT", outcome="keep")
    assert "No date set. Last reviewed on" in text_of(owner)


def test_its_sections_are_turned_over(owner):
    first, second = text_of(owner), text_of(owner, "?section=2")
    assert "Section 1 of" in first
    assert ("Previous:" in first, "Next:" in first) == (False, True)
    assert "Section 2 of" in second
    assert "Previous:" in second


@pytest.mark.parametrize("section", ["0", "-1", "999", "x", "1.5"])
def test_a_section_that_is_not_there_is_not_found(owner, section):
    assert owner.get(f"{reverse('policy')}?section={section}").status_code == 404


def test_before_anything_is_in_force_the_owner_is_asked_to_put_it_in_force(federation, cast, sign_in):
    text = text_of(sign_in(cast("Sian Parry", "slt")))
    assert "This policy hasn’t been adopted here yet." in text
    assert "Put into force" in text
    assert "Next changes" not in text
