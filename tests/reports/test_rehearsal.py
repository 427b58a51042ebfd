"""A walk under a policy that isn't signed yet, by the program's own actions, of which nothing stays."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from schoolgate.accounts.sites import SETTLED, read_settled
from schoolgate.core.clock import LONDON
from schoolgate.core.env import env
from schoolgate.core.errors import BadInput
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.policy.own_policy import ClauseText, keep_clause, remove_clause
from schoolgate.policy.queries import in_force
from schoolgate.policy.readings import save_draft, start_draft
from schoolgate.policy.rehearsed import rehearse
from schoolgate.policy.setting_ready import keep_ready_rule
from schoolgate.policy.writing import writing
from schoolgate.reports import rehearsal
from schoolgate.reports.rehearsal import (
    STEPS,
    Actor,
    Company,
    _answer,
    company_of,
    put_in_force,
    rolled_back,
    settled,
    walked,
)
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.packs import own_policies_in
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import filled
from tests.accounts.conftest import in_force as in_force_with_a_school
from tests.rulebook.test_own_policy_answers import policy
from tests.web.own_policy_cast import NOW, SIXTH, infant_school

TODAY = NOW.date()


@pytest.fixture
def st_annes(in_world, tmp_path):
    own_policies_in(SIXTH)
    yield in_world(infant_school, NOW)
    own_policies_in(tmp_path / "nowhere")


def rows():
    """How many rows each table has, jobs, mails and the record among them. One query for all."""
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed or model._meta.app_label == "procrastinate"
    ]
    with connection.cursor() as cursor:
        counts = (f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables)
        cursor.execute(" UNION ALL ".join(counts))
        return dict(cursor.fetchall())


def files_here():
    """The files of the home, but the database's own."""
    return sorted(one for one in env().home.rglob("*") if "postgres" not in one.parts)


def let_the_deputy_approve(there):
    """A draft of the next interpretation, in which the deputy may approve posts."""
    with scope(there.federation.pk):
        deputy = next(one for one in in_force(TODAY).book.roles if one.key == "deputy-headteacher")
        draft = start_draft(by=there.head, at=NOW)
        may = sorted({*deputy.capacities, "approve_post"})
        save_draft(
            by=there.head, at=NOW, draft=draft, edition=draft.edition, because="So that it can be read.",
            changes={"roles": {deputy.key: may}},
        )  # fmt: skip


def walk(there, *, of="") -> SimpleNamespace:
    """The steps of a walk there, with what was counted before and after the scope was left."""
    with scope(there.federation.pk):
        found = rehearse(at=NOW, on=TODAY, of=of)
        before = rows()
        steps = walked(found, by=there.head, at=NOW, on=TODAY)
        assert current_scope().pending == []
    with scope(there.federation.pk):
        return SimpleNamespace(found=found, steps=steps, before=before, after=rows())


def test_every_step_is_taken_under_a_policy_that_works_and_nothing_stays(st_annes):
    """No row of any table (record, mail, job, person), nothing that waits for a commit, no file."""
    waiting = list(connection.run_on_commit)
    let_the_deputy_approve(st_annes)
    files = files_here()
    seen = walk(st_annes, of="reading")
    assert [(str(one.title), one.told) for one in seen.steps if not one.done] == []
    assert len(seen.steps) == len(STEPS)
    assert {"procrastinate_jobs", "core_ledgerrow", "notices_mail", "people_person"} <= seen.before.keys()
    assert seen.after == seen.before
    assert connection.run_on_commit == waiting
    assert files_here() == files


def test_a_post_that_no_one_who_may_can_approve_is_found(st_annes):
    """The headteacher's own posts are read by the deputy, who may not approve: until the role may."""
    stuck = [one for one in walk(st_annes).steps if one.stuck]
    assert [str(one.title) for one in stuck] == ["Approve a post by headteacher"]
    assert stuck[0].clauses == ("st-annes-posts-2",)
    let_the_deputy_approve(st_annes)
    assert [one for one in walk(st_annes, of="reading").steps if one.stuck] == []


def test_under_llanidloes_who_answers_comments_is_said_before_the_account_opens(begin_in, at):
    there = begin_in(in_force_with_a_school, at, "llanidloes")
    with scope(there.federation.pk):
        steps = walked(rehearse(at=at, on=at.date()), by=there.cast.owner, at=at, on=at.date())
    assert [(str(one.title), one.told) for one in steps if not one.done] == []


@pytest.mark.parametrize("wanted", [2, 3])
def test_a_proposal_names_as_many_people_as_the_policy_wants_though_one_alone_writes_posts(wanted):
    (rule,) = filled(ready_rules()["two_people"], {"number": wanted}, "team")
    own = policy(team=(Modality.MUST, f"Each account is run by {wanted} members of staff.", rule))
    actors = [
        Actor(SimpleNamespace(pk=pk), f"role {pk}", frozenset({Capacity.WRITE_POST} if pk == 2 else ()))
        for pk in range(1, 5)
    ]
    there = SimpleNamespace(book=own, company=Company(tuple(actors)), on=TODAY)
    point = SimpleNamespace(key="run_by", type="people", minimum=None, options=())
    named = _answer(point, 0, there)
    assert (len(named), named[0]) == (wanted, 2)
    assert _answer(SimpleNamespace(**{**vars(point), "type": "person"}), 0, there) not in named


