"""The page of what waits for me."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.calendars import set_calendar
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import Then, open_duty, sweep
from schoolgate.duties.due import Due
from schoolgate.duties.models import Duty
from schoolgate.duties.states import Basis
from schoolgate.incidents.models import Report
from schoolgate.policy.actions import adopt
from schoolgate.publishing.actions import send_back
from schoolgate.rulebook import book
from tests.cast import give
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

    assert "Decide on an account proposal" in html
    assert "The SLT must consider each application and then approve or reject it." in html
    assert "No deadline" in html
    assert html.count(reverse("proposal", args=[1])) == 1


def test_a_role_that_i_do_not_hold_shows_me_nothing(cast, sign_in, opened):
    opened(role="slt")

    assert "Nothing to do" in shown(sign_in(cast("Amina Khan", "staff")))


def test_what_moved_on_says_so(cast, sign_in, opened, federation):
    amina, sian = cast("Amina Khan", "staff"), cast("Sian Parry", "slt")
    opened(person=amina, due=Due.at(NOW - timedelta(hours=1)), then=Then(Basis.CHOSEN, role="slt"))
    with scope(federation.pk):
        sweep(at=NOW)

    assert "Passed to you because it is overdue." in shown(sign_in(sian))
    assert "Passed to you because it is overdue." not in shown(sign_in(amina))


def test_a_task_of_a_kind_that_is_declared_no_longer_is_still_shown(cast, sign_in, opened, federation):
    opened(role="slt", clauses=[])
    with scope(federation.pk):
        Duty.objects.update(kind="something.old")

    assert "You have a task" in shown(sign_in(cast("Sian Parry", "slt")))


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
        seen += [each.shown.duty.subject for group in response.context["groups"] for each in group.duties]
        query = response.context["following"]
        if not query:
            break

    assert seen == [f"accounts.proposal:{number}" for number in range(1, 46)]


@pytest.mark.parametrize(
    "query",
    [
        "?urgency=2&due=x&id=1",
        "?urgency=2&due=2027-01-01&id=1",
        "?urgency=2&due=2027-01-01T00:00:00Z&id=x",
        "?urgency=9&due=2027-01-01T00:00:00Z&id=1",
        "?due=2027-01-01T00:00:00Z&id=1",
    ],
)
def test_a_key_that_is_none_of_ours_is_not_there(cast, sign_in, query):
    browser = sign_in(cast("Sian Parry", "slt"))

    assert browser.get(reverse("today") + query).status_code == 404


def test_another_federations_duties_are_not_mine(cast, sign_in, make_federation, opened):
    with scope(make_federation("boroughbridge", "boroughbridge").pk):
        open_duty(
            kind="accounts.decide", subject="accounts.proposal:9", at=NOW, due=Due.none_promised(), role="slt"
        )

    assert "Nothing else is waiting for you" in shown(sign_in(cast("Sian Parry", "slt")))


def texts(browser, name: str):
    return browser.get(reverse("today")).context[name]


# --- Groups, and how something came to me


def test_they_stand_in_groups_most_pressing_first(cast, sign_in, opened):
    browser = sign_in(cast("Sian Parry", "slt"))
    today = local_day(NOW)
    for number, due in enumerate(
        [
            Due.none_promised(),
            Due.day(today + timedelta(days=30)),
            Due.day(today),
            Due.at(NOW - timedelta(days=2)),
        ],
        start=1,
    ):
        opened(number, role="slt", due=due)

    groups = texts(browser, "groups")
    assert [(group.key, len(group.duties)) for group in groups] == [
        ("over", 1),
        ("today", 1),
        ("later", 1),
        ("none", 1),
    ]
    assert "by the end of today" in shown(browser)


@pytest.mark.parametrize(("due", "folded"), [(Due.none_promised(), 2), (Due.at(NOW - timedelta(days=2)), 0)])
def test_one_title_stands_once_and_only_what_can_wait_is_folded(cast, sign_in, opened, due, folded):
    browser = sign_in(cast("Sian Parry", "slt"))
    for number in range(1, 6):
        opened(number, role="slt", due=due)
    html = shown(browser)

    assert html.count(">Decide on an account proposal</h3>") == 1
    assert [html.count(reverse("proposal", args=[number])) for number in range(1, 6)] == [1] * 5
    assert f"<summary>{folded} more</summary>" in html or not folded
    assert len(texts(browser, "groups")[0].titles[0].more) == folded
    said_by = re.findall(r'aria-labelledby="(do-\d+) (title-\d+) (about-\d+)"', html)
    assert len(said_by) == 5
    assert all(html.count(f'id="{each}"') == 1 for ids in said_by for each in ids)


def test_a_report_stands_before_what_is_late_and_danger_before_every_report(cast, sign_in, opened):
    browser = sign_in(cast("Sian Parry", "slt"))
    opened(1, role="slt")
    opened(2, role="slt", due=Due.at(NOW - timedelta(days=2)))
    opened(role="slt", kind="incidents.take", subject="incidents.report:1", clauses=[])
    opened(role="slt", kind="incidents.take", subject="incidents.report:2", clauses=[], danger=True)

    groups = [
        (group.key, [one.shown.duty.subject for one in group.duties]) for group in texts(browser, "groups")
    ]
    assert groups == [
        ("danger", ["incidents.report:2"]),
        ("harm", ["incidents.report:1"]),
        ("over", ["accounts.proposal:2"]),
        ("none", ["accounts.proposal:1"]),
    ]


def test_danger_stands_on_the_first_page_however_much_is_late(cast, sign_in, opened):
    browser = sign_in(cast("Sian Parry", "slt"))
    for number in range(1, 31):
        opened(number, role="slt", due=Due.at(NOW - timedelta(days=number)))
    opened(role="slt", kind="incidents.take", subject="incidents.report:1", clauses=[], danger=True)

    first = texts(browser, "groups")[0]
    assert (first.key, len(first.duties)) == ("danger", 1)
    html = shown(browser)
    assert html.index("Someone may be in danger") < html.index("Overdue")


def test_work_comes_before_getting_started_and_before_what_merely_stands(cast, sign_in, opened):
    opened(1, role="slt")
    html = shown(sign_in(cast("Sian Parry", "slt")))
    first = html.index("Decide on an account proposal")

    assert first < html.index("first-walks/")
    assert first < html.index(">Status<") if ">Status<" in html else True


def test_who_writes_has_the_button_at_the_top_and_nobody_else(cast, sign_in):
    assert "Write a post" in shown(sign_in(cast("Amina Khan", "staff")))
    assert "Write a post" not in shown(sign_in(cast("Nia")))


def test_what_moved_on_says_whose_it_was_and_whose_rule_that_is(cast, sign_in, opened, federation):
    amina, sian = cast("Amina Khan", "staff"), cast("Sian Parry", "slt")
    opened(person=amina, due=Due.at(NOW - timedelta(hours=1)), then=Then(Basis.HOUSE, role="slt"))
    with scope(federation.pk):
        sweep(at=NOW)

    html = shown(sign_in(sian))
    assert "First assigned to Amina Khan." in html
    assert "This is Schoolgate’s own rule." in html
    assert "Overdue, so also sent to SLT." in shown(sign_in(amina))


def test_what_is_mine_for_somebody_else_says_for_whom(cast, sign_in, opened, federation):
    sian, carys = cast("Sian Parry", "slt"), cast("Carys Huws")
    with scope(federation.pk):
        assignment = give(carys, "slt")
        assignment.acting_for = sian
        assignment.save(update_fields=["acting_for"])
    opened(role="slt")

    assert "You’re covering for Sian Parry: SLT." in shown(sign_in(carys))
    assert "You’re covering for" not in shown(sign_in(sian))


def test_who_has_two_roles_reads_for_which_it_is(cast, sign_in, opened):
    opened(role="slt")

    assert "Because of your role: SLT." in shown(sign_in(cast("Sian Parry", "slt", "staff")))


# --- What I wait for


def test_i_see_what_i_wait_for_and_from_whom(stage):
    post = stage.submitted()
    amina, ben = stage.browser("amina"), stage.browser("ben")

    awaited = texts(amina, "awaited")
    assert [each.about for each in awaited] == [awaited[0].about]
    assert awaited[0].href == reverse("post", args=[post.pk])
    assert any("Ben Carter" in who for who in awaited[0].whom)
    assert texts(ben, "awaited") == []
    with scope(stage.federation.pk):
        send_back(by=stage.people["ben"], at=NOW, post=stage.read(post), reason="Shorter, please.")
    assert texts(amina, "awaited") == []


def test_waiting_for_many_asks_as_often_as_for_one(stage, same_queries):
    amina = stage.browser("amina")
    stage.submitted()
    shown(amina)

    same_queries(lambda: shown(amina), lambda: [stage.submitted(f"Post {n}.") for n in range(12)])


# --- At risk, and how it stands


@pytest.fixture
def late(federation, cast, opened):
    """Wildground with an account that nobody leads, and something of Amina's that is overdue."""
    sam = cast("Sam Slater", "slt")
    amina = cast("Amina Khan", "staff")
    with scope(federation.pk):
        adopt(by=sam, at=NOW)
        north = School.objects.create(name="North", slug="north")
        Account.objects.create(
            school=north, name="Left alone", network="facebook", kind="school", state="open", made_at=NOW,
            opened_at=NOW, opened_by=sam,
        )  # fmt: skip
    opened(person=amina, due=Due.at(NOW - timedelta(hours=1)), school=north)
    with scope(federation.pk):
        sweep(at=NOW)
    return sam


