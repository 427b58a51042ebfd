"""Give an account an address for forwarding, and file what a member of staff sent there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.outside.mails import Mail
from schoolgate.inbox.actions.desk import LONGEST_NOTE, keep_note
from schoolgate.inbox.actions.pasting import Photo, keep_photo, paste_in, same_before
from schoolgate.inbox.forwarded import Forwarded, read_forwarded
from schoolgate.inbox.mailing import address_of, new_code, takes_mail
from schoolgate.inbox.models import Item, ItemNote, MailAddress
from schoolgate.people.models import Person
from schoolgate.people.named import Names
from schoolgate.people.outside import names_of, read_outside
from schoolgate.people.rules import check_capacity


@dataclass(frozen=True)
class Filed:
    """The item of a forwarded email. `new`: False where the inbox had it already."""

    item: Item
    new: bool


@action
def make_address(*, by: Person, at: datetime, account: Account) -> MailAddress:
    """Give an account an address for forwarding, in place of the one it has: that one is refused from now on.

    Raises NotAllowed, NotNow (the account isn't open; no mailbox is set up here).
    """
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    if account.state != AccountState.OPEN:
        raise NotNow(_("This account isn’t open."), _("Choose another account."))
    if not takes_mail():
        raise NotNow(
            _("This installation doesn’t receive email yet."),
            _("Ask the person who runs Schoolgate to set up its mailbox."),
        )
    _end(account, by=by, at=at)
    row = MailAddress.objects.create(account=account, code=new_code(), by=by, at=at)
    record("mailaddress.made", subject=row, at=at, actor=by, account=account.pk)
    return row


@action
def end_address(*, by: Person, at: datetime, account: Account) -> None:
    """End the address of an account: what is sent there from now on is refused. Raises NotAllowed, NotNow (it
    has none)."""
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    if not _end(account, by=by, at=at):
        raise NotNow(_("This account has no email address."), _("Open the page again to see its status."))


def _end(account: Account, *, by: Person, at: datetime) -> bool:
    row = address_of(account)
    if row is None or not MailAddress.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at):
        return False
    record("mailaddress.ended", subject=row, at=at, actor=by, account=account.pk)
    return True


@action
def file_mail(
    *, by: Person, at: datetime, account: Account, mail: Mail, photos: Sequence[Photo] = ()
) -> Filed:
    """Add what a member of staff forwarded to the inbox of an account, with the pictures in it; what the
    inbox has already is not added again. What they wrote above it becomes a note where a safeguarding lead
    should read it, and isn't kept elsewhere.

    Raises NotAllowed; BadInput on `text` (the email has no words, or too many).
    """
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    found = read_forwarded(mail)
    names = names_of(account.federation, on=local_day(at))
    text = _with_words_beside(found, names)
    if not text:
        raise BadInput({"text": _("The email has no text. Add the comment’s words, and send it again.")})
    appeared = min(found.at or at, at)
    item = same_before(account, text=text, author=found.author, appeared_at=appeared)
    new = item is None
    if item is None:
        item = paste_in(
            by=by, at=at, account=account, text=text, appeared_at=appeared, author=found.author,
            kind=found.kind, private=found.private,
        )  # fmt: skip
        item.letters_unsure, item.time_unsure = not found.sure, found.at is None
        if item.letters_unsure or item.time_unsure:
            item.save(update_fields=["letters_unsure", "time_unsure"])
    for photo in photos:
        keep_photo(item, photo, by=by, at=at)
    above = found.above[:LONGEST_NOTE]
    told = bool(above) and read_outside(above, names=names, to_us=False).lead_first
    if told and not ItemNote.objects.filter(item=item, text=above).exists():
        keep_note(by=by, at=at, item=item, text=above)
    if new:
        record("mail.filed", subject=item, at=at, actor=by, account=account.pk)
    return Filed(item, new)


def _with_words_beside(found: Forwarded, names: Names) -> str:
    """Return the words of a forwarded email with its subject, where that says more, and with the other words
    that came along where a safeguarding lead should read them."""
    lines = [found.subject] if found.subject.casefold() not in found.text.casefold() else []
    lines += [words for words in found.beside if _tells(words, names)]
    return "\n\n".join([*lines, found.text]).strip()


def _tells(words: str, names: Names) -> bool:
    return read_outside(words, names=names, to_us=True, kind_alone=True, by_children=True).lead_first


@action
def note_refused(*, at: datetime, account: Account, because: str) -> None:
    """Record that an email to an account's address was refused; `because` is a short code."""
    record("mail.refused", subject=account, at=at, because=because)