@pytest.mark.parametrize(
    ("weekday", "hour", "later"),
    [(1, 4, 1), (3, 23, 1), (4, 9, 3), (5, 20, 2), (6, 22, 1)],
    ids=["a Tuesday before dawn", "a Thursday night", "a Friday", "a Saturday night", "a Sunday night"],
)
def test_no_clause_is_blamed_for_the_hour_at_which_it_is_tried(st_annes, monkeypatch, weekday, hour, later):
    """A policy may want posts between eight and six."""
    day = TODAY + timedelta(days=1 + (weekday - TODAY.weekday() - 1) % 7)
    tried = datetime.combine(day, time(hour), LONDON)
    seen = []
    monkeypatch.setattr(rehearsal, "STEPS", [("Look", Capacity.WRITE_POST, lambda on, _by: seen.append(on))])
    with scope(st_annes.federation.pk):
        walked(rehearse(at=tried, on=day), by=st_annes.head, at=tried, on=day)
    morning = day + timedelta(days=later)
    assert [(one.at, one.on) for one in seen] == [(datetime.combine(morning, time(10), LONDON), morning)]


def test_the_walk_has_an_answer_for_everything_that_is_asked_before_an_account_opens():
    """Whatever a policy's rules listen to."""
    for host in ("school", "third party"):
        asked = tuple(one for one in SETTLED if one.host in (None, host))
        assert len(read_settled(asked, {one.key: settled(one) for one in asked})) == len(asked)


def test_nothing_stays_where_something_fails_on_the_way(st_annes):
    with scope(st_annes.federation.pk):
        before = rows()
        with pytest.raises(ZeroDivisionError), rolled_back():
            start_draft(by=st_annes.head, at=NOW)
            raise ZeroDivisionError
        assert current_scope().pending == []
    with scope(st_annes.federation.pk):
        assert rows() == before


def test_the_draft_is_in_force_on_the_walk_and_only_there(st_annes):
    """A rule of the next interpretation that no one can meet stops the walk; without it the walk goes on."""
    with scope(st_annes.federation.pk):
        draft = start_draft(by=st_annes.head, at=NOW)
        never = {
            "clauses": ["st-annes-posts-1"],
            "ask": "post.publish",
            "point": "approval",
            "forbid": True,
        }
        save_draft(
            by=st_annes.head,
            at=NOW,
            draft=draft,
            edition=draft.edition,
            changes={"rules": {"st-annes-posts-1": [never]}},
            because="No posts.",
        )
    stopped = walk(st_annes, of="reading").steps[-1]
    assert not stopped.done
    assert "st-annes-posts-1" in stopped.decision.clauses
    assert walk(st_annes, of="now").steps[-1].done
    with scope(st_annes.federation.pk):
        assert in_force(TODAY).reading.number == 1


def test_a_version_that_is_being_prepared_is_in_force_on_its_walk_alone(st_annes):
    words = ClauseText(
        section="4. Posts", says="Be kind.", modality=Modality.SHOULD, actor="staff", numbers=()
    )
    with scope(st_annes.federation.pk):
        keep_clause(by=st_annes.head, at=NOW, words=words)
    seen = walk(st_annes, of="version")
    assert (seen.found.of, seen.found.book.meta.version, len(seen.steps) > 1) == ("version", "2", True)
    assert seen.steps[0].done
    assert seen.after == seen.before
    with scope(st_annes.federation.pk):
        assert in_force(TODAY).version.number == 1


def test_a_form_that_named_people_sign_is_not_tried_and_not_called_stuck(st_annes, monkeypatch):
    for name, found in (("steps_of", ("headteacher",)), ("paper_of", "Appendix B")):
        monkeypatch.setattr(f"schoolgate.reports.rehearsal.{name}", lambda book, found=found: found)
    last = walk(st_annes).steps[-1]
    assert (last.done, last.stuck, last.who) == (False, False, ())
    assert "sign one after another" in last.told


def test_where_two_have_to_agree_both_do_on_the_walk(st_annes):
    both = {"who": "headteacher", "deputy": "chair of governors"}
    with scope(st_annes.federation.pk):
        remove_clause(by=st_annes.head, at=NOW, clause="st-annes-accounts-2", seen=writing(TODAY).seen)
        seen = writing(TODAY).seen
        clause = keep_ready_rule(by=st_annes.head, at=NOW, key="accounts_two_agree", values=both, seen=seen)
        with pytest.raises(BadInput) as twice:
            keep_ready_rule(
                by=st_annes.head, at=NOW, key="accounts_two_agree", clause=clause,
                values={**both, "deputy": "headteacher"}, edition=writing(TODAY).about(clause).edition,
            )  # fmt: skip
        assert set(twice.value.fields) == {"deputy"}
    steps = walk(st_annes, of="version").steps
    titles = [str(one.title) for one in steps if one.done]
    assert "Decide on it" in titles
    assert "Open the account" in titles, "the walk goes on"


def test_a_post_that_two_have_to_approve_goes_on_once_both_have(st_annes):
    both = {"who": "headteacher", "deputy": "chair of governors", "own": "alone"}
    with scope(st_annes.federation.pk):
        seen = writing(TODAY).seen
        keep_ready_rule(by=st_annes.head, at=NOW, key="posts_two_agree", values=both, seen=seen)
    steps = walk(st_annes, of="version").steps
    assert "Approve the post" in [str(one.title) for one in steps if one.done]


def test_a_draft_comes_into_force_only_where_that_is_undone(st_annes):
    with scope(st_annes.federation.pk):
        found = rehearse(at=NOW, on=TODAY)
        with rolled_back() as undone:
            assert company_of(found.book, undone, at=NOW, on=TODAY).actors
        with pytest.raises(RuntimeError):
            put_in_force(found, undone, by=st_annes.head, at=NOW, on=TODAY)
        with pytest.raises(RuntimeError):
            company_of(found.book, undone, at=NOW, on=TODAY)


def test_a_walk_needs_a_school_and_a_policy(make_federation, at):
    with scope(make_federation("oak-hill", "wildground").pk):
        assert walked(rehearse(at=at, on=at.date()), by=None, at=at, on=at.date()) == []
