"""The examples are told through the program's own actions, and stand in the middle of today."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from schoolgate.accounts.duty_kinds import NEW_POST
from schoolgate.accounts.models import Account, Proposal
from schoolgate.cli.demo import telling
from schoolgate.cli.demo.cast import CAST, Stage, misses_check_in, sets_rota, sign_ins, terms_around
from schoolgate.cli.demo.inbox import NUMBER
from schoolgate.cli.main import main
from schoolgate.cli.policy import RESTS, coverage_lines, of_federation
from schoolgate.core.home import typed
from schoolgate.core.ledger import verify
from schoolgate.core.models import Federation, LedgerRow
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.duty_kinds import REVIEW_BLOCK
from schoolgate.inbox.models import AuthorStep, HandRemoval, Item, ItemNote, Removal, SavedView
from schoolgate.inbox.removals import is_intact
from schoolgate.jobs.hourly import rules_asked as sweep
from schoolgate.notices.models import SignInMail
from schoolgate.people.models import Person
from schoolgate.policy.measuring import reach
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing.duty_kinds import CHANGED, OUT_OF_DATE
from schoolgate.publishing.models import AnnouncedDays, HitAnswer, LiveChange, News, OwnDetail, Post, TakeDown
from schoolgate.publishing.withdrawn import outcomes_of
from schoolgate.pupils.models import Consent, Use
from schoolgate.reports.governors import LISTED, report_for, rows_behind, schools_overseen
from schoolgate.rota.models import CHECK_IN, Swap
from schoolgate.rota.turns import on_duty
from schoolgate.rulebook import book
from schoolgate.rulebook.coverage import coverage
from tests.pace import sized
from tests.stories import rolled_back

SPEAK_OF_UPKEEP = ("wildground", "boroughbridge")
"""Policies that have staff bring their posts up to date: one more of theirs is out, and its day is over."""
NOTICE_CLAUSES = {
    "wildground": {"wildground-abuse-3", "wildground-abuse-4"},
    "llanidloes": {"llanidloes-offensive-5"},
}
MOST_BY_WORD = 0.10
REACHED = {"boroughbridge": 150, "learn-to-live": 70, "llanidloes": 70, "wildground": 100, "wootton": 240}
"""Clauses that the example's own decisions reach, at least: 163, 76, 79, 109 and 262 on 23 November."""
HOW = ("decided", "waited", "shown")
TODAY = datetime(2027, 2, 3, 11, 20, tzinfo=UTC)
IN_SUMMER = TODAY.replace(month=8, day=22, hour=20)  # a Sunday of the holidays, in summer time
OTHER_TIMES = (
    TODAY.replace(hour=7),  # the shift of now began yesterday
    TODAY.replace(day=6, hour=9),  # a Saturday; at this hour shifts begin in the evening
    IN_SUMMER,
)


@pytest.fixture
def told(told) -> Callable[..., Federation]:
    """`told(key)`: a federation whose story has been told at TODAY, or at the instant `now`."""
    return lambda key, now=TODAY: told(key, now)


@pytest.mark.parametrize("key", CAST)
def test_each_example_federation_has_accounts_posts_and_something_that_waits(told, key):
    federation = told(key)

    with scope(federation.pk):
        opened = Account.objects.filter(state="open", imported=None).values_list("network", flat=True)
        assert sorted(opened) == ["facebook", "noticeboard"]
        states = list(Post.objects.values_list("state", flat=True))
        out = 5 if key in SPEAK_OF_UPKEEP else 4
        assert [states.count(s) for s in ("published", "submitted", "approved", "sending")] == [out, 3, 1, 1]
        # Two full answers; a mere confirmation of receipt, or a notice, is enough at Wildground alone.
        assert Item.objects.filter(state="answered").count() == (4 if key == "wildground" else 2)
        assert Item.objects.filter(state="open", assigned_to__isnull=False).exists()
        assert ItemNote.objects.count() == SavedView.objects.filter(shared=True).count() == 1
        assert Proposal.objects.exclude(account__state="open").count() == 1
        assert LedgerRow.objects.filter(at__gt=TODAY).count() == 0
    assert verify(federation.pk).sound


