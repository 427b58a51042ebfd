"""The pages on who knows the policy: one's own word, links, questions, the overview, papers, training."""

# ruff: noqa: F811 - fixtures stand in knowing_cast

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.policy import acknowledging
from schoolgate.policy.acknowledging import ask_who_is_bound
from schoolgate.policy.adopting import adopt, adopt_version, start_version
from schoolgate.policy.checks import questions_for
from schoolgate.policy.models import (
    Asking,
    UnderstandingCheck,
)
from schoolgate.rulebook import book
from schoolgate.web.policy.acknowledging import CODES
from tests.accounts.conftest import OWNER
from tests.cast import someone
from tests.web.counted import counted_as
from tests.web.knowing_cast import (  # noqa: F401 - fixtures
    DAY,
    NOW,
    amina,
    hers,
    in_force,
    owner,
    shown,
    sian,
    text,
    words_of,
)
from tests.web.plain import check_page
from tests.web.test_policy_versions import other_text

CODE_OF = {str(outcome): code for code, outcome in CODES.items()}


@pytest.fixture
def link(federation, amina):
    """The address that was mailed to Amina, and its token."""
    with scope(federation.pk):
        ask_who_is_bound(at=NOW)
        token = acknowledging.mint(Asking.objects.select_related("person").get(person=amina), at=NOW)
    return reverse("policy-by-link", args=[federation.slug, token]), token


def version_on(html):
    return re.search(r'name="version" value="(\d+)"', html)[1]


def test_i_read_the_whole_text_say_so_at_its_end_and_see_what_changed_since_first(hers, sian, federation):
    html = shown(hers, reverse("policy-word"))
    assert html.index("Each staff member must know what this policy says.") < html.index(
        "I have read this policy"
    )
    assert (
        "Your declaration applies to this version, and only you can make it. "
        "It means that you have read the policy and" in html
    )
    assert hers.post(reverse("policy-word"), {"version": "999999", "answer": "yes"}).status_code == 409
    assert words_of(federation) == [], "of an earlier version"

    hers.post(reverse("policy-word"), {"version": version_on(html), "to_end": "yes", "answer": "yes"})
    assert words_of(federation) == [("Amina Khan", "policy_read", True, False)]
    assert "You’ve confirmed that you have read it." in shown(hers, reverse("policy"))

    with scope(federation.pk):
        made = start_version(by=sian, at=NOW, text=other_text(), material_changes="Each day.")
        adopt_version(by=sian, at=NOW, version=made, adopted_on=NOW.date(), stated={}, before_us=True)
    page = shown(hers, reverse("policy-word"))
    assert "Changes since version 1, the last one you read" in page
    assert page.index("Accounts are looked at each day.") < page.index("I have read this policy")


def test_i_decline_and_who_looks_after_the_policy_sees_it(hers, amina, owner, federation):
    html = shown(hers, reverse("policy-word"))
    hers.post(reverse("policy-word"), {"version": version_on(html), "answer": "no"})

    assert words_of(federation) == [("Amina Khan", "policy_read", False, False)]
    assert "You can still say yes." in shown(hers, reverse("policy-word"))
    assert "Talk to someone who declined to say that they have read the policy" in shown(
        owner, reverse("today")
    )
    page = shown(owner, reverse("known-person", args=[amina.pk]))
    assert "They have declined to say that they have read the policy" in page
    assert owner.post(reverse("known-talked", args=[amina.pk])).status_code == 302
    assert "Talk to someone who declined to say that they have read the policy" not in shown(
        owner, reverse("today")
    )


@pytest.mark.parametrize("key", sorted(OWNER))
def test_each_policy_asks_as_its_own_words_ask(make_federation, sign_in, key):
    asks = "No one is asked" if key in ("learn-to-live", "llanidloes") else "Why you are asked"
    with scope(make_federation(key, key).pk):
        head, tom = someone("Olwen Price", OWNER[key]), someone("Tom Teacher")
        adopt(by=head, at=NOW - DAY)
    browser = sign_in(tom)

    html = shown(browser, reverse("policy-word"))
    assert asks in html
    assert ("I have read this policy" in html) == (key in ("boroughbridge", "wildground"))
    assert ("Answer five short questions first" in html) == (key == "wootton")
    assert ("I understand this policy" in html) == (key in ("boroughbridge", "wildground"))
    overview = shown(sign_in(head), reverse("known"))
    assert ("No one is asked" in overview) == (asks == "No one is asked")


