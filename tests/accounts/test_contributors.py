"""People who ask to follow, join or write are checked as the policy asks, then approved or declined."""

from datetime import timedelta

import pytest

from schoolgate.accounts.contributors import (
    done_on_network,
    enter_admission,
    let_in,
    note_told,
    turn_away,
    waiting_for,
)
from schoolgate.accounts.models import Admission, AskedFor, AskerKind, SmallKind
from schoolgate.accounts.small import put_in_small
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.core.tenancy import current_scope
from schoolgate.duties import queries as duties
from schoolgate.people.models import Person
from tests.accounts.conftest import points_in_the_way
from tests.accounts.contributing import asks, circle, looked, recorded, wootton
from tests.accounts.test_small import account_of, say_yes
from tests.cast import someone

__all__ = ["wootton"]


def test_a_friend_is_looked_into_let_in_and_confirmed_by_a_person(wootton, at):
    circle(wootton, at)
    admission = asks(wootton, at)
    looked(wootton, admission, at)

    let_in(admission=admission, by=wootton.mia, at=at)
    assert (admission.state, admission.decided_by) == ("let_in", wootton.mia)
    assert {"wootton-a2-19", "wootton-a5-25"} <= set(admission.decision.clauses)
    assert [duty.kind for duty in duties.mine(wootton.mia, at.date())[0]] == ["accounts.admission_do"]

    done_on_network(admission=admission, by=wootton.mia, at=at)
    assert admission.state == "done"
    assert duties.mine(wootton.mia, at.date())[0] == []
    assert recorded()[-2:] == ["duty.discharged", "admission.done"]


def test_without_a_check_a_friend_is_not_let_in(wootton, at):
    circle(wootton, at)
    admission = asks(wootton, at, who="sk8r_2011")

    with pytest.raises(Refused) as refused:
        let_in(admission=admission, by=wootton.mia, at=at)

    assert points_in_the_way(refused) == {"friend_vetted", "friend_checked"}
    assert Admission.objects.get().state == "waiting"
    assert recorded()[-1] == "admission.refused"


@pytest.mark.parametrize(
    ("changes", "point"),
    [
        ({"how_known": ""}, "friend_checked"),
        ({"real_person": None}, "friend_checked"),
        ({"real_person": False}, "friend_checked"),
        ({"grown_up": ""}, "friend_checked"),
    ],
)
def test_a_check_that_leaves_something_out_is_not_enough(wootton, at, changes, point):
    circle(wootton, at)
    admission = asks(wootton, at)
    looked(wootton, admission, at, **changes)

    with pytest.raises(Refused) as refused:
        let_in(admission=admission, by=wootton.mia, at=at)
    assert point in points_in_the_way(refused)


def test_whom_the_check_turned_down_is_not_let_in_before_another_look(wootton, at):
    circle(wootton, at)
    admission = asks(wootton, at)
    looked(wootton, admission, at, passed=False)

    with pytest.raises(NotNow, match="The person who checked this said the request should be declined"):
        let_in(admission=admission, by=wootton.mia, at=at)

    looked(wootton, admission, at + timedelta(days=1))
    let_in(admission=admission, by=wootton.mia, at=at + timedelta(days=1))
    assert admission.state == "let_in"


def test_the_one_whom_the_form_names_is_asked_to_look_into_a_contributor_from_outside(wootton, at):
    admission = asks(wootton, at, asked_for=AskedFor.CONTRIBUTE)

    assert admission.vetter == wootton.vera
    [duty] = duties.about(admission)
    assert (duty.person, duty.due_kind, "wootton-a2-18" in duty.clauses) == (
        wootton.vera, "none_promised", True,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="names someone else"):
        looked(wootton, admission, at)
    looked(wootton, admission, at, by=wootton.vera)
    row = current_scope().pending[-1]
    assert (row.event, "wootton-a2-18" in row.clauses) == ("admission.vetted", True)


def test_when_the_one_whom_the_form_names_has_left_the_moderators_look(wootton, at):
    before = asks(wootton, at, asked_for=AskedFor.CONTRIBUTE, who="Tim Rowe")
    Person.objects.filter(pk=wootton.vera.pk).update(left_on=at.date())
    before.refresh_from_db()

    assert set(waiting_for(wootton.mia, at.date())) == {before}
    looked(wootton, before, at)
    assert asks(wootton, at, asked_for=AskedFor.CONTRIBUTE).vetter is None


