"""A new version comes into force: what was chosen waits for a signature, rulings end, memos follow."""

from datetime import timedelta
from functools import cache
from types import SimpleNamespace

import pytest

from schoolgate.core.errors import NotNow
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.policy import queries
from schoolgate.policy.adopting import (
    adopt,
    adopt_version,
    bring_what_is_due_into_force,
    left_behind,
    start_version,
)
from schoolgate.policy.asking import verdict
from schoolgate.policy.models import PolicyVersion, Reading, ReadingDraft
from schoolgate.policy.readings import drop_draft, save_draft, sign_draft, start_draft, try_draft
from schoolgate.policy.reviewing import watch_reviews
from schoolgate.policy.saying import rule
from schoolgate.rulebook import book
from schoolgate.rulebook.one_file import as_text, to_yaml
from schoolgate.rulebook.yaml_text import plain
from tests.cast import someone
from tests.worlds import enter_federation, world

EXPECTED = "boroughbridge-listening-2@reply_due/clock.timed"
OTHER = "boroughbridge-roles-15@part_in_watching/rule"
OWNER = "staff-lead-director-of-business-services"
CHOSEN = {"settings": {EXPECTED: {"response_hours": 48}, OTHER: {"interval_days": 7}}}
TENSION = next(one for one, asked in book("boroughbridge").tensions.items() if asked.ruled_by is None)
LATER = timedelta(days=10)


@world()
def chosen(at) -> SimpleNamespace:
    """Boroughbridge: its policy is in force, read with two choices."""
    federation = enter_federation("boroughbridge", "boroughbridge")
    with scope(federation.pk):
        owner = someone("Dilys Moss", OWNER)
        version = adopt(by=owner, at=at)
        draft = start_draft(by=owner, at=at)
        draft = save_draft(by=owner, at=at, draft=draft, edition=1, changes=CHOSEN, because="What we can do.")
        draft = try_draft(by=owner, at=at, draft=draft, edition=draft.edition)
        sign_draft(by=owner, at=at, draft=draft, edition=draft.edition)
    return SimpleNamespace(federation=federation, owner=owner, first=version)


@pytest.fixture
def there(in_world, at):
    begun = in_world(chosen, at)
    with scope(begun.federation.pk):
        yield begun


@pytest.fixture
def owner(there):
    return there.owner


@pytest.fixture
def first(there):
    """The version in force, read with two choices."""
    return there.first


@cache
def text(*, hours=None):
    """The next text: another sentence, and where `hours` are given they stand in it."""
    data = plain(to_yaml(book("boroughbridge").pack).encode(), "text")
    for one in data["clauses"]:
        if one["id"] == "boroughbridge-listening-2":
            one["says"] += " Soon."
            one["parameters"]["response_hours"] = hours
    for one in data["bindings"]:
        if one.get("control") == "clock.timed":
            one["settings"]["response_hours"] = hours
    return as_text(data)


def replaced(owner, at, *, hours=None, in_force_on=None):
    made = start_version(by=owner, at=at, text=text(hours=hours), material_changes="Soon.")
    return adopt_version(
        by=owner,
        at=at,
        version=made,
        adopted_on=at.date(),
        stated={},
        before_us=True,
        in_force_on=in_force_on,
    )


def verdict_at(at):
    facts = {
        "now": at, "received_at": at, "kind": "comment", "account_is_official": True,
        "from_relation": "parent",
    }  # fmt: skip
    return verdict("item.received", facts, on=at.date())


def hours(at):
    duties = verdict_at(at).duties
    return [duty.due.instant and (duty.due.instant - at) for duty in duties if duty.what == "response"]


def test_what_was_chosen_waits_as_a_draft_and_counts_only_once_it_is_signed(first, owner, at):
    second = replaced(owner, at + LATER)

    draft = queries.draft_of(second)
    assert draft.changes == CHOSEN
    assert draft.because == "Chosen under version 1, and still valid."
    assert (draft.by, hours(at + LATER)) == (owner, [None])
    assert Duty.objects.get(kind="policy.reading").role_key == OWNER

    tried = try_draft(by=owner, at=at + LATER, draft=draft, edition=draft.edition)
    sign_draft(by=owner, at=at + LATER, draft=tried, edition=tried.edition)
    assert hours(at + LATER) == [timedelta(hours=48)]
    assert Duty.objects.get(kind="policy.reading").state == "discharged"


