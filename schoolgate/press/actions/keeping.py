"""Record an enquiry from the press, from the inbox or by hand, and answer what the policy asks about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.inbox.actions.sorting import judge_again
from schoolgate.inbox.models import Item
from schoolgate.inbox.rules import check_may_sort
from schoolgate.people.models import Person
from schoolgate.people.outside import take_in
from schoolgate.press import rules
from schoolgate.press.actions.passing import add_step, pass_it_on
from schoolgate.press.asking import QUESTIONS
from schoolgate.press.models import Enquiry
from schoolgate.press.states import BY_HAND, How, StepKind

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
    rules.check_takes_calls(by, on=local_day(at))
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
    rules.check_works_on(by, enquiry, on=local_day(at))
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
