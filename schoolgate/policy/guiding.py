"""Writes about guides, lessons and pages for parents, and the tasks that ask for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_words_of
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import Opened, Then, cancel, discharge, open_duties, open_duty
from schoolgate.duties.models import STILL_TO_DO, Basis, Due, Duty
from schoolgate.people.leads import check_is_second
from schoolgate.people.models import Person
from schoolgate.people.persons import is_here
from schoolgate.people.rules import can
from schoolgate.policy import guides, rules, training
from schoolgate.policy.asking import cited, record_decision, require, verdict
from schoolgate.policy.duty_kinds import (
    AGREE_GUIDE,
    BRIEF,
    CHANGE_GUIDE,
    CHECK_GUIDE,
    HOLD_LESSON,
    PARENTS_PAGE,
    TEACH,
)
from schoolgate.policy.guides import gaps_in, is_web_address, reading_age
from schoolgate.policy.models import (
    DecisionRecord,
    Guide,
    GuideAbout,
    GuideFor,
    GuideVersion,
    Lesson,
    PageState,
    ParentsPage,
    Programme,
    Term,
)
from schoolgate.policy.queries import PolicyInForce, in_force, policy_begun
from schoolgate.policy.reviewing import keepers_of
from schoolgate.policy.training import watch_training
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.learning import EducationEnter

# Enter the page for parents on a school's own website, note whether it is there, and ask for it if not.


STATUS, POINT = "education.status", "parents_page"


@action
def enter_parents_page(*, by: Person, at: datetime, school: School | None, address: str) -> ParentsPage:
    """Enter the address of a page for parents; one that was entered for the same website before goes.

    `school`: None for the website of the federation as a whole. Raises NotAllowed, BadInput.
    """
    rules.check_may_note_practice(by, on=local_day(at))
    tidy = address.strip()
    if not is_web_address(tidy):
        raise BadInput({"address": _("Enter the whole web address. It begins with https://")})
    before = ParentsPage.objects.select_for_update(of=("self",)).filter(school=school, ended_at=None).first()
    if before is not None and before.address == tidy:
        return before
    if before is not None:
        _end(before, by=by, at=at)
    row = ParentsPage.objects.create(school=school, address=tidy, by=by, at=at)
    _record("parentspage.entered", row, by=by, at=at)
    return row


@action
def remove_parents_page(*, by: Person, at: datetime, page: ParentsPage) -> None:
    """Take a page off the list. Raises NotAllowed."""
    rules.check_may_note_practice(by, on=local_day(at))
    _end(page, by=by, at=at)
    _record("parentspage.removed", page, by=by, at=at)


@action
def note_parents_page(*, at: datetime, page: ParentsPage, state: PageState) -> None:
    """Note what a look found; where that changed, ask the policy and open or end the task. A page that was
    taken off the list meanwhile is left alone."""
    before = ParentsPage.objects.select_for_update(of=("self",)).filter(pk=page.pk, ended_at=None).first()
    if before is None:
        return
    ParentsPage.objects.filter(pk=page.pk).update(state=state, looked_at=at)
    if state != before.state:
        _record("parentspage.looked", page, by=None, at=at, found=str(state))


def watch_parents_pages(*, at: datetime, near: date | None = None) -> None:
    """Open the task for the role that looks after the policy while the policy in force finds a page missing
    from a website, and end it once none is. Safe to run twice.

    `near`: the day on which a term is about to end: only then is someone asked who entered no page at all.
    """
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None or not policy.book.clauses_at(STATUS, POINT):
        return
    facts = guides.education_facts(guides.year_of(on), on=on)
    missing = verdict(STATUS, facts, on=on).clauses_at(POINT, kinds=[Kind.BREACHED])
    if not missing:
        discharge(kind=PARENTS_PAGE, subject=policy.version, by=None, at=at, how="there")
        return
    owner, overseer = keepers_of(policy.book)
    if owner is not None and (facts.pages or near is not None):
        open_duty(
            kind=PARENTS_PAGE, subject=policy.version, at=at, role=owner, clauses=missing,
            due=Due.day(near) if near else Due.none_promised(),
            then=Then(basis=Basis.HOUSE, role=overseer) if overseer and near else None,
        )  # fmt: skip


def _end(page: ParentsPage, *, by: Person, at: datetime) -> None:
    ParentsPage.objects.filter(pk=page.pk, ended_at=None).update(ended_at=at, ended_by=by)


def _record(event: str, page: ParentsPage, *, by: Person | None, at: datetime, found: str = "") -> None:
    """Ask the policy about the school year with this page as it is now, and name its clauses."""
    kept = _asked(page, by=by, at=at)
    clauses = cited(kept, POINT) if kept else ()
    more = {"found": found} if found else {}
    record(event, subject=page, at=at, actor=by, clauses=clauses, decision=kept.pk if kept else None, **more)
    watch_parents_pages(at=at)


def _asked(page: ParentsPage, *, by: Person | None, at: datetime) -> DecisionRecord | None:
    on = local_day(at)
    if policy_begun(on) is None:
        return None
    facts = guides.education_facts(guides.year_of(on), on=on)
    return record_decision(STATUS, facts, at=at, by=by, subject=page)


# Open and end the tasks about guides and the programme: a guide's day to check it, a lesson before its term
# ends, and what the policy wants taught in a school year.


CHECK_NOTICE = timedelta(days=14)
"""How long before its day a task appears. No policy says: it is our own rule."""
PROGRAMME = ("every_year_group", "parents_programme")
"""The points of a school year's teaching that planning a lesson or talk can change."""


