"""Freedom of information: what is the school's own business is found too, and nothing that others keep."""

import io

import pytest

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.data_map import entries
from schoolgate.core.disclosure import NOT_SEARCHED, Sought, Table, places
from schoolgate.core.events import EVENTS
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.locking import lock_item
from schoolgate.inbox.pasting import paste_in
from schoolgate.policy.queries import in_force
from schoolgate.reports.evidence import Asked, export_evidence
from schoolgate.reports.governors_measures import DAYS, Period, make_link
from schoolgate.rights import requests
from schoolgate.rights.finding import found_for, places_searched
from schoolgate.rights.places import EVIDENCE, REPORT
from tests.cast import someone
from tests.conftest import recorded
from tests.incidents.conftest import wrong
from tests.publishing.conftest import account_on
from tests.rights.test_gathering import numbers

PURPOSE = "News of the orchard for families"


@pytest.fixture
def orchard(cast):
    """An account whose purpose has a word of its own."""
    Account.objects.filter(pk=cast.facebook.pk).update(purpose=PURPOSE)
    return cast.facebook


ACCOUNTS = ["accounts.account"]
MADE = ["reports.made"]


def read(request, place):
    row = request.found.get(place=place)
    [piece] = places()[place].read([row.number], Sought(lines=("x",), business=True))
    return {str(text.label): text.text for text in piece.texts}


def test_the_register_of_accounts_is_found_by_what_it_says(orchard, enter, search):
    request = enter("information")
    search(request, "orchard families", ACCOUNTS)

    assert numbers(request, "accounts.account") == [orchard.pk]
    said = read(request, "accounts.account")
    assert said["Name"] == orchard.name
    assert PURPOSE in said.values()


def test_a_request_for_a_persons_data_doesnt_search_the_schools_business(orchard, enter, search):
    request = enter("access")
    search(request, "orchard families", ACCOUNTS)

    assert numbers(request, "accounts.account") == []
    [piece] = places()["accounts.account"].read([orchard.pk], Sought(lines=("orchard",)))
    assert PURPOSE not in [text.text for text in piece.texts]


@pytest.fixture
def elsewhere(beginning, make_federation, at):
    """An account of another federation with the same purpose."""
    with scope(make_federation("other").pk):
        theirs = account_on("facebook", School.objects.create(name="South", slug="south"), at)
        Account.objects.filter(pk=theirs.pk).update(purpose=PURPOSE)
        return theirs


def test_the_register_of_another_federation_is_not_found(elsewhere, orchard, enter, search):
    assert elsewhere.pk != orchard.pk
    request = enter("information")
    search(request, "orchard families", ACCOUNTS)
    assert numbers(request, "accounts.account") == [orchard.pk]


def test_every_text_about_no_one_is_searched_for_freedom_of_information():
    searched = {table for place in places().values() for table in place.tables}
    of_nobody = {one.table for one in entries.load().fields() if not one.whose and one.kind == "content"}
    business = {table for table in of_nobody if Table(table).finds_anything}
    assert {"accounts.Account", "accounts.ProfileRead", "policy.PolicyDocument"} <= business
    assert business - searched - set(NOT_SEARCHED) == set()


# --- Governors' reports and files of evidence


@pytest.fixture
def made(cast, home, at):
    """A governors' report that was passed on, and a file of evidence; returns the clause of that."""
    on = local_day(at)
    make_link(by=cast.sam, at=at, period=Period(DAYS, on.replace(day=1), on))
    book = in_force(on).book
    clause = next(one for one in book.clauses.values() if len(one.says) > 40)
    recorded()
    export_evidence(asked=Asked(cast.federation, clause.id), out=io.BytesIO(), at=at, by=cast.sam)
    recorded()
    return clause


def test_their_events_are_those_that_the_pages_write():
    assert {REPORT, EVIDENCE} <= set(EVENTS)


def test_a_governors_report_and_a_file_of_evidence_are_found_by_what_they_are_called_or_about(
    made, enter, search, today
):
    """A report by its name in either language, a file by its clause and by what that says; neither by other
    words, for a person's data, or on other days."""

    def found(words, kind="information", **days):
        request = enter(kind)
        search(request, words, MADE, **days)
        return request, numbers(request, "reports.made")

    request, report = found("Governors’ report")
    assert len(report) == 1
    said = read(request, "reports.made")
    assert said["Name"] == "Governors’ report"
    assert "Schoolgate doesn’t store what was shown" in said["Figures"]
    assert found("Adroddiad y llywodraethwyr")[1] == report

    request, file = found(made.says)
    assert len(file) == 1
    assert file != report
    said = read(request, "reports.made")
    assert made.says in said.values()
    assert len(said["SHA-256 of the file"]) == 64
    assert found(made.id)[1] == file

    assert found("xylophone")[1] == []
    assert found("Governors’ report", kind="access")[1] == []
    assert "Reports and evidence" in places_searched("information")
    assert "Reports and evidence" not in places_searched("access")

    assert found("Governors’ report", until=today.replace(year=today.year - 1))[1] == []
    assert found("Governors’ report", since=today, until=today)[1] == report


# --- What stays with the safeguarding leads


def test_a_locked_comment_waits_for_the_leads_and_a_concern_is_not_found(cast, enter, search, at):
    dee = someone("Dee Lead")
    Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
    item = paste_in(
        by=cast.ben,
        at=at,
        account=cast.facebook,
        text="The orchard gate",
        author="A Parent",
        appeared_at=at,
        private=False,
    )
    lock_item(by=cast.sam, at=at, item=item)
    wrong(at, what="Someone hides in the orchard", reporter=cast.amina)
    request = enter("information")
    search(request, "orchard", ["incidents.report", "inbox.item"])

    row = request.found.get(place="inbox.item")
    assert row.lead
    assert not request.found.filter(place="incidents.report").exists()
    on = local_day(at)
    assert row not in found_for(cast.sam, request, on=on)
    assert list(found_for(dee, request, on=on, lead=True)) == [row]
    assert requests.read_found(by=cast.sam, at=at, request=request, rows=[row.pk]) == []
