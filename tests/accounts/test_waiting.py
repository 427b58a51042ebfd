"""A proposal between its idea and its decision: who could decide, how long it waits, what a second try is."""

from datetime import timedelta

import pytest

from schoolgate.accounts.deciding import chase_proposals, considered_facts, decide_proposal
from schoolgate.accounts.models import Account, Proposal
from schoolgate.accounts.papers import paper_of, sections, signing_parts
from schoolgate.accounts.proposal_form import asked, differences, said_of, short_of
from schoolgate.accounts.proposals import ladder
from schoolgate.accounts.proposing import save_proposal, start_proposal, submit_proposal, would_change
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.tenancy import current_scope
from schoolgate.duties import queries as duties
from schoolgate.jobs.daily import proposals as sweep
from schoolgate.people.leaving import start_extended_absence
from schoolgate.policy.asking import verdict
from schoolgate.policy.models import DecisionRecord, Reading
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import book
from schoolgate.rulebook.sentences.words import HEADINGS
from tests.accounts.conftest import case, drafted, seen
from tests.accounts.test_wootton import appendix_b
from tests.cast import someone

DAY = timedelta(days=1)
TEN = timedelta(days=10)


@pytest.fixture
def wildground(at_federation, at):
    with at_federation("wildground") as cast:
        cast.amina, cast.bryn = someone("Amina Khan", "staff"), someone("Bryn Ellis", "staff")
        yield cast


def handed_in(cast, at, name="Year 4") -> Proposal:
    answers = case(cast.amina, cast.bryn)
    proposal = drafted(cast.amina, at, school=cast.school, name=name, answers=answers)
    return submit_proposal(proposal=proposal, by=cast.amina, at=at)


def days_chosen(cast, at, days: int) -> None:
    """The federation's reading says within how many days a proposal is decided."""
    policy = in_force(at.date())
    binding = next(one for one in policy.book.bound("account.awaits") if one.point == "decision_owed")
    Reading.objects.create(
        version=cast.version, number=policy.reading.number + 1, bindings_digest="x",
        changes={"settings": {binding.id: {"decision_deadline_days": days}}, "roles": {}, "wordings": {}},
        signed_by=cast.owner, signed_at=at,
    )  # fmt: skip
    current_scope().memo.clear()


def standing(proposal):
    return duties.standing("accounts.decide", [proposal]).popitem()[1]


def test_without_a_chosen_number_no_time_is_promised_and_nothing_is_late(wildground, at):
    proposal = handed_in(wildground, at)
    chase_proposals(at=at + TEN)
    assert [(duty.due_kind, duty.role_key) for duty in standing(proposal)] == [("none_promised", "slt")]
    assert "wildground-accounts-11" in standing(proposal)[0].clauses
    assert not DecisionRecord.objects.filter(situation="account.awaits").exists()


def test_a_number_that_was_chosen_later_reaches_what_waits_already(wildground, at):
    proposal = handed_in(wildground, at)
    days_chosen(wildground, at, 10)
    chase_proposals(at=at + timedelta(days=1))

    assert [duty.due_day for duty in standing(proposal)] == [at.date() + TEN]
    kept = DecisionRecord.objects.get(situation="account.awaits")
    assert [finding["basis"] for finding in kept.body["findings"]] == ["chosen"]
    chase_proposals(at=at + timedelta(days=2))
    assert DecisionRecord.objects.filter(situation="account.awaits").count() == 1


def test_with_a_chosen_number_the_day_stands_from_the_start_and_is_late_the_day_after(wildground, at):
    days_chosen(wildground, at, 10)
    duty = standing(handed_in(wildground, at))[0]
    assert duty.due_day == at.date() + TEN
    assert not duty.due.is_late(at + TEN)
    assert duty.due.is_late(at + TEN + timedelta(days=1))


def test_a_decided_proposal_is_chased_no_more(wildground, at):
    proposal = handed_in(wildground, at)
    decide_proposal(
        proposal=proposal, by=wildground.owner, at=at, approve=False, seen=seen(proposal), reason="No."
    )
    days_chosen(wildground, at, 10)
    chase_proposals(at=at + TEN)
    assert standing(proposal) == []


