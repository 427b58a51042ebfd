"""A reading's way: begun, saved, tried on what was decided, signed; from then on it is how the policy is
read."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.policy import queries, readings
from schoolgate.policy.adopting import adopt
from schoolgate.policy.asking import record_decision, verdict
from schoolgate.policy.models import DecisionFacts, Reading, ReadingDraft
from schoolgate.policy.readings import drop_draft, save_draft, sign_draft, start_draft, stop_trying, try_draft
from tests.cast import someone
from tests.worlds import enter_federation, world

EXPECTED = "boroughbridge-listening-2@reply_due/clock.timed"
TWO_DAYS = {"settings": {EXPECTED: {"response_hours": 48}}}
WHY = "Two days is what the office can do."


@world()
def reading_begun(at):
    """Boroughbridge's policy in force, looked after by Dilys, who begins a reading of it."""
    federation = enter_federation("boroughbridge", "boroughbridge")
    with scope(federation.pk):
        owner = someone("Dilys Moss", "staff-lead-director-of-business-services")
        adopt(by=owner, at=at)
        return SimpleNamespace(federation=federation, owner=owner, draft=start_draft(by=owner, at=at))


@pytest.fixture
def begun(in_world, at):
    found = in_world(reading_begun, at)
    with scope(found.federation.pk):
        yield found


@pytest.fixture
def there(begun):
    return begun.federation


@pytest.fixture
def owner(begun):
    return begun.owner


@pytest.fixture
def draft(begun):
    return begun.draft


def comment(at):
    return {
        "now": at, "received_at": at, "kind": "comment", "account_is_official": True,
        "from_relation": "parent",
    }  # fmt: skip


def due(at):
    found = verdict("item.received", comment(at), on=at.date())
    return [duty.due.instant for duty in found.duties if duty.what == "response"]


def saved(draft, owner, at, changes=TWO_DAYS, because=WHY):
    return save_draft(by=owner, at=at, draft=draft, edition=draft.edition, changes=changes, because=because)


def tried(draft, owner, at):
    return try_draft(by=owner, at=at, draft=draft, edition=draft.edition)


def test_a_signed_reading_gives_what_comes_in_from_now_on_its_time_and_none_before_it_is_signed(
    draft, owner, at
):
    assert due(at) == [None]
    ready = tried(saved(draft, owner, at), owner, at)
    assert due(at) == [None]

    reading = sign_draft(by=owner, at=at, draft=ready, edition=ready.edition)

    assert (reading.number, reading.signed_by, due(at)) == (2, owner, [at + timedelta(hours=48)])
    assert ReadingDraft.objects.count() == 0


def test_the_owner_sees_which_past_decisions_would_come_out_differently(draft, owner, at):
    one = record_decision("item.received", comment(at), at=at, by=None, subject="inbox.item:1")
    other = comment(at) | {"from_relation": "staff"}
    record_decision("item.received", other, at=at, by=None, subject="inbox.item:2")

    found = tried(saved(draft, owner, at), owner, at).tried

    assert (found["past"]["asked"], found["past"]["differ"]) == (2, 1)
    assert found["past"]["shown"][0]["key"] == str(one.pk)
    assert found["finished"] is True
    assert found["stored"]["asked"] > 0


def test_a_decision_whose_facts_were_erased_is_counted_as_gone(draft, owner, at):
    row = record_decision("item.received", comment(at), at=at, by=None, subject="inbox.item:1")
    DecisionFacts.objects.filter(kept=row).delete()

    found = tried(saved(draft, owner, at), owner, at).tried

    assert (found["past"]["asked"], found["past"]["gone"]) == (0, 1)