@action
def watch_guides(*, at: datetime) -> None:
    """Open the task to check a guide shortly before its day, for the person who wrote it; for the role
    that looks after the policy where they no longer may, and once it is overdue. Safe to run twice."""
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None:
        return
    due = [one for one in guides.published() if one.shown and one.shown.check_by <= on + CHECK_NOTICE]
    asked = _asked_already(CHECK_GUIDE, [one.guide for one in due])
    wanted = []
    for one in due:
        if one.shown is not None and subject_of(one.guide) not in asked:
            shown = one.shown
            wanted += _for(policy, CHECK_GUIDE, one.guide, shown.by, shown.check_by, on=on)
    open_duties(at=at, wanted=wanted)


@action
def watch_programme(*, at: datetime) -> None:
    """Open the task to hold what is planned shortly before its term ends, for the person who planned it; and
    the task to plan what the policy in force finds missing from the school year. Safe to run twice."""
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None:
        return
    this = guides.year_of(on)
    last_days = {(year, term): guides.last_day_of(year, term) for year in (this - 1, this) for term in Term}
    ending = {key: last for key, last in last_days.items() if last <= on + CHECK_NOTICE}
    rows = [one for year in (this - 1, this) for one in guides.lessons(year) if one.held_on is None]
    near = [one for one in rows if (one.year, one.term) in ending]
    asked = _asked_already(HOLD_LESSON, near)
    wanted = []
    for one in near:
        if subject_of(one) not in asked:
            wanted += _for(policy, HOLD_LESSON, one, one.by, ending[one.year, Term(one.term)], on=on)
    open_duties(at=at, wanted=wanted)
    terms = [last for (year, _term), last in ending.items() if year == this and last >= on]
    near_end = max(terms, default=None)
    _plan_what_is_missing(policy, near_end, at=at)
    watch_parents_pages(at=at, near=near_end)


def _plan_what_is_missing(policy: PolicyInForce, near: date | None, *, at: datetime) -> None:
    """Open or end the task to plan what the policy misses from this school year.

    `near`: the day on which a term is about to end; None in the middle of one, when nothing new is asked.
    """
    on = local_day(at)
    owner, overseer = keepers_of(policy.book)
    if owner is None or not policy.book.bound("education.status"):
        return
    facts = guides.education_facts(guides.year_of(on), on=on)
    found = verdict("education.status", facts, on=on)
    missing = found.clauses_at(*PROGRAMME, kinds=[Kind.BREACHED])
    if not missing:
        discharge(kind=TEACH, subject=policy.version, by=None, at=at, how="taught")
    elif near is not None and not _asked_already(TEACH, [policy.version]):
        kept = record_decision("education.status", facts, at=at, by=None, subject=policy.version)
        then = Then(basis=Basis.HOUSE, role=overseer) if overseer else None
        open_duties(at=at, wanted=[
            Opened(
                kind=TEACH, subject=policy.version, role=owner, due=Due.day(near), clauses=missing,
                decision=kept, then=then,
            )
        ])  # fmt: skip


def _asked_already(kind: str, things: Iterable[Model]) -> set[str]:
    """Return the subjects of those of these things with a task of this kind."""
    names = [subject_of(one) for one in things]
    rows = Duty.objects.filter(kind=kind, subject__in=names, state__in=STILL_TO_DO)
    return set(rows.values_list("subject", flat=True))