def test_chasing_asks_as_often_for_one_as_for_twenty(wildground, at, same_queries):
    handed_in(wildground, at)
    chase_proposals(at=at + TEN)
    same_queries(
        lambda: chase_proposals(at=at + TEN),
        lambda: [handed_in(wildground, at, name=f"Year {number}") for number in range(8)],
    )


def test_the_daily_sweep_runs_where_no_policy_is_in_force(make_federation, at):
    make_federation("quiet", "wildground")
    sweep(at)


def test_a_second_try_begins_with_the_words_of_the_first_and_shows_what_differs(wildground, at):
    first = handed_in(wildground, at)
    with pytest.raises(NotNow):
        start_proposal(by=wildground.amina, at=at, second_try_of=first)
    decide_proposal(
        proposal=first, by=wildground.owner, at=at, approve=False, seen=seen(first), reason="For whom?"
    )
    with pytest.raises(NotFound):
        start_proposal(by=wildground.bryn, at=at, second_try_of=first)
    second = start_proposal(by=wildground.amina, at=at, second_try_of=first)
    assert differences(said_of(first), said_of(second)) == []
    changed = case(wildground.amina, wildground.bryn, intended_audience="Grandparents")
    save_proposal(proposal=second, by=wildground.amina, at=at, answers=changed)
    assert [one.key for one in differences(said_of(first), said_of(second))] == ["intended_audience"]
    assert second.second_try_of == first


def test_a_proposal_without_signatures_is_changed_and_stays_with_whoever_decides(wildground, at):
    proposal = handed_in(wildground, at)
    told = would_change(proposal=proposal, by=wildground.amina, at=at, given={"name": "Year 5"})
    assert ([one.key for one in told.fields], told.falling, told.said) == (["name"], (), None)


# --- who could sign and decide ---


def test_somebody_who_would_have_to_sign_twice_leaves_a_part_short():
    assert short_of([("A", [1]), ("B", [1]), ("C", [3])], all_of_them=True) == ("B",)
    assert short_of([("A", [1, 2]), ("B", [1]), ("C", [3])], all_of_them=True) == ()
    assert short_of([("A", [1, 2]), ("B", [1, 2]), ("C", [1, 2])], all_of_them=True) == ("C",)


def test_one_of_those_who_decide_is_enough():
    assert short_of([("A", []), ("B", [2])], all_of_them=False) == ()
    assert short_of([("A", []), ("B", [])], all_of_them=False) == ("A", "B")


def test_the_line_managers_part_is_only_the_named_ones(wootton, at):
    proposal = drafted(wootton.author, at, school=wootton.school, answers=appendix_b(wootton, at))
    found = ladder(proposal, in_force(at.date()).book, on=at.date())
    assert [(rung.role, [one.name for one in rung.able]) for rung in found.rungs] == [
        ("Line Manager", ["Lou Grant"]), ("Other Senior Manager", ["Pat Moor"]),
        ("Principal", ["Olwen Price"]),
    ]  # fmt: skip
    assert found.short == ()


def test_a_leaver_is_nobody_to_sign(wootton, at):
    wootton.senior.left_on = at.date()
    wootton.senior.save()
    proposal = drafted(wootton.author, at, school=wootton.school, answers=appendix_b(wootton, at))
    assert ladder(proposal, in_force(at.date()).book, on=at.date()).short == ("Other Senior Manager",)


def test_somebody_on_long_leave_is_nobody_to_sign_until_they_are_back(wootton, at):
    today, back = at.date(), at.date() + TEN
    start_extended_absence(
        by=wootton.owner, person=wootton.senior, kind="leave", from_day=today, to_day=back - DAY, at=at
    )
    proposal = drafted(wootton.author, at, school=wootton.school, answers=appendix_b(wootton, at))
    assert ladder(proposal, in_force(today).book, on=today).short == ("Other Senior Manager",)
    assert ladder(proposal, in_force(today).book, on=back).short == ()


