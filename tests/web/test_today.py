"""The page of what waits for me."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.calendars import set_calendar
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import Then, open_duty, sweep
from schoolgate.duties.models import Basis, Due, Duty
from schoolgate.incidents.models import Report
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.publishing.approving import send_back
from schoolgate.rulebook import book
from schoolgate.web.today.tasks import Whose
from schoolgate.web.today.today import day_ahead
from tests.cast import give, someone
from tests.stories import rolled_back
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

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


def test_a_duty_shows_what_why_by_when_and_one_button(cast, sign_in, opened, make_federation):
    """To who holds the role, before getting started and what merely stands; to nobody else, nor elsewhere."""
    with scope(make_federation("boroughbridge", "boroughbridge").pk):
        open_duty(
            kind="accounts.decide", subject="accounts.proposal:9", at=NOW, due=Due.none_promised(), role="slt"
        )
    sian = sign_in(cast("Sian Parry", "slt", "staff"))
    assert "Nothing else is waiting for you" in shown(sian)

    opened(role="slt")
    html = shown(sian)
    assert "Decide on an account proposal" in html
    assert "The SLT must consider each application and then approve or reject it." in html
    assert "No deadline" in html
    assert html.count(reverse("proposal", args=[1])) == 1
    assert "Because of your role: SLT." in html, "who has two roles reads for which it is"
    assert "Write a post" in html
    first = html.index("Decide on an account proposal")
    assert first < html.index("first-walks/")
    assert first < html.index(">Status<") if ">Status<" in html else True
    for query in (
        "?urgency=2&due=x&id=1",
        "?urgency=2&due=2027-01-01&id=1",
        "?urgency=2&due=2027-01-01T00:00:00Z&id=x",
        "?urgency=9&due=2027-01-01T00:00:00Z&id=1",
        "?due=2027-01-01T00:00:00Z&id=1",
    ):
        assert sian.get(reverse("today") + query).status_code == 404, query

    assert "Nothing to do" in shown(sign_in(cast("Amina Khan", "staff")))
    assert "Write a post" not in shown(sign_in(cast("Nia")))


def test_what_moved_on_says_so_and_whose_it_was_and_whose_rule_that_is(cast, sign_in, opened, federation):
    amina, sian = cast("Amina Khan", "staff"), cast("Sian Parry", "slt")
    for number, basis in ((1, Basis.CHOSEN), (2, Basis.HOUSE)):
        opened(number, person=amina, due=Due.at(NOW - timedelta(hours=1)), then=Then(basis, role="slt"))
    with scope(federation.pk):
        sweep(at=NOW)

    html, hers = shown(sign_in(sian)), shown(sign_in(amina))
    assert html.count("Passed to you because it is overdue.") == 2
    assert "First assigned to Amina Khan." in html
    assert html.count("This is Schoolgate’s own rule.") == 1
    assert "Passed to you because it is overdue." not in hers
    assert "Overdue, so also sent to SLT." in hers


def test_a_task_of_a_kind_that_is_declared_no_longer_is_still_shown(cast, sign_in, opened, federation):
    opened(role="slt", clauses=[])
    with scope(federation.pk):
        Duty.objects.update(kind="something.old")

    assert "You have a task" in shown(sign_in(cast("Sian Parry", "slt")))


def test_today_goes_on_over_its_pages_and_asks_as_often_for_many(cast, sign_in, opened, same_queries):
    browser = sign_in(cast("Sian Parry", "slt"))

    def open_some(*numbers):
        for number in numbers:
            opened(number, role="slt", due=Due.at(NOW + timedelta(hours=number)))

    open_some(1)
    shown(browser)
    same_queries(lambda: shown(browser), lambda: open_some(*range(2, 46)))
    seen, query = [], ""
    while True:
        response = browser.get(f"{reverse('today')}?{query}" if query else reverse("today"))
        seen += [each.shown.duty.subject for group in response.context["groups"] for each in group.duties]
        query = response.context["following"]
        if not query:
            break

    assert seen == [f"accounts.proposal:{number}" for number in range(1, 46)]


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

    page = browser.get(reverse("today"))
    assert [(group.key, len(group.duties)) for group in page.context["groups"]] == [
        ("over", 1),
        ("today", 1),
        ("later", 1),
        ("none", 1),
    ]
    assert "by the end of today" in page.content.decode()


def test_one_title_stands_once_and_only_what_can_wait_is_folded(cast, sign_in, opened):
    browser = sign_in(cast("Sian Parry", "slt"))
    for due, folded in ((Due.none_promised(), 2), (Due.at(NOW - timedelta(days=2)), 0)):
        with rolled_back():
            for number in range(1, 6):
                opened(number, role="slt", due=due)
            page = browser.get(reverse("today"))
        html = page.content.decode()
        check_page(html)
        assert html.count(">Decide on an account proposal</h3>") == 1
        assert [html.count(reverse("proposal", args=[number])) for number in range(1, 6)] == [1] * 5
        assert f"<summary>{folded} more</summary>" in html or not folded
        assert len(page.context["groups"][0].titles[0].more) == folded
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


def test_what_is_mine_for_somebody_else_says_for_whom(cast, sign_in, opened, federation):
    sian, carys = cast("Sian Parry", "slt"), cast("Carys Huws")
    with scope(federation.pk):
        assignment = give(carys, "slt")
        assignment.acting_for = sian
        assignment.save(update_fields=["acting_for"])
    opened(role="slt")

    assert "You’re covering for Sian Parry: SLT." in shown(sign_in(carys))
    assert "You’re covering for" not in shown(sign_in(sian))


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

    same_queries(lambda: shown(amina), lambda: [stage.submitted(f"Post {n}.") for n in range(3)])


# --- At risk, and how it stands


@world()
def amina_late(at):
    """Wildground with an account that nobody leads, and something of Amina's that is overdue."""
    federation = enter_federation()
    with scope(federation.pk):
        sam, amina = someone("Sam Slater", "slt"), someone("Amina Khan", "staff")
        adopt(by=sam, at=at)
        north = School.objects.create(name="North", slug="north")
        Account.objects.create(
            school=north, name="Left alone", network="facebook", kind="school", state="open", made_at=at,
            opened_at=at, opened_by=sam,
        )  # fmt: skip
        open_duty(
            kind="accounts.decide", subject="accounts.proposal:1", at=at, person=amina, school=north,
            due=Due.at(at - timedelta(hours=1)), clauses=["wildground-accounts-10"],
        )  # fmt: skip
        sweep(at=at)
    return SimpleNamespace(federation=federation, sam=sam)


