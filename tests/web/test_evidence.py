"""The pages that show, clause by clause, what the record has."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.cli import evidence as command
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.actions import close_item, ingest
from schoolgate.inbox.models import Item
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.policy.actions import adopt
from schoolgate.policy.actions.measuring import SETTLED
from schoolgate.policy.measured import rules_asked
from schoolgate.reports.measuring import measure
from schoolgate.reports.queries import COUNTED
from schoolgate.rulebook import book
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.plain import check_page, shown_by

NOW = datetime.now(UTC)
CLAUSE = "wildground-monitoring-4"
SECRET = "Our Osian was crying all night"


@pytest.fixture
def wild(federation, sign_in):
    """Wildground with one comment that came in and was closed; a browser for each of three people."""
    with scope(federation.pk):
        people = SimpleNamespace(
            sam=someone("Sam Slater", "slt"),
            ben=someone("Ben Carter", "lead-staff-member"),
            gwen=someone("Gwen Governor", "federation-leadership-team"),
        )
        adopt(by=people.sam, at=NOW)
        account = account_on("bluesky", School.objects.create(name="North", slug="north"), NOW)
    browsers = {name: sign_in(person) for name, person in vars(people).items()}
    return SimpleNamespace(federation=federation, people=people, account=account, **browsers)


@pytest.fixture
def comment(wild):
    """`comment("c1")`: something that came in, with its row of the record."""

    def enter(key="c1") -> Item:
        with scope(wild.federation.pk):
            each = IncomingItem(
                "bluesky",
                Ref("bluesky", key),
                Author("did:1", "", "Osian's mother"),
                SECRET,
                NOW,
                attachments=(),
                visibility="public",
            )
            ingest(at=NOW, account=wild.account, items=[each])
            return Item.objects.get(network_id=key)

    return enter


def seen(response, status=200):
    html = response.content.decode()
    assert response.status_code == status, shown_by(html)[:600]
    check_page(html)
    return html


def test_a_clause_shows_what_happened_when_by_whom_to_what_and_why(wild, comment):
    item = comment()
    page = seen(wild.gwen.get(reverse("clause-evidence", args=[CLAUSE])))

    assert "A comment or message arrived and was given the policy’s deadline." in page
    assert "by Schoolgate" in page
    assert reverse("item", args=[item.pk]) in page
    assert reverse("decision", args=[item.decision]) in page
    assert "Our wording of this section." in page
    assert "Receiving a comment or message" in page


def test_no_row_shows_what_was_written_or_who_wrote_it(wild, comment):
    comment()
    page = wild.gwen.get(reverse("clause-evidence", args=[CLAUSE])).content.decode()

    assert "Osian" not in page
    assert "crying" not in page


def test_who_acted_is_named_and_a_row_without_the_person_says_so(wild, comment):
    item = comment()
    with scope(wild.federation.pk):
        close_item(by=wild.people.ben, at=NOW, item=item, reason="spam")
        record("item.kind_set", subject=item, at=NOW, actor=wild.people.ben, clauses=[CLAUSE])
        record("item.closed", subject=item, at=NOW, actor="people.person:999999", clauses=[CLAUSE])

    page = shown_by(seen(wild.gwen.get(reverse("clause-evidence", args=[CLAUSE]))))
    assert "Ben Carter" in page
    assert "someone who has left" in page


def test_links_that_lead_to_a_refusal_are_not_shown(wild, comment, sign_in, monkeypatch):
    item = comment()
    address = reverse("item", args=[item.pk])
    assert address in seen(wild.gwen.get(reverse("clause-evidence", args=[CLAUSE])))

    monkeypatch.setattr("schoolgate.web.reports.subjects.SEES", frozenset({"propose_account"}))
    assert address not in seen(wild.gwen.get(reverse("clause-evidence", args=[CLAUSE])))


def test_the_overview_counts_by_section_and_says_where_nothing_is(wild, comment):
    comment()
    page = seen(wild.gwen.get(reverse("evidence")))

    assert "Nothing recorded yet" in page
    policy = {clause.section for clause in book("wildground").clauses.values()}
    assert page.count('id="section-') == len(policy)


def parts_of(page):
    """The sections of the page, under all its headings."""
    return [part for section in page.context["sections"] for part in section["parts"]]


def test_a_section_shows_each_clause_with_its_rows_or_says_why_there_are_none(wild, comment):
    comment("c1")
    comment("c2")
    page = wild.gwen.get(reverse("evidence"))
    rows = {row["clause"].id: row for part in parts_of(page) for row in part["rows"]}
    assert (rows[CLAUSE]["count"], rows[CLAUSE]["more"]) == (4, False)
    assert "No decision counted yet" in seen(page)
    assert (rows[CLAUSE]["asked"], rows["wildground-rights-3"]["asked"]) == (False, False)

    counted(wild.federation)
    page = wild.gwen.get(reverse("evidence"))
    rows = {row["clause"].id: row for part in parts_of(page) for row in part["rows"]}
    assert (rows[CLAUSE]["asked"], rows["wildground-rights-3"]["asked"]) == (True, False)


@pytest.mark.parametrize(
    ("clause", "rests"),
    [
        ("wildground-accounts-15", "It rests on records in Schoolgate."),
        ("wildground-rights-2", "It rests on someone’s word alone."),
        ("wildground-tone-4", "Schoolgate only tells people about this clause. It stops nothing."),
        ("wildground-behaviour-6", "It rests on what people mark in a text, and on who judges that."),
    ],
)
def test_a_clause_that_no_decision_used_says_so_and_what_it_rests_on(wild, clause, rests):
    page = shown_by(seen(wild.gwen.get(reverse("clause-evidence", args=[clause]))))
    assert rests in page
    assert "No decision counted yet." in page
    assert "Decided" not in page
    assert "Nothing recorded yet." in page


def counted(federation):
    """The decisions up to now are counted, as the sweep does it each hour."""
    with scope(federation.pk):
        measure(at=NOW)
        while measure(at=NOW + SETTLED):
            pass


def test_a_clause_says_how_often_and_where_it_was_used(wild, comment):
    comment("c1")
    comment("c2")
    counted(wild.federation)
    page = shown_by(seen(wild.gwen.get(reverse("clause-evidence", args=[CLAUSE]))))
    assert "2 times in all, first in the week of" in page
    assert "Receiving a comment or message: " in page
    assert "No decision counted yet." not in page


def test_a_clause_says_what_it_waited_for(wild, comment):
    comment()
    counted(wild.federation)
    with scope(wild.federation.pk):
        asked = {name: here for name, here in rules_asked("wildground").items() if "item.received" in here}
        waited = next(name for name, here in asked.items() if here["item.received"].waited)
    page = wild.gwen.get(reverse("clause-evidence", args=[waited.partition("@")[0]]))
    assert "It couldn’t be decided 1 time, because something wasn’t known:" in shown_by(seen(page))


def test_many_rows_are_said_to_be_many(wild, comment, monkeypatch):
    monkeypatch.setattr("schoolgate.reports.queries.COUNTED", 1)
    monkeypatch.setattr("schoolgate.web.reports.views.COUNTED", 1)
    comment("c1")
    assert COUNTED == 100
    assert "more than 1" in seen(wild.gwen.get(reverse("evidence")))


def test_the_rows_page_by_key(wild, comment, monkeypatch):
    monkeypatch.setattr("schoolgate.web.reports.views.PAGE", 3)
    for number in range(4):
        comment(f"c{number}")

    address, found = reverse("clause-evidence", args=[CLAUSE]), []
    while address:
        page = wild.gwen.get(address)
        found += [row["number"] for row in page.context["rows"]]
        following = page.context["following"]
        address = f"{reverse('clause-evidence', args=[CLAUSE])}?before={following}" if following else ""
    assert len(found) == 8
    assert found == sorted(set(found), reverse=True)


def test_a_clause_asks_as_often_for_many_rows_as_for_few(wild, comment, same_queries):
    comment()
    address = reverse("clause-evidence", args=[CLAUSE])
    wild.gwen.get(address)
    same_queries(lambda: wild.gwen.get(address), lambda: [comment(f"more{n}") for n in range(10)])


def test_the_download_comes_before_the_rows(wild, comment):
    comment()
    page = seen(wild.gwen.get(reverse("clause-evidence", args=[CLAUSE])))
    assert page.index("Download evidence") < page.index("Recorded evidence") < page.index("sg-timeline")


def test_the_law_and_our_own_rules_stand_beside_the_policy(wild):
    page = seen(wild.gwen.get(reverse("evidence")))
    assert page.count("These apply alongside the policy. They are never shown as policy clauses.") == 2
    for pack in book("wildground").packs[1:]:
        assert reverse("clause-evidence", args=[next(iter(pack.clauses))]) in page


@pytest.mark.parametrize("clause", ["wootton-monitoring-1", "nothing", "wildground"])
def test_a_clause_that_this_policy_does_not_have_is_not_there(wild, clause):
    seen(wild.gwen.get(reverse("clause-evidence", args=[clause])), 404)


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", "?before=99999999999999999999"])
def test_a_key_that_was_typed_wrong_shows_nothing(wild, query):
    seen(wild.gwen.get(reverse("clause-evidence", args=[CLAUSE]) + query), 404)


@pytest.mark.parametrize("name", ["evidence", "clause"])
def test_evidence_is_for_those_who_answer_for_the_policy(wild, name):
    addresses = {
        "evidence": reverse("evidence"),
        "clause": reverse("clause-evidence", args=[CLAUSE]),
    }
    refused = seen(wild.ben.get(addresses[name]), 403)
    assert "Sam Slater" in refused or "Gwen Governor" in refused
    seen(wild.sam.get(addresses[name]))


def test_every_clause_of_the_policy_has_its_page(wild):
    for clause in list(book("wildground").clauses)[::10]:
        seen(wild.gwen.get(reverse("clause-evidence", args=[clause])))


# --- The command -------------------------------------------------------------------------------------------


def run(*words):
    import argparse

    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args(words))


def test_the_command_prints_the_rows_as_json(wild, comment, capsys):
    item = comment()
    assert run(CLAUSE, "--federation", "wildground", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["clause"], told["asked"], told["next_before"]) == (CLAUSE, {}, None)
    assert told["not_asked"] == ["item.received", "item.answer"]
    received = next(row for row in told["rows"] if row["event"] == "item.received")
    assert (received["subject"], received["decision"]) == (f"inbox.item:{item.pk}", item.decision)


def test_the_command_says_it_in_words(wild, comment, capsys):
    assert run("wildground-monitoring-5", "--federation", "wildground") == 0
    comment()
    assert run(CLAUSE, "--federation", "wildground", "--limit", "1") == 0

    out = capsys.readouterr().out
    assert "By the program: Comment or message" in out
    assert "older rows: --before" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((CLAUSE, "--federation", "nowhere"), "there is no federation 'nowhere'"),
        (("wootton-monitoring-1", "--federation", "wildground"), "has no clause 'wootton-monitoring-1'"),
    ],
)
def test_the_command_names_what_does_not_exist(wild, capsys, words, says):
    assert run(*words) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 20])
def test_the_command_takes_numbers_from_one_on(wild, number):
    with pytest.raises(SystemExit):
        run(CLAUSE, "--federation", "wildground", "--limit", number)


def test_nobody_reads_another_federations_evidence(wild, comment, make_federation, sign_in):
    comment()
    other = make_federation("second", "wildground")
    with scope(other.pk):
        zoe = someone("Zoe Other", "slt")
        adopt(by=zoe, at=NOW - timedelta(days=1))
    page = wild.gwen.get(reverse("clause-evidence", args=[CLAUSE]))
    theirs = sign_in(zoe).get(reverse("clause-evidence", args=[CLAUSE]))
    assert (len(page.context["rows"]), len(theirs.context["rows"])) == (2, 0)
