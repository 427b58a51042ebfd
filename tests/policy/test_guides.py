"""Guides and the programme: who writes, what readers find, and what the policy in force makes of it."""

from datetime import date, timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.models import Safeguarder
from schoolgate.duties.queries import standing
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.policy import guides, guiding
from schoolgate.policy.duty_kinds import AGREE_GUIDE, CHANGE_GUIDE
from schoolgate.policy.guides import reading_age, syllables
from schoolgate.policy.models import DecisionRecord, GuideVersion, Lesson
from tests.accounts.conftest import OWNER, at_federation  # noqa: F401 - five federations
from tests.cast import someone
from tests.conftest import recorded
from tests.second_presses import done_already, not_done

DAY = timedelta(days=1)
EASY = "Tell a grown-up you trust. You can talk to your teacher. You are not in trouble. " * 4
HARD = (
    "Inappropriate communication constitutes unacceptable behaviour, necessitating immediate "
    "intervention by authorised professionals responsible for safeguarding organisational reputation. "
) * 4


def written(by, at, guide=None, **given):
    whole = {
        "audience": "ks2", "about": "help", "title": "If something upsets you", "text": EASY, "title_cy": "",
        "text_cy": "", "public": True, "check_by": at.date() + 300 * DAY,
    }  # fmt: skip
    return guiding.write_guide(by=by, at=at, guide=guide, **{**whole, **given})


def published(by, at, **given):
    row = written(by, at, **given)
    return guiding.publish_guide(by=second(row), at=at, guide=row.guide, number=row.number)


def second(row):
    """Return who may publish it: another of the SLT for what pupils may read, else who wrote it."""
    if not guides.needs_second(row):
        return row.by
    known = Person.objects.filter(name="Second Reader").first()
    roles = RoleAssignment.objects.filter(person=row.by).values_list("role_key", flat=True)
    return known or someone("Second Reader", *roles)


def planned(by, at, **given):
    whole = {
        "programme": "parent", "year": guides.year_of(at.date()), "term": "spring", "group": "",
        "words": "Parents’ evening",
    }  # fmt: skip
    return guiding.plan_lesson(by=by, at=at, **{**whole, **given})


# --- Writing and publishing


def test_a_draft_is_found_by_nobody_until_it_is_published(version, ben, at):
    row = written(ben, at)
    assert guides.published() == []
    guiding.publish_guide(by=second(row), at=at, guide=row.guide, number=1)
    (found,) = guides.published(public=True)
    assert (found.shown.title, found.draft) == ("If something upsets you", None)
    assert [one.event for one in recorded() if one.event.startswith("guide.")] == [
        "guide.saved", "guide.published",
    ]  # fmt: skip


def test_readers_keep_the_published_version_while_the_next_is_written(version, ben, at):
    guide = published(ben, at).guide
    row = written(ben, at, guide=guide, title="If you are worried")
    found = guides.guide(guide.pk)
    assert (found.shown.title, found.draft.title) == ("If something upsets you", "If you are worried")
    guiding.publish_guide(by=second(row), at=at, guide=guide, number=2)
    assert guides.guide(guide.pk).shown.number == 2
    assert GuideVersion.objects.filter(guide=guide).count() == 2