def test_a_long_trial_goes_on_piece_by_piece_and_can_be_stopped(draft, owner, at, monkeypatch):
    monkeypatch.setattr(readings, "PIECE", 2)
    for number in range(1, 6):
        record_decision("item.received", comment(at), at=at, by=None, subject=f"inbox.item:{number}")
    row = tried(saved(draft, owner, at), owner, at)
    assert (row.tried["finished"], row.tried["past"]["asked"], row.tried["past"]["total"]) == (False, 2, 5)

    with pytest.raises(NotNow, match="No one has checked yet what this changes"):
        sign_draft(by=owner, at=at, draft=row, edition=row.edition)

    for _ in range(2):
        row = try_draft(by=None, at=at, draft=row, edition=row.edition)
    assert (row.tried["finished"], row.tried["past"]["asked"], row.tried["past"]["differ"]) == (True, 5, 5)

    stopped = stop_trying(by=owner, at=at, draft=row, edition=row.edition)
    with pytest.raises(NotNow):
        try_draft(by=None, at=at, draft=row, edition=row.edition)
    assert stopped.tried is None


def test_it_is_not_signed_before_anybody_saw_what_it_changes_and_a_change_has_to_be_tried_again(
    draft, owner, at
):
    ready = saved(draft, owner, at)
    with pytest.raises(NotNow, match="No one has checked yet what this changes"):
        sign_draft(by=owner, at=at, draft=ready, edition=ready.edition)
    ready = tried(ready, owner, at)
    again = saved(ready, owner, at, {"settings": {EXPECTED: {"response_hours": 24}}})
    with pytest.raises(NotNow, match="No one has checked yet what this changes"):
        sign_draft(by=owner, at=at, draft=again, edition=again.edition)


def test_a_reading_that_changes_nothing_is_not_signed(draft, owner, at):
    ready = tried(saved(draft, owner, at, changes={}), owner, at)
    with pytest.raises(NotNow, match="changes nothing"):
        sign_draft(by=owner, at=at, draft=ready, edition=ready.edition)


def test_a_reading_without_a_reason_is_not_signed(draft, owner, at):
    ready = tried(saved(draft, owner, at, because=" "), owner, at)
    with pytest.raises(BadInput) as refused:
        sign_draft(by=owner, at=at, draft=ready, edition=ready.edition)
    assert list(refused.value.fields) == ["because"]


def test_two_who_write_at_once_do_not_overwrite_each_other(draft, owner, at):
    saved(draft, owner, at)
    with pytest.raises(NotNow, match="Someone else has saved changes in the meantime"):
        saved(draft, owner, at, {})


def test_what_does_not_fit_the_policy_is_not_saved(draft, owner, at):
    with pytest.raises(BadInput) as refused:
        saved(draft, owner, at, {"settings": {EXPECTED: {"what": "reply"}}})
    assert "another value needs a new version" in str(refused.value.fields["changes"])
    draft.refresh_from_db()
    assert draft.changes == {}


def test_only_the_owner_of_the_policy_reads_it(draft, there, at):
    colleague = someone("Cara Colleague", "staff")
    for act in (
        lambda: start_draft(by=colleague, at=at),
        lambda: saved(draft, colleague, at),
        lambda: tried(draft, colleague, at),
        lambda: sign_draft(by=colleague, at=at, draft=draft, edition=draft.edition),
        lambda: drop_draft(by=colleague, at=at, draft=draft),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Reading.objects.count() == 1


def test_a_decision_keeps_the_reading_it_was_made_with(draft, owner, at):
    before = record_decision("item.received", comment(at), at=at, by=None, subject="inbox.item:1")
    ready = tried(saved(draft, owner, at), owner, at)
    sign_draft(by=owner, at=at, draft=ready, edition=ready.edition)
    after = record_decision("item.received", comment(at), at=at, by=None, subject="inbox.item:2")

    assert [queries.kept(row.pk).version_label for row in (before, after)] == [
        "boroughbridge 1 / 1",
        "boroughbridge 1 / 2",
    ]
    assert [row.body["reading"] for row in (before, after)] == [1, 2]
    assert [row.body["version"] for row in (before, after)] == ["1", "1"]