@pytest.mark.parametrize("key", ["wildground", "llanidloes"])
def test_a_comment_was_hidden_with_its_notice_and_an_appeal_was_heard_by_another(told, key):
    with scope(told(key).pk):
        removal = Removal.objects.get(notices__isnull=False)
        (notice,), (appeal,) = removal.notices.all(), removal.appeals.all()
        assert (notice.told_at is not None, is_intact(removal.item.evidence.get())) == (True, True)
        assert notice.wording == ("prescribed" if key == "llanidloes" else "own")
        assert (appeal.state, appeal.decided_by != removal.moderation.by) == ("dismissed", True)
        block, report = (AuthorStep.objects.get(how=how) for how in ("block", "report"))
        assert (block.state, report.state, report.number) == ("confirmed", "confirmed", NUMBER)
        (review, *_more) = Duty.objects.filter(kind=REVIEW_BLOCK, state="open")
        assert review.due_day == block.until > TODAY.date()
        assert HandRemoval.objects.get().gone is True
        cited = {clause for kept in DecisionRecord.objects.all() for clause in kept.clauses}
        assert NOTICE_CLAUSES[key] <= cited


@pytest.mark.sized
@pytest.mark.parametrize("now", [TODAY, IN_SUMMER][: sized(1, 2)])
def test_the_story_can_be_told_on_an_ordinary_day_and_on_a_sunday_in_the_holidays(told, now):
    """In `make test` on a day of term, in `make storm` on both."""
    federation = told("wildground", now)

    with scope(federation.pk):
        assert Post.objects.filter(state="published").count() == 5
        told_in_order = list(LedgerRow.objects.order_by("number").values_list("at", flat=True))
        _check_rota(now)
    assert told_in_order == sorted(told_in_order)
    assert told_in_order[-1] <= now


@pytest.mark.parametrize("now", OTHER_TIMES)
def test_the_rota_of_a_story_fits_any_hour(make_federation, now):
    federation = make_federation("wildground", is_example=True)
    with scope(federation.pk):
        stage = Stage("wildground", CAST["wildground"], clock=now - telling.BEGINS, now=now)
        stage.go_on(days_ago=telling.BEGINS.days - 1)
        telling._people(stage, federation)
        telling._schools(stage)
        telling._policy(stage)
        sets_rota(stage)
        stage.go_on(days_ago=0)
        misses_check_in(stage)

        _check_rota(now)


def _check_rota(now: datetime) -> None:
    (missed,) = Duty.objects.filter(kind=CHECK_IN)
    assert missed.person.name == "Tom Ellery"
    assert missed.then_person.name == "Joe Lister"
    assert missed.due_by < now
    (one,) = on_duty(now).duties
    assert missed.subject == f"rota.turn:{one.turn.pk}"
    assert one.ends_at > now
    (swap,) = Swap.objects.filter(state="asked")
    assert [swap.by.name, swap.to.name] == ["Tom Ellery", "Joe Lister"]
    assert swap.turn.starts_at > now


def test_the_clauses_that_a_story_used_have_their_evidence(told):
    federation = told("wildground")

    with scope(federation.pk):
        cited = {clause for kept in DecisionRecord.objects.all() for clause in kept.clauses}
    assert {"wildground-roles-10", "wildground-accounts-12", "wildground-monitoring-4", "house-1"} <= cited


def test_news_is_sent_in_where_the_policy_asks_for_it_and_nowhere_else(told):
    with scope(told("llanidloes").pk):
        (news,) = News.objects.all()
        assert (news.state, len(news.pictures)) == ("new", 1)
        assert news.decision.clauses == ["llanidloes-high-9"]
    with scope(told("wildground").pk):
        assert not News.objects.exists()