# --- the idea, and what becomes of it ---


def test_learn_to_live_weighs_the_idea_against_four_things(at_federation, at):
    with at_federation("learn-to-live") as cast:
        rob = someone("Rob Keane", "staff")
        proposal = drafted(
            rob, at, school=cast.school, kind="teaching", considered={"school": "It saves paper."}
        )
        policy = in_force(at.date())
        answer = verdict("account.considered", considered_facts(proposal, policy, at=at), on=at.date())
        missing = {need.what for finding in answer.at("weighed_against") for need in finding.needs}
        assert missing == {"weighed.community", "weighed.legal responsibilities", "weighed.reputation"}
        assert str(answer.points["new_platform"]) == "permitted"

        submit_proposal(proposal=proposal, by=rob, at=at)
        entered = DecisionRecord.objects.get(situation="account.create")
        assert (entered.points["account_kind"], entered.subject) == (
            "permitted", f"accounts.account:{Account.objects.get().pk}",
        )  # fmt: skip


def test_a_network_that_stands_on_the_register_is_not_new(at_federation, at):
    with at_federation("learn-to-live") as cast:
        rob = someone("Rob Keane", "staff")
        Account.objects.create(name="Old", network="noticeboard", kind="school", made_at=at)
        proposal = drafted(rob, at, school=cast.school)
        assert considered_facts(proposal, in_force(at.date()), at=at).network_is_new is False


def test_another_policy_is_not_asked_against_what_it_is_weighed(wildground, at):
    with pytest.raises(BadInput):
        drafted(wildground.amina, at, school=wildground.school, considered={"school": "It saves paper."})


# --- the form itself ---


@pytest.mark.parametrize(
    ("answers", "key", "is_there"),
    [
        ({"audience": ["own_staff"]}, "audience.pupil_ages", False),
        ({"audience": ["own_staff", "own_pupils"]}, "audience.pupil_ages", True),
        ({"contributors": ["own_staff"]}, "vetter", False),
        ({"contributors": ["public"]}, "vetter", True),
        ({"host": "third_party"}, "intervention_offence", True),
        ({"host": "school"}, "intervention_offence", False),
        ({"contributors": ["own_pupils"]}, "consent_plan", True),
        ({"contributors": ["public"], "children_contribute": True}, "consent_plan", True),
        ({"contributors": ["public"], "children_contribute": False}, "consent_plan", False),
        ({"vulnerable_adults_contribute": True}, "parent_information_plan", True),
    ],
)
def test_a_detail_is_asked_only_with_its_choice(answers, key, is_there):
    found = [point.key for point in asked(book("wootton").proposal_form, answers)]
    assert (key in found) is is_there


def test_details_of_a_choice_that_was_taken_back_are_not_handed_in(wootton, at):
    answers = appendix_b(wootton, at, **{"audience.others": "Our neighbours"})
    proposal = drafted(wootton.author, at, school=wootton.school, answers=answers)
    assert "audience.others" in proposal.answers
    submit_proposal(proposal=proposal, by=wootton.author, at=at)
    assert "audience.others" not in proposal.answers
    assert "audience.others" not in proposal.editions.get().said


@pytest.mark.parametrize("key", ["wildground", "boroughbridge", "learn-to-live", "wootton", "llanidloes"])
def test_every_point_stands_once_in_the_sections(key):
    found = [point.key for section in sections(book(key)) for point in section.points]
    assert sorted(found) == sorted(point.key for point in book(key).proposal_form)


def test_only_wootton_has_a_paper_form_and_its_headings_have_words():
    heading = paper_of(book("wootton"))
    assert heading is not None
    assert heading.source == "Appendix B"
    assert paper_of(book("wildground")) is None
    assert tuple(section["label"] for section in book("wootton").pack.form["sections"]) == HEADINGS
    assert [part.approves for part in signing_parts(book("wootton")).values()] == [
        ("aims", "content"), ("aims", "content", "brand", "logo"), ("final approval",),
    ]  # fmt: skip