def _for(
    policy: PolicyInForce, kind: str, subject: Any, person: Person | None, due: date, *, on: date
) -> list[Opened]:
    """Return the task of this person, then of the role that looks after the policy; of that role alone where
    the person may do it no longer; none where there is neither."""
    owner, _overseer = keepers_of(policy.book)
    if person is not None and is_here(person, on) and can(rules.check_may_note_practice, person, on=on):
        then = Then(basis=Basis.HOUSE, role=owner) if owner else None
        return [Opened(kind=kind, subject=subject, due=Due.day(due), person=person, then=then)]
    return [Opened(kind=kind, subject=subject, due=Due.day(due), role=owner)] if owner else []


# Write and publish guides; plan lessons and talks, and record that they were held.


FURTHEST = timedelta(days=3 * 366)
"""How far ahead a day may be set."""
MOST_CAME = 10_000


@action
def write_guide(
    *,
    by: Person,
    at: datetime,
    guide: Guide | None,
    audience: str,
    about: str,
    title: str,
    text: str,
    title_cy: str,
    text_cy: str,
    public: bool,
    check_by: date,
) -> GuideVersion:
    """Save the words of a guide as its next version; readers see it once it is published.

    `guide`: None for a new one; otherwise `audience` and `about` stay as they are. The policy in force is
    asked about its reading age. Raises NotAllowed unless the person looks after the policy or oversees it;
    BadInput; NotNow where the guide was withdrawn.
    """
    on = local_day(at)
    rules.check_may_note_practice(by, on=on)
    policy = in_force(on)
    wrong: dict[str, Text] = {}
    if guide is None and audience not in GuideFor.values:
        wrong["audience"] = _("Choose who it is for")
    if guide is None and about not in GuideAbout.values:
        wrong["about"] = _("Choose what it is about")
    if not title.strip():
        wrong["title"] = _("Enter a title")
    if not text.strip():
        wrong["text"] = _("Enter the text")
    if bool(title_cy.strip()) != bool(text_cy.strip()):
        wrong["text_cy"] = _("Enter both title and text in Welsh, or neither")
    if not on < check_by <= on + FURTHEST:
        wrong["check_by"] = _("Choose a later day, within three years.")
    if wrong:
        raise BadInput(wrong)
    if guide is None:
        guide = Guide.objects.create(audience=audience, about=about, by=by, at=at)
    else:
        guide = _locked(guide)
        cancel(kind=AGREE_GUIDE, subject=guide, because="changed", at=at, by=by)
    age = reading_age(text)
    facts = guides.write_facts(guide.audience, age, on=on)
    kept = record_decision("guidance.write", facts, at=at, by=by, subject=guide)
    row = GuideVersion.objects.create(
        guide=guide, number=guide.versions.count() + 1, title=title.strip(), text=text.strip(),
        title_cy=title_cy.strip(), text_cy=text_cy.strip(), public=public, reading_age=age,
        check_by=check_by, version=policy.version, decision=kept.pk, by=by, at=at,
    )  # fmt: skip
    clauses = cited(kept, "words_for_their_age")
    record(
        "guide.saved", subject=guide, at=at, actor=by, clauses=clauses, number=row.number, decision=kept.pk
    )
    return row


@action
def publish_guide(*, by: Person, at: datetime, guide: Guide, number: int) -> GuideVersion:
    """Show a version to its readers, in place of the one before. `number`: of the one that the person saw.

    What pupils may read is published by a second person, of another will than each who wrote it. Raises
    NotAllowed; NotNow where it is published already, or a newer one was saved, or it was withdrawn, or
    something in square brackets is still to be written.
    """
    rules.check_may_agree_to_guide(by, on=local_day(at))
    guide = _locked(guide)
    newest = _draft(guide, number)
    _check_whole(newest)
    if guides.needs_second(newest):
        check_is_second(by, guides.writers_of(guide), at=at)
    else:
        rules.check_may_note_practice(by, on=local_day(at))
    return _show(newest, guide, by=by, at=at)


@action
def ask_second(*, by: Person, at: datetime, guide: Guide, number: int) -> list[Person]:
    """Ask those who may to read a version and agree to it; its words are looked through first. Returns who
    was asked. Raises NotAllowed; NotNow as `publish_guide`, and where no one here may agree; WordsHeld."""
    rules.check_may_note_practice(by, on=local_day(at))
    guide = _locked(guide)
    draft = _draft(guide, number)
    _check_leaves(draft, by=by, at=at)
    seconds = guides.seconds_for(guide, at=at)
    if not seconds:
        raise NotNow(
            _("No one else here can agree to this guide yet."),
            _("Name another governor, safeguarding lead or policy owner, then ask again."),
        )
    discharge(kind=CHANGE_GUIDE, subject=guide, by=by, at=at, how="asked")
    for one in seconds:
        open_duty(kind=AGREE_GUIDE, subject=guide, at=at, due=Due.none_promised(), person=one)
    record("guide.asked", subject=guide, at=at, actor=by, number=draft.number)
    return seconds


