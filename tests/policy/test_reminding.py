"""Tasks about guides and the programme, what everyone must know, and training for roles."""

from datetime import date, timedelta

import pytest

from schoolgate.core.errors import NotNow
from schoolgate.core.models import School, Term
from schoolgate.duties.models import Duty
from schoolgate.people.models import RoleAssignment
from schoolgate.policy import briefing, guides, guiding, training
from schoolgate.policy.briefing import watch_untold
from schoolgate.policy.guiding import CHECK_NOTICE as NOTICE
from schoolgate.policy.models import Attestation, DecisionRecord
from schoolgate.policy.queries import in_force
from tests.accounts.conftest import OWNER, at_federation  # noqa: F401 - five federations
from tests.cast import give, someone
from tests.conftest import recorded
from tests.policy.test_guides import planned, published, written
from tests.policy.test_knowing_training import chosen_months

DAY = timedelta(days=1)
EARLY, LATE = date(2020, 9, 1), date(2020, 9, 2)


def states(kind):
    return list(Duty.objects.filter(kind=kind).order_by("id").values_list("state", flat=True))


# --- A guide's day


@pytest.mark.parametrize(("days", "opened"), [(15, []), (14, ["open"]), (-1, ["open"])])
def test_the_task_to_check_a_guide_comes_two_weeks_before_its_day(version, ben, at, days, opened):
    row = published(ben, at, check_by=at.date() + 100 * DAY)
    on = at + (100 - days) * DAY

    guiding.watch_guides(at=on)
    guiding.watch_guides(at=on)

    assert states("policy.review_guidance") == opened
    assert all(
        (one.person, one.due_day) == (ben, row.check_by)
        for one in Duty.objects.filter(kind="policy.review_guidance").select_related("person")
    )


def test_who_published_it_and_left_is_not_asked_but_their_role(version, ben, at):
    someone("Sam Slater", "slt")
    published(ben, at, check_by=at.date() + 20 * DAY)
    ben.left_on = at.date() + 5 * DAY
    ben.save(update_fields=["left_on"])

    guiding.watch_guides(at=at + 6 * DAY)

    duty = Duty.objects.get(kind="policy.review_guidance")
    assert (duty.person, duty.role_key) == (None, "slt")


def test_a_guide_that_is_still_right_gets_a_new_day_and_the_task_ends(version, ben, amina, at):
    row = published(ben, at, check_by=at.date() + 10 * DAY, title_cy="Cymorth", text_cy="Siaradwch.")
    guiding.watch_guides(at=at)
    later = at.date() + 200 * DAY
    with pytest.raises(Exception, match="don’t have"):
        guiding.guide_still_right(by=amina, at=at, guide=row.guide, number=1, check_by=later)

    new = guiding.guide_still_right(by=ben, at=at, guide=row.guide, number=1, check_by=later)

    assert (new.number, new.text, new.text_cy, new.check_by) == (2, row.text, "Siaradwch.", later)
    assert guides.guide(row.guide.pk).shown == new
    assert states("policy.review_guidance") == ["discharged"]
    with pytest.raises(NotNow):
        guiding.guide_still_right(by=ben, at=at, guide=row.guide, number=1, check_by=later)


def test_while_a_draft_is_written_the_old_words_are_not_called_right(version, ben, at):
    row = published(ben, at)
    written(ben, at, guide=row.guide, title="Changed")
    for number in (1, 2):
        with pytest.raises(NotNow):
            guiding.guide_still_right(
                by=ben, at=at, guide=row.guide, number=number, check_by=at.date() + 200 * DAY
            )


def test_a_withdrawn_guide_is_checked_by_nobody(version, ben, at):
    row = published(ben, at, check_by=at.date() + 10 * DAY)
    guiding.watch_guides(at=at)
    guiding.end_guide(by=ben, at=at, guide=row.guide)
    assert states("policy.review_guidance") == ["cancelled"]


def test_where_the_policy_wants_guidance_its_role_is_asked_until_there_is_some(version, ben, at):
    training.watch_training(at=at)
    training.watch_training(at=at)
    duty = Duty.objects.get(kind="policy.write_guidance")
    assert (duty.role_key, duty.clauses, duty.state) == ("slt", ["wildground-roles-2"], "open")

    guide = published(ben, at).guide
    assert states("policy.write_guidance") == ["discharged"]
    guiding.end_guide(by=ben, at=at, guide=guide)
    assert states("policy.write_guidance") == ["discharged", "open"]


