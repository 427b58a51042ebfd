"""The page of what waits for me."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import Then, open_duty, sweep
from schoolgate.duties.due import Due
from schoolgate.duties.states import Basis
from tests.web.plain import check_page

NOW = datetime.now(UTC)


@pytest.fixture
def opened(federation):
    """`opened(person=...)` opens a duty at Wildground."""

    def open_one(number: int = 1, **changes):
        given = {
            "kind": "accounts.decide",
            "subject": f"accounts.proposal:{number}",
            "at": NOW,
            "due": Due.none_promised(),
            "clauses": ["wildground-accounts-10"],
        }
        with scope(federation.pk):
            return open_duty(**{**given, **changes})

    return open_one


def shown(browser, query: str = "") -> str:
    response = browser.get(reverse("today") + query)
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html)
    return html


def test_a_duty_shows_what_why_by_when_and_one_button(cast, sign_in, opened):
    opened(role="slt")
    html = shown(sign_in(cast("Sian Parry", "slt")))

    assert "Decide on a proposal for an account" in html
    assert "An application is weighed by the SLT and then ends in a yes or a no." in html
    assert "this policy promises no time" in html
    assert html.count(reverse("proposal", args=[1])) == 1


def test_a_role_that_i_do_not_hold_shows_me_nothing(cast, sign_in, opened):
    opened(role="slt")

    assert "Nothing waits for you" in shown(sign_in(cast("Amina Khan", "staff")))


def test_what_moved_on_says_so(cast, sign_in, opened, federation):
    amina, sian = cast("Amina Khan", "staff"), cast("Sian Parry", "slt")
    opened(person=amina, due=Due.at(NOW - timedelta(hours=1)), then=Then(Basis.CHOSEN, role="slt"))
    with scope(federation.pk):
        sweep(at=NOW)

    assert "It came to you because its time ran out." in shown(sign_in(sian))
    assert "It came to you because its time ran out." not in shown(sign_in(amina))


def test_a_kind_that_has_no_words_yet_is_still_shown(cast, sign_in, opened):
    opened(role="slt", kind="something.new", clauses=[])

    assert "Something waits for you" in shown(sign_in(cast("Sian Parry", "slt")))


def test_today_asks_as_often_for_one_duty_as_for_fifty(cast, sign_in, opened, same_queries):
    browser = sign_in(cast("Sian Parry", "slt"))
    opened(1, role="slt")
    shown(browser)

    same_queries(lambda: shown(browser), lambda: [opened(number, role="slt") for number in range(2, 52)])


def test_today_goes_on_over_its_pages(cast, sign_in, opened):
    browser = sign_in(cast("Sian Parry", "slt"))
    for number in range(1, 46):
        opened(number, role="slt", due=Due.at(NOW + timedelta(hours=number)))
    seen, query = [], ""
    while True:
        response = browser.get(f"{reverse('today')}?{query}" if query else reverse("today"))
        seen += [each.duty.subject for each in response.context["duties"]]
        query = response.context["following"]
        if not query:
            break

    assert seen == [f"accounts.proposal:{number}" for number in range(1, 46)]


@pytest.mark.parametrize("query", ["?due=x&id=1", "?due=2027-01-01&id=1", "?due=2027-01-01T00:00:00Z&id=x"])
def test_a_key_that_is_none_of_ours_is_not_there(cast, sign_in, query):
    browser = sign_in(cast("Sian Parry", "slt"))

    assert browser.get(reverse("today") + query).status_code == 404


def test_another_federations_duties_are_not_mine(cast, sign_in, make_federation, opened):
    with scope(make_federation("boroughbridge", "boroughbridge").pk):
        open_duty(
            kind="accounts.decide", subject="accounts.proposal:9", at=NOW, due=Due.none_promised(), role="slt"
        )

    assert "Nothing waits for you" in shown(sign_in(cast("Sian Parry", "slt")))
