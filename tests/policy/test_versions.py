"""A version's way: prepared, adopted, in force from a day, replaced."""

from datetime import timedelta
from functools import cache

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.people.queries import book_of
from schoolgate.policy import queries
from schoolgate.policy.adopting import (
    adopt,
    adopt_version,
    bring_what_is_due_into_force,
    replace_text,
    start_version,
    withdraw_version,
)
from schoolgate.policy.models import PolicyVersion
from schoolgate.rulebook import BadPack, Book, book
from schoolgate.rulebook.one_file import to_yaml
from tests.policy.test_actions import events

DAY = timedelta(days=1)
STEPS = [{"step": "adopted", "roles": ["Governing body"], "on": "2026-03-01", "signed": True}]


@cache
def text_of_the_program():
    return to_yaml(book("wildground").pack)


def other_text(says="Accounts are looked at each day."):
    """Wildground's policy with one sentence changed, as a file."""
    text = text_of_the_program()
    was = book("wildground").clauses["wildground-monitoring-1"].says
    assert was in text
    return text.replace(was, says)


@pytest.fixture
def prepared(version, ben, at):
    """The next version, being prepared."""
    return start_version(
        by=ben, at=at, text=other_text(), material_changes="Accounts are looked at each day."
    )


def adopted(version, by, at, **changes):
    given = {
        "by": by, "at": at, "version": version, "adopted_on": at.date(), "stated": {"steps": STEPS},
        "minute_reference": "Minute 12",
    }  # fmt: skip
    return adopt_version(**{**given, **changes})


def test_a_version_is_prepared_without_touching_the_one_in_force(version, prepared, at):
    assert (prepared.state, prepared.number, queries.in_force(at.date()).version) == ("draft", 2, version)


def test_staff_cannot_prepare_a_version(version, amina, at):
    with pytest.raises(NotAllowed):
        start_version(by=amina, at=at, text=other_text())


def test_only_one_version_is_prepared_at_a_time(prepared, ben, at):
    with pytest.raises(NotNow, match="A new version is already being prepared"):
        start_version(by=ben, at=at, text=other_text("Accounts are looked at twice a day."))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no policy"),
        ("clauses: [", "line 2"),
        ("a: &a [1]\nb: [*a, *a]", "alias"),
        (to_yaml(book("wootton").pack), "another federation’s"),
        (other_text().replace("wildground-monitoring-1\n", "wildground-monitoring-2\n", 1), "twice"),
    ],
)
def test_a_file_that_is_no_policy_is_told_in_a_line_and_nothing_is_kept(version, ben, at, text, told):
    with pytest.raises(BadInput) as refused:
        start_version(by=ben, at=at, text=text)
    assert told in str(refused.value.fields["text"])
    assert PolicyVersion.objects.count() == 1


def test_a_text_is_replaced_while_it_is_being_prepared_and_not_later(prepared, ben, at):
    changed = replace_text(
        by=ben, at=at, version=prepared, text=other_text("Twice a day."), material_changes="Twice a day."
    )
    assert changed.text_digest != prepared.text_digest

    adopted(changed, ben, at)
    with pytest.raises(NotNow, match="changed in the meantime"):
        replace_text(by=ben, at=at, version=changed, text=other_text(), material_changes="x")


def test_an_adopted_version_is_in_force_at_once_with_its_own_words(version, prepared, ben, at):
    now = adopted(prepared, ben, at)

    found = queries.in_force(at.date())
    version.refresh_from_db()
    assert (now.state, version.state, found.version.pk) == ("in_force", "superseded", prepared.pk)
    assert found.book.clauses["wildground-monitoring-1"].says == "Accounts are looked at each day."
    assert book_of(ben.federation) is found.book


def test_a_version_for_a_day_to_come_is_in_force_from_that_day_and_not_the_day_before(
    version, prepared, ben, at
):
    day = at.date() + 10 * DAY
    adopted(prepared, ben, at, in_force_on=day)

    assert queries.in_force(day - DAY).version.pk == version.pk
    assert queries.in_force(day).version.pk == prepared.pk
    assert bring_what_is_due_into_force(at=at + 9 * DAY) == 0
    assert bring_what_is_due_into_force(at=at + 10 * DAY) == 1
    assert PolicyVersion.objects.get(pk=version.pk).state == "superseded"
    assert "policyversion.in_force" in events()


def test_a_version_cannot_be_in_force_before_it_is_adopted(prepared, ben, at):
    with pytest.raises(BadInput) as refused:
        adopted(prepared, ben, at, in_force_on=at.date() - DAY)
    assert list(refused.value.fields) == ["in_force_on"]


def test_a_version_that_waits_for_its_day_can_be_put_aside(version, prepared, ben, at):
    waiting = adopted(prepared, ben, at, in_force_on=at.date() + DAY)

    withdraw_version(by=ben, at=at, version=waiting)

    assert queries.in_force(at.date() + DAY).version.pk == version.pk


def test_what_comes_with_the_program_is_checked_whole_before_it_is_in_force(ben, at, monkeypatch):
    def spoiled(self):
        raise BadPack("wildground/rules/posts.yaml, line 3", "no fact purpos")

    monkeypatch.setattr(Book, "check", spoiled)
    with pytest.raises(NotNow, match="line 3: no fact purpos"):
        adopt(by=ben, at=at)
    assert not PolicyVersion.objects.exists()
