"""Keys of accounts are changed when somebody who saw them goes, and on a chosen day."""

from datetime import timedelta

import pytest

from schoolgate.accounts import keys
from schoolgate.accounts.duty_kinds import CHANGE_KEY
from schoolgate.accounts.keys import (
    Particulars,
    choose_change_day,
    keep_key,
    keep_seed,
    live_keys,
    sweep_keys,
)
from schoolgate.accounts.models import KeyChange, TeamMember
from schoolgate.accounts.opening import change_team
from schoolgate.accounts.totp import Seed
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.duties.models import Duty
from schoolgate.jobs.hourly import account_keys
from schoolgate.people.assignments import end_assignment
from schoolgate.people.leaving import record_departure
from schoolgate.policy.adopting import adopt
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import findings
from tests.accounts.keys.steps import LETTERS, PASSWORD, give_for, kept, on_team, shown, standing
from tests.cast import give, someone
from tests.conftest import deliver_all
from tests.notices.mails import mails_of
from tests.publishing.conftest import account_on

pytestmark = pytest.mark.usefixtures("home")


def test_a_key_is_to_be_changed_when_somebody_who_saw_it_leaves(cast, at):
    key, unseen = kept(cast, at), kept(cast, at, by=cast.tom, note="another")
    shown(key, cast.joe, at)
    admin = someone("Ada Hall", "slt")

    record_departure(by=admin, at=at, person=cast.joe, left_on=local_day(at))
    assert sweep_keys(at=at) == 1
    assert sweep_keys(at=at) == 0

    change = KeyChange.objects.get()
    assert (change.key, change.because, change.person) == (key, "left", cast.joe)
    assert standing(key) == {"Tom Ellery", "Priya Nair"}
    assert standing(unseen) == set()
    duty = Duty.objects.filter(kind=CHANGE_KEY).first()
    assert (duty.clauses, duty.due_kind) == ([], "none_promised")

    new = kept(cast, at, by=cast.tom, secret="new", replaces=key)
    assert standing(key) == standing(new) == set()
    assert Duty.objects.filter(kind=CHANGE_KEY).first().how == "changed"


def test_the_policy_says_who_changes_it_and_by_when(cast, at, monkeypatch):
    key = kept(cast, at)
    admin = someone("Ada Hall", "slt")
    today = local_day(at)
    record_departure(by=admin, at=at, person=cast.joe, left_on=today)
    role = in_force(today).book.roles[0]
    named = findings.Duty(role.name, "password_change", findings.Due(day=today), ("a-1",), "", None)
    asked = []
    monkeypatch.setattr(keys, "password_change", lambda _book, **said: asked.append(said) or named)
    assert sweep_keys(at=at) == 1
    assert asked == [{"last_day": today - timedelta(days=1), "at": at}]
    rows = Duty.objects.filter(kind=CHANGE_KEY)
    assert {(row.due_kind, row.due_day) for row in rows} == {("day", today)}
    assert [row.role_key for row in rows if row.role_key] == [role.key]
    assert standing(key) >= {"Tom Ellery", "Priya Nair"}


def test_a_leaving_day_that_is_still_to_come_asks_for_nothing_before_it(cast, at):
    key = kept(cast, at)
    friday = local_day(at) + timedelta(days=3)
    record_departure(by=someone("Ada Hall", "slt"), at=at, person=cast.joe, left_on=friday)

    assert sweep_keys(at=at + timedelta(days=2)) == 0
    assert sweep_keys(at=at + timedelta(days=3)) == 1
    assert standing(key) == {"Tom Ellery", "Priya Nair"}


def test_a_login_name_opens_nothing_and_need_not_be_changed(cast, at):
    kept(cast, at, kind="particulars", secret=Particulars("north.school").to_text())
    record_departure(by=someone("Ada Hall", "slt"), at=at, person=cast.joe, left_on=local_day(at))
    assert sweep_keys(at=at) == 0