def test_only_people_who_look_after_the_policy_or_oversee_it_write(version, ben, amina, at):
    guide = published(ben, at).guide
    for attempt in (
        lambda: written(amina, at),
        lambda: guiding.publish_guide(by=amina, at=at, guide=guide, number=1),
        lambda: guiding.end_guide(by=amina, at=at, guide=guide),
        lambda: planned(amina, at),
    ):
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"audience": "everybody"}, "audience"),
        ({"about": ""}, "about"),
        ({"title": " "}, "title"),
        ({"text": ""}, "text"),
        ({"title_cy": "Cymorth"}, "text_cy"),
        ({"text_cy": "Siaradwch"}, "text_cy"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(version, ben, at, given, field):
    with pytest.raises(BadInput) as error:
        written(ben, at, **given)
    assert list(error.value.fields) == [field]
    assert not GuideVersion.objects.exists()


@pytest.mark.parametrize(("days", "taken"), [(0, False), (1, True), (3 * 366, True), (3 * 366 + 1, False)])
def test_it_is_checked_again_after_today_and_within_three_years(version, ben, at, days, taken):
    if taken:
        assert written(ben, at, check_by=at.date() + days * DAY).check_by
    else:
        with pytest.raises(BadInput):
            written(ben, at, check_by=at.date() + days * DAY)


def test_what_another_person_changed_is_not_published_unread(version, ben, at):
    guide = written(ben, at).guide
    other = second(written(ben, at, guide=guide, title="Changed"))
    with pytest.raises(NotNow):
        guiding.publish_guide(by=other, at=at, guide=guide, number=1)
    guiding.publish_guide(by=other, at=at, guide=guide, number=2)
    with pytest.raises(NotNow):
        guiding.publish_guide(by=other, at=at, guide=guide, number=2)


ASIDE = "Mr Ellery keeps a seat for one of you on Fridays. Ask him which."


def test_what_pupils_may_read_is_published_by_a_second_person_of_another_will(version, ben, at):
    """No list has these words: a person who didn't write them reads them first."""
    row = written(ben, at, text=ASIDE)
    guide = row.guide
    with pytest.raises(NotAllowed, match="someone else must read it"):
        guiding.publish_guide(by=ben, at=at, guide=guide, number=1)
    with pytest.raises(NotNow, match="No one else here"):
        guiding.ask_second(by=ben, at=at, guide=guide, number=1)
    puppet = someone("Pup Pet", "slt")
    record("people.person_added", subject=puppet, at=at, actor=ben)
    recorded()
    theirs = someone("Pup Pet’s", "slt")
    record("people.person_added", subject=theirs, at=at, actor=puppet)
    recorded()
    for one in (puppet, theirs):
        with pytest.raises(NotAllowed, match="You or Ben Carter recently added the other"):
            guiding.publish_guide(by=one, at=at, guide=guide, number=1)
    other, lead = second(row), someone("Lena Lead", "staff")
    Safeguarder.objects.create(place="lead", person_id=lead.pk, since=at - DAY)
    guiding.ask_second(by=ben, at=at, guide=guide, number=1)
    assert {one.person for one in standing(AGREE_GUIDE, [guide])[f"policy.guide:{guide.pk}"]} == {lead, other}
    guiding.send_guide_back(by=lead, at=at, guide=guide, number=1)
    assert [one.person for one in standing(CHANGE_GUIDE, [guide])[f"policy.guide:{guide.pk}"]] == [ben]
    assert guides.published() == []
    written(ben, at, guide=guide)
    guiding.ask_second(by=ben, at=at, guide=guide, number=2)
    assert guiding.publish_guide(by=lead, at=at, guide=guide, number=2).published_by == lead
    assert not any(
        standing(kind, [guide])[f"policy.guide:{guide.pk}"] for kind in (AGREE_GUIDE, CHANGE_GUIDE)
    )


def test_who_wrote_an_earlier_draft_isnt_the_second_and_words_that_were_agreed_stay(version, ben, at):
    guide = written(ben, at, text=ASIDE).guide
    other = second(written(ben, at, guide=guide))
    written(other, at, guide=guide, text=f"{ASIDE} Soon.")
    with pytest.raises(NotAllowed, match="You wrote this"):
        guiding.publish_guide(by=ben, at=at, guide=guide, number=3)
    agreed = published(ben, at).guide
    later = at.date() + 100 * DAY
    assert (
        guiding.guide_still_right(by=ben, at=at, guide=agreed, number=1, check_by=later).published_by == ben
    )
    alone = published(ben, at, public=False, audience="staff")
    assert alone.published_by == ben


def test_a_withdrawn_guide_is_found_by_nobody_and_not_written_on(version, ben, at):
    guide = published(ben, at).guide
    guiding.end_guide(by=ben, at=at, guide=guide)
    assert guides.published() == []
    with pytest.raises(NotNow):
        written(ben, at, guide=guide)
    with pytest.raises(NotNow):
        guiding.end_guide(by=ben, at=at, guide=guide)


def test_only_public_ones_are_for_everyone(version, ben, at):
    published(ben, at, public=False, audience="staff")
    assert len(guides.published()) == 1
    assert guides.published(public=True) == []
    assert not guides.any_public()


def test_a_guide_in_two_languages_is_read_in_the_readers(version, ben, at):
    row = published(ben, at, title_cy="Os oes rhywbeth yn dy boeni", text_cy="Siarada ag oedolyn.")
    assert guides.words_in(row, "cy") == ("Os oes rhywbeth yn dy boeni", "Siarada ag oedolyn.", "cy")
    assert guides.words_in(row, "en")[2] == "en"
    assert guides.words_in(published(ben, at), "cy")[2] == "en"


def test_nothing_is_found_under_a_number_that_is_none(version):
    for find in (guides.guide, guides.lesson):
        with pytest.raises(NotFound):
            find(99)


# --- Reading age


def test_easy_words_are_easy_and_hard_ones_hard():
    assert reading_age(EASY) <= 8
    assert reading_age(HARD) >= 18


def test_too_few_words_have_no_reading_age():
    assert reading_age("word " * 29) is None
    assert reading_age("word " * 30) is not None
    assert reading_age("") is None


@pytest.mark.parametrize(
    ("word", "number"), [("cat", 1), ("table", 2), ("see", 1), ("behaviour", 3), ("nth", 1), ("make", 1)]
)
def test_syllables_are_counted_by_groups_of_vowels(word, number):
    assert syllables(word) == number


def test_a_text_that_is_too_hard_for_its_readers_is_told_with_the_clause(version, ben, at):
    hard, easy = written(ben, at, text=HARD), written(ben, at)
    staff = written(ben, at, text=HARD, audience="staff")
    assert (guides.hard_for(hard), guides.hard_for(easy), guides.hard_for(staff)) == (11, None, None)
    decisions = [DecisionRecord.objects.get(pk=one.decision) for one in (hard, easy)]
    assert all("wildground-rights-4" in str(one.body) for one in decisions)
    assert ["guiding.too_hard" in str(one.body) for one in decisions] == [True, False]


def test_a_policy_that_says_nothing_about_words_for_an_age_asks_nothing(at_federation, at):  # noqa: F811
    with at_federation("wootton") as cast:
        row = written(cast.owner, at, text=HARD)
        kept = DecisionRecord.objects.get(pk=row.decision)
        assert "rights-4" not in str(kept.body)
        assert guides.hard_for(row) == 11


# --- The programme


@pytest.mark.parametrize(
    ("day", "year", "term"),
    [
        (date(2026, 8, 31), 2025, "summer"),
        (date(2026, 9, 1), 2026, "autumn"),
        (date(2026, 12, 31), 2026, "autumn"),
        (date(2027, 1, 1), 2026, "spring"),
        (date(2027, 3, 31), 2026, "spring"),
        (date(2027, 4, 1), 2026, "summer"),
    ],
)
def test_a_day_belongs_to_its_school_year_and_term(day, year, term):
    assert (guides.year_of(day), guides.term_of(day)) == (year, term)


def test_a_parents_evening_is_planned_and_held(version, ben, at):
    row = planned(ben, at)
    held = guiding.hold_lesson(by=ben, at=at, lesson=row, on=at.date(), came=43)
    assert (held.held_on, held.came, held.held_by) == (at.date(), 43, ben)
    kept = DecisionRecord.objects.filter(situation="education.status").get()
    assert "wildground-parents-2" in str(kept.body)
    facts = guides.education_facts(row.year, on=at.date())
    assert [one.programme for one in facts.activities] == ["parent/carer education"]
    told = {one.event: one.clauses for one in recorded() if one.event == "lesson.held"}
    assert told == {"lesson.held": ["wildground-parents-2"]}


def test_what_was_saved_and_published_is_evidence_of_its_clauses(version, ben, at):
    published(ben, at)
    told = {one.event: one.clauses for one in recorded() if one.event.startswith("guide.")}
    assert told == {"guide.saved": ["wildground-rights-4"], "guide.published": ["wildground-roles-2"]}


def test_what_is_only_planned_is_not_counted_as_taught(version, ben, at):
    row = planned(ben, at, programme="pupil", group="Year 7")
    facts = guides.education_facts(row.year, on=at.date())
    assert (facts.year_groups, facts.activities) == (("Year 7",), ())
    assert facts.taught(facts)[0].programmes == ()


def test_a_pupils_lesson_has_its_year_group_and_a_parents_evening_has_none(version, ben, at):
    with pytest.raises(BadInput) as error:
        planned(ben, at, programme="pupil", group=" ")
    assert list(error.value.fields) == ["group"]
    assert planned(ben, at, group="Year 7").group == ""


def test_it_is_held_today_or_before_within_its_school_year(version, ben, at):
    row = planned(ben, at)
    first, _last = guides.days_of(row.year)
    for on in (at.date() + DAY, first - DAY):
        with pytest.raises(BadInput):
            guiding.hold_lesson(by=ben, at=at, lesson=row, on=on, came=None)
    assert Lesson.objects.get(pk=row.pk).held_on is None


@pytest.mark.parametrize(("came", "taken"), [(-1, False), (0, True), (10_000, True), (10_001, False)])
def test_how_many_came_is_a_possible_number(version, ben, at, came, taken):
    row = planned(ben, at)
    if taken:
        assert guiding.hold_lesson(by=ben, at=at, lesson=row, on=at.date(), came=came).came == came
    else:
        with pytest.raises(BadInput):
            guiding.hold_lesson(by=ben, at=at, lesson=row, on=at.date(), came=came)


def test_held_or_taken_off_is_done_once(version, ben, at):
    held, off = planned(ben, at), planned(ben, at)
    guiding.hold_lesson(by=ben, at=at, lesson=held, on=at.date(), came=None)
    guiding.take_lesson_off(by=ben, at=at, lesson=off)
    assert guides.lessons(held.year) == [held]
    with done_already():
        guiding.take_lesson_off(by=ben, at=at, lesson=off)
    with done_already():
        guiding.hold_lesson(by=ben, at=at, lesson=held, on=at.date(), came=None)
    with not_done("recorded this differently"):
        guiding.take_lesson_off(by=ben, at=at, lesson=held)
    with not_done("or cancelled it"):
        guiding.hold_lesson(by=ben, at=at, lesson=off, on=at.date(), came=None)


@pytest.mark.parametrize(("far", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_only_last_this_and_next_school_year_are_planned(version, ben, at, far, taken):
    year = guides.year_of(at.date()) + far
    if taken:
        assert planned(ben, at, year=year).year == year
    else:
        with pytest.raises(BadInput):
            planned(ben, at, year=year)


@pytest.mark.parametrize("key", ["boroughbridge", "learn-to-live", "wootton", "llanidloes"])
def test_every_federation_plans_and_holds_and_is_judged_by_its_own_policy(at_federation, at, key):  # noqa: F811
    with at_federation(key) as cast:
        someone("Ann Other", relation="staff")
        row = planned(cast.owner, at)
        guiding.hold_lesson(by=cast.owner, at=at, lesson=row, on=at.date(), came=None)
        kept = DecisionRecord.objects.filter(situation="education.status").get()
        assert ("parents-2" in str(kept.body)) is (key == "boroughbridge")
        assert "wildground" not in str(kept.body)
