"""Whatever is done with versions, in whatever order: one is in force once one was, and never two."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.tenancy import current_scope
from schoolgate.policy import queries
from schoolgate.policy.adopting import (
    adopt,
    adopt_version,
    bring_what_is_due_into_force,
    start_version,
    withdraw_version,
)
from schoolgate.policy.models import VERSION_MOVES, PolicyVersion, VersionState
from tests.cast import someone
from tests.pace import sized
from tests.policy.test_versions import STEPS, other_text

DAY = timedelta(days=1)
BEGIN = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)


def reachable(state: VersionState) -> set[VersionState]:
    """Where a version can have come to from there, by any number of moves."""
    found, new = set(), {state}
    while new:
        found |= new
        new = {following for each in new for following in VERSION_MOVES[each]} - found
    return found


class Lives(RuleBasedStateMachine):
    """An owner who does everything at any time, a clock, and a sweep that comes by when it comes by."""

    owner = None

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        current_scope().memo.clear()
        self.at = BEGIN
        self.texts = 0
        self.seen: dict[int, VersionState] = {}
        self.was_in_force = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)
        current_scope().pending.clear()
        current_scope().memo.clear()

    def tries(self, act, **given) -> None:
        try:
            act(at=self.at, **given)
        except (NotNow, BadInput):
            return

    @rule()
    def the_text_that_comes_with_the_program_is_put_in_force(self) -> None:
        self.tries(adopt, by=self.owner)

    @rule()
    def the_next_version_is_begun(self) -> None:
        self.texts += 1
        text = other_text(f"Accounts are looked at {self.texts} times a day.")
        self.tries(start_version, by=self.owner, text=text, material_changes="More often.")

    @rule(which=st.integers(0, 3), ahead=st.sampled_from([None, -1, 0, 1, 3]), ago=st.integers(-1, 2))
    def one_is_adopted(self, which: int, ahead: int | None, ago: int) -> None:
        version = self.pick(which)
        if version is not None:
            today = self.at.date()
            self.tries(
                adopt_version, by=self.owner, version=version, adopted_on=today - ago * DAY,
                stated={"steps": STEPS}, in_force_on=None if ahead is None else today + ahead * DAY,
            )  # fmt: skip

    @rule(which=st.integers(0, 3))
    def one_is_put_aside(self, which: int) -> None:
        version = self.pick(which)
        if version is not None:
            self.tries(withdraw_version, by=self.owner, version=version)

    @rule(days=st.integers(0, 3))
    def days_pass(self, days: int) -> None:
        self.at += days * DAY
        current_scope().memo.clear()

    @rule()
    def the_sweep_comes_by(self) -> None:
        bring_what_is_due_into_force(at=self.at)

    def pick(self, which: int) -> PolicyVersion | None:
        """One of the newest versions, as whoever has an old page open sees it."""
        rows = list(PolicyVersion.objects.order_by("-pk")[: which + 1])
        return rows[-1] if rows else None

    @invariant()
    def never_two_are_in_force_and_never_none_once_one_was(self) -> None:
        states = list(PolicyVersion.objects.values_list("state", flat=True))
        assert states.count(VersionState.IN_FORCE) <= 1
        assert states.count(VersionState.ADOPTED) <= 1
        assert VersionState.IN_FORCE in states or not self.was_in_force
        self.was_in_force = self.was_in_force or VersionState.IN_FORCE in states

    @invariant()
    def a_version_goes_only_where_its_moves_lead(self) -> None:
        for pk, state in PolicyVersion.objects.values_list("pk", "state"):
            assert VersionState(state) in reachable(self.seen.get(pk, VersionState.DRAFT))
            self.seen[pk] = VersionState(state)

    @invariant()
    def days_are_in_order_and_one_follows_where_the_other_ends(self) -> None:
        rows = PolicyVersion.objects.filter(state__in=[VersionState.IN_FORCE, VersionState.SUPERSEDED])
        before = None
        for row in rows.order_by("in_force_from", "pk"):
            assert row.adopted_on <= row.in_force_from.date()
            if before is not None:
                assert before.superseded_at == row.in_force_from
                assert before.in_force_from <= row.in_force_from
            before = row
        if before is not None:
            assert before.state == VersionState.IN_FORCE

    @invariant()
    def what_answers_today_is_the_version_whose_day_came_last(self) -> None:
        if not self.was_in_force:
            return
        found = queries.in_force(self.at.date()).version
        assert found.state in (VersionState.IN_FORCE, VersionState.ADOPTED)
        assert found.in_force_from.date() <= self.at.date()


@pytest.mark.sized
@pytest.mark.timeout(300)
def test_a_policy_lives_one_version_at_a_time_whatever_is_done(scoped):
    Lives.owner = someone("Sam Slater", "slt")
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=sized(3, 40),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