@pytest.mark.parametrize("key", ["learn-to-live", "wootton", "llanidloes"])
def test_a_policy_that_asks_for_no_guidance_and_no_programme_asks_nobody(at_federation, at, key):  # noqa: F811
    with at_federation(key):
        training.watch_training(at=at)
        guiding.watch_programme(at=at + 70 * DAY)
        assert states("policy.write_guidance") == states("policy.teach") == []


# --- The programme


@pytest.mark.parametrize(
    ("term", "last"),
    [("autumn", date(2026, 12, 31)), ("spring", date(2027, 3, 31)), ("summer", date(2027, 8, 31))],
)
def test_a_term_ends_as_the_calendars_say_or_with_its_months(version, term, last):
    assert guides.last_day_of(2026, term) == last
    school = School.objects.create(name="North", slug="north", country="england")
    for first, end in [
        (date(2026, 9, 3), date(2026, 10, 23)),
        (date(2026, 11, 2), date(2026, 12, 18)),
        (date(2027, 2, 22), date(2027, 4, 1)),
        (date(2027, 6, 7), date(2027, 7, 21)),
    ]:
        Term.objects.create(school=school, name="Term", first_day=first, last_day=end)
    ends = {"autumn": date(2026, 12, 18), "spring": date(2027, 4, 1), "summer": date(2027, 7, 21)}
    assert guides.last_day_of(2026, term) == ends[term]


@pytest.mark.parametrize(("before", "opened"), [(NOTICE + DAY, []), (NOTICE, ["open"]), (-DAY, ["open"])])
def test_what_is_planned_becomes_a_task_before_its_term_ends(version, ben, at, before, opened):
    row = planned(ben, at)
    last = guides.last_day_of(row.year, "spring")

    guiding.watch_programme(at=at + (last - before - at.date()))

    assert states("policy.hold_lesson") == opened
    due = Duty.objects.filter(kind="policy.hold_lesson").values_list("person_id", "due_day")
    assert list(due) == [(ben.pk, last)] * len(opened)


def test_what_was_held_or_taken_off_is_no_task_any_more(version, ben, at):
    held, off = planned(ben, at), planned(ben, at)
    last = guides.last_day_of(held.year, "spring")
    near = at + (last - at.date())
    guiding.watch_programme(at=near)

    guiding.hold_lesson(by=ben, at=near, lesson=held, on=last, came=None)
    guiding.take_lesson_off(by=ben, at=near, lesson=off)
    guiding.watch_programme(at=near)

    assert states("policy.hold_lesson") == ["discharged", "cancelled"]


def test_what_the_policy_wants_taught_is_asked_before_a_term_ends_until_it_was_held(version, ben, at):
    last = guides.last_day_of(guides.year_of(at.date()), "spring")
    near = at + (last - at.date())
    guiding.watch_programme(at=at)
    guiding.watch_programme(at=near - NOTICE - DAY)
    assert states("policy.teach") == []
    guiding.watch_programme(at=near - NOTICE)
    duty = Duty.objects.get(kind="policy.teach")
    assert (duty.role_key, duty.due_day) == ("slt", last)
    assert "wildground-parents-2" in duty.clauses

    row = planned(ben, near)
    guiding.hold_lesson(by=ben, at=near, lesson=row, on=last, came=43)
    assert states("policy.teach") == ["discharged"]
    planned(ben, near, programme="pupil", group="Year 7")
    guiding.watch_programme(at=near)
    assert Duty.objects.get(kind="policy.teach", state="open").clauses == ["wildground-pupils-10"]


# --- What everyone must know


@pytest.fixture
def llanidloes(at_federation, at):  # noqa: F811
    with at_federation("llanidloes") as cast:
        cast.tom, cast.gwen = someone("Tom Teacher"), someone("Gwen Governor", relation="governor")
        for one in (cast.owner, cast.tom, cast.gwen):
            one.user.set_password("a long enough one")
            one.user.save()
        yield cast


def briefing_guide(cast, at, about="misuse", audience="staff"):
    return published(cast.owner, at, about=about, audience=audience, public=False)