def test_at_wootton_i_answer_the_questions_then_say_so(make_federation, sign_in):
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        head, tom = someone("Olwen Price", "principal"), someone("Tom Teacher")
        version = adopt(by=head, at=NOW - DAY)
    browser = sign_in(tom)
    early = browser.post(reverse("policy-word"), {"version": version.pk, "to_end": "yes", "answer": "yes"})
    right = {
        f"question_{position}": CODE_OF[str(one.answer)]
        for position, one in enumerate(
            questions_for(book("wootton"), person=tom.pk, version=version.pk, number=1)
        )
    }

    result = browser.post(reverse("policy-check"), {"number": "1", **right})
    check_page(result.content.decode())
    html = shown(browser, reverse("policy-word"))
    late = browser.post(reverse("policy-word"), {"version": version.pk, "to_end": "yes", "answer": "yes"})

    assert (early.status_code, late.status_code) == (409, 302)
    assert "You got 5 of 5 right." in result.content.decode()
    assert "Your understanding of the policy has been recorded." in result.content.decode()
    assert "I have read this policy" in html
    assert {(kind, answer) for _who, kind, answer, _paper in words_of(federation)} == {
        ("policy_understood", True),
        ("policy_read", True),
    }


def test_a_question_without_an_answer_is_named_and_where_no_test_is_asked_for_the_result_is_ones_own(
    hers, federation
):
    html = shown(hers, reverse("policy-check"))
    assert html.count('type="radio"') == 20
    missing = hers.post(reverse("policy-check"), {"number": "1", "question_0": "yes"})

    page = missing.content.decode()
    check_page(page)
    assert missing.status_code == 422
    assert ["Question 1: choose" in page, "Question 2: choose an answer" in page] == [False, True]
    with scope(federation.pk):
        assert not UnderstandingCheck.objects.exists()

    given = {f"question_{position}": "yes" for position in range(5)}
    result = hers.post(reverse("policy-check"), {"number": "1", **given}).content.decode()

    check_page(result)
    assert "Your understanding of the policy has been recorded." not in result
    assert "Wildground" in result
    assert hers.post(reverse("policy-check"), {"number": "1", **given}).status_code == 409
    assert words_of(federation) == []


def test_the_link_opens_the_text_and_takes_one_answer(link, amina, federation):
    address, _token = link
    stranger = Client()
    answer = stranger.get(address)
    html = answer.content.decode()
    check_page(html)
    assert amina.name not in html
    assert (answer["Cache-Control"], answer["Referrer-Policy"], answer["X-Robots-Tag"]) == (
        "no-store", "no-referrer", "noindex",
    )  # fmt: skip

    said = stranger.post(address, {"version": version_on(html), "to_end": "yes", "answer": "yes"})
    check_page(said.content.decode())
    again = stranger.get(address)

    assert "Thank you." in said.content.decode()
    assert (again.status_code, "You have already answered. Thank you." in again.content.decode()) == (
        409,
        True,
    )
    assert words_of(federation) == [("Amina Khan", "policy_read", True, False)]


def test_the_questions_come_by_the_link_and_it_takes_a_no(link, federation):
    check = reverse("policy-by-link-check", args=[federation.slug, link[1]])
    shown(Client(), check)
    given = {f"question_{position}": "nothing" for position in range(5)}
    result = Client().post(check, {"number": "1", **given})
    check_page(result.content.decode())
    assert result.status_code == 200
    with scope(federation.pk):
        assert UnderstandingCheck.objects.count() == 1

    html = shown(Client(), link[0])
    said = Client().post(link[0], {"version": version_on(html), "answer": "no"})

    assert "You have declined." in said.content.decode()
    assert words_of(federation) == [("Amina Khan", "policy_read", False, False)]


def test_the_page_of_a_link_is_in_the_language_of_its_person(federation, sian, cast):
    cara = cast("Cara Cook", language="cy")
    with scope(federation.pk):
        ask_who_is_bound(at=NOW)
        token = acknowledging.mint(Asking.objects.select_related("person").get(person=cara), at=NOW)
    html = Client().get(reverse("policy-by-link", args=[federation.slug, token])).content.decode()

    check_page(html, "cy")
    assert 'lang="cy"' in html


def test_the_link_of_another_federation_or_of_nobody_is_not_there(link, federation, make_federation):
    elsewhere = make_federation("elsewhere", "wildground")
    for slug, token in ((elsewhere.slug, link[1]), (federation.slug, "x" * 43), ("nowhere", link[1])):
        assert Client().get(reverse("policy-by-link", args=[slug, token])).status_code == 404
        assert Client().get(reverse("policy-by-link-check", args=[slug, token])).status_code == 404


def test_a_link_that_was_ended_says_what_to_do(link, owner, amina):
    assert owner.post(reverse("known-link-end", args=[amina.pk])).status_code == 302

    answer = Client().get(link[0])
    assert (answer.status_code, "Ask the school for a new one." in answer.content.decode()) == (409, True)


def test_who_tries_links_is_soon_told_to_wait(link, federation):
    def guess(number: int) -> int:
        return Client().get(reverse("policy-by-link", args=[federation.slug, f"guess{number}"])).status_code

    cache.clear()
    with counted_as(29):
        assert guess(0) == 404
    assert [guess(1), guess(2)] == [404, 429]
