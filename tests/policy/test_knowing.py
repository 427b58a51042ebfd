"""Whom a version binds, who is asked to read it, and who is reminded: as each policy's own words have it."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from schoolgate.accounts.models import TeamMember
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.people.models import ExtendedAbsence, Invitation
from schoolgate.policy import knowing
from schoolgate.policy.acknowledging import (
    acknowledge,
    ask_who_is_bound,
    end_what_is_over,
    enter_engagement,
    remind,
)
from schoolgate.policy.adopting import adopt, adopt_version, start_version
from schoolgate.policy.knowing import Place, counted, standing, wants
from schoolgate.policy.models import Asking, DecisionRecord
from schoolgate.policy.queries import in_force
from schoolgate.policy.saying import rule
from tests.accounts.conftest import OWNER, at_federation  # noqa: F401 - five federations
from tests.cast import give, someone
from tests.policy.test_versions import STEPS, other_text
from tests.publishing.conftest import account_on

DAY = timedelta(days=1)
ELSEWHERE = ("governor", "volunteer", "parent", "friend", "contractor")
READ, TELL = "policy.policy_read", "policy.tell_conduct"


def signs_in(person):
    """They have a password."""
    person.user.set_password("correct horse battery staple")
    person.user.save()
    return person


def standing_duties(kind):
    return set(Duty.objects.filter(kind=kind, state="open").values_list("person_id", flat=True))


@pytest.mark.parametrize(
    ("key", "bound", "not_known"),
    [
        ("wildground", {"staff"}, set()),
        ("boroughbridge", {"staff"}, set()),
        ("learn-to-live", {"staff", "governor", "volunteer", "friend"}, set()),
        ("wootton", {"staff", "volunteer", "contractor"}, {"governor", "parent", "friend"}),
        ("llanidloes", {"staff"}, set()),
    ],
)
def test_each_policy_binds_whom_its_own_words_bind(at_federation, at, key, bound, not_known):  # noqa: F811
    with at_federation(key):
        people = {kind: someone(f"A {kind}", relation=kind) for kind in ("staff", *ELSEWHERE)}
        found = standing(people.values(), on=at.date())
        places = {kind: found[person.pk].place for kind, person in people.items()}

    assert {kind for kind, place in places.items() if place is Place.BOUND} == bound
    assert {kind for kind, place in places.items() if place is Place.NOT_KNOWN} == not_known


@pytest.mark.parametrize(
    ("key", "asked", "word", "reading", "understanding", "for_account"),
    [
        ("wildground", {"staff"}, True, False, False, True),
        ("boroughbridge", {"staff"}, True, False, False, True),
        ("learn-to-live", set(), False, False, False, False),
        ("wootton", {"staff", "volunteer", "contractor"}, False, True, True, False),
        ("llanidloes", set(), False, False, False, False),
    ],
)
def test_nobody_is_asked_more_than_their_own_policy_asks(
    at_federation, at, key, asked, word, reading, understanding, for_account  # noqa: F811
):  # fmt: skip
    with at_federation(key) as cast:
        people = {kind: someone(f"A {kind}", relation=kind) for kind in ("staff", *ELSEWHERE)}
        ask_who_is_bound(at=at)
        rows = dict(Asking.objects.values_list("person_id", "version"))
        wanted = wants(in_force(at.date()), on=at.date())

    assert {kind for kind, person in people.items() if person.pk in rows} == asked
    assert set(rows.values()) <= {cast.version.pk}
    given = (wanted.word, wanted.reading, wanted.understanding, wanted.for_account)
    assert tuple(map(bool, given)) == (word, reading, understanding, for_account)


def test_a_governor_who_runs_an_account_is_for_whoever_rules(version, ben, amina, school, at):
    chair = someone("Gwen Chair", relation="governor")
    other = someone("Gil Governor", relation="governor")
    board = account_on("noticeboard", school, at)
    TeamMember.objects.create(account=board, person=chair, part="runner", from_day=at.date())

    before = standing([chair, other], on=at.date())
    rule(tension="wildground-tension-3", allows=True, words="Whoever runs one is bound.", by=ben, at=at)
    after = standing([chair, other], on=at.date())

    assert [found[chair.pk].place for found in (before, after)] == [Place.OPEN, Place.BOUND]
    assert [found[other.pk].place for found in (before, after)] == [Place.NOT_BOUND, Place.NOT_BOUND]


def test_a_ruled_governor_is_bound_but_the_clause_on_knowing_it_names_staff(version, ben, school, at):
    chair = someone("Gwen Chair", relation="governor")
    board = account_on("noticeboard", school, at)
    TeamMember.objects.create(account=board, person=chair, part="runner", from_day=at.date())
    rule(tension="wildground-tension-3", allows=True, words="Whoever runs one is bound.", by=ben, at=at)

    ask_who_is_bound(at=at)

    assert not Asking.objects.filter(person=chair).exists()


def test_at_wootton_an_outsider_is_bound_once_it_is_known_that_they_get_into_the_systems(at_federation, at):  # noqa: F811
    with at_federation("wootton") as cast:
        clerk = someone("Una Clerk", relation="governor")
        found = [standing([clerk], on=at.date())[clerk.pk].place]
        for can in (False, True):
            enter_engagement(by=cast.owner, at=at, about=clerk, works_as=[], systems_access=can)
            found.append(standing([clerk], on=at.date())[clerk.pk].place)

    assert found == [Place.NOT_KNOWN, Place.NOT_BOUND, Place.BOUND]


def test_nobody_is_engaged_as_something_that_no_policy_knows(version, amina, ben, at):
    with pytest.raises(BadInput):
        enter_engagement(by=ben, at=at, about=amina, works_as=["wizard"], systems_access=None)
    with pytest.raises(NotAllowed):
        enter_engagement(by=amina, at=at, about=ben, works_as=[], systems_access=True)


def test_of_two_who_ask_at_the_same_moment_each_person_is_asked_once(own_database, make_federation, at):
    """Both the version that comes into force and the document added to it have the people asked."""
    federation = make_federation()
    with scope(federation.pk):
        adopt(by=someone("Ben", "slt"), at=at)
        people = {someone(f"Amina {number}", "staff").pk for number in range(20)}
    ready, troubles = threading.Barrier(2), []

    def ask() -> None:
        try:
            ready.wait()
            with scope(federation.pk):
                ask_who_is_bound(at=at)
        except Exception as trouble:  # noqa: BLE001 - whatever it is, the test shows it
            troubles.append(trouble)
        finally:
            connections.close_all()

    both = [threading.Thread(target=ask) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert troubles == []
    with scope(federation.pk):
        asked = list(Asking.objects.values_list("person_id", flat=True))
    assert people < set(asked)
    assert len(asked) == len(set(asked))


def test_who_signs_in_finds_it_on_their_page_and_who_does_not_is_written_to(version, ben, amina, at):
    signs_in(amina)

    ask_who_is_bound(at=at)

    assert dict(Asking.objects.values_list("person_id", "by_mail")) == {amina.pk: False, ben.pk: True}
    duty = Duty.objects.get(kind=READ, person=amina)
    assert (duty.clauses, duty.due_kind) == (["wildground-roles-19"], "none_promised")
    assert standing_duties(READ) == {amina.pk}


def test_who_has_an_invitation_will_sign_in(version, amina, at):
    Invitation.objects.create(
        user=amina.user,
        federation_id=amina.federation_id,
        person_id=amina.pk,
        made_at=at,
        expires_at=at + DAY,
    )

    assert knowing.without_sign_in([amina], at=at) == set()
    assert knowing.without_sign_in([amina], at=at + DAY) == {amina.pk}


def test_asking_twice_asks_once(version, ben, amina, at):
    signs_in(amina)
    ask_who_is_bound(at=at)
    before = Asking.objects.count(), Duty.objects.count(), DecisionRecord.objects.count()

    ask_who_is_bound(at=at + DAY)

    assert (Asking.objects.count(), Duty.objects.count(), DecisionRecord.objects.count()) == before


def test_a_long_list_is_asked_in_pieces(version, ben, amina, at):
    following, pieces = 0, 0
    while following is not None:
        following, pieces = ask_who_is_bound(at=at, after=following, limit=1), pieces + 1

    assert (Asking.objects.count(), pieces) == (2, 3)


def test_leavers_and_those_who_have_said_so_are_not_asked(version, ben, amina, at):
    gone = someone("Gus Gone")
    gone.left_on = at.date()
    gone.save()
    acknowledge(by=amina, at=at, version=version, answer=True, to_end=True)

    ask_who_is_bound(at=at)

    assert set(Asking.objects.values_list("person_id", flat=True)) == {ben.pk}


def test_who_is_on_long_leave_is_neither_asked_nor_reminded_until_they_are_back(version, ben, amina, at):
    first, last = local_day(at), local_day(at) + timedelta(days=20)
    leave = ExtendedAbsence.objects.create(
        person=amina, kind="leave", from_day=first, to_day=last, noted_by=ben, noted_at=at
    )
    ask_who_is_bound(at=at)
    assert not Asking.objects.filter(person=amina).exists()
    assert Asking.objects.filter(person=ben).exists()

    ask_who_is_bound(at=at + timedelta(days=21))
    assert Asking.objects.filter(person=amina).exists(), "asked on the day after"
    leave.from_day, leave.to_day = last + timedelta(days=5), None
    leave.save(update_fields=["from_day", "to_day"])
    remind(at=at + timedelta(days=60))
    assert Asking.objects.get(person=amina).reminders == 0
    leave.over_on, leave.over_at, leave.ended_by = last + timedelta(days=50), at, ben
    leave.save(update_fields=["over_on", "over_at", "ended_by"])
    remind(at=at + timedelta(days=72))
    assert Asking.objects.get(person=amina).reminders == 1


def test_asking_costs_the_same_for_one_and_for_many(version, ben, amina, at, same_queries):
    newcomers = iter(range(100))

    def one_more():
        signs_in(someone(f"New {next(newcomers)}"))

    one_more()
    read = lambda: standing(knowing.people_here(at.date()), on=at.date())  # noqa: E731
    read()
    same_queries(read, one_more)
    same_queries(lambda: counted(on=at.date()), one_more)


def test_a_reminder_comes_after_fourteen_days_and_three_times_at_most(version, ben, amina, at):
    ask_who_is_bound(at=at)
    day_before = at + 14 * DAY - timedelta(seconds=1)

    def reminders_at(when):
        remind(at=when)
        return set(Asking.objects.values_list("reminders", flat=True))

    assert reminders_at(day_before) == {0}
    assert reminders_at(at + 14 * DAY) == {1}
    assert reminders_at(at + 14 * DAY) == {1}
    assert [reminders_at(at + weeks * 14 * DAY) for weeks in (2, 3, 4, 5)] == [{2}, {3}, {3}, {3}]


def test_nobody_is_reminded_who_has_answered_or_left(version, ben, amina, at):
    ask_who_is_bound(at=at)
    acknowledge(by=amina, at=at, version=version, answer=False)
    ben.left_on = at.date() + 14 * DAY
    ben.save()

    remind(at=at + 14 * DAY)

    assert set(Asking.objects.values_list("reminders", flat=True)) == {0}


def test_at_wootton_the_line_manager_hears_of_it_with_the_first_reminder(at_federation, at):  # noqa: F811
    with at_federation("wootton") as cast:
        tom, una = signs_in(someone("Tom Teacher")), signs_in(someone("Una Unled"))
        give(cast.owner, "line-manager", managed=tom)
        ask_who_is_bound(at=at)
        remind(at=at + 14 * DAY)
        duty = Duty.objects.get(kind=TELL)
        seen = (duty.person, duty.subject, duty.clauses)
        remind(at=at + 28 * DAY)

        assert seen == (cast.owner, f"people.person:{tom.pk}", ["wootton-personnel-7"])
        assert Duty.objects.filter(kind=TELL).count() == 1
        assert una.pk in standing_duties(READ)


def test_where_no_clause_says_so_no_manager_is_told(version, ben, amina, at):
    give(ben, "slt", managed=amina)
    ask_who_is_bound(at=at)

    remind(at=at + 14 * DAY)

    assert not Duty.objects.filter(kind=TELL).exists()


def test_a_new_version_asks_everybody_again_and_ends_what_was_asked_before(version, ben, amina, at):
    signs_in(amina)
    ask_who_is_bound(at=at)
    acknowledge(by=ben, at=at, version=version, answer=True, to_end=True)
    made = start_version(by=ben, at=at + DAY, text=other_text(), material_changes="One")
    second = adopt_version(
        by=ben, at=at + DAY, version=made,
        adopted_on=at.date() + DAY, stated={"steps": STEPS}, minute_reference="Minute 12",
    )  # fmt: skip

    end_what_is_over(at=at + DAY)
    ask_who_is_bound(at=at + DAY)

    assert set(Asking.objects.filter(version=second).values_list("person_id", flat=True)) == {
        ben.pk,
        amina.pk,
    }
    ended = Duty.objects.get(kind=READ, person=amina, subject=f"policy.policyversion:{version.pk}")
    assert (ended.state, ended.cancelled_because) == ("cancelled", "superseded")


def test_the_count_by_school_knows_yes_no_and_waiting(version, ben, amina, school, at):
    give(amina, "staff", school=school)
    cara = someone("Cara Cook", "staff", school=school)
    someone("Pat Parent", relation="parent")
    acknowledge(by=amina, at=at, version=version, answer=True, to_end=True)
    acknowledge(by=cara, at=at, version=version, answer=False)

    whole, by_school = counted(on=at.date())

    assert (whole.bound, whole.yes, whole.declined, whole.waiting, whole.not_known) == (3, 1, 1, 1, 0)
    north = by_school[school.pk]
    assert (north.bound, north.yes, north.declined, north.waiting) == (2, 1, 1, 0)
    assert by_school[None].waiting == 1