def test_a_head_sees_what_is_at_risk_and_whose_task_is_late(late, sign_in):
    html = shown(sign_in(late))

    assert "Accounts with no current account lead: 1" in html
    assert "Other people’s overdue tasks" in html
    assert "Amina Khan" in html


def test_who_only_oversees_reads_figures_and_no_names(late, cast, sign_in):
    browser = sign_in(cast("Grace Obi", "federation-leadership-team", relation="governor"))
    html = shown(browser)

    assert "Amina Khan" not in html
    assert [(figure.number, figure.label) for figure in texts(browser, "state").figures] == [
        (1, "Open accounts"),
        (1, "Overdue tasks"),
    ]


def test_overdue_tasks_are_counted_and_listed_as_the_governors_count_them(late, cast, sign_in, opened):
    """What two roles are asked about one thing is one task; what two people are asked is two."""
    due = Due.at(NOW - timedelta(hours=1))
    for whose in (
        {"role": "slt"}, {"role": "lead-staff-member"},
        {"person": cast("Bea Two", "staff")}, {"person": cast("Cai Two", "staff")},
    ):  # fmt: skip
        opened(due=due, subject="accounts.account:9001", **whose)
    with scope(late.federation_id):
        sweep(at=NOW)
    browser = sign_in(cast("Grace Obi", "federation-leadership-team", relation="governor"))
    shown(browser)
    assert (1 + 3, "Overdue tasks") in [
        (figure.number, figure.label) for figure in texts(browser, "state").figures
    ]


