"""The pages that show, clause by clause, what the record has."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.cli import record as command
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Item
from schoolgate.inbox.replying import close_item
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.policy.adopting import adopt
from schoolgate.policy.measuring import SETTLED, rules_asked
from schoolgate.reports.evidence import COUNTED
from schoolgate.reports.keeping import measure
from schoolgate.rulebook import book
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.plain import check_page, shown_by
from tests.web.there import There
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
CLAUSE = "wildground-monitoring-4"
SECRET = "Our Osian was dancing all night"


@world()
def wildground_watched(at):
    """Wildground with an account, somebody who leads it and two who answer for the policy."""
    federation = enter_federation()
    with scope(federation.pk):
        people = SimpleNamespace(
            sam=someone("Sam Slater", "slt"),
            ben=someone("Ben Carter", "lead-staff-member"),
            gwen=someone("Gwen Governor", "federation-leadership-team"),
        )
        adopt(by=people.sam, at=at)
        account = account_on("bluesky", School.objects.create(name="North", slug="north"), at)
    return SimpleNamespace(federation=federation, people=people, account=account)


@pytest.fixture
def wild(in_world, sign_in):
    return There(**vars(in_world(wildground_watched, NOW)), sign_in=sign_in)


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


def test_a_clause_shows_what_happened_when_by_whom_to_what_and_why(wild, comment, monkeypatch):
    item = comment()
    here = reverse("clause-evidence", args=[CLAUSE])
    page = seen(wild.gwen.get(here))
    assert "A comment or message arrived and was given the policy’s deadline." in page
    assert "by Schoolgate" in page
    assert reverse("item", args=[item.pk]) in page
    assert reverse("decision", args=[item.decision]) in page
    assert "Our wording of this section." in page
    assert "Receiving a comment or message" in page
    assert page.index("Download evidence") < page.index("Recorded evidence") < page.index("sg-timeline")
    assert "Osian" not in page, "who wrote it"
    assert "crying" not in page, "what was written"

    with scope(wild.federation.pk):
        close_item(by=wild.people.ben, at=NOW, item=item, reason="spam")
        record("item.kind_set", subject=item, at=NOW, actor=wild.people.ben, clauses=[CLAUSE])
        record("item.closed", subject=item, at=NOW, actor="people.person:999999", clauses=[CLAUSE])
    monkeypatch.setattr("schoolgate.web.reports.subjects.SEES", frozenset({"propose_account"}))
    page = seen(wild.gwen.get(here))
    assert "Ben Carter" in shown_by(page)
    assert "someone who has left" in shown_by(page)
    assert reverse("item", args=[item.pk]) not in page, "the link would lead to a refusal"

    for query in ("?before=x", "?before=-1", "?before=99999999999999999999"):
        seen(wild.gwen.get(here + query), 404)
    for clause in ("wootton-monitoring-1", "nothing", "wildground"):
        seen(wild.gwen.get(reverse("clause-evidence", args=[clause])), 404)


def parts_of(page):
    """The sections of the page, under all its headings."""
    return [part for section in page.context["sections"] for part in section["parts"]]


def test_the_overview_shows_each_clause_with_its_rows_or_says_why_there_are_none(wild, comment, monkeypatch):
    comment("c1")
    comment("c2")
    page = wild.gwen.get(reverse("evidence"))
    rows = {row["clause"].id: row for part in parts_of(page) for row in part["rows"]}
    assert (rows[CLAUSE]["count"], rows[CLAUSE]["more"]) == (4, False)
    html = seen(page)
    assert "No decision counted yet" in html
    assert "Nothing recorded yet" in html
    assert (rows[CLAUSE]["asked"], rows["wildground-rights-3"]["asked"]) == (False, False)
    policy = {clause.section for clause in book("wildground").clauses.values()}
    assert html.count('id="section-') == len(policy)
    assert html.count("These apply alongside the policy. They are never shown as policy clauses.") == 2
    for pack in book("wildground").packs[1:]:
        assert reverse("clause-evidence", args=[next(iter(pack.clauses))]) in html

    counted(wild.federation)
    monkeypatch.setattr("schoolgate.reports.evidence.COUNTED", 3)
    monkeypatch.setattr("schoolgate.web.reports.evidence.COUNTED", 3)
    assert COUNTED == 100
    page = wild.gwen.get(reverse("evidence"))
    rows = {row["clause"].id: row for part in parts_of(page) for row in part["rows"]}
    assert (rows[CLAUSE]["asked"], rows["wildground-rights-3"]["asked"]) == (True, False)
    assert "more than 3" in seen(page)

    clause = shown_by(seen(wild.gwen.get(reverse("clause-evidence", args=[CLAUSE]))))
    assert "2 times in all, first in the week of" in clause
    assert "Receiving a comment or message: " in clause
    assert "No decision counted yet." not in clause
    with scope(wild.federation.pk):
        asked = {name: here for name, here in rules_asked("wildground").items() if "item.received" in here}
        waited = next(name for name, here in asked.items() if here["item.received"].waited)
    page = wild.gwen.get(reverse("clause-evidence", args=[waited.partition("@")[0]]))
    times = asked[waited]["item.received"].waited
    assert f"It couldn’t be decided {times} time" in shown_by(seen(page))
    assert ", because something wasn’t known" in shown_by(seen(page))


RESTS = {
    "wildground-accounts-15": "The evidence is in Schoolgate’s records.",
    "wildground-rights-2": "The only evidence is what someone has confirmed.",
    "wildground-tone-4": "Schoolgate only tells people about this clause. It stops nothing.",
    "wildground-behaviour-6": "The evidence is what people marked in a text, and how someone judged it.",
}


def test_a_clause_that_no_decision_used_says_so_and_what_it_rests_on(wild):
    for clause, rests in RESTS.items():
        page = shown_by(seen(wild.gwen.get(reverse("clause-evidence", args=[clause]))))
        assert rests in page, clause
        assert "No decision counted yet." in page
        assert "Decided" not in page
        assert "Nothing recorded yet." in page


def counted(federation):
    """The decisions up to now are counted, as the sweep does it each hour."""
    with scope(federation.pk):
        measure(at=NOW)
        while measure(at=NOW + SETTLED):
            pass


def test_the_rows_page_by_key(wild, comment, monkeypatch):
    monkeypatch.setattr("schoolgate.web.reports.evidence.PAGE", 3)
    for number in range(2):
        comment(f"c{number}")

    address, found = reverse("clause-evidence", args=[CLAUSE]), []
    while address:
        page = wild.gwen.get(address)
        found += [row["number"] for row in page.context["rows"]]
        following = page.context["following"]
        address = f"{reverse('clause-evidence', args=[CLAUSE])}?before={following}" if following else ""
    assert len(found) == 4
    assert found == sorted(set(found), reverse=True)


def test_a_clause_asks_as_often_for_many_rows_as_for_few(wild, comment, same_queries):
    comment()
    address = reverse("clause-evidence", args=[CLAUSE])
    wild.gwen.get(address)
    same_queries(lambda: wild.gwen.get(address), lambda: [comment(f"more{n}") for n in range(3)])


def test_evidence_is_for_those_who_answer_for_the_policy(wild):
    for address in (reverse("evidence"), reverse("clause-evidence", args=[CLAUSE])):
        refused = seen(wild.ben.get(address), 403)
        assert "Sam Slater" in refused or "Gwen Governor" in refused
        seen(wild.sam.get(address))


def test_every_clause_of_the_policy_has_its_page(wild):
    for clause in list(book("wildground").clauses)[::20]:
        seen(wild.gwen.get(reverse("clause-evidence", args=[clause])))


# --- The command -------------------------------------------------------------------------------------------


def run(*words):
    import argparse

    parser = argparse.ArgumentParser()
    command.evidence_arguments(parser)
    return command.run_evidence(parser.parse_args(words))


def test_the_command_prints_the_rows_as_json_and_says_them_in_words(wild, comment, capsys):
    item = comment()
    assert run(CLAUSE, "--federation", "wildground", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["clause"], told["asked"], told["next_before"]) == (CLAUSE, {}, None)
    assert told["not_asked"] == ["item.received", "item.answer"]
    received = next(row for row in told["rows"] if row["event"] == "item.received")
    assert (received["subject"], received["decision"]) == (f"inbox.item:{item.pk}", item.decision)

    assert run("wildground-monitoring-5", "--federation", "wildground") == 0
    assert run(CLAUSE, "--federation", "wildground", "--limit", "1") == 0

    out = capsys.readouterr().out
    assert "By the program: Comment or message" in out
    assert "older rows: --before" in out


def test_the_command_names_what_does_not_exist_and_takes_numbers_from_one_on(wild, capsys):
    for words, says in (
        ((CLAUSE, "--federation", "nowhere"), "there is no federation 'nowhere'"),
        (("wootton-monitoring-1", "--federation", "wildground"), "has no clause 'wootton-monitoring-1'"),
    ):
        assert run(*words) == 2
        assert says in capsys.readouterr().err
    for number in ("0", "-1", "x", "9" * 20):
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