def test_a_parent_withdrew_consent_the_copy_is_gone_and_the_parent_was_told(told):
    with scope(told("boroughbridge").pk):
        (act,) = TakeDown.objects.filter(withdrawal__isnull=False)
        assert [each.gone for each in outcomes_of(act, at=TODAY)] == ["removed"]
        assert act.told_at is not None
        assert SignInMail.objects.filter(address="jo.bright@boroughbridge.example").exists()


def test_a_change_on_the_network_waits_for_a_person(told):
    with scope(told("wildground").pk):
        (change,) = LiveChange.objects.all()
        assert (change.gone, change.parts, change.ended_at) == (False, ["text"], None)
        assert Duty.objects.filter(kind=CHANGED, state="open").count() == 1


@pytest.mark.parametrize("key", SPEAK_OF_UPKEEP)
def test_a_post_is_out_of_date_and_its_writer_is_asked(told, key):
    federation = told(key)
    with scope(federation.pk):
        row = AnnouncedDays.objects.filter(listed=True, stays_at=None).order_by("post_id")[0]
        assert row.last_day < TODAY.date()
        task = Duty.objects.get(kind=OUT_OF_DATE, subject=subject_of(row.post))
        assert (task.person, task.clauses) == (row.post.author, [f"{key}-roles-24"])


def test_a_school_chose_its_days_and_its_page_without_a_new_post_is_out_of_date(told):
    federation = told("llanidloes")
    with scope(federation.pk):
        (task,) = Duty.objects.filter(kind=NEW_POST)
        account = Account.objects.get(pk=task.subject_account)
        assert (account.school.name, task.clauses) == ("Llanidloes Primary School", ["llanidloes-current-1"])


def test_a_pupil_said_no_for_the_day_and_a_writer_answered_what_was_found(told):
    with scope(told("wildground").pk):
        no = Consent.objects.filter(giver="pupil", until__isnull=False)
        assert sorted(no.values_list("use", "pupil__key")) == sorted((use, "1008") for use in Use)
        (answer,) = HitAnswer.objects.filter(reply="ours")
        assert answer.reply == "ours"
        assert OwnDetail.objects.count() == 1


def test_accounts_that_were_there_before_are_shown_where_the_policy_lists_purposes(told):
    with scope(told("llanidloes").pk):
        assert sorted(Account.objects.exclude(imported=None).values_list("network", flat=True)) == [
            "facebook", "x",
        ]  # fmt: skip
    with scope(told("wildground").pk):
        assert not Account.objects.exclude(imported=None).exists()


def test_a_federation_is_told_once(told):
    told("wildground")

    assert telling.tell("wildground", now=TODAY) is False


def test_everybody_of_the_cast_holds_roles_that_their_policy_names():
    for key, cast in CAST.items():
        known = {role.key for role in book(key).roles}
        assert {role for who in cast.people for role in who.roles} <= known


def test_only_the_sign_ins_of_examples_are_printed(told):
    told("llanidloes")
    with rolled_back(), connection.cursor() as cursor:
        # An example's story is not told beside a real federation, and a real one cannot be added beside it.
        cursor.execute("SELECT test_make_federation('wildground', 'Wildground', 'wildground', '{en}', false)")
        assert {one.email.partition("@")[2] for one in sign_ins()} == {"llanidloes.example"}


def test_where_there_are_no_examples_no_sign_ins_are_printed(make_federation):
    make_federation("wildground", "wildground", is_example=False)
    assert sign_ins() == []


def test_the_printed_command_is_typed_as_here(told):
    told("wildground")
    second = [one.second_step for one in sign_ins() if one.second_step]
    assert second
    assert all(step == typed("code", step.split()[-1]) for step in second)