def test_everyone_the_policy_names_is_asked_to_read_the_guide_and_says_so(llanidloes, at):
    row = briefing_guide(llanidloes, at)
    for _twice in range(2):
        assert briefing.watch_briefings(at=at) is None
    duties = Duty.objects.filter(kind="policy.briefing")
    assert set(duties.values_list("person_id", flat=True)) == {llanidloes.tom.pk, llanidloes.owner.pk}
    assert {tuple(one.clauses) for one in duties} == {("llanidloes-abuse-2",)}

    said = briefing.confirm_guide(by=llanidloes.tom, at=at, guide=row.guide, number=1)

    assert (said.by, said.about_person) == (llanidloes.tom, llanidloes.tom)
    assert dict(duties.values_list("person_id", "state")) == {
        llanidloes.tom.pk: "discharged",
        llanidloes.owner.pk: "open",
    }
    newest = DecisionRecord.objects.filter(situation="briefing.status").order_by("-id").first()
    assert newest.outcome == "permitted"
    told = [one for one in recorded() if one.event == "briefing.told"]
    assert [one.clauses for one in told] == [["llanidloes-abuse-2"]]


def test_only_what_the_policy_asks_is_confirmed_and_only_as_it_reads_now(llanidloes, at):
    row = briefing_guide(llanidloes, at)
    other = briefing_guide(llanidloes, at, about="identity")
    for guide, by, number in [
        (row.guide, llanidloes.gwen, 1),  # the policy says staff
        (other.guide, llanidloes.tom, 1),  # it asks nothing about identity fraud
        (row.guide, llanidloes.tom, 2),
    ]:
        with pytest.raises(NotNow):
            briefing.confirm_guide(by=by, at=at, guide=guide, number=number)
    briefing.confirm_guide(by=llanidloes.tom, at=at, guide=row.guide, number=1)
    with pytest.raises(NotNow):
        briefing.confirm_guide(by=llanidloes.tom, at=at, guide=row.guide, number=1)
    assert Attestation.objects.filter(kind="guide_read").count() == 1


def test_a_staff_meeting_tells_those_who_were_there(llanidloes, at):
    briefing_guide(llanidloes, at)
    briefing.watch_briefings(at=at)
    session = training.plan_session(
        by=llanidloes.owner, at=at, on=at.date(), topics=["Misuse"], people=[llanidloes.owner, llanidloes.tom]
    )
    training.enter_list(by=llanidloes.owner, at=at, session=session, present=[llanidloes.tom.pk])

    assert dict(Duty.objects.filter(kind="policy.briefing").values_list("person_id", "state")) == {
        llanidloes.tom.pk: "discharged",
        llanidloes.owner.pk: "open",
    }
    (found,) = briefing.standing(in_force(at.date()).book, on=at.date())
    assert (found.told, [one.name for one in found.waiting]) == (1, ["Olwen Price"])


def test_training_about_something_else_tells_nobody(llanidloes, at):
    training.record_training(person=llanidloes.tom, by=llanidloes.owner, at=at, topics=["Comments"])
    (found,) = briefing.standing(in_force(at.date()).book, on=at.date())
    assert found.told == 0
    assert not DecisionRecord.objects.filter(situation="briefing.status").exists()


def test_whom_no_guide_reaches_is_told_by_the_one_who_looks_after_the_policy(llanidloes, at):
    watch_untold(at=at)
    watch_untold(at=at)
    duty = Duty.objects.get(kind="policy.brief_everyone")
    assert (duty.role_key, duty.clauses) == ("headteacher", ["llanidloes-abuse-2"])

    briefing_guide(llanidloes, at)
    watch_untold(at=at)
    assert states("policy.brief_everyone") == ["discharged"]
    someone("Cook Without Login")
    watch_untold(at=at)
    assert states("policy.brief_everyone") == ["discharged", "open"]


