"""The pages for bringing a list of people."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Invitation, PeopleImport, Person
from tests.cast import someone
from tests.files_from_schools import book
from tests.people.workbooks import workbook
from tests.web.plain import check_page
from tests.web.test_every_page import HIGHEST

HEAD = "Name,Email,Role,School"
COLUMNS = {
    "name": "Name", "email": "Email", "role": "Role", "school": "School",
    "all_relation": "staff", "name_of_mapping": "Staff list",
}  # fmt: skip


@pytest.fixture
def office(cast, sign_in, home):
    """The browser of somebody who looks after people; files of this test alone."""
    return sign_in(cast("Hanna Head", "slt"))


@pytest.fixture
def juniors(federation):
    with scope(federation.pk):
        return School.objects.create(name="Juniors", slug="juniors")


def upload(browser, *lines, head=HEAD, name="list.csv"):
    content = lines[0] if isinstance(lines[0], bytes) else "\n".join([head, *lines]).encode()
    return browser.post(reverse("people-import"), {"file": SimpleUploadedFile(name, content)})


def bring(browser, *lines):
    """The address of the list, brought and explained."""
    answer = upload(browser, *lines)
    if answer.url.endswith("columns"):
        answer = browser.post(answer.url, COLUMNS)
    return answer.url


def confirm(browser, address, **more):
    seen = browser.get(address).context["plan"].seen
    return browser.post(f"{address}/confirm", {"seen": seen, **more}, follow=True)


def names(federation):
    with scope(federation.pk):
        return sorted(Person.objects.values_list("name", flat=True))


def test_a_list_is_brought_explained_looked_at_and_taken_over(federation, office, juniors):
    """Invitations go out where the box is ticked."""
    sent = upload(office, "Dan Evans,dan@example.org,Staff,Juniors")
    assert sent.url.endswith("/columns")
    columns = office.get(sent.url)
    check_page(columns.content.decode())
    assert columns.context["form"]["email"].initial == "Email"
    address = office.post(sent.url, COLUMNS).url
    page = office.get(address)
    check_page(page.content.decode())
    assert "Will have the role Staff, Juniors, from" in page.content.decode()
    assert names(federation) == ["Hanna Head"]
    assert office.post(f"{address}/confirm", {"seen": "0" * 64}).status_code == 409
    assert names(federation) == ["Hanna Head"], "what changed meanwhile has to be looked at again"
    done = confirm(office, address)
    check_page(done.content.decode())
    assert names(federation) == ["Dan Evans", "Hanna Head"]
    assert Invitation.objects.count() == 0

    again = upload(office, "Eve,eve@example.org,Staff,Juniors")
    assert office.get(again.url).context["plan"].counts["new"] == 1, "the same headings go straight there"
    confirm(office, again.url, invite="yes")
    assert Invitation.objects.count() == 1


def test_a_workbook_is_taken_like_a_text(federation, office):
    answer = upload(office, workbook([["Name", "Email"], ["Dan", "dan@example.org"]]), name="list.xlsx")
    address = office.post(answer.url, {k: COLUMNS[k] for k in COLUMNS if k not in ("role", "school")}).url
    confirm(office, address)
    assert names(federation) == ["Dan", "Hanna Head"]


def test_a_word_that_nobody_explained_refuses_the_line_until_somebody_does(federation, office, juniors):
    address = bring(office, "Dan Evans,dan@example.org,Teacher,Juniors")
    page = office.get(address)
    check_page(page.content.decode())
    assert (page.context["plan"].refused, "confirm" in page.content.decode()) == (1, False)
    words = office.get(f"{address}/words")
    check_page(words.content.decode())
    (field,) = words.context["form"].fields
    office.post(f"{address}/words", {field: "staff"})
    assert office.get(address).context["plan"].refused == 0
    assert list(office.get(f"{address}/words").context["form"].initial) == []
    assert office.get(f"{address}/words").context["form"].fields[field].initial == "staff"


def test_a_file_that_is_no_list_is_refused_beside_the_field(office, juniors):
    """So are wrong columns."""
    for content, says in [
        (b"", "empty"),
        (b"Name\x00", "This file is not a CSV or Excel file. Save it as CSV or XLSX."),
        (b"Name,Email\n", "The list needs a row of headings, and a row for each person below."),
    ]:
        answer = upload(office, content)
        assert answer.status_code == 422, content
        assert says in answer.content.decode()
    assert PeopleImport.objects.count() == 0
    sent = upload(office, "Dan Evans,dan@example.org,Staff,Juniors")
    answer = office.post(sent.url, {"name": "Name", "all_relation": "staff", "name_of_mapping": "x"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])


def test_a_list_that_is_dropped_or_taken_over_says_so(office, juniors):
    address = bring(office, "Dan Evans,dan@example.org,Staff,Juniors")
    check_page(office.post(f"{address}/drop", follow=True).content.decode())
    page = office.get(address)
    check_page(page.content.decode())
    assert "Nothing was imported" in page.content.decode()
    assert office.get(f"{address}/columns").status_code == 409
    assert office.post(f"{address}/confirm", {"seen": "x"}).status_code == 409


def test_the_lines_come_as_a_file_in_which_nothing_runs(office, juniors):
    address = bring(office, "=1+1,dan@example.org,Staff,Juniors", "Eve,+eve@example.org,Staff,Juniors")
    answer = office.get(f"{address}/report")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[3] for row in rows] == ["Result", "Refused", "New", "Not in the list"]
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []


def test_the_lines_are_shown_page_by_page_and_cost_the_same_for_few_and_for_many(
    office, juniors, same_queries
):
    few = bring(office, "Dan Evans,dan@example.org,Staff,Juniors")
    many = bring(office, *[f"Person {n:03},p{n}@example.org,Staff,Juniors" for n in range(120)])
    addresses = iter([few, many])
    office.get(few)
    same_queries(lambda: office.get(next(addresses)), lambda: None)
    seen, query = 0, ""
    while True:
        page = office.get(f"{many}?{query}")
        seen += len(page.context["lines"])
        query = page.context["following"]
        if not query:
            break
    assert seen == 120
    assert office.get(f"{many}?after=x").status_code == 404


@pytest.mark.browser
def test_a_long_list_makes_no_page_higher_than_others_and_asks_for_twenty_words_at_a_time(
    federation, office, juniors, eyes
):
    """Sixty people, each in a post that nobody explained; as many are here and not in the list."""
    with scope(federation.pk):
        for number in range(60):
            someone(f"Here {number:02}")
    lines = [f"Person {n:02},p{n}@example.org,Post {n},Juniors" for n in range(60)]
    preview = bring(office, *lines)
    explain = f"{preview}/words"
    for seen in (20, 40):
        page = office.get(explain)
        form = page.context["form"]
        assert (len(form.open), page.context["more"]) == (20, True)
        assert len(form.explained) == seen - 20
        assert eyes.height(page.content.decode()) <= HIGHEST
        office.post(explain, dict.fromkeys(form.open, "staff"))
    form = office.get(explain).context["form"]
    assert (len(form.open), len(form.explained)) == (20, 40)
    office.post(explain, dict.fromkeys(form.open, "staff"))
    page = office.get(preview).content.decode()
    assert "Here but not in the list" in page
    assert eyes.height(page) <= HIGHEST


def test_only_those_who_look_after_people_bring_lists(federation, cast, sign_in, office, juniors):
    """Somebody else of them sees that one was brought, and not what is in it."""
    address = bring(office, "Dan Evans,dan@example.org,Staff,Juniors")
    teacher, other = sign_in(cast("Tom", "staff")), sign_in(cast("Dora", "slt"))
    for path in ("", "/columns", "/words", "/report"):
        assert (teacher.get(address + path).status_code, other.get(address + path).status_code) == (403, 404)
    assert teacher.get(reverse("people-import")).status_code == 403
    assert upload(teacher, "Dan Evans,dan@example.org,Staff,Juniors").status_code == 403
    assert "people/import" not in teacher.get(reverse("menu")).content.decode()
    page = other.get(reverse("people-import"))
    check_page(page.content.decode())
    assert ("Hanna Head" in page.content.decode(), "Dan Evans" in page.content.decode()) == (True, False)


def test_the_pages_speak_welsh(office, juniors):
    office.cookies["django_language"] = "cy"
    address = bring(office, "Dan Evans,dan@example.org,Athro,Juniors")
    for path in (address, f"{address}/words", f"{address}/columns", reverse("people-import")):
        check_page(office.get(path).content.decode(), "cy")


def test_the_only_school_is_chosen_already_and_one_of_several_is_not(federation, office, juniors):
    sent = upload(office, "Dan Evans,dan@example.org,Staff")
    page = office.get(sent.url).content.decode()
    for head, value in (("Name", "Dan Evans"), ("Email", "dan@example.org"), ("School", "–")):
        assert f'data-label="{head}"><span translate="no">{value}</span>' in page, "the words at its head"
    sent = upload(office, "Dan Evans,dan@example.org,Staff", head="Name,Email,Role")
    assert office.get(sent.url).context["form"]["all_school"].value() == str(juniors.pk)
    with scope(federation.pk):
        School.objects.create(name="Seniors", slug="seniors")
    assert office.get(sent.url).context["form"]["all_school"].value() == ""


def test_accents_that_can_be_read_in_two_ways_are_chosen_before_anything_else(federation, office, juniors):
    content = f"{HEAD}\nSiân Rees,sian@example.org,Staff,Juniors\n"
    sent = upload(office, content.encode("mac_roman"))
    page = office.get(sent.url)
    check_page(page.content.decode())
    assert "Which of these look right?" in page.content.decode()
    assert {"Siân Rees", "Siën Rees"} <= {each[1] for each in page.context["form"].fields["encoding"].choices}
    wrong = office.post(sent.url, {"encoding": "utf-7"})
    assert wrong.status_code == 422
    assert office.get(sent.url.removesuffix("/columns")).url == sent.url
    chosen = office.post(sent.url, {"encoding": "mac_roman"})
    assert chosen.url == sent.url
    explained = office.post(sent.url, COLUMNS)
    confirm(office, explained.url)
    assert "Siân Rees" in names(federation)


def test_what_a_workbook_hides_is_said_before_it_is_imported(federation, office, juniors):
    rows = [(1, False, [("A", "s", "Name"), ("B", "s", "Email"), ("C", "s", "Role"), ("D", "s", "School")])]
    people = [("Dan Evans", "dan@example.org"), ("Eve Rees", "eve@example.org"), ("Cai Ellis", "cai")]
    rows += [
        (number, number == 3, [("A", "s", name), ("B", "s", email)])
        for number, (name, email) in enumerate(people, 2)
    ]
    look = bring(office, book({"Staff": rows, "Leavers": []}))
    html = office.get(f"{look}?show=new").content.decode()
    check_page(html)
    assert "1 row is hidden or filtered out in this workbook. It’s read like the others: row 3." in html
    assert "Only the first sheet is read. Not read: Leavers." in html
    assert "1 row is rejected and won’t be imported" in html
    assert html.count(">Hidden<") == 1
    confirm(office, look)
    assert {"Dan Evans", "Eve Rees"} <= set(names(federation))
    assert "Cai Ellis" not in names(federation)