def test_terms_surround_every_day_of_a_year():
    for offset in range(0, 366, 5):
        day = date(2026, 9, 1) + timedelta(days=offset)
        terms = terms_around(day)
        assert terms[0][1] < day < terms[-1][2]
        assert all(first <= last for _, first, last in terms)
        assert all(a[2] < b[1] for a, b in pairwise(terms))


def measured(federation):
    with scope(federation.pk):
        return of_federation(book(federation.policy_key), None)


def counted(one):
    """Whether a decision reached this clause in some way."""
    return one["asked"] is not None and any(one["asked"][how] for how in HOW)


@pytest.mark.parametrize("key", CAST)
def test_every_clause_whose_rule_spoke_in_a_decision_is_counted(told, key):
    federation = told(key)
    data = measured(federation)["by_clause"]
    with scope(federation.pk):
        assert reach().counted == DecisionRecord.objects.count()
        assert (reach().waiting, reach().unread) == (0, 0)
        bodies = DecisionRecord.objects.values_list("body", flat=True)
        spoke = {one["clauses"][0] for body in bodies for one in body["findings"]}
    assert spoke & {one["id"] for one in data} <= {one["id"] for one in data if counted(one)}


@pytest.mark.parametrize("key", CAST)
def test_clauses_are_told_apart_by_what_they_rest_on_and_none_is_there_in_name_only(told, key):
    data = measured(told(key))
    assert data["rests"]["name"] == 0
    assert data["reached"] >= REACHED[key]
    never = [one for one in data["by_clause"] if one["bindings"] and not counted(one)]
    assert never  # no example does everything
    lines = {line.split()[0]: line for line in coverage_lines(data)}
    for one in never:
        assert lines[one["id"]].endswith(f"{RESTS[one['rests']]}; not asked yet")


def test_of_all_clauses_no_more_than_a_tenth_rests_on_a_word_alone(told):
    found = [measured(told(key)) for key in CAST]
    clauses = sum(one["clauses"] for one in found)
    assert clauses == 950
    assert sum(one["rests"]["word"] for one in found) <= MOST_BY_WORD * clauses


def test_what_only_answered_may_i_is_only_told_whatever_its_facts(told):
    federation = told("wildground")
    asked = [one for one in measured(federation)["by_clause"] if one["asked"]]
    alone = [one for one in asked if one["asked"]["only_told"] and one["asked"]["decided"]]
    assert alone
    assert {one["rests"] for one in alone} == {"told"}
    without = {one["id"]: one["rests"] for one in coverage(book("wildground"))["by_clause"]}
    assert "rows" in {without[one["id"]] for one in alone}


@pytest.mark.parametrize("key", CAST)
def test_a_number_of_the_governors_report_has_as_many_rows_as_it_says(told, key):
    federation = told(key)
    with scope(federation.pk):
        sees = next(one for one in Person.objects.all() if schools_overseen(one, on=TODAY.date()) is None)
        report = report_for(sees, f"2026-01-01_{TODAY.date()}", at=TODAY)
        said = {name: counted.now for name in LISTED if (counted := report.of(name)) is not None}
        assert {name: rows_behind(report, name)[1] for name in said} == said
    assert sum(said.values()) > len(said)


def test_the_sweep_counts_nothing_twice(told):
    federation = told("wildground")
    with rolled_back():
        before = measured(federation)
        for hours in (1, 2, 3):
            sweep(TODAY + timedelta(hours=hours))
        assert measured(federation) == before


def test_the_command_prints_the_federations_own_numbers(told, capsys, monkeypatch):
    federation = told("wildground")
    monkeypatch.setattr("schoolgate.cli.main.prepare", lambda *_, **__: None)
    assert main(["policy", "coverage", "wildground", "--federation", "wildground", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == measured(federation)
    assert main(["policy", "coverage", "wildground", "--federation", "atlantis"]) == 2
    assert "there is no federation 'atlantis'" in capsys.readouterr().err
