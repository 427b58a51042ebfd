"""Reminders to check own accounts, leavers and confidences, and posts that people are told to remove."""

from datetime import timedelta

import pytest

from schoolgate.conduct.answers import keep_answer, removal_for, words_of
from schoolgate.conduct.leaving import (
    PictureFound,
    answer_reminder,
    note_gone,
    note_reminder,
    remind_leavers,
    tell_to_remove,
)
from schoolgate.conduct.models import LeavingReminder, Removal
from schoolgate.conduct.reminding import note_connections_checked, remind_of_own_accounts
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import Term, VaultSecret
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.people.leaving import record_departure, record_return
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.policy.choices import choose_reminders, reminders_chosen
from schoolgate.policy.models import DecisionFacts
from schoolgate.rulebook.adviser import ENTRIES
from tests.cast import someone
from tests.conduct.test_answers import open_for, walked

OWNER = "Olive Owner"


def owner() -> Person:
    return Person.objects.get(name=OWNER)


def due(kind: str) -> list[tuple[str, object]]:
    return [(duty.person.name, duty.due_day) for duty in open_for(kind)]


def test_no_one_is_reminded_until_the_federation_has_chosen_how_often(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        someone("Amina Khan", "staff")
        assert remind_of_own_accounts(at=at) is None
        assert not Duty.objects.filter(kind__startswith="conduct.").exists()


def test_staff_are_reminded_every_so_many_days_and_once_at_a_time(under, at):
    federation, _school = under("boroughbridge")
    today = local_day(at)
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        someone("Gwen Governor", relation="governor")
        choose_reminders(by=owner(), at=at, topic="settings", each_term=False, days=180)
        for _again in range(2):
            remind_of_own_accounts(at=at)
        assert due("conduct.own_settings") == [(OWNER, today), ("Amina Khan", today)]
        assert not due("conduct.own_connections")
        duty = open_for("conduct.own_settings")[1]
        assert duty.clauses == ["boroughbridge-appendix-personal-4"]
        assert duty.decision is not None

        said = {"me": ["staff"], "names": ["none"], "links_to": ["none"], "affects": ["none"]}
        check = ENTRIES["check-own-profile"]
        keep_answer(by=amina, at=at, entry=check, answers=walked("check-own-profile", said, amina, at))
        assert due("conduct.own_settings") == [(OWNER, today)]

        remind_of_own_accounts(at=at + timedelta(days=172))
        assert due("conduct.own_settings") == [(OWNER, today)]
        remind_of_own_accounts(at=at + timedelta(days=173))
        assert due("conduct.own_settings") == [
            (OWNER, today),
            ("Amina Khan", today + timedelta(days=180)),
        ]


def test_staff_are_reminded_as_the_next_term_begins(under, at):
    federation, school = under("boroughbridge")
    today = local_day(at)
    begins = today + timedelta(days=20)
    with scope(federation.pk):
        for first in (today - timedelta(days=40), begins):
            Term.objects.create(
                school=school, name="Term", first_day=first, last_day=first + timedelta(days=50)
            )
        choose_reminders(by=owner(), at=at, topic="connections", each_term=True, days=None)
        remind_of_own_accounts(at=at + timedelta(days=12))
        assert due("conduct.own_connections") == []
        remind_of_own_accounts(at=at + timedelta(days=13))
        assert due("conduct.own_connections") == [(OWNER, begins)]

        note_connections_checked(by=owner(), at=at + timedelta(days=14))
        remind_of_own_accounts(at=at + timedelta(days=30))
        assert due("conduct.own_connections") == []


@pytest.mark.parametrize("key", ["wildground", "learn-to-live", "llanidloes", "wootton"])
def test_a_policy_without_reminders_opens_none_whatever_was_chosen(under, at, key):
    federation, _school = under(key)
    with scope(federation.pk):
        choose_reminders(by=owner(), at=at, topic="settings", each_term=False, days=30)
        remind_of_own_accounts(at=at)
        assert not Duty.objects.filter(kind__startswith="conduct.").exists()


def test_only_the_owner_chooses_how_often_between_four_weeks_and_a_year(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        with pytest.raises(NotAllowed):
            choose_reminders(
                by=someone("Amina Khan", "staff"), at=at, topic="settings", each_term=True, days=None
            )
        for days in (27, 367, None):
            with pytest.raises(BadInput):
                choose_reminders(by=owner(), at=at, topic="settings", each_term=False, days=days)
        for days in (28, 366):
            choose_reminders(by=owner(), at=at, topic="settings", each_term=False, days=days)
        assert reminders_chosen(on=local_day(at))["settings"][0].days == 366


@pytest.mark.parametrize(
    ("key", "clause"),
    [
        ("wildground", "wildground-behaviour-11"),
        ("boroughbridge", "boroughbridge-behaviour-11"),
        ("wootton", "wootton-personal-11"),
    ],
)
def test_a_leaver_is_told_what_still_counts_until_the_last_day_and_confirms(under, at, key, clause):
    federation, _school = under(key)
    today = local_day(at)
    with scope(federation.pk):
        admin, amina = (
            someone("Ada Admin", *carrying("administer", federation)),
            someone("Amina Khan", "staff"),
        )
        record_departure(by=admin, at=at, person=amina, left_on=today + timedelta(days=10))
        remind_leavers(at=at)
        remind_leavers(at=at + timedelta(hours=1))
        assert due("conduct.leaving") == [("Amina Khan", today + timedelta(days=9))]
        reminder = LeavingReminder.objects.get()
        assert (reminder.given_on, reminder.decision.outcome) == (today, "hold")

        with pytest.raises(NotFound):
            answer_reminder(by=admin, at=at, reminder=reminder, confirms=True)
        answer_reminder(by=amina, at=at, reminder=reminder, confirms=True)
        assert (reminder.state, reminder.decision.outcome) == ("confirmed", "permitted")
        assert reminder.decision.clauses == [clause]
        with pytest.raises(NotNow):
            answer_reminder(by=amina, at=at, reminder=reminder, confirms=False)

        remind_leavers(at=at + timedelta(days=11))
        assert not due("conduct.leaving")
        assert not due("conduct.remind_leaver")


def test_who_left_without_an_answer_is_a_task_for_the_person_who_recorded_it(under, at):
    federation, _school = under("wildground")
    today = local_day(at)
    with scope(federation.pk):
        admin, amina = (
            someone("Ada Admin", *carrying("administer", federation)),
            someone("Amina Khan", "staff"),
        )
        record_departure(by=admin, at=at, person=amina, left_on=today)
        remind_leavers(at=at)
        assert due("conduct.remind_leaver") == [("Ada Admin", None)]
        reminder = LeavingReminder.objects.get()
        assert reminder.given_on is None

        later = at + timedelta(days=3)
        with pytest.raises(NotAllowed):
            note_reminder(
                by=someone("Ben Carter", "staff"), at=later, reminder=reminder, given_on=today, confirms=True
            )
        with pytest.raises(BadInput):
            note_reminder(
                by=admin, at=later, reminder=reminder, given_on=today + timedelta(days=4), confirms=True
            )
        note_reminder(by=admin, at=later, reminder=reminder, given_on=today, confirms=False)
        assert reminder.state == "refused"
        assert not due("conduct.remind_leaver")


def test_who_stays_after_all_is_not_asked_any_more(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        admin, amina = (
            someone("Ada Admin", *carrying("administer", federation)),
            someone("Amina Khan", "staff"),
        )
        record_departure(by=admin, at=at, person=amina, left_on=local_day(at) + timedelta(days=10))
        remind_leavers(at=at)
        record_return(by=admin, at=at, person=amina)
        remind_leavers(at=at)
        assert not due("conduct.leaving")


@pytest.mark.parametrize("key", ["learn-to-live", "llanidloes"])
def test_a_policy_that_says_nothing_of_leaving_reminds_no_one(under, at, key):
    federation, _school = under(key)
    with scope(federation.pk):
        admin, amina = (
            someone("Ada Admin", *carrying("administer", federation)),
            someone("Amina Khan", "staff"),
        )
        record_departure(by=admin, at=at, person=amina, left_on=local_day(at) + timedelta(days=10))
        remind_leavers(at=at)
        assert not LeavingReminder.objects.exists()
        assert not Duty.objects.filter(kind__startswith="conduct.").exists()


def carrying(capacity: str, federation) -> list[str]:
    """The key of a role that carries this capacity, under this policy."""
    return [role.key for role in book_of(federation).pack.roles_with(capacity)][:1]


def test_a_person_told_to_remove_a_post_has_until_the_time_named(under, at):
    federation, _school = under("wootton")
    until = at + timedelta(hours=4)
    with scope(federation.pk):
        amina, carl = someone("Amina Khan", "staff"), someone("Carl Jones", "staff")
        row = tell_to_remove(by=owner(), at=at, person=amina, words="Yesterday’s joke.", reply_by=until)
        duty = open_for("conduct.remove_post")[0]
        assert (duty.person, duty.due_at, duty.clauses) == (amina, until, ["wootton-scope-13"])
        assert words_of(row) == "Yesterday’s joke."
        assert removal_for(amina, row.pk) == removal_for(owner(), row.pk) == row
        with pytest.raises(NotFound):
            removal_for(carl, row.pk)
        with pytest.raises(NotFound):
            note_gone(by=carl, at=at, removal=row)

        ref = row.words_ref
        note_gone(by=amina, at=at, removal=row)
        assert (words_of(row), row.gone_at) == ("", at)
        assert not VaultSecret.objects.filter(pk=ref).exists()
        assert not open_for("conduct.remove_post")
        with pytest.raises(NotNow):
            note_gone(by=amina, at=at, removal=row)


def test_without_a_time_named_none_is_promised(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        tell_to_remove(by=owner(), at=at, person=amina, words="The joke.", reply_by=None)
        assert open_for("conduct.remove_post")[0].due_kind == "none_promised"


def test_no_one_tells_themselves_nor_without_the_role_nor_in_the_past(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        with pytest.raises(NotAllowed):
            tell_to_remove(by=amina, at=at, person=owner(), words="The joke.", reply_by=None)
        for given in (
            {"person": owner(), "words": "The joke.", "reply_by": None},
            {"person": amina, "words": " ", "reply_by": None},
            {"person": amina, "words": "The joke.", "reply_by": at},
        ):
            with pytest.raises(BadInput):
                tell_to_remove(by=owner(), at=at, **given)
        assert not Removal.objects.exists()


@pytest.mark.parametrize("key", ["wildground", "boroughbridge", "learn-to-live", "llanidloes"])
def test_where_the_policy_is_silent_no_one_is_told_to_remove_a_post(under, at, key):
    federation, _school = under(key)
    with scope(federation.pk):
        carl = someone("Carl Jones", *carrying("see_incidents", federation))
        amina = someone("Amina Khan", "staff")
        with pytest.raises(NotNow):
            tell_to_remove(by=carl, at=at, person=amina, words="The joke.", reply_by=None)


SHOWS = PictureFound("https://example.org/p/1", school_photograph=True, shows_school=True)


@pytest.mark.parametrize(
    ("key", "clause"),
    [
        ("wildground", "wildground-images-4"),
        ("boroughbridge", "boroughbridge-images-4"),
        ("wootton", "wootton-reputation-21"),
        ("llanidloes", "llanidloes-personal-18"),
    ],
)
def test_a_picture_of_pupils_on_an_own_page_goes_by_the_policys_own_clause(under, at, key, clause):
    federation, _school = under(key)
    with scope(federation.pk):
        teller = someone("Carl Jones", *carrying("see_incidents", federation))
        amina = someone("Amina Khan", "staff")
        row = tell_to_remove(by=teller, at=at, person=amina, words="The trip.", reply_by=None, picture=SHOWS)
        duty = open_for("conduct.remove_post")[0]
        assert (duty.person, duty.due_kind, duty.clauses) == (amina, "none_promised", [clause])
        assert words_of(row) == "https://example.org/p/1\nThe trip."
        assert not DecisionFacts.objects.filter(kept=row.decision).exists()
        note_gone(by=amina, at=at, removal=row)
        assert words_of(row) == ""
        until = at + timedelta(hours=2)
        tell_to_remove(by=teller, at=at, person=amina, words="One.", reply_by=until, picture=SHOWS)
        assert open_for("conduct.remove_post")[0].due_at == until


@pytest.mark.parametrize(
    ("key", "relation", "picture"),
    [
        ("learn-to-live", "staff", SHOWS),
        ("wildground", "parent", SHOWS),
        ("wildground", "governor", SHOWS),
        ("wootton", "parent", SHOWS),
        ("boroughbridge", "parent", SHOWS),
        ("learn-to-live", "parent", SHOWS),
        ("llanidloes", "parent", SHOWS),
        ("wootton", "staff", PictureFound("https://example.org", shows_school=False)),
        ("llanidloes", "staff", PictureFound("https://example.org", school_photograph=False)),
    ],
)
def test_what_the_policy_does_not_forbid_this_person_is_not_told_to_go(under, at, key, relation, picture):
    federation, _school = under(key)
    with scope(federation.pk):
        teller = someone("Carl Jones", *carrying("see_incidents", federation))
        amina = someone("Amina Khan", relation=relation)
        with pytest.raises(NotNow):
            tell_to_remove(by=teller, at=at, person=amina, words="It.", reply_by=None, picture=picture)
        assert not Removal.objects.exists()
        assert not open_for("conduct.remove_post")


def test_a_picture_without_a_link_is_not_taken(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        teller = someone("Carl Jones", *carrying("see_incidents", federation))
        amina = someone("Amina Khan", "staff")
        with pytest.raises(BadInput):
            tell_to_remove(
                by=teller, at=at, person=amina, words="It.", reply_by=None, picture=PictureFound(" ")
            )
