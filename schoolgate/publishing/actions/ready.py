"""Reusable texts: write one, change it, retire it, and start a draft from one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events.recording import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.publishing import ready, rules
from schoolgate.publishing.actions.drafting import draft_post
from schoolgate.publishing.blanks import BLANKS, CLOSED, Value, check_blanks, check_values
from schoolgate.publishing.duty_kinds import APPROVE_TEXT, RETIRE_TEXT
from schoolgate.publishing.models import Post, ReadyAccount, ReadySender, ReadyText, ReadyVersion
from schoolgate.publishing.states import ReadyState

LONGEST_TITLE = 80
LONGEST_WORDS = 2000


@action
def keep_text(
    *,
    by: Person,
    at: datetime,
    school: School | None,
    title: str,
    english: str = "",
    welsh: str = "",
    emergency: bool = False,
    accounts: Collection[Account] = (),
    senders: Collection[Person] = (),
    until: date | None = None,
    for_replies: bool = False,
) -> ReadyText:
    """Write a text that can be used again, of one school or (None) of all.

    `for_replies`: it begins replies in the inbox, not posts. `accounts`, `senders`, `until`: of an emergency
    text, where it may be sent, by which people, and until which day. Raises NotAllowed, BadInput (`title`,
    `english`, `welsh`, `accounts`, `senders`, `until`).
    """
    ready.check_may_keep(by, school, on=local_day(at))
    made = ReadyText.objects.create(
        school=school, emergency=emergency, for_replies=for_replies and not emergency, created_at=at
    )
    _write(made, 1, by=by, at=at, title=title, english=english, welsh=welsh, accounts=accounts,
           senders=senders, until=until)  # fmt: skip
    record("readytext.written", subject=made, at=at, actor=by)
    return ready.text(made.pk)


@action
def change_text(
    *,
    by: Person,
    at: datetime,
    text: ReadyText,
    version: int,
    title: str,
    english: str = "",
    welsh: str = "",
    accounts: Collection[Account] = (),
    senders: Collection[Person] = (),
    until: date | None = None,
) -> ReadyText:
    """Write the next version of a text; the others stay as they were. An emergency text needs approval anew,
    and until then the version approved last can still be sent.

    `version`: the number that was on the screen. Raises as `keep_text`, and NotNow (changed meanwhile,
    retired).
    """
    ready.check_may_keep(by, text.school, on=local_day(at))
    _check_kept(text)
    before = ready.newest(text)
    if before.number != version:
        raise NotNow(_("This text was changed a moment ago."), _("Open it again, then make your change."))
    cancel(kind=APPROVE_TEXT, subject=before, because="changed", at=at, by=by)
    _write(text, version + 1, by=by, at=at, title=title, english=english, welsh=welsh, accounts=accounts,
           senders=senders, until=until)  # fmt: skip
    record("readytext.changed", subject=text, at=at, actor=by, number=version + 1)
    return ready.text(text.pk)


@action
def retire_text(*, by: Person, at: datetime, text: ReadyText) -> ReadyText:
    """Retire a text: it can no longer be used or sent. Posts made from it stay.

    Of an approved emergency text, which two people made, this asks a second person to agree; their own call
    retires it. One of the two approves posts. Until then it can be sent. Raises NotAllowed, NotNow (retired
    already; waiting for someone else).
    """
    ready.check_may_retire(by, text, on=local_day(at))
    ReadyText.objects.select_for_update().get(pk=text.pk)  # of two at once the second sees the first
    text = ready.text(text.pk)
    if text.retired_at is not None:
        raise done_before(
            text,
            _("This text is retired already."),
            _("Choose another text."),
            retired_at__isnull=False,
        )
    if ready.retires_alone(by, text, on=local_day(at)):
        return _retire(text, by=by, at=at)
    if text.retire_asked_by_id is not None:
        raise NotNow(
            _("A second person must agree before this text is retired."),
            _("Ask a colleague who approves posts. Until then it can be sent."),
        )
    text.retire_asked_by, text.retire_asked_at = by, at
    text.save(update_fields=["retire_asked_by", "retire_asked_at"])
    for person in ready.who_agrees(text, by=by):
        open_duty(
            kind=RETIRE_TEXT, subject=text, at=at, due=Due.none_promised(), person=person, school=text.school
        )
    record("readytext.retiring_asked", subject=text, at=at, actor=by)
    return ready.text(text.pk)


@action
def keep_in_use(*, by: Person, at: datetime, text: ReadyText) -> ReadyText:
    """Decline to retire an emergency text, or take back the request. Raises NotAllowed, NotNow."""
    ready.check_may_retire(by, text, on=local_day(at))
    asked = ReadyText.objects.filter(pk=text.pk, retired_at=None, retire_asked_by__isnull=False)
    if not asked.update(retire_asked_by=None, retire_asked_at=None):
        raise NotNow(_("No one is asking to retire this text."), _("Open it again to see its status."))
    discharge(kind=RETIRE_TEXT, subject=text, by=by, at=at, how="kept")
    record("readytext.kept_in_use", subject=text, at=at, actor=by)
    return ready.text(text.pk)


def _retire(text: ReadyText, *, by: Person, at: datetime) -> ReadyText:
    text.retired_at = at
    text.save(update_fields=["retired_at"])
    cancel(kind=APPROVE_TEXT, subject=ready.newest(text), because="withdrawn", at=at, by=by)
    discharge(kind=RETIRE_TEXT, subject=text, by=by, at=at, how="agreed")
    record("readytext.retired", subject=text, at=at, actor=by)
    return ready.text(text.pk)


@action
def start_from_text(
    *, by: Person, at: datetime, text: ReadyText, school: School, values: Mapping[str, Value]
) -> Post:
    """Start an ordinary draft with this text, its blanks filled. It goes through every check of a post.

    Raises NotAllowed, NotNow (retired), BadInput (`school`, `blank-<name>`).
    """
    _check_kept(text)
    if text.emergency:
        raise NotNow(_("This is an emergency text."), _("Choose “Send” there, or start from a template."))
    if text.for_replies:
        raise NotNow(_("This text is for replies."), _("Use it when you reply to a comment in the inbox."))
    if text.school_id not in (None, school.pk):
        raise BadInput({"school": _("Choose a school that this text is for.")})
    version, on = ready.newest(text), local_day(at)
    filled_in = {"school": school, **values}
    check_values(filled_in, wanted=ready.blanks_of(version), on=on, emergency=False)
    words = ready.words_of(version, school, filled_in)
    post = draft_post(by=by, at=at, school=school, targets=(), text=words)
    record("readytext.used", subject=text, at=at, actor=by, post=post.pk)
    return post


def _check_kept(text: ReadyText) -> None:
    if text.retired_at is not None:
        raise NotNow(_("This text is retired."), _("Choose another text, or write a new one."))


def _write(
    text: ReadyText, number: int, *, by: Person, at: datetime, title: str, english: str, welsh: str,
    accounts: Collection[Account], senders: Collection[Person], until: date | None,
) -> ReadyVersion:  # fmt: skip
    _check_words(title, english, welsh, emergency=text.emergency)
    if text.emergency:
        _check_sending(text, by, accounts, senders, until, on=local_day(at))
    version = ReadyVersion.objects.create(
        text=text,
        number=number,
        title=title.strip(),
        english=_one_line_end(english),
        welsh=_one_line_end(welsh),
        by=by,
        at=at,
        state=ReadyState.DRAFT if text.emergency else ReadyState.READY,
        state_at=at,
        until=until if text.emergency else None,
    )
    if text.emergency:
        ReadyAccount.objects.bulk_create(
            [
                ReadyAccount(version=version, account=each)
                for each in {one.pk: one for one in accounts}.values()
            ]
        )
        ReadySender.objects.bulk_create(
            [ReadySender(version=version, person=each) for each in {one.pk: one for one in senders}.values()]
        )
    return version


def _check_words(title: str, english: str, welsh: str, *, emergency: bool) -> None:
    wrong: dict[str, Text] = {}
    if not title.strip() or len(title.strip()) > LONGEST_TITLE or not title.isprintable():
        wrong["title"] = _("Give it a title of up to 80 characters on one line.")
    if not english.strip() and not welsh.strip():
        wrong["english"] = _("Write the text.")
    for field, words in (("english", english), ("welsh", welsh)):
        if len(words) > LONGEST_WORDS:
            wrong[field] = _("A text can be up to 2,000 characters. Shorten it.")
        elif "\x00" in words:
            wrong[field] = rules.CONTROLS
        else:
            try:
                check_blanks(words, field=field, allowed=CLOSED if emergency else BLANKS)
            except BadInput as error:
                wrong |= error.fields
    if wrong:
        raise BadInput(wrong)


def _check_sending(
    text: ReadyText,
    by: Person,
    accounts: Collection[Account],
    senders: Collection[Person],
    until: date | None,
    *,
    on: date,
) -> None:
    wrong: dict[str, Text] = {}
    if not accounts:
        wrong["accounts"] = _("Choose at least one account.")
    elif text.school_id and any(each.school_id not in (None, text.school_id) for each in accounts):
        wrong["accounts"] = _("Choose accounts of this school.")
    offered = {each.pk for each in ready.senders_offered(text.school, by, on=on)}
    if not senders:
        wrong["senders"] = _("Choose at least one person.")
    elif not {each.pk for each in senders} <= offered:
        wrong["senders"] = _("Choose people who write posts here.")
    if until is None or not on < until <= on + ready.LONGEST_APPROVAL:
        wrong["until"] = _("Choose a day after today, at most a year ahead.")
    if wrong:
        raise BadInput(wrong)


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
