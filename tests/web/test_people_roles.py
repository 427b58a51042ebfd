"""The page of the policy's roles: who has which, where nobody does, what waits."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import Due
from schoolgate.people.assignments import give_assignment
from schoolgate.people.leaving import start_extended_absence
from tests.cast import someone
from tests.web.plain import check_page, shown_by

AT = datetime.now(UTC)


def page_of(browser):
    answer = browser.get(reverse("people") + "?by=role")
    assert answer.status_code == 200
    check_page(answer.content.decode())
    return " ".join(shown_by(answer.content.decode()).split())


def test_the_page_names_who_has_a_role_and_puts_first_what_nobody_has(cast, sign_in):
    browser = sign_in(cast("Hanna Head", "slt"))
    page = page_of(browser)
    assert "6 unfilled role" in page
    assert page.index("Unfilled roles") < page.index("Lead staff member") < page.index("SLT Hanna Head")


def test_what_waits_for_a_role_is_counted(federation, cast, sign_in):
    browser = sign_in(cast("Hanna Head", "slt"))
    with scope(federation.pk):
        open_duty(
            kind="accounts.decide",
            subject="accounts.proposal:1",
            at=AT,
            due=Due.none_promised(),
            role="staff",
        )
    assert "1 task is waiting for this role." in page_of(browser)


def test_where_the_own_word_counts_the_page_says_who_is_awaited(make_federation, sign_in):
    with scope(make_federation("learn", "learn-to-live").pk):
        hana, sol = someone("Hana", "headteacher"), someone("Sol", "slt")
        give_assignment(
            by=sol, at=AT, person=someone("Dee"), role_key="headteacher", from_day=local_day(AT),
            acting_for=hana,
        )  # fmt: skip
        start_extended_absence(by=sol, at=AT, person=hana, kind="leave", from_day=local_day(AT))
    page = page_of(sign_in(sol))
    assert "it must come from the person with this role" in page
    assert "Needs permission from: Hana." in page
    assert "acting for Hana" in page


def test_a_policy_that_wants_nobodys_own_word_says_nothing_of_it(cast, sign_in):
    assert "own word" not in page_of(sign_in(cast("Hanna Head", "slt")))


def test_the_page_costs_the_same_for_few_and_for_many(federation, cast, sign_in, same_queries):
    browser = sign_in(cast("Hanna Head", "slt"))
    with scope(federation.pk):
        someone("One", "staff")
    browser.get(reverse("people") + "?by=role")

    def grow():
        with scope(federation.pk):
            for number in range(30):
                someone(f"Person {number}", "staff", "lead-staff-member")

    same_queries(lambda: browser.get(reverse("people") + "?by=role"), grow)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_teacher_does_not_see_it_and_who_does_is_led_there(cast, sign_in, language):
    assert sign_in(cast("Tom", "staff")).get(reverse("people") + "?by=role").status_code == 403
    head = sign_in(cast("Hanna Head", "slt"))
    head.cookies["django_language"] = language
    page = head.get(reverse("people")).content.decode()
    assert reverse("people") + "?by=role" in page
    assert reverse("people-import") in page