def test_a_pupil_who_is_to_contribute_is_looked_into_by_the_moderators(wootton, at):
    admission = asks(wootton, at, asked_for=AskedFor.CONTRIBUTE, relation="pupil")
    assert (admission.vetter, [duty.person for duty in duties.about(admission)]) == (None, [wootton.mia])


def test_a_contributor_whom_nobody_looked_into_gets_no_right_to_write(wootton, at):
    circle(wootton, at)
    admission = asks(wootton, at, asked_for=AskedFor.CONTRIBUTE, who="Tim Rowe")

    with pytest.raises(Refused) as refused:
        let_in(admission=admission, by=wootton.vera, at=at)
    assert points_in_the_way(refused) == {"contributor_vetted", "contributor_consent"}

    looked(wootton, admission, at, by=wootton.vera, consent="not_needed")
    let_in(admission=admission, by=wootton.vera, at=at)
    assert "wootton-a2-18" in admission.decision.clauses


@pytest.mark.parametrize("given", ["parent", "adult"])
def test_a_pupil_contributes_once_a_parent_or_another_adult_agreed(wootton, at, given):
    circle(wootton, at)
    pupil = asks(wootton, at, asked_for=AskedFor.CONTRIBUTE, relation="pupil")
    looked(wootton, pupil, at, grown_up="child", consent="missing")
    with pytest.raises(Refused) as refused:
        let_in(admission=pupil, by=wootton.mia, at=at)
    assert points_in_the_way(refused) == {"contributor_consent"}

    looked(wootton, pupil, at, grown_up="child", consent=given, consent_on=at.date())
    let_in(admission=pupil, by=wootton.mia, at=at)
    assert {"wootton-a2-18", "wootton-b-46"} <= set(pupil.decision.clauses)


def test_a_check_that_says_nothing_of_consent_leaves_it_open_and_a_later_one_counts(wootton, at):
    circle(wootton, at)
    admission = asks(wootton, at, asked_for=AskedFor.CONTRIBUTE)
    looked(wootton, admission, at, by=wootton.vera)
    with pytest.raises(Refused) as refused:
        let_in(admission=admission, by=wootton.vera, at=at)
    assert points_in_the_way(refused) == {"contributor_consent"}

    looked(wootton, admission, at, by=wootton.vera, consent="not_needed")
    looked(wootton, admission, at, by=wootton.vera, consent="missing")  # an adult, but not one who decides
    with pytest.raises(Refused):
        let_in(admission=admission, by=wootton.vera, at=at)


@pytest.mark.parametrize(
    ("relation", "said", "field"),
    [
        ("pupil", {"consent": "not_needed"}, "consent"),
        ("pupil", {"consent": "parent"}, "consent_on"),
        ("pupil", {"consent": "missing", "days": 0}, "consent_on"),
        ("other", {"consent": "adult", "days": 1}, "consent_on"),
    ],
)
def test_a_consent_has_its_day_up_to_today_and_a_pupil_needs_one(wootton, at, relation, said, field):
    admission = asks(wootton, at, asked_for=AskedFor.CONTRIBUTE, relation=relation)
    days = said.pop("days", None)
    if days is not None:
        said["consent_on"] = at.date() + timedelta(days=days)
    with pytest.raises(BadInput) as wrong:
        looked(wootton, admission, at, by=admission.vetter, **said)
    assert set(wrong.value.fields) == {field}


def test_a_contributor_who_is_refused_stays_refused_with_the_reason_and_the_clause(wootton, at):
    circle(wootton, at)
    admission = asks(wootton, at, asked_for=AskedFor.CONTRIBUTE)
    looked(wootton, admission, at, by=wootton.vera, passed=False)

    with pytest.raises(BadInput):
        turn_away(admission=admission, by=wootton.vera, at=at, reason=" ")
    turn_away(admission=admission, by=wootton.vera, at=at, reason="Nobody here knows them.")

    assert (admission.state, admission.reason) == ("refused", "Nobody here knows them.")
    [row] = [row for row in current_scope().pending if row.event == "admission.turned_away"]
    assert "wootton-a2-18" in row.clauses
    assert [duty.state for duty in duties.about(admission)] == ["discharged"]
    with pytest.raises(NotNow):
        let_in(admission=admission, by=wootton.vera, at=at)