@action
def send_guide_back(*, by: Person, at: datetime, guide: Guide, number: int) -> GuideVersion:
    """Say, as the second person, that a guide isn’t to be published as it is; who wrote it has the task to
    change it. Raises NotAllowed, NotNow."""
    rules.check_may_agree_to_guide(by, on=local_day(at))
    guide = _locked(guide)
    draft = _draft(guide, number)
    check_is_second(by, guides.writers_of(guide), at=at)
    discharge(kind=AGREE_GUIDE, subject=guide, by=by, at=at, how="sent_back")
    open_duty(kind=CHANGE_GUIDE, subject=guide, at=at, due=Due.none_promised(), person=draft.by)
    record("guide.sent_back", subject=guide, at=at, actor=by, number=draft.number)
    return draft


def _draft(guide: Guide, number: int) -> GuideVersion:
    newest = guide.versions.select_related("guide", "by").order_by("-number").first()
    if newest is None or newest.number != number or newest.published_at is not None:
        raise NotNow(
            _("Someone else changed this guide in the meantime."), _("Read it again, then publish it.")
        )
    return newest


@action
def guide_still_right(*, by: Person, at: datetime, guide: Guide, number: int, check_by: date) -> GuideVersion:
    """Save that a guide was checked and its words are still right, as a version with the same words, written
    for the policy in force and with a new day to check it.

    Raises NotAllowed; BadInput; NotNow where another version was published or a draft is being written.
    """
    guide = _locked(guide)
    newest = guide.versions.order_by("-number").first()
    if newest is None or newest.number != number or newest.published_at is None:
        raise NotNow(
            _("Someone else changed this guide in the meantime."), _("Read it again, then publish it.")
        )
    row = write_guide(
        by=by, at=at, guide=guide, audience="", about="", title=newest.title, text=newest.text,
        title_cy=newest.title_cy, text_cy=newest.text_cy, public=newest.public, check_by=check_by,
    )  # fmt: skip
    return _show(row, guide, by=by, at=at)


@action
def end_guide(*, by: Person, at: datetime, guide: Guide) -> None:
    """Withdraw a guide: readers don’t find it any more; its versions stay. Raises NotAllowed, NotNow."""
    rules.check_may_note_practice(by, on=local_day(at))
    _withdraw(guide, by=by, at=at)


@action
def withdraw_guide(*, at: datetime, guide: Guide) -> None:
    """Withdraw a guide by the program, because it names a pupil who may not be named. Raises NotNow."""
    _withdraw(guide, by=None, at=at)


def _withdraw(guide: Guide, *, by: Person | None, at: datetime) -> None:
    guide = _locked(guide)
    guide.ended_at, guide.ended_by = at, by
    guide.save(update_fields=["ended_at", "ended_by"])
    cancel(
        kind=(CHECK_GUIDE, BRIEF, AGREE_GUIDE, CHANGE_GUIDE), subject=guide, because="withdrawn", at=at, by=by
    )
    record("guide.ended", subject=guide, at=at, actor=by)
    watch_training(at=at)


@action
def plan_lesson(
    *,
    by: Person,
    at: datetime,
    programme: str,
    year: int,
    term: str,
    group: str,
    words: str,
    guide: Guide | None = None,
) -> Lesson:
    """Put a lesson, talk or evening into the programme of a term. Raises NotAllowed, BadInput."""
    on = local_day(at)
    rules.check_may_note_practice(by, on=on)
    wrong: dict[str, Text] = {}
    if programme not in Programme.values:
        wrong["programme"] = _("Choose who it is for")
    if term not in Term.values:
        wrong["term"] = _("Choose a term")
    if abs(year - guides.year_of(on)) > 1:
        wrong["year"] = _("Choose this school year, the one before or the next one.")
    if programme == Programme.PUPIL and not group.strip():
        wrong["group"] = _("Enter the year group, such as Year 7")
    if not words.strip():
        wrong["words"] = _("Enter what it is about")
    if wrong:
        raise BadInput(wrong)
    of = group.strip() if programme == Programme.PUPIL else ""
    row = Lesson.objects.create(
        programme=programme, year=year, term=term, group=of, words=words.strip(), guide=guide, by=by, at=at
    )
    record("lesson.planned", subject=row, at=at, actor=by, programme=programme, term=term)
    return row