def test_a_decision_under_the_second_version_says_so(first, owner, at):
    assert (verdict_at(at).version, verdict_at(at).reading) == ("1", 2)
    replaced(owner, at + LATER)
    assert (verdict_at(at + LATER).version, verdict_at(at + LATER).reading) == ("2", 1)


def test_what_no_longer_fits_is_not_in_the_draft_and_is_named(first, owner, at):
    second = replaced(owner, at + LATER, hours=24)
    assert queries.draft_of(second).changes == {"settings": {OTHER: {"interval_days": 7}}}
    assert [(one.name, one.value) for one in left_behind(second)] == [("response_hours", 48)]
    assert hours(at + LATER) == [timedelta(hours=24)]


def test_it_waits_too_where_the_version_comes_into_force_on_a_later_day(first, owner, at):
    second = replaced(owner, at, in_force_on=at.date() + LATER)
    assert ReadingDraft.objects.count() == 0
    bring_what_is_due_into_force(at=at + LATER)
    assert queries.draft_of(second).changes == CHOSEN


def test_nothing_was_chosen_so_nothing_waits(make_federation, at):
    with scope(make_federation("boroughbridge", "boroughbridge").pk):
        owner = someone("Dilys Moss", OWNER)
        adopt(by=owner, at=at)
        replaced(owner, at + LATER)
        assert (ReadingDraft.objects.count(), Duty.objects.filter(kind="policy.reading").count()) == (0, 0)


def test_a_reading_begun_for_the_version_before_goes_with_it_and_is_never_signed(first, owner, at):
    begun = start_draft(by=owner, at=at)
    second = replaced(owner, at + LATER)
    with pytest.raises(NotNow):
        sign_draft(by=owner, at=at + LATER, draft=begun, edition=begun.edition)
    assert ReadingDraft.objects.get().version_id == second.pk
    assert Reading.objects.filter(version=second).count() == 1


def test_the_owner_may_put_it_aside_and_is_asked_no_more(first, owner, at):
    second = replaced(owner, at + LATER)
    drop_draft(by=owner, at=at + LATER, draft=queries.draft_of(second))
    assert Duty.objects.get(kind="policy.reading").state == "discharged"
    assert hours(at + LATER) == [None]


def test_a_review_that_was_due_of_the_version_before_is_needed_no_more(first, owner, at):
    watch_reviews(at=at)
    assert Duty.objects.get(kind="policy.review").state == "open"
    replaced(owner, at + LATER)
    assert Duty.objects.get(kind="policy.review").state == "cancelled"


def test_a_ruling_ends_with_its_version(first, owner, at):
    rule(tension=TENSION, allows=True, words="We’ve talked about it.", by=owner, at=at)
    assert [one.tension for one in queries.rulings_of(queries.in_force(at.date()).version)] == [TENSION]

    replaced(owner, at + LATER)

    assert queries.rulings_of(queries.in_force((at + LATER).date()).version) == ()


def test_signing_within_one_transaction_is_seen_at_once(first, owner, at):
    before = queries.in_force(at.date())
    draft = start_draft(by=owner, at=at)
    changes = {"settings": {EXPECTED: {"response_hours": 24}}}
    draft = save_draft(by=owner, at=at, draft=draft, edition=1, changes=changes, because="A day.")
    draft = try_draft(by=owner, at=at, draft=draft, edition=draft.edition)
    assert queries.in_force(at.date()) is before

    signed = sign_draft(by=owner, at=at, draft=draft, edition=draft.edition)

    assert queries.in_force(at.date()).reading == signed
    assert hours(at) == [timedelta(hours=24)]


def test_an_action_that_fails_leaves_no_wrong_memory_of_what_is_in_force(first, owner, at, monkeypatch):
    made = start_version(by=owner, at=at + LATER, text=text(hours=24), material_changes="Soon.")

    def in_vain(**given):
        queries.in_force((at + LATER).date())  # the failing action itself has seen the new version
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("schoolgate.policy.adopting.bring_into_force", in_vain)
    with pytest.raises(RuntimeError):
        adopt_version(by=owner, at=at + LATER, version=made, adopted_on=at.date(), stated={}, before_us=True)

    assert PolicyVersion.objects.get(pk=made.pk).state == "draft"
    assert queries.in_force((at + LATER).date()).version.pk == first.pk
    assert hours(at + LATER) == [timedelta(hours=48)]
