"""Appeals against removals: made from the public page or entered by the office, heard by another person."""

from __future__ import annotations

from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.moves import move
from schoolgate.core.reasons import reason
from schoolgate.duties.actions import discharge
from schoolgate.inbox import rules
from schoolgate.inbox.actions.moderating import show_again
from schoolgate.inbox.actions.noticing import done_removal
from schoolgate.inbox.actions.ranking import looking_after, tell_leads_and
from schoolgate.inbox.actions.tasks import open_task
from schoolgate.inbox.duty_kinds import APPEAL
from schoolgate.inbox.models import Appeal, Item, Removal
from schoolgate.inbox.queries import locked_item
from schoolgate.inbox.removals import MOST_APPEALS, clauses_of, hearers, moderators_of
from schoolgate.inbox.states import APPEAL_MOVES, AppealState, KeptBack
from schoolgate.people.accusations import may_accuse
from schoolgate.people.models import Person
from schoolgate.people.outside import names_of, read_outside
from schoolgate.people.queries import book_for, capacities

LONGEST_WORDS = 3000
HEARS = frozenset({"moderate", "second_person", "oversee"})


@action
def make_appeal(*, at: datetime, item: Item, words: str, by: Person | None = None) -> Appeal:
    """Enter an appeal against the removal of a comment; another person than its moderator is asked to decide.

    `by`: the person in the office who enters it; None: the author did, on the public page. No policy names a
    time for it, so none is promised. Raises NotAllowed, BadInput (`words`), NotNow.
    """
    item = locked_item(item.pk)
    if by is not None:
        rules.check_may_sort(by, item, on=local_day(at))
    removal = done_removal(item)
    if removal.appeals.filter(state=AppealState.OPEN).exists():
        raise NotNow(_("There is an appeal already, waiting for a decision."), _("Check here again later."))
    if removal.appeals.count() >= MOST_APPEALS:
        raise NotNow(
            _("Three appeals have been decided already."), _("Write to the school if you still disagree.")
        )
    tidy = words.replace("\r\n", "\n").strip()
    if not 0 < len(tidy) <= LONGEST_WORDS:
        raise BadInput({"words": _("Say why it should be shown, in up to 3,000 characters.")})
    row = Appeal.objects.create(
        removal=removal, words=tidy, entered_by=by, at=at, moderator=removal.moderation.by, state_at=at
    )
    federation = item.account.federation
    heard = read_outside(tidy, names=names_of(federation, on=local_day(at)), to_us=by is None)
    if not heard.meant <= set(item.meant):
        item.meant = sorted({*item.meant, *heard.meant})
        item.save(update_fields=["meant"])
    clauses = clauses_of(removal)
    record("appeal.made", subject=row, at=at, actor=by, clauses=clauses, item=item.pk)
    ask_to_decide(removal, at=at, clauses=clauses)
    if heard.lead_first or may_accuse(tidy):
        tell_leads_and([item], [], None, texts=[tidy], at=at)
    return row


def ask_to_decide(removal: Removal, *, at: datetime, clauses: list[str]) -> None:
    """Open the task for the person who looks after the account, if they may hear it, or the first who may;
    for the role that oversees where no one may."""
    item = removal.item
    may = hearers(removal, on=local_day(at))
    first = looking_after(item, at=at).first
    person = first if first in may else next(iter(may), None)
    overseeing = book_for(item.account).pack.roles_with("oversee")
    role = overseeing[0].key if person is None and overseeing else None
    if person is not None or role is not None or item.locked_at is not None:
        open_task(item, kind=APPEAL, at=at, person=person, role=role, clauses=clauses)


def check_may_hear(person: Person, removal: Removal, *, at: datetime) -> None:
    """Raise NotAllowed for the moderator, and for everyone who neither moderates, stands in nor oversees
    here; the next step names who can hear it. Of a locked one, the safeguarding leads hear it; NotFound for
    others."""
    on, item = local_day(at), removal.item
    rules.check_finds(person, item, on=on)
    held = capacities(person, on=on, school=item.school, account=item.account)
    is_moderator = person.pk in moderators_of(removal)
    if (held & HEARS or item.locked_at is not None) and not is_moderator:
        return
    others = [one.name for one in hearers(removal, on=on)[:3]]
    raise NotAllowed(
        _("You removed this comment, so someone else must decide the appeal.")
        if is_moderator
        else _("You don’t have a role that may decide this appeal."),
        format_lazy(_("Ask {names}."), names=", ".join(others))
        if others
        else _(
            "No one else here can. Ask the person who looks after people and roles to give someone a role."
        ),
    )


@action
def decide_appeal(*, by: Person, at: datetime, item: Item, uphold: bool, reasons: str) -> Appeal:
    """Decide an appeal, with reasons that its author can read on the public page.

    Upheld, a hidden comment is shown again by the same handshake, or by hand where the program can't; a
    deleted one stays gone. Raises NotAllowed (the moderator), BadInput (`reasons`), NotNow, Refused.
    """
    item = locked_item(item.pk)
    removal = done_removal(item)
    check_may_hear(by, removal, at=at)
    row = removal.appeals.filter(state=AppealState.OPEN).first()
    if row is None:
        raise NotNow(_("No appeal is waiting here."), _("Open it again to see its status."))
    asked = _("Give your reasons, in up to 3,000 characters.")
    tidy = reason(reasons.replace("\r\n", "\n"), "reasons", longest=LONGEST_WORDS, wanted=asked)
    check_leaving(Door.APPEAL, {"reasons": tidy}, about=item, by=by, at=at, school=item.school)
    clauses = clauses_of(removal)
    back = item.kept_back == KeptBack.HIDDEN and item.gone_at is None
    reversal = show_again(item, by=by, at=at) if uphold and back else None
    to = AppealState.UPHELD if uphold else AppealState.DISMISSED
    move(
        row, to=to, moves=APPEAL_MOVES, at=at, reasons=tidy, decided_by=by, reversal=reversal,
        moderator=removal.moderation.by,
    )  # fmt: skip
    discharge(kind=APPEAL, subject=item, by=by, at=at, how=str(to))
    record(
        f"appeal.{to}",
        subject=row,
        at=at,
        actor=by,
        clauses=clauses,
        decision=reversal.decision if reversal else removal.moderation.decision,
        item=item.pk,
    )
    return row
