"""The first page of the policy: what is in force, what changes next, what one can do, and its text."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt, start_version
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.queries import by_section
from schoolgate.policy.readings import start_draft
from schoolgate.policy.reviewing import record_review
from schoolgate.rulebook import book
from tests.cast import someone
from tests.policy.test_versions import STEPS, adopt_version, other_text
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
UNSIGNED = "Check and sign our interpretation"


@world()
def adopted_by_sian(at: datetime) -> SimpleNamespace:
    """Wildground's policy in force since yesterday; Sian looks after it."""
    federation = enter_federation()
    with scope(federation.pk):
        sian = someone("Sian Parry", "slt")
        adopt(by=sian, at=at - timedelta(days=1))
    return SimpleNamespace(federation=federation, sian=sian)


@pytest.fixture
def begun(in_world) -> SimpleNamespace:
    return in_world(adopted_by_sian, NOW)


@pytest.fixture
def federation(request):
    if "sian" in request.fixturenames:
        return request.getfixturevalue("begun").federation
    return request.getfixturevalue("make_federation")()


@pytest.fixture
def sian(begun):
    return begun.sian


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


def test_it_says_what_is_in_force_since_when_and_what_is_left_to_do(owner, colleague, sian, federation):
    """Staff see the same without what is its owner's."""
    text = text_of(owner)
    day = NOW.date() - timedelta(days=1)
    assert re.search(rf"In force since {day:%A} {day.day} {day:%B %Y} +Version 1", text)
    assert UNSIGNED in text
    assert "Being prepared" not in text
    text = text_of(colleague)
    assert "In force since" in text
    assert "Our interpretation" in text
    assert UNSIGNED not in text

    with scope(federation.pk):
        start_draft(by=sian, at=NOW)
        record_review(by=sian, at=NOW, on=NOW.date(), role="SLT", outcome="keep")
    text = text_of(owner)
    assert "Not signed Next interpretation . Started by Sian Parry." in text
    assert "No date set. Last reviewed on" in text
    assert "Next interpretation" not in text_of(colleague), "its owner's own until it is signed"


def test_its_clauses_are_found_by_their_words(owner):
    def found(words):
        answer = owner.post(reverse("policy"), {"words": words})
        html = answer.content.decode()
        check_page(html)
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())

    text = found("state ACCOUNT case")
    assert "3 clauses found." in text
    assert "Applicants must state in the business case what the account is for." in text
    assert "0 clauses found. Try fewer words" in found("zebra")


def test_a_version_that_is_prepared_and_one_that_waits_for_its_day_are_what_changes_next(
    owner, colleague, sian, federation
):
    with scope(federation.pk):
        made = start_version(by=sian, at=NOW, text=other_text(), material_changes="Each day.")
    for browser in (owner, colleague):
        assert "Being prepared Version 2" in text_of(browser)

    day = NOW.date() + timedelta(days=20)
    with scope(federation.pk):
        adopt_version(
            by=sian, at=NOW, version=made, adopted_on=NOW.date(), in_force_on=day, stated={"steps": STEPS}
        )
    text = text_of(colleague)
    assert (
        f"Adopted, not yet in force Version 2 . It comes into force on {day:%A} {day.day} {day:%B %Y}" in text
    )


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
    assert re.search(r"In force since [^V]*Version 2 ", text)
    assert "not yet in force" not in text


def test_its_sections_are_folded_and_their_clauses_come_when_one_is_opened(owner):
    first, second = list(by_section(book("wildground").clauses.values()))[:2]
    folded = owner.get(reverse("policy")).content.decode()
    opened = owner.get(reverse("policy") + "?section=2").content.decode()
    assert first[0] in folded
    assert 'hx-get="?section=2"' in folded
    assert 'href="?section=2#section-2"' in folded
    assert 'class="sg-sentences__more"' not in folded
    assert 'id="section-2" open>' in opened
    assert 'hx-get="?section=1"' in opened
    for clauses, there in ((first[1], False), (second[1], True)):
        assert all((f'<li id="{clause.id}">' in opened) is there for clause in clauses)
        assert not any(f'<li id="{clause.id}">' in folded for clause in clauses)

    alone = owner.get(reverse("policy") + "?section=2", headers={"hx-request": "true"}).content.decode()
    assert all(f'<li id="{clause.id}">' in alone for clause in second[1])
    assert alone.count("<li ") == len(second[1])
    assert "<html" not in alone
    for section in ("0", "-1", "99", "999", "x", "1.5", ""):
        assert owner.get(f"{reverse('policy')}?section={section}").status_code == 404, section


def test_before_anything_is_in_force_the_owner_is_asked_to_put_it_in_force(federation, cast, sign_in):
    text = text_of(sign_in(cast("Sian Parry", "slt")))
    assert "This policy hasn’t been adopted here yet." in text
    assert "Put into force" in text
    assert "In force since" not in text
    text = text_of(sign_in(cast("Cara", "staff")))
    assert "This policy hasn’t been adopted here yet." in text


@pytest.fixture
def principal(make_federation, sign_in):
    """A browser of Wootton's Principal, whose policy says what a review looks into."""
    with scope(make_federation("wootton", "wootton").pk):
        person = someone("Pat Principal", "principal")
        adopt(by=person, at=NOW)
    return sign_in(person)


REVIEW = {
    "on": f"{NOW:%Y-%m-%d}", "role": "Principal", "outcome": "keep", "law": "Checked with the lawyers.",
    "compared_with": "A trust nearby\n\nThe DfE’s model", "new_tools": "Lark: not used here",
}  # fmt: skip


def test_a_review_asks_what_its_policy_wants_looked_into_and_shows_it(principal):
    page = principal.get("/policy/versions").content.decode()
    check_page(page)
    assert "Does the policy meet the law? What did you check?" in page
    assert principal.post("/policy/review", REVIEW | {"law": ""}).status_code == 409
    assert principal.post("/policy/review", REVIEW).status_code == 302
    page = principal.get("/policy/versions").content.decode()
    check_page(page)
    assert "Checked with the lawyers." in page
    assert "A trust nearby; The DfE’s model" in page
    assert "Lark: not used here" in page


def test_where_the_policy_says_nothing_of_it_a_review_asks_nothing_of_it(owner):
    assert "What did you compare it with?" not in owner.get("/policy/versions").content.decode()