def test_on_a_site_made_for_pupils_a_parent_shows_no_name_that_identifies(wootton, at):
    circle(wootton, at, with_pupils=True, made_for_pupils=True)
    admission = asks(wootton, at, who="Helen Hartley", relation="parent")
    looked(wootton, admission, at, name_identifies=True)

    with pytest.raises(Refused) as refused:
        let_in(admission=admission, by=wootton.mia, at=at)
    assert refused.value.kept.points["recognisable"] == "not_permitted"

    looked(wootton, admission, at, name_identifies=False)
    let_in(admission=admission, by=wootton.mia, at=at)


def test_no_adult_comes_in_where_members_can_write_to_pupils_unseen(wootton, at):
    circle(wootton, at, with_pupils=True, private_messages=True)
    admission = asks(wootton, at)
    looked(wootton, admission, at)

    with pytest.raises(Refused) as refused:
        let_in(admission=admission, by=wootton.mia, at=at)
    assert refused.value.kept.points["grooming"] == "not_permitted"


def test_what_is_said_of_a_site_is_kept_even_where_the_policy_forbids_it(wootton, at):
    circle(wootton, at, with_pupils=True, private_messages=True)

    assert wootton.account.circle.private_messages is True
    [row] = [row for row in current_scope().pending if row.event == "circle.said"]
    assert row.clauses == ("wootton-a2-7",)


def test_an_organisation_comes_in_with_the_approval_that_was_given_for_it(wootton, at):
    circle(wootton, at)
    wootton.sato = wootton.mia
    small = put_in_small(
        by=wootton.mia, at=at, kind=SmallKind.ORGANISATION, account=wootton.account,
        name="Greenway Woodland Trust", words="They plant trees with us.",
    )  # fmt: skip
    entry = {"kind": AskerKind.ORGANISATION, "relation": "", "who": "Greenway Woodland Trust"}
    with pytest.raises(BadInput):
        asks(wootton, at, approval=small, **entry)
    without = asks(wootton, at, **entry)
    looked(wootton, without, at)
    with pytest.raises(Refused) as refused:
        let_in(admission=without, by=wootton.mia, at=at)
    assert points_in_the_way(refused) == {"organisation_friend"}

    admission = asks(wootton, at, approval=say_yes(wootton, small, at), **entry)
    looked(wootton, admission, at, grown_up="")
    let_in(admission=admission, by=wootton.mia, at=at)
    done_on_network(admission=admission, by=wootton.mia, at=at)
    small.refresh_from_db()
    assert (admission.state, small.state) == ("done", "done")


@pytest.fixture
def wildground(at_federation, at):
    with at_federation("wildground") as cast:
        cast.mia = someone("Mia Lowe", "administrator-moderator")
        cast.account = account_of(cast, at, (cast.mia, "moderator"))
        yield cast


def test_a_parent_posts_on_the_platform_once_they_were_told_how_to_use_it(wildground, at):
    admission = enter_admission(
        by=wildground.mia, at=at, asked_for=AskedFor.PLATFORM, who="Mr Doyle", relation="parent",
        school=wildground.school,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        let_in(admission=admission, by=wildground.mia, at=at)
    assert points_in_the_way(refused) == {"told_acceptable_use"}

    note_told(admission=admission, by=wildground.mia, at=at)
    let_in(admission=admission, by=wildground.mia, at=at)
    assert admission.decision.clauses == ["wildground-parents-1"]


@pytest.mark.parametrize("asked_for", [AskedFor.FRIEND, AskedFor.CONTRIBUTE])
def test_where_the_policy_asks_for_no_check_nobody_is_asked_and_the_answer_is_kept(wildground, at, asked_for):
    admission = asks(wildground, at, asked_for=asked_for)
    assert (duties.about(admission), admission.vetter) == ([], None)

    let_in(admission=admission, by=wildground.mia, at=at)

    assert (admission.state, admission.decision.outcome) == ("let_in", "silent")


def test_where_the_policy_says_nothing_of_a_learning_platform_none_is_entered(at_federation, at):
    with at_federation("llanidloes") as cast, pytest.raises(NotNow, match="asks for nothing"):
        cast.mia = someone("Mia Lowe", "moderator")
        enter_admission(by=cast.mia, at=at, asked_for=AskedFor.PLATFORM, who="X", relation="parent")