def test_an_overdue_task_of_two_roles_is_listed_once_with_both(late, sign_in, opened):
    for role in ("lead-staff-member", "administrator-moderator"):
        opened(due=Due.at(NOW - timedelta(hours=2)), subject="accounts.account:9001", role=role)
    with scope(late.federation_id):
        sweep(at=NOW)
    browser = sign_in(late)
    shown(browser)
    names = book("wildground").role_names
    both = ", ".join(sorted(names[key] for key in ("lead-staff-member", "administrator-moderator")))
    assert [each.whom for each in texts(browser, "risks").late] == [both, "Amina Khan"]


def test_figures_of_nought_are_not_shown_and_one_subject_draws_no_chart(late, cast, sign_in):
    browser = sign_in(cast("Grace Obi", "federation-leadership-team", relation="governor"))

    assert all(figure.number for figure in texts(browser, "state").figures)
    assert texts(browser, "state").chart is None


def test_whose_part_it_is_not_sees_nothing_of_it(late, cast, sign_in):
    html = shown(sign_in(cast("Beth Colleague", "staff")))

    assert "At risk" not in html
    assert ">Status<" not in html


def test_a_concern_kept_to_the_leads_is_neither_named_nor_counted_on_anyone_elses_today(
    late, cast, sign_in, opened, federation
):
    dee = cast("Dee Lead", "staff")
    before = texts(sign_in(late), "risks")
    with scope(federation.pk):
        report = Report.objects.create(
            federation=federation, reference="C-17-ABCD", reported_at=NOW, state="taken", state_at=NOW,
            by=late, inside=True, taken_by=dee, taken_at=NOW, restricted_at=NOW,
        )  # fmt: skip
    opened(
        kind="incidents.finish", subject=f"incidents.report:{report.pk}", person=dee,
        due=Due.at(NOW - timedelta(minutes=5)),
    )  # fmt: skip
    with scope(federation.pk):
        sweep(at=NOW)
    after = texts(sign_in(late), "risks")
    assert (after.late_count, [each.whom for each in after.late]) == (1, ["Amina Khan"])
    assert after.late_count == before.late_count
    browser = sign_in(late)
    pages = [reverse("today"), reverse("people") + "?show=roles", reverse("person-away", args=[dee.pk])]
    for page in pages:
        html = browser.get(page).content.decode()
        assert "C-17-ABCD" not in html, page
        assert "Record the outcome of a concern" not in html, page


def test_a_role_for_one_school_sees_what_is_at_risk_there_only(late, cast, sign_in, federation):
    south_head = cast("Carys Huws")
    with scope(federation.pk):
        give(south_head, "slt", school=School.objects.create(name="South", slug="south"))

    assert texts(sign_in(south_head), "risks") is None


# --- An empty day


def test_an_empty_day_says_what_comes_next(cast, sign_in, federation):
    cara = cast("Cara Colleague", "staff")
    today = local_day(NOW)
    with scope(federation.pk):
        school = School.objects.create(name="North", slug="north")
        set_calendar(
            school=school, at=NOW, terms=[("Now", today - timedelta(days=30), today + timedelta(days=30))]
        )
    html = shown(sign_in(cara))

    assert "Nothing to do" in html
    assert "Next school day:" in html
    assert "Holidays begin" in html


def test_without_term_dates_nothing_is_invented(cast, sign_in, federation):
    with scope(federation.pk):
        School.objects.create(name="North", slug="north")

    assert texts(sign_in(cast("Cara Colleague", "staff")), "coming") == []


# --- Behind "More"


def test_every_page_behind_more_opens_for_whom_it_is_shown(late, cast, sign_in):
    for person in (late, cast("Cara Colleague", "staff"), cast("Nia")):
        browser = sign_in(person)
        sections = browser.get(reverse("menu")).context["sections"]
        hrefs = [link.href for section in sections for link in section.links]
        opened_as = {href: browser.get(href).status_code for href in hrefs}

        assert reverse("first-walks") in hrefs
        assert {href: status for href, status in opened_as.items() if status not in (200, 302)} == {}
