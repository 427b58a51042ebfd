"""Leaving, long leave and handing over, on the pages where each is done and read."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account, Handover, TeamMember
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import Due
from schoolgate.people.leaving import record_departure
from schoolgate.people.models import ExtendedAbsence, Person
from schoolgate.policy.adopting import adopt
from tests.accounts.conftest import ready
from tests.cast import someone
from tests.conftest import deliver_all
from tests.days import today
from tests.web.plain import check_page, shown_by
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
BEFORE = NOW - timedelta(hours=2)
DAY = timedelta(days=1)


@world()
def forest_school(at):
    """Wildground, where Priya leads one account alone and Joe runs handovers."""
    federation = enter_federation()
    with scope(federation.pk):
        school = School.objects.create(name="North", slug="north")
        forest = {
            "head": someone("Hanna Head", "slt"),
            "deputy": someone("Dora Deputy", "slt"),
            "priya": someone("Priya Nair", "staff", "lead-staff-member"),
            "joe": someone("Joe Lister", "administrator-moderator"),
            "tom": someone("Tom Ellery", "staff"),
        }
        forest["version"] = adopt(by=forest["head"], at=BEFORE)
        forest["account"] = Account.objects.create(
            school=school, name="Forest School", network="noticeboard", kind="school", state="open",
            made_at=BEFORE, opened_at=BEFORE, opened_by=forest["head"],
        )  # fmt: skip
        TeamMember.objects.create(
            account=forest["account"], person=forest["priya"], part="lead", from_day=today() - 9 * DAY
        )
    return SimpleNamespace(federation=federation, forest=forest)


@world(forest_school)
def priya_leaves(there, at):
    """She leaves in a week."""
    forest = there.forest
    with scope(there.federation.pk):
        record_departure(by=forest["head"], at=BEFORE, person=forest["priya"], left_on=today() + 7 * DAY)
    deliver_all(there.federation.pk, BEFORE)
    with scope(there.federation.pk):
        there.handed = Handover.objects.get()
    return there


@pytest.fixture
def in_force(in_world, request):
    """The world in which the test begins: as far on as what it asks for."""
    return in_world(priya_leaves if "handed" in request.fixturenames else forest_school, NOW)


@pytest.fixture
def forest(in_force):
    return in_force.forest


@pytest.fixture
def handed(in_force):
    return in_force.handed


def day(name, on):
    return {name: on.isoformat()}


def words(response, status=200):
    assert response.status_code == status
    page = response.content.decode()
    check_page(page)
    return page


def missing(page, *wanted):
    return [one for one in wanted if one not in page]


def test_a_leaving_is_explained_recorded_and_read_on_the_pages_of_person_and_account(
    federation, forest, sign_in
):
    with scope(federation.pk):
        open_duty(
            kind="post.put_right", subject="publishing.post:1", person=forest["priya"], at=BEFORE,
            due=Due.day(today()),
        )  # fmt: skip
    head, priya = sign_in(forest["head"]), forest["priya"]
    page = words(head.get(reverse("person-away", args=[priya.pk]) + "?for=leaving"))
    assert missing(
        page, "Forest School", "No one else is responsible for it.",
        "Administrator / Moderator", "Joe Lister",
        "Correct a post", "Goes to", "Staff",
    ) == []  # fmt: skip

    head.post(reverse("person-away", args=[priya.pk]) + "?for=leaving", day("left_on", today() + 7 * DAY))
    deliver_all(federation.pk, NOW)

    assert (
        missing(words(head.get(reverse("person", args=[priya.pk]))), "Accounts to hand over", "Forest School")
        == []
    )
    account = words(head.get(reverse("account", args=[forest["account"].pk])))
    assert missing(account, "At risk", "Priya Nair is responsible for this account and is leaving.") == []
    assert "At risk</span>" in head.get(reverse("accounts")).content.decode()
    joe = sign_in(forest["joe"])
    assert missing(words(joe.get(reverse("today"))), "Hand over an account", "Forest School") == []


def test_a_leaving_that_is_taken_back_is_gone_from_the_pages(federation, forest, handed, sign_in):
    head = sign_in(forest["head"])
    before = words(head.get(reverse("person", args=[forest["priya"].pk])))
    assert (
        missing(before, "This person is about to leave", "Cancel departure", "Record a different date") == []
    )
    head.post(reverse("person-returns", args=[forest["priya"].pk]))
    deliver_all(federation.pk, NOW)

    assert "At risk" not in words(head.get(reverse("account", args=[forest["account"].pk])))
    assert "No longer needed" in words(head.get(reverse("handover", args=[handed.pk])))


def test_whoever_runs_it_names_somebody_and_passes_the_account_on(federation, forest, handed, sign_in):
    joe = sign_in(forest["joe"])
    page = words(joe.get(reverse("handover", args=[handed.pk])))
    assert (
        missing(page, "To do", "no deadline", "names no one to be told next", "Close account permanently")
        == []
    )
    assert "Continue with the remaining team" not in page
    end, successor = (reverse(f"handover-{name}", args=[handed.pk]) for name in ("end", "successor"))
    for nobody in ("", "99999"):
        assert joe.post(successor, {"person": nobody}).status_code == 422
    assert joe.post(end, {"ends": "somehow"}).status_code == 404

    joe.post(reverse("handover-successor", args=[handed.pk]), {"person": forest["tom"].pk})
    page = words(joe.get(reverse("handover", args=[handed.pk])))
    assert (
        missing(page, "They confirm that they’ve read the policy", "Hand over the account to Tom Ellery")
        == []
    )
    refused = joe.post(reverse("handover-end", args=[handed.pk]), {"ends": "transfer"})
    assert refused.status_code == 409
    with scope(federation.pk):
        ready(forest["tom"], forest["version"], trained_by=forest["head"], at=NOW)
    joe.post(reverse("handover-end", args=[handed.pk]), {"ends": "transfer"})

    page = words(joe.get(reverse("handover", args=[handed.pk])))
    assert missing(shown_by(page), "Handed over:\nTom Ellery", "Joe Lister") == []
    assert "At risk</span>" not in joe.get(reverse("accounts")).content.decode()


def test_whoever_runs_it_can_shut_the_account_after_being_asked_once_more(
    federation, forest, handed, sign_in
):
    joe = sign_in(forest["joe"])
    asked = words(joe.post(reverse("handover-end", args=[handed.pk]), {"ends": "close"}))
    assert missing(asked, "Nothing is saved yet.", "its keys are destroyed", "Leave as it is") == []
    with scope(federation.pk):
        assert (Account.objects.get().state, Handover.objects.get().state) == ("open", "open")

    joe.post(reverse("handover-end", args=[handed.pk]), {"ends": "close", "sure": "yes"})
    with scope(federation.pk):
        assert (Account.objects.get().state, Handover.objects.get().state) == ("closed", "closed")


def test_others_see_it_and_take_no_step(federation, forest, handed, sign_in):
    head = sign_in(forest["head"])
    assert "Hand over the account to" not in words(head.get(reverse("handover", args=[handed.pk])))
    for name, typed in (
        ("handover-end", {"ends": "close"}), ("handover-end", {"ends": "transfer"}),
        ("handover-successor", {"person": forest["tom"].pk}),
    ):  # fmt: skip
        assert head.post(reverse(name, args=[handed.pk]), typed).status_code == 403
    assert sign_in(forest["tom"]).get(reverse("handover", args=[handed.pk])).status_code == 404
    with scope(federation.pk):
        assert (Account.objects.get().state, Handover.objects.get().state) == ("open", "open")


def test_long_leave_is_recorded_and_ended_on_the_persons_page(federation, forest, sign_in):
    head, priya = sign_in(forest["head"]), forest["priya"]
    before = words(head.get(reverse("person-away", args=[priya.pk]) + "?for=leave"))
    assert (
        missing(
            before, "Nothing is handed over. Everything is back to normal the day after.", "Forest School"
        )
        == []
    )
    typed = {"kind": "study", **day("from_day", today()), **day("to_day", today() + 90 * DAY)}
    head.post(reverse("person-away", args=[priya.pk]) + "?for=leave", typed)
    deliver_all(federation.pk, NOW)

    assert (
        missing(words(head.get(reverse("person", args=[priya.pk]))), "On long leave", "Record their return")
        == []
    )
    joe = sign_in(forest["joe"])
    assert "Name cover for an account during long leave" in words(joe.get(reverse("today")))
    head.post(reverse("person-back", args=[priya.pk]))
    deliver_all(federation.pk, NOW)
    with scope(federation.pk):
        assert ExtendedAbsence.objects.get().over_on == today()
    assert "Name cover for an account during long leave" not in words(joe.get(reverse("today")))
    assert head.post(reverse("person-back", args=[priya.pk])).status_code == 404


def test_somebody_on_long_leave_does_not_come_in_once_it_is_recorded_in_order(federation, forest, sign_in):
    with scope(federation.pk):
        priya = Person.objects.get(pk=forest["priya"].pk)
    browser, head = sign_in(priya), sign_in(forest["head"])
    assert browser.get(reverse("today")).status_code == 200
    for end in ("away?for=leaving", "away?for=leave", "return", "back"):
        days = {"kind": "leave", **day("from_day", today()), **day("left_on", today())}
        refused = sign_in(forest["tom"]).post(f"/people/{priya.pk}/{end}", days)
        assert refused.status_code in (403, 404), "only those who look after people record it"
    away = reverse("person-away", args=[priya.pk]) + "?for=leave"
    backwards = {"kind": "study", **day("from_day", today() + DAY), **day("to_day", today())}
    assert "The last day can’t be before the first day." in words(head.post(away, backwards), 422)
    with scope(federation.pk):
        assert ExtendedAbsence.objects.count() == 0

    typed = {"kind": "leave", **day("from_day", today())}
    head.post(away, typed)
    assert browser.get(reverse("today")).status_code == 302


def test_the_list_of_accounts_costs_the_same_for_one_at_risk_and_for_five(
    federation, forest, handed, sign_in, same_queries
):
    head = sign_in(forest["head"])
    head.get(reverse("accounts"))

    def grow():
        with scope(federation.pk):
            for number in range(4):
                account = Account.objects.create(
                    name=f"Account {number}", network="noticeboard", kind="school", state="open",
                    made_at=NOW, opened_at=NOW, opened_by=forest["head"],
                )  # fmt: skip
                TeamMember.objects.create(
                    account=account, person=forest["priya"], part="lead", from_day=today()
                )
            priya = Person.objects.get(pk=forest["priya"].pk)
            record_departure(by=forest["head"], at=NOW, person=priya, left_on=today() + 8 * DAY)
        deliver_all(federation.pk, NOW)

    same_queries(lambda: head.get(reverse("accounts")), grow)
