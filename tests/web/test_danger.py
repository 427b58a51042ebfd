"""Somebody is in danger: it comes first everywhere, and nobody who has to act can miss it."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.cache import cache
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.duties.queries import told_first
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Item
from schoolgate.incidents import handling, passing_on
from schoolgate.incidents.models import Report
from schoolgate.people.queries import held_by
from schoolgate.people.sessions import make_token
from schoolgate.web.frame.layout import danger_shown
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.incidents import reports
from tests.cast import someone
from tests.incidents.conftest import wrong
from tests.publishing.conftest import account_on
from tests.web.in_force import NOW, sam
from tests.web.inboxes import incoming
from tests.web.plain import check_page, shown_by

__all__ = ["sam"]
HOUR = timedelta(hours=1)
BANNER = "Someone may be in danger, and no one is dealing with it yet."
PLACES = (
    "today", "accounts", "posts", "inbox", "wrong-reports", "may-i", "policy", "evidence", "people", "menu",
    "me", "wrong", "stop", "messages",
)  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_counted(in_force, home):
    cache.clear()


@pytest.fixture
def reported(federation, sam):
    """`reported(danger="yes")`: a report, as somebody made it an hour ago."""

    def make(**given):
        with scope(federation.pk):
            return wrong(NOW - HOUR, **{"danger": "yes", **given})

    return make


def page(browser, name="today", status=200) -> str:
    response = browser.get(reverse(name) if not name.startswith("/") else name)
    assert response.status_code == status
    html = response.content.decode()
    check_page(html)
    return html


# --- The banner --------------------------------------------------------------------------------------------


def test_those_who_have_to_act_see_the_banner_on_every_page_until_somebody_takes_it(
    cast, sam, sign_in, federation, reported
):
    browser = sign_in(sam)
    report = reported(what="Tomos has a knife.", where="Behind the gym")
    link = reverse("wrong-report", args=[report.pk])
    for name in PLACES:
        html = page(browser, name)
        assert BANNER in html, name
        assert link in html
        assert ("Tomos" in shown_by(html), "gym" in shown_by(html)) == (False, False), name
    assert BANNER in page(browser, "/inbox/999999", 404)
    assert BANNER not in page(browser, link), "it leads to this page"

    browser.post(reverse("wrong-take", args=[report.pk]))
    assert [name for name in PLACES[:3] if BANNER in page(browser, name)] == []


def test_a_colleague_who_takes_it_ends_the_banner_for_all_but_whom_it_is_handed_to(
    cast, sam, sign_in, federation, reported
):
    other, grace = cast("Olive Owner", "slt"), cast("Grace", "slt")
    browser = sign_in(sam)
    for danger in ("no", "unknown"):
        reported(danger=danger)
    assert BANNER not in page(browser), "nobody is said to be in danger"
    report = reported()
    assert BANNER in page(browser)
    with scope(federation.pk):
        handling.take(report=report, by=other, at=NOW)
    assert BANNER not in page(browser)
    with scope(federation.pk):
        handling.hand_on(report=report, by=other, at=NOW, to=grace)
    assert BANNER in page(sign_in(grace))


def test_whom_it_may_be_about_and_a_stranger_learn_nothing_of_it(cast, sam, sign_in, reported):
    grace = cast("Grace", "slt")
    reported(about_people=[grace])
    html = page(sign_in(grace))
    assert BANNER not in html
    assert "Danger" not in html
    assert BANNER in page(sign_in(sam)), "in the same role"
    cara = sign_in(cast("Cara", "staff"))
    assert [name for name in ("today", "accounts", "posts", "menu") if "danger" in page(cara, name)] == []


def test_what_is_kept_from_somebody_is_counted_in_no_banner_of_theirs(sam, federation, reported):
    """Its task stays with the role of which only some may read it."""
    kept, open_one = reported(), reported()
    on = local_day(NOW)
    with scope(federation.pk):
        assert danger_shown(sam, held_by(sam, on=on), on=on).count == 2
        Report.objects.filter(pk=kept.pk).update(restricted_at=NOW)
    with scope(federation.pk):
        shown = danger_shown(sam, held_by(sam, on=on), on=on)
        assert (shown.count, shown.href) == (1, reverse("wrong-report", args=[open_one.pk]))


def test_who_is_told_next_has_the_banner_from_then_on(cast, sam, sign_in, federation, reported):
    reported()
    governor = sign_in(cast("Gwen Governor", "federation-leadership-team"))
    administrator = sign_in(cast("Mari Lewis", "administrator-moderator"))
    before = BANNER in page(governor) or BANNER in page(administrator)
    with scope(federation.pk):
        while passing_on.go_up(at=NOW + 9 * HOUR):
            pass
    assert not before
    assert BANNER in page(governor) or BANNER in page(administrator)


def test_another_federation_has_no_banner(sam, sign_in, make_federation, cast, reported):
    reported()
    other = make_federation("boroughbridge", "boroughbridge")
    with scope(other.pk):
        wrong(NOW)
    sam_again = sign_in(sam)
    assert page(sam_again).count(BANNER) == 1


def test_a_page_asks_one_question_more_while_nobody_is_in_danger(sam, sign_in, queries):
    browser = sign_in(sam)
    page(browser, "menu")
    with queries() as seen:
        page(browser, "menu")
    asked = [each["sql"] for each in seen.captured_queries if '."urgency"' in each["sql"]]
    assert len(asked) == 1


def test_a_concern_that_no_one_takes_is_one_row_of_danger_and_says_what_it_is(
    cast, sign_in, federation, reported
):
    """It was there twice after the alarm, and *Danger 6* stood above a menu that said 5."""
    with scope(federation.pk):
        dee = someone("Dee Lead")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=NOW - 9 * HOUR)
    browser, grace = sign_in(dee), cast("Grace", "staff")
    report = reported(kinds=("child_told",))
    other = reported(about_people=[grace])
    with scope(federation.pk):
        while passing_on.go_up(at=NOW + 9 * HOUR):
            pass
    response = browser.get(reverse("today"))
    (danger,) = (group for group in response.context["groups"] if group.key == "danger")
    rows = {row.shown.duty.subject: row.shown for row in danger.duties}
    assert len(danger.duties) == len(rows) == 2
    assert "View all 2" in response.content.decode()
    mine = rows[f"incidents.report:{report.pk}"]
    assert mine.about == f"{report.reference} · a concern about a child"
    assert rows[f"incidents.report:{other.pk}"].about.endswith(
        "· a concern about what a colleague may have done"
    )
    assert "Grace" not in response.content.decode()


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("Jack has a knife in his bag and says he will use it at lunch", "a weapon"),
        ("She cuts herself and wants to die", "self-harm or suicide"),
        ("A man waits at the gate every day and knows the girls by name", "someone who follows"),
        ("My uncle touches me at night", "harm at home or by an adult"),
    ],
)
def test_a_leads_today_says_in_a_word_what_kind_of_danger_a_concern_is_and_no_mail_does(
    sign_in, federation, reported, what, kind
):
    with scope(federation.pk):
        dee = someone("Dee Lead")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=NOW - 9 * HOUR)
    browser = sign_in(dee)
    report = reported(what=what, kinds=("child_told",))
    (danger,) = (one for one in browser.get(reverse("today")).context["groups"] if one.key == "danger")
    (row,) = (each.shown for each in danger.duties)
    assert row.about.startswith(f"{report.reference} · ")
    assert kind in row.about
    assert "Jack" not in row.about
    assert "uncle" not in row.about


def test_danger_keeps_the_time_at_which_it_was_told_once_it_was_passed_on(
    cast, sam, sign_in, federation, reported
):
    """A knife told at 10.39 was one of 16.54 for the person who had it next."""
    reported()
    governor = cast("Gwen Governor", "federation-leadership-team")
    with scope(federation.pk):
        while passing_on.go_up(at=NOW + 9 * HOUR):
            pass
    for one in (sam, governor):
        groups = sign_in(one).get(reverse("today")).context["groups"]
        assert {row.since for group in groups if group.key == "danger" for row in group.duties} == {
            NOW - HOUR
        }


def test_what_is_told_again_after_it_was_done_has_its_own_time_and_a_comments_concern_has_the_comments(
    cast, federation
):
    kim, told = cast("Kim", "administrator-moderator"), {"danger": True, "due": Due.none_promised()}
    with scope(federation.pk):
        first = open_duty(kind="item.danger", subject="inbox.item:1", at=NOW, person=kim, **told)
        discharge(kind="item.danger", subject=first.subject, by=kim, at=NOW + HOUR, how="reported")
        report = open_duty(
            kind="incidents.take", subject="incidents.report:1", at=NOW + HOUR, person=kim, **told
        )
        again = open_duty(kind="item.danger", subject=first.subject, at=NOW + 3 * HOUR, person=kim, **told)
        assert told_first([report, again]) == {report.pk: NOW + HOUR, again.pk: NOW + 3 * HOUR}
        assert told_first([report], {report.subject: first.subject}) == {report.pk: NOW}


# --- First in each list ------------------------------------------------------------------------------------


def on_a_weekday():
    """An instant three days ago or more, from Monday to Thursday: at a weekend no time is promised here."""
    days = (NOW - 24 * ago * HOUR for ago in range(3, 7))
    return next(one for one in days if local_day(one).weekday() < 4)


@pytest.fixture
def late_question(federation, sam):
    """A ticket question that is overdue, on an account of Sam's."""
    with scope(federation.pk):
        school = School.objects.create(name="North", slug="north")
        account = account_on("bluesky", school, NOW)
        ingest(at=NOW, account=account, items=[incoming("How much are tickets?", at=on_a_weekday())])
        ingest(at=NOW, account=account, items=[incoming("Nasty words", key="c2", at=NOW - 2 * HOUR)])
        item = Item.objects.get(network_id="c1")
        open_duty(kind="item.answer", subject=item, at=NOW, due=Due.at(NOW - 48 * HOUR), person=sam)
        return item


