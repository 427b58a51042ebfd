"""Training: recorded, planned, taken over; it counts for as long as the policy or our reading of it says."""

from datetime import date, timedelta

import pytest

from schoolgate.accounts.proposals import runners
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import Due, Duty
from schoolgate.policy import queries, training
from schoolgate.policy.models import Reading, TrainingRecord
from schoolgate.policy.queries import in_force
from schoolgate.policy.training import (
    book_places,
    cancel_session,
    enter_list,
    plan_session,
    record_training,
    take_over,
    watch_training,
)
from tests.accounts.conftest import OWNER, at_federation  # noqa: F401 - five federations
from tests.cast import someone
from tests.policy.test_versions import adopted, prepared  # noqa: F401 - the next version
from tests.second_presses import done_already, not_done

DAY = timedelta(days=1)
ARRANGE, ATTEND = "policy.arrange_training", "policy.attend_training"


def trained(person, version, on):
    return queries.vouched([person], version, on=on)[person.pk].get("trained")


def states(kind):
    return list(Duty.objects.filter(kind=kind).order_by("id").values_list("state", flat=True))


@pytest.mark.parametrize(
    ("key", "months", "topics", "speaks_of_it"),
    [
        ("wildground", None, [], True),
        ("boroughbridge", None, [], True),
        ("learn-to-live", None, ["identity fraud"], False),
        ("wootton", None, ["approval and moderation", "handling of cases"], True),
        ("llanidloes", None, ["misuse"], False),
    ],
)
def test_training_is_as_each_policy_has_it(at_federation, at, key, months, topics, speaks_of_it):  # noqa: F811
    with at_federation(key):
        book = in_force(at.date()).book
        found = (
            queries.months_it_counts(book), training.topics_of(book),
            bool(training.clauses_on_training(book)),
        )  # fmt: skip

    assert found == (months, topics, speaks_of_it)


def test_without_a_number_training_does_not_run_out_and_outlives_a_version(version, amina, ben, prepared, at):  # noqa: F811
    record_training(person=amina, by=ben, at=at, on=date(2010, 9, 1))
    second = adopted(prepared, ben, at)

    assert (trained(amina, second, at.date()), trained(ben, second, at.date())) == (True, None)


def chosen_months(cast, at, months):
    """The federation's reading says for how long training counts."""
    policy = in_force(at.date())
    chosen = {"training_interval_months": months}
    binding = next(one for one in policy.book.bound("person.entrust") if one.point == queries.RUNNING)
    Reading.objects.create(
        version=cast.version, number=policy.reading.number + 1, bindings_digest="x",
        changes={"settings": {binding.id: chosen}, "roles": {}, "wordings": {}},
        signed_by=cast.owner, signed_at=at,
    )  # fmt: skip
    current_scope().memo.clear()


def test_a_reading_that_gives_months_lets_training_run_out_on_the_day_after(at_federation, at):  # noqa: F811
    with at_federation("wootton") as cast:
        tom = someone("Tom Teacher")
        chosen_months(cast, at, 12)
        record_training(person=tom, by=cast.owner, at=at, on=date(2026, 9, 1))
        of_the_day = [
            (trained(tom, cast.version, on), runners([tom], cast.version, on=on)[tom.pk].trained)
            for on in (date(2027, 9, 1), date(2027, 9, 2))
        ]
        record_training(person=tom, by=cast.owner, at=at, on=date(2020, 1, 1))

        assert of_the_day == [(True, True), (False, False)]
        assert trained(tom, cast.version, date(2027, 9, 1))


def test_training_is_recorded_by_who_decides_for_a_day_that_has_come(version, amina, ben, at):
    with pytest.raises(NotAllowed):
        record_training(person=amina, by=amina, at=at)
    with pytest.raises(BadInput):
        record_training(person=amina, by=ben, at=at, on=at.date() + DAY)
    record_training(person=amina, by=ben, at=at, on=at.date(), topics=["Comments", " Comments "])

    assert TrainingRecord.objects.get().topics == ["Comments"]


