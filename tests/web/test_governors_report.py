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
from schoolgate.inbox.actions import ingest
from schoolgate.inbox.models import Item
from schoolgate.incidents.models import Report as Concern
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.people.actions import give_permission
from schoolgate.policy.actions import adopt
from tests.cast import someone
from tests.pdf_ua import check_pdf
from tests.publishing.conftest import account_on
from tests.web.plain import check_page, shown_by

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
REPORT = "/evidence?as=report"


@pytest.fixture
def wild(federation, sign_in):
    """Wildground with one comment left unanswered, and a browser for each of three people."""
    with scope(federation.pk):
        people = SimpleNamespace(
            sam=someone("Sam Slater", "slt"),
            ben=someone("Ben Carter", "lead-staff-member"),
            gwen=someone("Gwen Governor", "federation-leadership-team"),
        )
        adopt(by=people.sam, at=NOW - 3 * DAY)
        north = School.objects.create(name="North", slug="north")
        account = account_on("bluesky", north, NOW)
        ingest(
            at=NOW - 2 * DAY,
            account=account,
            items=[
                IncomingItem(
                    "bluesky",
                    Ref("bluesky", "c1"),
                    Author("did:1", "", "A parent"),
                    "When?",
                    NOW - 2 * DAY,
                    attachments=(),
                    visibility="public",
                )
            ],
        )
        Item.objects.update(due_words="instant", due_day=None, due_at=NOW - DAY)
    browsers = {name: sign_in(person) for name, person in vars(people).items()}
    return SimpleNamespace(federation=federation, people=people, account=account, **browsers)


def last_days(number: int) -> str:
    first = (NOW - number * DAY).date()
    return f"{REPORT}&from={first.isoformat()}&to={NOW.date().isoformat()}"


def seen(response, language="en"):
    html = response.content.decode()
    assert response.status_code == 200, shown_by(html)[:900]
    check_page(html, language)
    return html


def test_a_governor_reads_risks_and_questions_first(wild):
    page = seen(wild.gwen.get(last_days(7)))
    assert "Governors’ report" in page
    assert re.search(r'rows=replies_overdue">Replies overdue: 1</a>', page)
    assert page.index("Replies overdue: 1") < page.index("Who is answering") < page.index("<table")


def test_the_page_and_its_files_say_which_tasks_count(wild):
    said = "Tasks count here only under a clause of the policy."
    assert said in seen(wild.gwen.get(last_days(7)))
    assert said in wild.gwen.get(last_days(7) + "&file=csv").content.decode("utf-8-sig")


def test_people_without_part_in_overseeing_are_refused(wild):
    assert wild.ben.get(REPORT).status_code == 403


def test_a_number_opens_the_list_that_it_was_counted_from(wild):
    page = seen(wild.gwen.get(last_days(7)))
    address = f"/inbox?show=all&amp;since={(NOW - 7 * DAY).date()}&amp;until={NOW.date()}"
    assert address in page
    assert wild.gwen.get(address.replace("&amp;", "&")).status_code == 200


def test_a_number_without_a_list_of_its_own_opens_what_was_counted(wild):
    page = seen(wild.gwen.get(last_days(7)))
    address = re.search(r"/evidence\?as=report&amp;period=[^\"]+&amp;rows=replies_overdue", page)[0]
    rows = seen(wild.gwen.get(address.replace("&amp;", "&")))
    assert "Replies overdue" in rows
    with scope(wild.federation.pk):
        pk = Item.objects.get().pk
    assert f'<a href="/inbox/{pk}">Comment or message {pk}</a>' in rows
    assert wild.ben.get(address.replace("&amp;", "&")).status_code == 403


@pytest.mark.parametrize(
    ("key", "row"), [("accounts_few", "Account"), ("tasks_overdue", "Comment or message")]
)
def test_a_number_of_today_opens_its_rows(wild, key, row):
    with scope(wild.federation.pk):
        wild.account.team.all().delete()
        Duty.objects.exclude(clauses=[]).update(due_kind="instant", due_at=NOW - DAY, due_by=NOW - DAY)
    page = seen(wild.gwen.get(last_days(7)))
    address = re.search(rf'"(/evidence\?as=report&amp;period=[^"]+&amp;rows={key})"[^>]*>(\d+)<', page)
    rows = seen(wild.gwen.get(address[1].replace("&amp;", "&")))
    assert rows.count(f">{row} ") == int(address[2]) > 0


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
    assert wild.ben.get(address.replace("&amp;", "&")).status_code == 403