def test_danger_stands_above_an_overdue_question_on_today_and_first_in_the_phones_bar(
    sam, sign_in, late_question, reported
):
    browser = sign_in(sam)
    before = [place.key for place in browser.get(reverse("today")).context["frame"].places]
    report = reported()
    shown = browser.get(reverse("today")).context
    groups, places = shown["groups"], shown["frame"].places
    kinds = [each.shown.duty.kind for group in groups for each in group.duties]
    assert kinds.index("incidents.take") < kinds.index("item.answer")
    assert groups[0].key == "danger"
    assert [place.key for place in places] == ["danger", *before]
    assert (places[0].count, places[0].href) == (1, reverse("wrong-report", args=[report.pk]))
    reported()
    place = browser.get(reverse("today")).context["frame"].places[0]
    assert (place.count, place.href) == (2, f"{reverse('today')}#group-danger")


def test_danger_stands_first_among_the_reports_however_old(sam, sign_in, reported, monkeypatch):
    monkeypatch.setattr(reports, "page_by_key", partial(page_by_key, size=2))
    danger, *_others = reported(), *(reported(danger="unknown") for _ in range(3))
    browser = sign_in(sam)
    for show in ("waiting", "all"):
        rows = browser.get(reverse("wrong-reports"), {"show": show}).context["rows"]
        assert rows[0]["report"].pk == danger.pk, show
        assert [row["report"].pk for row in rows].count(danger.pk) == 1, show
        assert len(rows) == 3, show


