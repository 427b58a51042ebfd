"""Sealed papers for the safe: numbered, printed once, reported when opened, void when no longer good."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.accounts.keys import keep_key, paper_for, papers
from schoolgate.accounts.models import AccountKey, KeyChange, KeyShown, PaperKey
from schoolgate.accounts.papers import make_paper, report_opened, void_paper
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from tests.accounts.keys.steps import PASSWORD, kept, standing
from tests.conftest import recorded

pytestmark = pytest.mark.usefixtures("home")


def made(cast, at, *keys, by=None):
    return make_paper(
        account=cast.page, by=by or cast.joe, at=at, keys=keys or [kept(cast, at)], place="Safe"
    )


def opened(cast, paper, at, **more):
    given = {"by": cast.tom, "opened_by": cast.ann, "opened_on": local_day(at), "why": "Nobody was there."}
    return report_opened(paper=paper, at=at, **{**given, **more})


def test_a_paper_is_numbered_printed_once_and_counts_as_seeing(cast, at):
    key = kept(cast, at)
    first, second = made(cast, at, key), made(cast, at, key)

    assert (first.paper.number, second.paper.number) == (1, 2)
    assert first.lines == ((key, PASSWORD),)
    assert (first.paper.state, first.paper.place, first.paper.made_by) == ("sealed", "Safe", cast.joe)
    assert PASSWORD not in repr(first)
    assert KeyShown.objects.filter(key=key, by=cast.joe).count() == 2
    last = recorded()[-1]
    assert (last.event, last.clauses) == ("paperkey.made", ["wildground-roles-14"])


def test_the_policy_says_who_prints_one(cast, at):
    with pytest.raises(Refused):
        made(cast, at, by=cast.tom)
    assert PaperKey.objects.count() == 0


def test_where_the_policy_says_nothing_the_team_prints_one(llanidloes, at):
    key = kept(llanidloes, at, by=llanidloes.carys)
    assert made(llanidloes, at, key, by=llanidloes.carys).paper.number == 1
    with pytest.raises(NotAllowed):
        made(llanidloes, at, key, by=llanidloes.gethin)


def test_only_what_the_account_has_goes_onto_it(cast, at):
    old = kept(cast, at)
    kept(cast, at, secret="new", replaces=old)
    token = kept(cast, at, kind="token", secret="for a program")
    for keys in ([], [AccountKey.objects.get(pk=old.pk)], [token]):
        with pytest.raises(BadInput):
            make_paper(account=cast.page, by=cast.joe, at=at, keys=keys)


def test_opening_one_is_on_record_and_makes_what_stands_on_it_due(cast, at):
    key, other = kept(cast, at), kept(cast, at, note="not on it")
    paper = made(cast, at, key).paper

    opened(cast, paper, at, why=" Nobody was there. ")

    assert (paper.state, paper.opened_by, paper.why, paper.ended_by) == (
        "opened", cast.ann, "Nobody was there.", cast.tom,
    )  # fmt: skip
    change = KeyChange.objects.get()
    assert (change.key, change.because, change.person) == (key, "opened", cast.ann)
    assert standing(key) == {"Tom Ellery", "Priya Nair"}
    assert standing(other) == set()
    assert "paperkey.opened" in [row.event for row in recorded()]
    with pytest.raises(NotNow):
        opened(cast, paper, at)
    with pytest.raises(NotNow):
        void_paper(paper=paper, by=cast.joe, at=at, why="Shredded")


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (2, True), (3, False)])
def test_it_was_opened_between_the_day_it_was_made_and_today(cast, at, days, fits):
    paper, today = made(cast, at).paper, at + timedelta(days=2)
    day = local_day(at) + timedelta(days=days)
    if fits:
        assert opened(cast, paper, today, opened_on=day).opened_on == day
    else:
        with pytest.raises(BadInput) as error:
            opened(cast, paper, today, opened_on=day)
        assert set(error.value.fields) == {"opened_on"}


def test_why_is_said(cast, at):
    paper = made(cast, at).paper
    for act in (lambda: opened(cast, paper, at, why=" "), lambda: void(cast, paper, at, " ")):
        with pytest.raises(BadInput) as error:
            act()
        assert set(error.value.fields) == {"why"}


def void(cast, paper, at, why, by=None):
    return void_paper(paper=paper, by=by or cast.tom, at=at, why=why)


def test_one_that_was_destroyed_unopened_is_void_and_asks_for_nothing(cast, at):
    paper = made(cast, at).paper
    with pytest.raises(NotAllowed):
        void(cast, paper, at, "Shredded", by=cast.ann)
    assert void(cast, paper, at, "Shredded").state == "void"
    assert KeyChange.objects.count() == 0


def test_the_database_refuses_an_opening_without_a_person(cast, at):
    paper = made(cast, at).paper
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperKey.objects.filter(pk=paper.pk).update(state="opened", ended_at=at, why="x")


def test_papers_are_listed_with_the_same_number_of_queries(cast, at, same_queries):
    key = kept(cast, at)
    made(cast, at, key)
    same_queries(lambda: list(papers(cast.page)), lambda: [made(cast, at, key) for _ in range(5)])
    with pytest.raises(NotAllowed):
        paper_for(cast.ann, papers(cast.page)[0].pk, on=local_day(at))


def test_a_keys_own_paper_shows_that_it_was_changed_since(cast, at):
    key = kept(cast, at)
    made(cast, at, key)
    keep_key(
        account=cast.page, by=cast.joe, at=at, kind="password", secret="new", the_schools_own=True,
        replaces=key,
    )  # fmt: skip
    assert papers(cast.page)[0].on_it[0].key.ended == "replaced"