@action
def hold_lesson(*, by: Person, at: datetime, lesson: Lesson, on: date, came: int | None) -> Lesson:
    """Record that a lesson or talk was held. Counted as education, as the policy is asked; then the policy is
    asked about the school year as a whole.

    Raises NotAllowed; BadInput: a day to come or outside its school year, an impossible number; NotNow where
    it was held or taken off already; Refused.
    """
    today = local_day(at)
    rules.check_may_note_practice(by, on=today)
    first, last = guides.days_of(lesson.year)
    wrong: dict[str, Text] = {}
    if on > today:
        wrong["on"] = _("You can only record it on or after the day it takes place.")
    elif not first <= on <= last:
        wrong["on"] = _("Enter a day in its school year.")
    if came is not None and not 0 <= came <= MOST_CAME:
        wrong["came"] = _("Enter a number up to 10,000")
    if wrong:
        raise BadInput(wrong)
    row = _open(lesson, held_on=on)
    relation = "pupil" if row.programme == Programme.PUPIL else "parent"
    entered = EducationEnter(on=today, for_whom=relation, entered_under="education")
    require(record_decision("education.enter", entered, at=at, by=by, subject=row))
    row.held_on, row.held_by, row.came = on, by, came
    row.save(update_fields=["held_on", "held_by", "came"])
    kept = record_decision(
        "education.status", guides.education_facts(row.year, on=today), at=at, by=by, subject=row
    )
    discharge(kind=HOLD_LESSON, subject=row, by=by, at=at, how="held")
    clauses = cited(kept, "every_year_group" if row.programme == Programme.PUPIL else "parents_programme")
    record("lesson.held", subject=row, at=at, actor=by, clauses=clauses, on=on.isoformat(), decision=kept.pk)
    watch_programme(at=at)
    return row


@action
def take_lesson_off(*, by: Person, at: datetime, lesson: Lesson) -> Lesson:
    """Take a planned lesson or talk off the programme. Raises NotAllowed, NotNow."""
    rules.check_may_note_practice(by, on=local_day(at))
    row = _open(lesson, off_at__isnull=False)
    row.off_at = at
    row.save(update_fields=["off_at"])
    cancel(kind=HOLD_LESSON, subject=row, because="taken_off", at=at, by=by)
    record("lesson.taken_off", subject=row, at=at, actor=by)
    return row


def _show(row: GuideVersion, guide: Guide, *, by: Person, at: datetime) -> GuideVersion:
    """Publish a version, ask the policy about its guidance, and end the tasks that this does.

    Raises NotNow while there is a gap in square brackets in it.
    """
    _check_leaves(row, by=by, at=at)
    row.published_at, row.published_by = at, by
    row.save(update_fields=["published_at", "published_by"])
    discharge(kind=(CHECK_GUIDE, AGREE_GUIDE, CHANGE_GUIDE), subject=guide, by=by, at=at, how="published")
    facts = training.status_facts(on=local_day(at))
    kept = record_decision("training.status", facts, at=at, by=by, subject=guide)
    record(
        "guide.published", subject=guide, at=at, actor=by, clauses=cited(kept, "guidance_there"),
        number=row.number, decision=kept.pk,
    )  # fmt: skip
    watch_training(at=at)
    return row


def _check_leaves(row: GuideVersion, *, by: Person, at: datetime) -> None:
    """Raise NotNow while there is a gap in it, WordsHeld where its readers, staff too, would read what isn't
    answered."""
    _check_whole(row)
    check_words_of(row, by=by, at=at)


def _check_whole(row: GuideVersion) -> None:
    """Raise NotNow while there is a gap in square brackets in it."""
    if gaps_in(row.title, row.text, row.title_cy, row.text_cy):
        raise NotNow(
            _("This guide still has text in square brackets."),
            _("Edit it: replace the square brackets with your own words, then publish it."),
        )


def _locked(guide: Guide) -> Guide:
    found = Guide.objects.select_for_update(of=("self",)).get(pk=guide.pk)
    if found.ended_at is not None:
        raise NotNow(_("This guide has been withdrawn."), _("Write a new one."))
    return found


def _open(lesson: Lesson, **so: Any) -> Lesson:
    """Lock a lesson that is still to come; `so`: how it is once this step is done."""
    found = Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
    if found.held_on is not None or found.off_at is not None:
        raise done_before(
            found,
            next_step=_("Open the programme again."),
            otherwise=NotNow(
                _("Someone has recorded this differently or cancelled it."), _("Open the programme again.")
            ),
            **so,
        )
    return found