@pytest.fixture
def begun(in_world):
    return in_world(amina_late, NOW)


@pytest.fixture
def federation(request):
    """Wildground: with what is late, where a test asks for it."""
    for name in ("stage", "begun"):
        if name in request.fixturenames:
            return request.getfixturevalue(name).federation
    return request.getfixturevalue("make_federation")()


@pytest.fixture
def late(begun):
    """Sam, of the SLT."""
    return begun.sam


def test_a_head_sees_what_is_at_risk_and_whose_task_is_late(late, sign_in, cast):
    """Who only oversees reads figures and no names, and others nothing of it."""
    html = shown(sign_in(late))
    assert "Accounts with no current account lead: 1" in html
    assert "Other people’s overdue tasks" in html
    assert "Amina Khan" in html

    browser = sign_in(cast("Grace Obi", "federation-leadership-team", relation="governor"))
    page = browser.get(reverse("today"))
    assert "Amina Khan" not in page.content.decode()
    state = page.context["state"]
    assert [(figure.number, figure.label) for figure in state.figures] == [
        (1, "Open accounts"),
        (1, "Overdue tasks"),
    ]
    assert state.chart is None, "one subject draws none, and figures of nought are not shown"

    html = shown(sign_in(cast("Beth Colleague", "staff")))
    assert "At risk" not in html
    assert ">Status<" not in html


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
    for person in (late, cast("Nia")):
        browser = sign_in(person)
        sections = browser.get(reverse("menu")).context["sections"]
        hrefs = [link.href for section in sections for link in section.links]
        opened_as = {href: browser.get(href).status_code for href in hrefs}

        assert reverse("first-walks") in hrefs
        assert {href: status for href, status in opened_as.items() if status not in (200, 302)} == {}


def test_who_has_what_i_wait_for_names_no_one_it_may_be_about():
    morning = SimpleNamespace(role_name=lambda key: {"head": "Headteacher"}[key])
    whose = Whose({"head": [(1, "Helen Marsh"), (2, "Tom Ellery")]}, {"policy.permissionasked:7": {2}})
    about_tom, other = Duty(subject="policy.permissionasked:7"), Duty(subject="policy.permissionasked:8")
    assert whose.name_of("head", about_tom, morning) == "Headteacher (Helen Marsh)"
    assert whose.name_of("head", other, morning) == "Headteacher (Helen Marsh, Tom Ellery)"
    tom = Person(pk=2, name="Tom Ellery")
    assert whose.name_of(tom, about_tom, morning) == ""
    assert whose.name_of(tom, other, morning) == "Tom Ellery"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 1, 4), "Mon 4 Jan"),
        (date(2027, 9, 25), "Sat 25 Sep"),
        (date(2027, 9, 26), "26 Sep 2027"),
        (date(2028, 11, 30), "30 Nov 2028"),
    ],
)
def test_a_day_to_come_that_could_be_taken_for_this_years_has_its_year(day, said):
    assert day_ahead(day, date(2026, 11, 30)) == said
