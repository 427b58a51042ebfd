"""Event handlers of this app: for keys (one was shown, a sealed paper made or opened, a person who knows one
left) and for people who leave, stay after all, start long leave or return.

Each may run twice: it tells once. `account_keys` in `jobs/hourly.py` finds what got lost on the way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.handover import (
    begin_handovers,
    end_handovers_of_a_closed_account,
    end_parts,
    take_back_handovers,
)
from schoolgate.accounts.handover_facts import (
    ask_who_covers,
    duties_left_by,
    end_asking_who_covers,
    led_by,
    move_duty_on,
)
from schoolgate.accounts.keys import ask_where_known, who_is_told
from schoolgate.accounts.models import Account, AccountKey, KeyShown, PaperKey
from schoolgate.core.clock import local_day
from schoolgate.core.events import subscribes
from schoolgate.notices.actions import tell
from schoolgate.notices.kinds import LINK, LetterContent, LetterText, address, makes_letter
from schoolgate.people.leaving import extended_absence
from schoolgate.people.models import Person

LEADS_TOO = _("You’re responsible for the account too.")
KEY_SHOWN = LetterText(
    _("a password was viewed"),
    (
        _("Account: {account}. Viewed: {what}. By: {who}."),
        _(
            "You’re being told because you manage it too. If it shouldn’t have "
            "been viewed, talk to that person."
        ),
        LINK,
    ),
)
PAPER_OPENED = LetterText(
    _("a sealed envelope was opened"),
    (
        _("Account: {account}. Envelope number: {number}."),
        _("Change these passwords on the network now, then save the new ones here:"),
        LINK,
    ),
)


def _told_of_showing(*, subject_id: int, showing: int, at: datetime, **_ids: Any) -> list[int]:
    key = AccountKey.objects.select_related("account__school", "account__federation").get(pk=subject_id)
    shown = KeyShown.objects.get(pk=showing)
    return [one.pk for one in who_is_told(key.account, but=[shown.by_id], on=local_day(at))]


@subscribes("accountkey.shown", each=_told_of_showing)
def tell_of_showing(*, showing: int, part: int, at: datetime, **_ids: Any) -> None:
    """Tell one of the account's other leads who saw what kind of key."""
    shown = KeyShown.objects.get(pk=showing)
    tell(person=Person.objects.get(pk=part), kind="accounts.key_shown", subject=shown, at=at)


@makes_letter("accounts.key_shown", _("A password was shown to someone"), because=LEADS_TOO)
def key_shown(pk: int, at: datetime) -> LetterContent | None:
    """Return who saw what kind of key. Never a key, and never why."""
    shown = KeyShown.objects.select_related("by", "key__account").get(pk=pk)
    key = shown.key
    names = {"who": shown.by.name, "what": str(key.get_kind_display()), "account": key.account.name}
    return LetterContent(KEY_SHOWN, address("account-key", key.pk), names)


def _told_of_opening(*, subject_id: int, by: int, at: datetime, **_ids: Any) -> list[int]:
    paper = PaperKey.objects.select_related("account__school", "account__federation").get(pk=subject_id)
    return [one.pk for one in who_is_told(paper.account, but=[by], on=local_day(at))]


@subscribes("paperkey.opened", each=_told_of_opening)
def tell_of_opening(*, subject_id: int, part: int, at: datetime, **_ids: Any) -> None:
    """Tell one of the account's leads that one of its sealed papers was opened; its reporter knows."""
    paper = PaperKey.objects.get(pk=subject_id)
    tell(person=Person.objects.get(pk=part), kind="accounts.paper_opened", subject=paper, at=at)


@makes_letter("accounts.paper_opened", _("A sealed envelope was opened"), because=LEADS_TOO)
def paper_opened(pk: int, at: datetime) -> LetterContent | None:
    """Return which paper of which account."""
    paper = PaperKey.objects.select_related("account").get(pk=pk)
    names = {"number": str(paper.number), "account": paper.account.name}
    return LetterContent(PAPER_OPENED, address("account-keys", paper.account_id), names)


@subscribes("people.gone")
def change_what_a_leaver_knows(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Make the keys that a leaver saw due for change on the day of leaving."""
    ask_where_known(at=at, of=Person.objects.get(pk=subject_id))


@subscribes("people.assignment_ended")
@subscribes("account.team_changed")
def change_what_they_know(*, person: int, at: datetime, **_ids: Any) -> None:
    """Make the keys due for change that were seen by people who no longer have a part in the account."""
    ask_where_known(at=at, of=Person.objects.get(pk=person))


@subscribes("people.left")
def begin_what_is_handed_over(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Start the handovers: the leaver's accounts are at risk from now on, and those who run the handover
    are asked."""
    person = _person(subject_id)
    if person.left_on is None:
        take_back_handovers(person=person, at=at)
    else:
        begin_handovers(person=person, at=at)


@subscribes("people.gone")
def pass_on_what_is_left(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """End their parts in accounts on the day."""
    end_parts(person=_person(subject_id), at=at)


def _duties_left(*, subject_id: int, at: datetime, **_ids: Any) -> list[int]:
    return list(duties_left_by(_person(subject_id), at=at).values_list("pk", flat=True))


@subscribes("people.gone", each=_duties_left)
def pass_on_a_duty(*, subject_id: int, part: int, at: datetime, **_ids: Any) -> None:
    """Pass one of a leaver's open duties on to people who stay."""
    move_duty_on(person=_person(subject_id), at=at, number=part)


@subscribes("people.returned")
def take_back_what_was_handed_over(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Return open handovers to the person who stays."""
    person = _person(subject_id)
    if person.left_on is None:
        take_back_handovers(person=person, at=at)


@subscribes("people.absence")
def ask_for_cover(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Ask who covers the accounts that have no other lead."""
    person = _person(subject_id)
    if extended_absence(person, on=local_day(at)) is not None:
        ask_who_covers(person=person, at=at)


@subscribes("people.back")
def need_no_cover(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Stop asking who covers."""
    for account in led_by(_person(subject_id)):
        end_asking_who_covers(account=account, at=at, how="back")


@subscribes("account.team_changed")
def see_who_covers(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Respond to a person being added to an account that had no lead."""
    end_asking_who_covers(account=Account.objects.get(pk=subject_id), at=at, how="covered")


@subscribes("account.closed")
def end_with_the_account(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """End the handovers of an account that is shut."""
    end_handovers_of_a_closed_account(account=Account.objects.get(pk=subject_id), at=at)


def _person(pk: int) -> Person:
    return Person.objects.select_related("federation").get(pk=pk)