@pytest.mark.parametrize(
    ("key", "topics"),
    [("wildground", ()), ("boroughbridge", ()), ("wootton", ()), ("learn-to-live", ("identity fraud",))],
)
def test_each_policy_names_what_everyone_must_know(at_federation, at, key, topics):  # noqa: F811
    with at_federation(key) as cast:
        cast.owner.user.set_password("a long enough one")
        cast.owner.user.save()
        briefing_guide(cast, at)
        briefing_guide(cast, at, about="identity")
        briefing.watch_briefings(at=at)
        watch_untold(at=at)
        assert briefing.topics_of(in_force(at.date()).book) == topics
        assert len(states("policy.briefing")) == len(topics)
        assert states("policy.brief_everyone") == []


def test_a_guide_for_pupils_is_not_what_staff_are_told(llanidloes, at):
    briefing_guide(llanidloes, at, audience="ks3")
    briefing.watch_briefings(at=at)
    assert states("policy.briefing") == []


def test_asking_many_costs_no_more_than_asking_one(llanidloes, at, same_queries):
    briefing_guide(llanidloes, at)
    book = in_force(at.date()).book
    same_queries(
        lambda: briefing.standing(book, on=at.date()), lambda: someone(f"New {Duty.objects.count()}")
    )


# --- Training for roles


@pytest.fixture
def wootton(at_federation, at):  # noqa: F811
    with at_federation("wootton") as cast:
        yield cast


def of(person):
    rows = Duty.objects.filter(kind="policy.train_for_role", subject=f"people.person:{person.pk}")
    return list(rows.order_by("id").values_list("state", flat=True))


def trained(cast, person, at, *topics, on=None):
    training.record_training(person=person, by=cast.owner, at=at, on=on, topics=topics)


def test_moderators_and_investigators_are_trained_for_what_they_do(wootton, at):
    mo, lee = someone("Mo Moderator", "moderator"), someone("Lee Leader", "senior-leadership-member")
    staff = someone("Ann Other", "staff")
    for _twice in range(2):
        training.watch_roles(at=at)
    assert (of(mo), of(lee), of(staff)) == (["open"], ["open"], [])
    duty = Duty.objects.get(subject=f"people.person:{lee.pk}", kind="policy.train_for_role")
    assert (duty.role_key, set(duty.clauses)) == ("principal", {"wootton-review-7", "wootton-review-8"})

    trained(wootton, lee, at, "approval and moderation")
    assert of(lee) == ["open"]
    trained(wootton, lee, at, "handling of cases")
    assert of(lee) == ["discharged"]
    assert of(mo) == ["open"]
    kept = DecisionRecord.objects.filter(situation="person.entrust", subject=f"people.person:{lee.pk}")
    assert kept.count() == 2


def test_a_manager_needs_training_as_a_manager(wootton, at):
    lou, ann = someone("Lou Grant", "nominated-senior-manager"), someone("Ann Other", "staff")
    give(lou, "line-manager", managed=ann)
    training.watch_roles(at=at)
    duty = Duty.objects.get(subject=f"people.person:{lou.pk}", kind="policy.train_for_role")
    assert "wootton-personnel-9" in duty.clauses


@pytest.mark.parametrize(("before", "opened"), [(31, []), (30, ["open"]), (-1, ["open"])])
def test_training_that_ends_soon_becomes_a_task_a_month_before(wootton, at, before, opened):
    chosen_months(wootton, at, 12)
    mo = someone("Mo Moderator", "moderator")
    trained(wootton, mo, at, "approval and moderation", on=at.date())
    until = at.date().replace(year=at.year + 1)

    training.watch_roles(at=at + (until - at.date()) - (before - 1) * DAY)

    assert of(mo) == opened
    rows = Duty.objects.filter(kind="policy.train_for_role", subject=f"people.person:{mo.pk}")
    assert set(rows.values_list("due_day", flat=True)) == ({until} if opened else set())


def test_who_holds_the_role_no_longer_needs_no_training_for_it(wootton, at):
    mo = someone("Mo Moderator", "moderator")
    training.watch_roles(at=at)
    RoleAssignment.objects.filter(person=mo).update(ended_on=at.date())
    training.watch_roles(at=at)
    assert of(mo) == ["cancelled"]


@pytest.mark.parametrize("key", ["wildground", "boroughbridge", "learn-to-live", "llanidloes"])
def test_where_the_policy_asks_no_training_of_roles_there_is_no_task(at_federation, at, key):  # noqa: F811
    with at_federation(key):
        training.watch_roles(at=at)
        assert states("policy.train_for_role") == []