def test_of_many_concerns_in_danger_the_most_pressing_come_first_and_the_list_leads_to_all(
    sam, sign_in, reported, monkeypatch
):
    monkeypatch.setattr(reports, "MOST_IN_DANGER", 2)
    reported(danger="unknown")
    early, late = reported(), reported(kinds=["child_told"])
    browser, here = sign_in(sam), {"show": "waiting"}
    shown = browser.get(reverse("wrong-reports"), here)
    assert [row["report"].pk for row in shown.context["rows"]][:2] == [late.pk, early.pk]
    assert "danger=yes" not in shown.content.decode()
    third = reported()
    shown = browser.get(reverse("wrong-reports"), here)
    assert [row["report"].pk for row in shown.context["rows"]][:2] == [late.pk, early.pk]
    assert len(shown.context["rows"]) == 4, "the third is further down, too"
    html = shown.content.decode()
    check_page(html)
    assert "Someone may be in danger: 3 concerns" in html
    assert "?show=waiting&amp;danger=yes" in html
    monkeypatch.setattr(reports, "page_by_key", partial(page_by_key, size=2))
    first = browser.get(reverse("wrong-reports"), here | {"danger": "yes"}).context
    assert [row["report"].pk for row in first["rows"]] == [third.pk, late.pk]
    rest = browser.get(f"{reverse('wrong-reports')}?{first['page'].older}").context
    assert [row["report"].pk for row in rest["rows"]] == [early.pk]


def test_a_comment_from_whose_page_danger_was_reported_stands_first_in_the_inbox(
    cast, sam, sign_in, federation, late_question, reported
):
    with scope(federation.pk):
        nasty = Item.objects.get(network_id="c2")
    moderator = sign_in(cast("Ben Carter", "lead-staff-member"))
    first = reverse("inbox")
    assert sign_in(sam).get(first).context["rows"][0]["item"].pk == late_question.pk

    reported(page=f"item-{nasty.pk}", reporter=sam)
    rows = sign_in(sam).get(first).context["rows"]
    assert [row["item"].pk for row in rows] == [nasty.pk, late_question.pk]
    assert rows[0]["urgency"] == 0
    # Who may not know of the report reads the list as always.
    rows = moderator.get(first).context["rows"]
    assert [row["item"].pk for row in rows] == [late_question.pk, nasty.pk]


def test_a_comment_that_no_program_could_hide_stands_before_what_is_late(
    sam, sign_in, federation, late_question
):
    with scope(federation.pk):
        nasty = Item.objects.get(network_id="c2")
        open_duty(kind="item.remove_by_hand", subject=nasty, at=NOW, due=Due.none_promised(), role="slt")
    rows = sign_in(sam).get(reverse("inbox")).context["rows"]
    assert [(row["item"].pk, row["urgency"]) for row in rows] == [(nasty.pk, 1), (late_question.pk, None)]


def test_a_program_reads_what_is_urgent_first(client, sam, federation, late_question, reported):
    with scope(federation.pk):
        nasty = Item.objects.get(network_id="c2")
        Item.objects.filter(pk=nasty.pk).update(first_seen_at=NOW - 90 * HOUR)
        reported(page=f"item-{late_question.pk}", reporter=sam)
        secret = make_token(by=sam, at=NOW, name="List", days=9, may_write=False, with_factor=True).text
    rows = client.get("/api/v1/inbox", headers={"authorization": f"Bearer {secret}"}).json()["rows"]
    assert [(row["id"], row["urgency"]) for row in rows] == [
        (late_question.pk, "danger"),
        (nasty.pk, "usual"),
    ]
