"""Enquiries from the press as they come in, from the inbox or by hand, and attention that is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.core.rows import reserve
from schoolgate.inbox.judged import judge_again
from schoolgate.inbox.models import Item
from schoolgate.inbox.seeing import check_may_sort
from schoolgate.people.models import Person
from schoolgate.people.outside import take_in
from schoolgate.policy.asking import record_decision, require
from schoolgate.press import enquiries
from schoolgate.press.enquiries import QUESTIONS, add_step, expected_facts, pass_it_on
from schoolgate.press.models import BY_HAND, Enquiry, Expectation, How, StepKind

FURTHEST_EXPECTED = timedelta(days=365)


@action
def expect_attention(
    *, by: Person, at: datetime, about: str, until: date | None, line: str = "", school: School | None = None
) -> Expectation:
    """Note what the press may call about, until when, and the line agreed. Raises NotAllowed, BadInput,
    Refused."""
    on = local_day(at)
    enquiries.check_notes_expected(by, on=on)
    wrong = {}
    if not about.strip() or len(about.strip()) > 200:
        wrong["about"] = _("Write what they may call about, up to 200 characters.")
    if len(line) > 2000:
        wrong["line"] = _("Write up to 2,000 characters.")
    if until is None or not on <= until <= on + FURTHEST_EXPECTED:
        wrong["until"] = _("Choose today or a later day, at most a year ahead.")
    if wrong or until is None:
        raise BadInput(wrong)
    check_leaving(
        Door.AGREED_LINE, {"about": about, "line": line}, about=school or by.federation, by=by, at=at,
        school=school,
    )  # fmt: skip
    row = Expectation(
        pk=reserve(Expectation, 1)[0], school=school, about=about.strip(), line=line.strip(), until=until,
        by=by, at=at,
    )  # fmt: skip
    kept = record_decision("media.expected", expected_facts(row, at=at), at=at, by=by, subject=row)
    require(kept)
    row.decision = kept
    row.save(force_insert=True)
    record("expectation.noted", subject=row, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return row


@action
def end_expectation(*, by: Person, at: datetime, expectation: Expectation) -> Expectation:
    """End it before its day. Raises NotAllowed, NotNow (ended already)."""
    enquiries.check_notes_expected(by, on=local_day(at))
    changed = Expectation.objects.filter(pk=expectation.pk, ended_at=None).update(ended_at=at, ended_by=by)
    if not changed:
        raise done_before(
            expectation,
            _("This has ended already."),
            _("Open the list again."),
            ended_at__isnull=False,
        )
    record("expectation.ended", subject=expectation, at=at, actor=by)
    return expectation


LONGEST_LINE, LONGEST_WORDS = 200, 4000
FURTHEST = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What a person enters about an enquiry that did not come through the inbox. None: not known."""

    how: str
    wants: str
    outlet: str = ""
    journalist: str = ""
    contact: str = ""
    school: School | None = None
    until: datetime | None = None
    about_posts: bool | None = None
    asks_for_comment: bool | None = None


@action
def keep_item(*, by: Person, at: datetime, item: Item) -> Enquiry:
    """Mark an item as from the press: its enquiry is recorded and passed on, and its reply clock goes on as
    the policy has it. Raises NotAllowed, NotNow (marked already)."""
    rules_on = local_day(at)
    check_may_sort(by, item, on=rules_on)
    before = Enquiry.objects.filter(item=item).first()
    if before is not None:
        raise done_before(
            item,
            _("This is already marked as from the press."),
            _("Open the comment again to see the enquiry."),
            made=before,
        )
    item.from_press = True
    received = judge_again(item, by=by, at=at, changed=["from_press"])
    enquiry = Enquiry.objects.create(
        item=item,
        account=item.account,
        school=item.school,
        how=How.ITEM,
        journalist=(item.author_name or item.author_handle)[:LONGEST_LINE],
        received_at=item.received_at,
        kept_by=by,
        kept_at=at,
        state_at=at,
    )
    _kept(enquiry, by=by, at=at)
    pass_it_on(enquiry, by=by, at=at, also=[received])
    return enquiry


@action
def keep_by_hand(*, by: Person, at: datetime, entered: Entered) -> Enquiry:
    """Record an enquiry that came by telephone, email, letter or in person, and pass it on at once. Raises
    NotAllowed, BadInput."""
    enquiries.check_takes_calls(by, on=local_day(at))
    tidy = {name: getattr(entered, name).strip() for name in ("outlet", "journalist", "contact")}
    _check(entered, tidy, at=at)
    enquiry = Enquiry.objects.create(
        school=entered.school,
        how=entered.how,
        wants=entered.wants.strip(),
        until=entered.until,
        received_at=at,
        kept_by=by,
        kept_at=at,
        about_posts=entered.about_posts,
        asks_for_comment=entered.asks_for_comment,
        state_at=at,
        **tidy,
    )
    _kept(enquiry, by=by, at=at)
    pass_it_on(enquiry, by=by, at=at)
    return enquiry


@action
def say(*, by: Person, at: datetime, enquiry: Enquiry, question: str, answer: bool) -> Enquiry:
    """Answer one of `QUESTIONS` about an enquiry; it is passed on to the roles that the policy names now.
    Raises NotFound, NotNow (closed), BadInput."""
    enquiries.check_works_on(by, enquiry, on=local_day(at))
    if question not in QUESTIONS:
        raise BadInput({"question": _("Choose yes or no.")})
    setattr(enquiry, question, answer)
    enquiry.save(update_fields=[question])
    add_step(enquiry, StepKind.SAID, by=by, at=at, words=f"{question}:{'yes' if answer else 'no'}")
    record("enquiry.said", subject=enquiry, at=at, actor=by, question=question, answer=answer)
    pass_it_on(enquiry, by=by, at=at)
    return enquiry


def _kept(enquiry: Enquiry, *, by: Person, at: datetime) -> None:
    add_step(enquiry, StepKind.KEPT, by=by, at=at)
    record("enquiry.kept", subject=enquiry, at=at, actor=by, how=enquiry.how)
    if enquiry.wants:
        take_in(
            enquiry, enquiry.wants, at=at, federation=enquiry.federation, school=enquiry.school,
            writer=[enquiry.journalist, enquiry.outlet, enquiry.contact],
        )  # fmt: skip


def _check(entered: Entered, tidy: dict[str, str], *, at: datetime) -> None:
    wrong = {
        name: _("Write up to 200 characters.") for name, text in tidy.items() if len(text) > LONGEST_LINE
    }
    if entered.how not in (*BY_HAND, How.FOUND):
        wrong["how"] = _("Choose how they got in touch.")
    if not entered.wants.strip():
        wrong["wants"] = _("Write what they want to know.")
    elif len(entered.wants) > LONGEST_WORDS:
        wrong["wants"] = _("Write up to 4,000 characters.")
    if entered.until is not None and not at < entered.until < at + FURTHEST:
        wrong["until_day"] = _("Choose a time after now, at most a year ahead.")
    if wrong:
        raise BadInput(wrong)
