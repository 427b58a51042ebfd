"""The governors' report as a page: who reads it, what it says first, and what a number opens."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Item
from schoolgate.incidents.models import Report as Concern
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.people.assignments import give_permission
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.pdf_ua import check_pdf
from tests.publishing.conftest import account_on
from tests.web.plain import check_page, shown_by
from tests.web.there import There
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
REPORT = "/evidence?as=report"


@world()
def comment_unanswered(at):
    """Wildground with one comment left unanswered, somebody who leads and two who answer for the policy."""
    federation = enter_federation()
    with scope(federation.pk):
        people = SimpleNamespace(
            sam=someone("Sam Slater", "slt"),
            ben=someone("Ben Carter", "lead-staff-member"),
            gwen=someone("Gwen Governor", "federation-leadership-team"),
        )
        adopt(by=people.sam, at=at - 3 * DAY)
        north = School.objects.create(name="North", slug="north")
        account = account_on("bluesky", north, at)
        ingest(
            at=at - 2 * DAY,
            account=account,
            items=[
                IncomingItem(
                    "bluesky",
                    Ref("bluesky", "c1"),
                    Author("did:1", "", "A parent"),
                    "When?",
                    at - 2 * DAY,
                    attachments=(),
                    visibility="public",
                )
            ],
        )
        Item.objects.update(due_words="instant", due_day=None, due_at=at - DAY)
    return SimpleNamespace(federation=federation, people=people, account=account)


@pytest.fixture
def wild(in_world, sign_in):
    return There(**vars(in_world(comment_unanswered, NOW)), sign_in=sign_in)


def last_days(number: int) -> str:
    first = (NOW - number * DAY).date()
    return f"{REPORT}&from={first.isoformat()}&to={NOW.date().isoformat()}"


def seen(response, language="en"):
    html = response.content.decode()
    assert response.status_code == 200, shown_by(html)[:900]
    check_page(html, language)
    return html


def test_a_governor_reads_risks_and_questions_first_and_opens_what_each_number_was_counted_from(wild):
    page = seen(wild.gwen.get(last_days(7)))
    assert "Governors’ report" in page
    assert re.search(r'rows=replies_overdue">Replies overdue: 1</a>', page)
    assert page.index("Replies overdue: 1") < page.index("Who is answering") < page.index("<table")
    assert "Tasks count here only under a clause of the policy." in page
    assert 'name="read-in" value="cy"' in page
    switched = wild.gwen.get(f"{last_days(7)}&read-in=cy")
    assert (switched["Location"], switched.cookies["django_language"].value) == (last_days(7), "cy")
    del wild.gwen.cookies["django_language"]

    listed = f"/inbox?show=all&amp;since={(NOW - 7 * DAY).date()}&amp;until={NOW.date()}"
    assert listed in page
    assert wild.gwen.get(listed.replace("&amp;", "&")).status_code == 200

    counted = re.search(r"/evidence\?as=report&amp;period=[^\"]+&amp;rows=replies_overdue", page)[0]
    rows = seen(wild.gwen.get(counted.replace("&amp;", "&")))
    assert "Replies overdue" in rows
    with scope(wild.federation.pk):
        pk = Item.objects.get().pk
    assert f'<a href="/inbox/{pk}">Comment or message {pk}</a>' in rows


def test_people_without_part_in_overseeing_get_no_page_number_file_or_link(wild):
    for of in ("", "&rows=replies_overdue", "&rows=leave-slt", "&file=csv"):
        assert wild.ben.get(REPORT + of).status_code == 403, of
    assert wild.ben.post(REPORT, {"make": "link"}).status_code == 403


def test_a_number_of_today_opens_its_rows_by_what_they_are(wild):
    with scope(wild.federation.pk):
        wild.account.team.all().delete()
        Duty.objects.exclude(clauses=[]).update(due_kind="instant", due_at=NOW - DAY, due_by=NOW - DAY)
    page = seen(wild.gwen.get(last_days(7)))
    for key, row in (("accounts_few", "Account"), ("tasks_overdue", "Comment or message")):
        address = re.search(rf'"(/evidence\?as=report&amp;period=[^"]+&amp;rows={key})"[^>]*>(\d+)<', page)
        rows = seen(wild.gwen.get(address[1].replace("&amp;", "&")))
        assert rows.count(f">{row} ") == int(address[2]) > 0, key
    assert "Reply to a comment or message" in rows


def test_the_rows_of_a_number_are_found_without_counting_the_rest(wild, queries):
    address = last_days(7) + "&rows=replies_overdue"
    wild.gwen.get(address)
    with queries() as asked:
        wild.gwen.get(address)
    assert len(asked) <= 20


def test_permissions_of_a_role_open_what_they_were_for_and_who_gave_them(wild):
    with scope(wild.federation.pk):
        give_permission(
            by=wild.people.sam, at=NOW - DAY, role_key="slt", written=True, covers="wildground-posts-1",
            subject="publishing.post:7", from_day=NOW.date() - DAY,
        )  # fmt: skip
    page = seen(wild.gwen.get(last_days(7)))
    address = re.search(r'"(/evidence\?as=report&amp;period=[^"]+&amp;rows=leave-slt)"[^>]*>1<', page)[1]
    rows = seen(wild.gwen.get(address.replace("&amp;", "&")))
    assert "Given by" in rows
    assert "Sam Slater" in rows
    assert "Post 7" in rows


def test_what_is_no_row_no_period_and_no_file_is_not_found_and_days_that_are_none_are_named(wild):
    for key in ("consents_refused", "ack_waiting", "nonsense", "leave-", "leave-nobody"):
        assert wild.gwen.get(f"{last_days(7)}&rows={key}").status_code == 404, key
    assert wild.gwen.get(f"{REPORT}&period=never").status_code == 404
    assert wild.gwen.get(f"{REPORT}&file=docx").status_code == 404
    for query in ("&from=2026-03-05&to=2026-03-01", "&from=2026-03-05", "&from=x&to=y"):
        assert "Choose two days" in seen(wild.gwen.get(REPORT + query)), query
    assert "/evidence?as=report" in wild.gwen.get("/evidence").content.decode()


def test_the_files_say_the_same_as_the_page(wild):
    text = wild.gwen.get(last_days(7) + "&file=csv").content.decode("utf-8-sig")
    assert "Replies overdue,Deadlines met,1" in text
    assert "Tasks count here only under a clause of the policy." in text
    answer = wild.gwen.get(last_days(7) + "&file=xlsx")
    book = CalamineWorkbook.from_object(BytesIO(answer.content))
    rows = list(book.get_sheet_by_name("Figures").iter_rows())
    assert ["Replies overdue", "Deadlines met", 1.0] in [row[:3] for row in rows]
    assert "attachment" in answer["Content-Disposition"]


def test_the_report_speaks_welsh_and_its_pdf_meets_the_standard_in_both_languages(wild):
    for language in ("en", "cy"):
        with scope(wild.federation.pk):
            wild.people.gwen.language = language
            wild.people.gwen.save()
        made = wild.gwen.get(last_days(7) + "&file=pdf").content
        check_pdf(made, language=language)
    assert "Adroddiad y llywodraethwyr" in seen(wild.gwen.get(REPORT), "cy")


def test_a_link_shows_the_report_without_signing_in_until_it_is_disabled(wild, client):
    page = wild.gwen.post(last_days(7), {"make": "link"}, follow=True).content.decode()
    address = re.search(r"/wildground/governors/[0-9a-f-]+", page)[0]
    read = client.get(address)
    html = read.content.decode()
    assert read.status_code == 200
    assert "Replies overdue: 1" in html
    assert "/inbox" not in html
    assert read["Referrer-Policy"] == "no-referrer"
    assert "Opened 1 time." in wild.gwen.get(last_days(7)).content.decode()
    number = address.split("/")[-1].split("-")[1]
    assert wild.sam.post(last_days(7), {"end": number}).status_code == 404
    wild.gwen.post(last_days(7), {"end": number})
    assert client.get(address).status_code == 404


def test_a_year_without_one_before_says_so_and_concerns_show_as_bands_of_which_less_is_never_told(wild):
    long_ago = NOW - 300 * DAY
    with scope(wild.federation.pk):
        for number in range(10):
            Concern.objects.create(
                reference=f"W-{number}", once=f"{number}", code=f"c{number}", reported_at=long_ago,
                state_at=long_ago, said=["lie"] if number < 6 else ["copied"],
            )  # fmt: skip
    text = wild.gwen.get(last_days(400) + "&file=csv").content.decode("utf-8-sig")
    (period,) = (line for line in text.splitlines() if line.startswith("Period,"))
    assert period.count(" to ") == 1, "the days are said once"
    assert "There is nothing to compare with yet." in text
    assert "Overdue: a task was past its deadline" in text

    page = seen(wild.gwen.get(last_days(400)))
    assert "There is nothing to compare with yet." in page
    assert "5 to 9" in page
    assert "every other type" in page
    assert "fewer than 5" in page
    assert "used without permission" not in page