def test_who_saw_only_codes_takes_no_key_along(cast, at):
    seed = Seed.read(LETTERS)
    key = keep_seed(
        account=cast.page, by=cast.tom, at=at, seed=LETTERS, code=seed.code(at).code, the_schools_own=True
    )
    shown(key, cast.joe, at)
    record_departure(by=someone("Ada Hall", "slt"), at=at, person=cast.joe, left_on=local_day(at))
    assert sweep_keys(at=at) == 0


def test_losing_the_part_asks_for_a_change_as_well(cast, at):
    key = kept(cast, at)
    change_team(account=cast.page, by=cast.joe, at=at, person=cast.joe, part="administrator", leaves=True)
    assert sweep_keys(at=at) == 1
    assert KeyChange.objects.get().because == "part_ended"
    assert standing(key) == {"Tom Ellery", "Priya Nair"}


def test_a_role_for_this_account_alone_that_ends_counts_and_a_wide_one_does_not(cast, at):
    jill = someone("Jill Moss")
    wide, alone = give(jill, "administrator-moderator"), give_for(jill, cast.page)
    kept(cast, at, by=jill)
    admin = someone("Ada Hall", "slt")

    end_assignment(by=admin, at=at, assignment=wide)
    assert sweep_keys(at=at) == 0
    end_assignment(by=admin, at=at, assignment=alone)
    assert sweep_keys(at=at) == 1


def test_a_chosen_day_asks_a_week_before_and_is_the_day_it_is_due(cast, at):
    day = local_day(at) + timedelta(days=30)
    key = kept(cast, at)
    choose_change_day(key=key, by=cast.tom, at=at, on=day)

    assert sweep_keys(at=at + timedelta(days=22)) == 0
    assert sweep_keys(at=at + timedelta(days=23)) == 1
    duty = Duty.objects.filter(kind=CHANGE_KEY).first()
    assert (duty.due_kind, duty.due_day) == ("day", day)
    with pytest.raises(NotAllowed):
        choose_change_day(key=key, by=cast.ann, at=at, on=None)
    with pytest.raises(BadInput):
        choose_change_day(key=key, by=cast.tom, at=at, on=local_day(at))


def test_an_account_without_a_lead_asks_whoever_looks_after_people(cast, at):
    key = kept(cast, at)
    on = local_day(at)
    TeamMember.objects.update(to_day=on)
    sweep_keys(at=at)
    assert standing(key) == {"slt"}


def test_the_sweep_sends_as_many_queries_for_one_key_as_for_twenty(cast, at, same_queries):
    kept(cast, at)

    def more():
        for number in range(19):
            kept(cast, at, by=cast.tom, note=str(number))

    def sweep():
        current_scope().memo.clear()
        sweep_keys(at=at)

    same_queries(sweep, more)
    same_queries(lambda: live_keys(cast.page), lambda: kept(cast, at))


# --- The end


def test_what_follows_by_itself(federation, at):
    """The events reach their handlers: a mail to the other lead, and duties when somebody has left."""
    with scope(federation.pk):
        admin = someone("Ada Hall", "slt")
        adopt(by=admin, at=at)
        tom, joe = someone("Tom Ellery", "lead-staff-member"), someone("Joe", "administrator-moderator")
        page = account_on("facebook", None, at)
        on_team(page, tom, "lead", at)
        on_team(page, joe, "administrator", at)
        key = keep_key(account=page, by=joe, at=at, kind="password", secret=PASSWORD, the_schools_own=True)
        shown(key, joe, at)
        record_departure(by=admin, at=at, person=joe, left_on=local_day(at))
    deliver_all(federation.pk, at)

    mails = mails_of(federation.pk, at)
    assert ["a password was viewed" in letter.subject for letter in mails].count(True) == 1
    with scope(federation.pk):
        assert standing(key) == {"Tom Ellery"}
    account_keys(at)