def test_a_task_is_listed_by_what_it_was(wild):
    with scope(wild.federation.pk):
        Duty.objects.exclude(clauses=[]).update(due_kind="instant", due_at=NOW - DAY, due_by=NOW - DAY)
    rows = seen(wild.gwen.get(f"{last_days(7)}&rows=tasks_overdue"))
    assert "Reply to a comment or message" in rows


@pytest.mark.parametrize("key", ["consents_refused", "ack_waiting", "nonsense", "leave-", "leave-nobody"])
def test_pupils_are_only_counted(wild, key):
    assert wild.gwen.get(f"{last_days(7)}&rows={key}").status_code == 404


@pytest.mark.parametrize("query", ["&from=2026-03-05&to=2026-03-01", "&from=2026-03-05", "&from=x&to=y"])
def test_days_that_are_no_period_are_named_on_the_page(wild, query):
    assert "Choose two days" in seen(wild.gwen.get(REPORT + query))


def test_a_period_that_is_none_is_not_found(wild):
    assert wild.gwen.get(f"{REPORT}&period=never").status_code == 404


def test_the_report_speaks_welsh(wild):
    with scope(wild.federation.pk):
        wild.people.gwen.language = "cy"
        wild.people.gwen.save()
    page = seen(wild.gwen.get(REPORT), "cy")
    assert "Adroddiad y llywodraethwyr" in page


def test_who_switches_the_language_stays_on_the_report_of_the_same_days(wild):
    assert 'name="read-in" value="cy"' in seen(wild.gwen.get(last_days(7)))
    answer = wild.gwen.get(f"{last_days(7)}&read-in=cy")
    assert (answer["Location"], answer.cookies["django_language"].value) == (last_days(7), "cy")


def test_the_page_of_evidence_leads_to_it(wild):
    assert "/evidence?as=report" in wild.gwen.get("/evidence").content.decode()


def test_the_files_say_the_same_as_the_page(wild):
    text = wild.gwen.get(last_days(7) + "&file=csv").content.decode("utf-8-sig")
    assert "Replies overdue,Promises kept,1" in text
    answer = wild.gwen.get(last_days(7) + "&file=xlsx")
    book = CalamineWorkbook.from_object(BytesIO(answer.content))
    rows = list(book.get_sheet_by_name("Figures").iter_rows())
    assert ["Replies overdue", "Promises kept", 1.0] in [row[:3] for row in rows]
    assert "attachment" in answer["Content-Disposition"]


def test_a_file_says_its_days_once_and_what_the_page_says_where_there_is_no_change(wild):
    text = wild.gwen.get(last_days(400) + "&file=csv").content.decode("utf-8-sig")
    (period,) = (line for line in text.splitlines() if line.startswith("Period,"))
    assert period.count(" to ") == 1
    assert "There is nothing to compare with yet." in text
    assert "Broken: a task was overdue" in text
    assert "There is nothing to compare with yet." in seen(wild.gwen.get(last_days(400)))


def test_a_file_of_another_kind_is_not_found(wild):
    assert wild.gwen.get(f"{REPORT}&file=docx").status_code == 404


def test_people_who_may_not_read_the_page_get_no_file(wild):
    assert wild.ben.get(f"{REPORT}&file=csv").status_code == 403


def test_the_pdf_is_tagged_and_meets_the_standard_in_both_languages(wild):
    for language in ("en", "cy"):
        with scope(wild.federation.pk):
            wild.people.gwen.language = language
            wild.people.gwen.save()
        made = wild.gwen.get(last_days(7) + "&file=pdf").content
        check_pdf(made, language=language)


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


def test_people_who_may_not_read_the_report_make_no_link(wild):
    assert wild.ben.post(REPORT, {"make": "link"}).status_code == 403


def test_concerns_show_as_bands_of_five_and_less_is_never_told(wild):
    long_ago = NOW - 300 * DAY
    with scope(wild.federation.pk):
        for number in range(10):
            Concern.objects.create(
                reference=f"W-{number}", once=f"{number}", code=f"c{number}", reported_at=long_ago,
                state_at=long_ago, said=["lie"] if number < 6 else ["copied"],
            )  # fmt: skip
    page = seen(wild.gwen.get(last_days(400)))
    assert "5 to 9" in page
    assert "every other type" in page
    assert "fewer than 5" in page
    assert "used without permission" not in page
