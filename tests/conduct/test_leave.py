"""Leave to use one's own phone or email for school business: asked for from a saved answer."""

from datetime import timedelta

import pytest

from schoolgate.conduct.answers import (
    ask_for_leave,
    ask_for_ruling,
    lacking_of_answer,
    remove_answer,
    ruling_to_ask,
    why_no_longer,
)
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.permitting import permit, refuse_permission
from tests.cast import someone
from tests.conduct.test_answers import keep, open_for

CALL = {"me": ["staff"], "way": ["phone"], "to_relation": ["parent"]}
ENTRIES_OF_OWN = ["private-phone-for-work", "answer-on-private-phone"]


def saved(by, at, entry=ENTRIES_OF_OWN[0], **said):
    return keep(entry, {**CALL, **said}, by, at)


def asked(row, at):
    return ask_for_leave(
        by=row.person, at=at, answer=row, text="How would it be sent? By phone", words="Trip"
    )


@pytest.mark.parametrize(
    ("entry", "clause"),
    [
        (ENTRIES_OF_OWN[0], "learn-to-live-personal-14"),
        (ENTRIES_OF_OWN[1], "learn-to-live-personal-16"),
    ],
)
def test_the_policy_keeps_school_business_off_ones_own_phone_and_names_who_gives_leave(
    under, at, entry, clause
):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        row = saved(someone("Amina Khan", "staff"), at, entry)

        assert clause in row.decision.clauses
        lacks = lacking_of_answer(row, at=at)
        assert [(one.covers, one.roles) for one in lacks] == [("own_phone", ("headteacher",))]


def test_an_answer_about_a_school_phone_lacks_no_leave(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
        other = keep("pupil-message-official", {"me": ["staff"], "way": ["email"]}, amina, at)

        assert not lacking_of_answer(other, at=at)
        with pytest.raises(NotNow):
            asked(other, at)


def test_a_leave_for_some_days_counts_for_every_answer_until_its_last_day(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        amina, head = someone("Amina Khan", "staff"), someone("Harri Head", "headteacher")
        row = saved(amina, at)
        request = asked(row, at)
        last = local_day(at) + timedelta(days=7)
        permit(by=head, at=at + timedelta(minutes=5), asked=request, until=last)
        row.refresh_from_db()

        assert "learn-to-live-personal-17" in row.decision.clauses
        assert row.decision.outcome == "permitted"
        later = at + timedelta(hours=1)
        assert lacking_of_answer(saved(amina, later), at=later) == []
        assert saved(amina, at + timedelta(days=7)).decision.outcome == "permitted"
        assert saved(amina, at + timedelta(days=8)).decision.outcome != "permitted"


def test_a_leave_for_one_occasion_counts_for_that_answer_alone(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        amina, head = someone("Amina Khan", "staff"), someone("Harri Head", "headteacher")
        row = saved(amina, at)
        permit(by=head, at=at + timedelta(minutes=5), asked=asked(row, at))
        row.refresh_from_db()

        assert row.decision.outcome == "permitted"
        later = at + timedelta(hours=1)
        assert lacking_of_answer(row, at=later) == []
        assert [one.covers for one in lacking_of_answer(saved(amina, later), at=later)] == ["own_phone"]


def test_a_phone_leave_is_none_for_email_and_a_refusal_changes_nothing(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        amina, head = someone("Amina Khan", "staff"), someone("Harri Head", "headteacher")
        row = saved(amina, at)
        request = asked(row, at)
        with pytest.raises(NotAllowed):
            permit(by=amina, at=at, asked=request)
        refuse_permission(by=head, at=at, asked=request, words="Use the school phone.")
        row.refresh_from_db()
        assert row.decision.outcome != "permitted"

        permit(by=head, at=at, asked=asked(row, at), until=local_day(at))
        by_mail = saved(amina, at + timedelta(minutes=9), way=["email"])
        assert by_mail.decision.outcome != "permitted"


def test_no_one_else_asks_and_a_deleted_answer_ends_the_request(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        amina, ben = someone("Amina Khan", "staff"), someone("Ben Cole", "staff")
        someone("Harri Head", "headteacher")
        row = saved(amina, at)
        with pytest.raises(NotFound):
            ask_for_leave(by=ben, at=at, answer=row, text="", words="")
        request = asked(row, at)
        assert open_for("policy.permission")
        remove_answer(by=amina, at=at, answer=row)
        request.refresh_from_db()

        assert request.state == "lapsed"
        assert not open_for("policy.permission")
        assert DecisionRecord.objects.filter(pk=request.decision_id).exists()


def test_what_the_policy_still_leaves_open_after_a_permission_can_be_put_to_the_role_that_rules(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        amina, head = someone("Amina Khan", "staff"), someone("Harri Head", "headteacher")
        row = saved(amina, at, way=["email"])
        permit(by=head, at=at, asked=asked(row, at))
        row.refresh_from_db()

        assert row.decision.outcome == "refer"
        assert ruling_to_ask(row, at=at) is not None
        put = ask_for_ruling(by=amina, at=at, answer=row, words="May I write to parents from it?")
        assert put.tension == "learn-to-live-tension-6"


def test_an_answer_whose_permission_is_over_no_longer_holds(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        amina, head = someone("Amina Khan", "staff"), someone("Harri Head", "headteacher")
        row = saved(amina, at)
        permit(by=head, at=at, asked=asked(row, at), until=local_day(at) + timedelta(days=7))
        row.refresh_from_db()
        assert why_no_longer(row, at=at + timedelta(days=7)) == ""
        assert why_no_longer(row, at=at + timedelta(days=8)) == "permission"