def test_a_session_goes_from_the_calendar_to_records(version, amina, ben, at):
    cara = someone("Cara Cook")
    session = plan_session(
        by=ben, at=at, on=at.date() + DAY, topics=["Comments"], place="Hall", people=[amina, cara]
    )
    due = set(Duty.objects.filter(kind=ATTEND).values_list("person_id", "due_day"))
    with pytest.raises(NotNow, match="hasn’t taken place yet"):
        enter_list(by=ben, at=at, session=session, present=[amina.pk])

    enter_list(by=ben, at=at + DAY, session=session, present=[amina.pk])

    assert due == {(amina.pk, session.on), (cara.pk, session.on)}
    assert dict(Duty.objects.filter(kind=ATTEND).values_list("person_id", "state")) == {
        amina.pk: "discharged",
        cara.pk: "cancelled",
    }
    row = TrainingRecord.objects.get()
    assert (row.person, row.on, row.version, row.session) == (amina, session.on, version, session)
    assert (trained(amina, version, session.on), trained(cara, version, session.on)) == (True, None)
    with pytest.raises(NotNow):
        enter_list(by=ben, at=at + DAY, session=session, present=[cara.pk])


def test_a_session_that_is_called_off_asks_nothing_of_anybody(version, amina, ben, at):
    session = plan_session(by=ben, at=at, on=at.date() + DAY, topics=["Comments"], people=[amina])
    cancel_session(by=ben, at=at, session=session)

    assert states(ATTEND) == ["cancelled"]
    with done_already():
        cancel_session(by=ben, at=at, session=session)
    with not_done("cancelled"):
        book_places(by=ben, at=at, session=session, people=[amina])
    with not_done("cancelled"):
        enter_list(by=ben, at=at + DAY, session=session, present=[amina.pk])


@pytest.mark.parametrize("key", ["learn-to-live", "llanidloes", "wootton"])
def test_a_policy_that_makes_going_there_no_duty_opens_none(at_federation, at, key):  # noqa: F811
    with at_federation(key) as cast:
        tom = someone("Tom Teacher")
        plan_session(by=cast.owner, at=at, on=at.date() + DAY, topics=["Comments"], people=[tom])
        open_duty(kind="policy.trained", subject=tom, role="x", at=at, due=Due.none_promised())
        watch_training(at=at)

        assert states(ATTEND) == states(ARRANGE) == []


def test_while_somebody_waits_the_policys_role_arranges_a_session(version, amina, ben, at):
    watch_training(at=at)
    assert states(ARRANGE) == []
    open_duty(kind="policy.trained", subject=amina, role="slt", at=at, due=Due.none_promised())

    watch_training(at=at)
    watch_training(at=at)
    duty = Duty.objects.get(kind=ARRANGE)
    assert (duty.role_key, duty.clauses, duty.state) == ("slt", ["wildground-roles-1"], "open")

    plan_session(by=ben, at=at, on=at.date(), topics=["Comments"])
    assert states(ARRANGE) == ["discharged"]


def test_a_list_is_taken_over_once_and_marked(version, amina, ben, at):
    rows = [(amina, date(2026, 9, 1), "Comments"), (ben, date(2026, 9, 1), "Comments")]

    assert take_over(by=ben, at=at, rows=rows) == 2
    assert take_over(by=ben, at=at, rows=[*rows, (amina, date(2026, 9, 2), "Comments")]) == 1
    assert set(TrainingRecord.objects.values_list("imported", flat=True)) == {True}
    with pytest.raises(NotAllowed):
        take_over(by=amina, at=at, rows=rows)


def test_whether_many_are_trained_costs_no_more_than_for_one(version, ben, at, same_queries):
    people = []

    def one_more():
        people.append(someone(f"New {len(people)}"))
        record_training(person=people[-1], by=ben, at=at)

    one_more()
    queries.vouched(people, version, on=at.date())
    same_queries(lambda: queries.vouched(people, version, on=at.date()), one_more)
    same_queries(lambda: training.status_facts(on=at.date()), one_more)
