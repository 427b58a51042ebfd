"""Texts that are ready for use: their blanks, who may keep and send them; written, changed, retired, and
drafts begun from one."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import translation
from django.utils.dateformat import format as in_words
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.calendars import WEEKDAYS
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import Leaving, read_by_two
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.core.reading_once import read_once
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities, capacities_by_school, holders_of_capacity
from schoolgate.people.rules import can, check_capacity
from schoolgate.publishing import rules
from schoolgate.publishing.drafting import draft_post
from schoolgate.publishing.duty_kinds import APPROVE_TEXT, RETIRE_TEXT
from schoolgate.publishing.models import (
    Post,
    PostState,
    ReadyAccount,
    ReadyApproval,
    ReadySender,
    ReadyState,
    ReadyText,
    ReadyVersion,
)

Value = School | date | time | str
BLANK = re.compile(r"\{([^{}]*)\}")
LONGEST_VALUE = 60
DAYS_AHEAD = 14
"""House rule: an emergency is today, or in the next two weeks at the latest."""


@dataclass(frozen=True)
class Blank:
    """One blank: what it is called, and what fills it."""

    label: str | Promise
    kind: Literal["school", "day", "clock", "words"]


BLANKS: Mapping[str, Blank] = {
    "school": Blank(_("School"), "school"),
    "date": Blank(_("Date"), "day"),
    "time": Blank(_("Time"), "clock"),
    "class": Blank(_("Class"), "words"),
    "event": Blank(_("Event"), "words"),
    "place": Blank(_("Place"), "words"),
}
CLOSED = frozenset(name for name, each in BLANKS.items() if each.kind != "words")
"""The blanks of an emergency text: no one can type words into them."""


def blanks_in(*texts: str) -> list[str]:
    """Return the names of the blanks in these texts, in the order of BLANKS."""
    found = {name for text in texts for name in BLANK.findall(text)}
    return [name for name in BLANKS if name in found]


def check_blanks(text: str, *, field: str, allowed: Collection[str]) -> None:
    """Raise BadInput on `field` where the text has a brace that is no allowed blank."""
    unknown = [name for name in BLANK.findall(text) if name not in allowed]
    rest = BLANK.sub("", text)
    if not unknown and "{" not in rest and "}" not in rest:
        return
    offered = ", ".join(f"{{{name}}}" for name in BLANKS if name in allowed)
    raise BadInput(
        {field: format_lazy(_("Between braces you can only use these: {blanks}."), blanks=offered)}
    )


def check_values(values: Mapping[str, Value], *, wanted: Collection[str], on: date, emergency: bool) -> None:
    """Raise BadInput, by `blank-<name>`, where a blank isn't filled, or with something that it doesn't take.

    In an emergency a date is today or one of the next days.
    """
    wrong: dict[str, Text] = {}
    for name in wanted:
        said = _wrong(name, values.get(name), on=on, emergency=emergency)
        if said:
            wrong[f"blank-{name}"] = said
    if wrong:
        raise BadInput(wrong)


def _wrong(name: str, value: Value | None, *, on: date, emergency: bool) -> Text:
    kind = BLANKS[name].kind
    if kind == "school":
        return "" if isinstance(value, School) else _("Choose the school.")
    if kind == "clock":
        return "" if isinstance(value, time) else _("Enter the time like this: 15:30")
    if kind == "day":
        if not isinstance(value, date):
            return _("Enter a date")
        if emergency and not on <= value <= on + timedelta(days=DAYS_AHEAD):
            return _("Choose today, or a day in the next two weeks.")
        return ""
    typed = value if isinstance(value, str) else ""
    if not typed.strip():
        return _("Fill in this field")
    if len(typed) > LONGEST_VALUE or not typed.isprintable() or "{" in typed or "}" in typed:
        return _("Use up to 60 characters on one line, without braces.")
    return ""


def filled(text: str, values: Mapping[str, Value], *, language: str) -> str:
    """Return the text with its blanks filled, dates as this language writes them. Each blank is filled once:
    what is filled in is never read again."""
    with translation.override(language):
        return BLANK.sub(lambda found: _said(values[found[1]], first=not found.start()), text)


def _said(value: Value, *, first: bool) -> str:
    if isinstance(value, School):
        return value.name
    if isinstance(value, date):
        said = f"{WEEKDAYS[value.weekday()]} {in_words(value, 'j F')}"
        return capfirst(said) if first else said
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.strip()


LONGEST_APPROVAL = timedelta(days=365)
"""House rule: an emergency text is read again by its approver at least once a year."""
SAME_AGAIN = timedelta(hours=24)
"""For how long the same emergency text counts as sent already."""
APPROVES = "approve_post"
READS = frozenset({"write_post", APPROVES})


def check_may_keep(person: Person, school: School | None, *, on: date) -> None:
    """Raise NotAllowed unless `person` writes posts for this school; None: for the whole federation."""
    check_capacity(person, "write_post", on=on, school=school)


def check_may_approve(person: Person, version: ReadyVersion, *, on: date) -> None:
    """Raise NotAllowed unless `person` approves posts of its writer where the text belongs."""
    check_capacity(person, APPROVES, on=on, school=version.text.school, about=version.by)


def check_may_retire(person: Person, text: ReadyText, *, on: date) -> None:
    """Raise NotAllowed unless `person` writes or approves posts where the text belongs."""
    if APPROVES not in capacities(person, on=on, school=text.school):
        check_may_keep(person, text.school, on=on)


def retires_alone(person: Person, text: ReadyText, *, on: date) -> bool:
    """Return whether this person's word retires the text: no two people made it, or someone else asked and
    one of the two approves posts. House rule: what two people made takes two people to end."""
    if sendable(text) is None:
        return True
    asked = text.retire_asked_by
    if asked is None or asked == person:
        return False
    return any(APPROVES in capacities(each, on=on, school=text.school) for each in (asked, person))


def who_agrees(text: ReadyText, *, by: Person) -> list[Person]:
    """Return the people who made an approved text what it is, without the person who asks to retire it."""
    version = sendable(text)
    assert version is not None
    made = [version.by, *(each.by for each in version.approvals.all())]
    return list({each.pk: each for each in made if each != by}.values())


def schools_to_keep_for(person: Person, *, on: date) -> list[School | None]:
    """Return the schools for which the person keeps texts; None, the whole federation, comes last."""
    schools: list[School | None] = [*School.objects.order_by("name", "pk"), None]
    return [each for each in schools if can(check_may_keep, person, each, on=on)]


def _rows() -> QuerySet[ReadyText]:
    versions = (
        ReadyVersion.objects.select_related("by__federation", "text__school")
        .prefetch_related(
            "accounts__school",
            "senders",
            Prefetch("approvals", ReadyApproval.objects.select_related("by")),
        )
        .order_by("-number")
    )
    rows = ReadyText.objects.filter(destroyed_at=None).select_related("school", "retire_asked_by")
    return rows.prefetch_related(Prefetch("versions", versions))


def texts_for(person: Person, *, on: date, retired: bool = False) -> list[ReadyText]:
    """Return the texts of the schools where the person writes or approves posts, and those that they may
    send; emergency texts first."""
    schools = [each.pk for each, may in capacities_by_school(person, on=on).items() if may & READS]
    rows = _rows().filter(
        Q(school__in=schools) | Q(school=None) | Q(versions__senders=person), retired_at__isnull=not retired
    )
    if not schools:
        rows = rows.filter(versions__senders=person)
    return sorted(rows.distinct(), key=lambda each: (not each.emergency, newest(each).title.lower(), each.pk))


def text_for(person: Person, pk: int, *, on: date) -> ReadyText:
    """Return one of these texts, retired or not. Raises NotFound."""
    for retired in (False, True):
        for each in texts_for(person, on=on, retired=retired):
            if each.pk == pk:
                return each
    raise NotFound


def version_for(person: Person, pk: int, *, on: date) -> ReadyVersion:
    """Return one version of these texts. Raises NotFound."""
    found = ReadyVersion.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    text_for(person, found.text_id, on=on)
    return found


def read_text(pk: int) -> ReadyText:
    """Return a text with its versions as they are now. Raises NotFound."""
    found = _rows().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def newest(of: ReadyText) -> ReadyVersion:
    """Return the version that was written last."""
    return of.versions.all()[0]


def sendable(of: ReadyText) -> ReadyVersion | None:
    """Return the version approved last, whether or not its time is over; None where there is none."""
    return next((each for each in of.versions.all() if each.state == ReadyState.APPROVED), None)


def named_to_send(person: Person, *, on: date) -> list[int]:
    """Return which emergency texts name this person as a sender in their newest approved version, in time on
    that day: one query, cheap enough for each page of Today."""
    approved = ReadyVersion.objects.filter(text=OuterRef("pk"), state=ReadyState.APPROVED)
    rows = ReadyText.objects.filter(
        emergency=True,
        retired_at=None,
        versions__pk=Subquery(approved.order_by("-number").values("pk")[:1]),
        versions__senders=person,
        versions__until__gte=on,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def to_send(person: Person, *, on: date) -> list[ReadyText]:
    """Return the emergency texts that the person may send today, by title: those that name them and are for a
    school for which they write."""
    named = named_to_send(person, on=on)
    found = [each for each in _rows().filter(pk__in=named) if _goes_out(each, person, on=on)] if named else []
    return sorted(found, key=lambda each: (newest(each).title.lower(), each.pk))


def _goes_out(of: ReadyText, person: Person, *, on: date) -> bool:
    """Return whether there is a school for which the person may send it."""
    version = sendable(of)
    return version is not None and any(
        can(rules.check_may_write, person, each, on=on) for each in schools_of(version)
    )


def schools_to_send_for(version: ReadyVersion, person: Person, *, on: date) -> list[School]:
    """Return the schools for which the person may send it: where they write posts and it has an account."""
    found = schools_of(version)
    return [each for each in found if can(rules.check_may_write, person, each, on=on)]


def schools_of(version: ReadyVersion) -> list[School]:
    """Return the schools that it is for: its own, or all that have one of its accounts."""
    if version.text.school is not None:
        return [version.text.school]
    schools = list(School.objects.order_by("name", "pk"))
    return [each for each in schools if accounts_of(version, each)]


def accounts_of(version: ReadyVersion, school: School) -> list[Account]:
    """Return its accounts of a school and of the federation, open or not."""
    among = sorted(version.accounts.all(), key=lambda each: (each.name.lower(), each.pk))
    return [each for each in among if each.school_id in (None, school.pk)]


def senders_offered(school: School | None, person: Person, *, on: date) -> list[Person]:
    """Return the people who write posts for a school, or anywhere in the federation, by name."""
    return holders_of_capacity(
        "write_post", federation=person.federation, on=on, school=school, anywhere=school is None
    )


def languages_of(version: ReadyVersion, school: School) -> list[str]:
    """Return the languages in which it is written, this school's first language first."""
    written = [code for code, words in (("en", version.english), ("cy", version.welsh)) if words.strip()]
    first = list(school.languages)
    return sorted(written, key=lambda code: first.index(code) if code in first else len(first))


def words_of(version: ReadyVersion, school: School, values: Mapping[str, Value]) -> str:
    """Return the text with its blanks filled: each language in turn, the school's first language first."""
    words = {"en": version.english, "cy": version.welsh}
    return "\n\n".join(
        filled(words[code].strip(), values, language=code) for code in languages_of(version, school)
    )


def texts_for_replies(school: School | None) -> list[ReadyText]:
    """Return the texts that replies of this school can begin with, by title."""
    here = Q(school=school) | Q(school=None)
    found = read_once(
        ("publishing.for_replies", school and school.pk),
        lambda: list(_rows().filter(here, for_replies=True, retired_at=None)),
    )
    return sorted(found, key=lambda each: (newest(each).title.lower(), each.pk))


def begun_reply(of: ReadyText, school: School | None, *, language: str) -> str:
    """Return the words with which a reply begins, in this language if it has them. The school is filled in;
    the other blanks stay for the person who replies."""
    version = newest(of)
    words = {"en": version.english, "cy": version.welsh}
    text = words.get(language) or version.english or version.welsh
    return text.strip().replace("{school}", school.name) if school else text.strip()


def blanks_of(version: ReadyVersion) -> list[str]:
    """Return the blanks in its words."""
    return blanks_in(version.english, version.welsh)


def leaving(version: ReadyVersion) -> Leaving:
    """Return an emergency text as it's looked through before it is approved: what tells of one child, such as
    one who is lost, is answered in writing."""
    words = {"english": version.english, "welsh": version.welsh}
    return Leaving(Door.POST, words, about=version.text, school=version.text.school)


read_by_two("publishing.readyversion", leaving)


def seen_of(version: ReadyVersion) -> str:
    """Return the SHA-256 of all that an approver vouches for: words, accounts, senders, last day, answers,
    and the names that can fill in its schools."""
    thing = {
        "words": [version.english, version.welsh],
        "accounts": sorted([each.pk, each.network, each.handle] for each in version.accounts.all()),
        "senders": sorted(each.pk for each in version.senders.all()),
        "until": version.until,
        "answers": version.answers,
        "schools": {str(each.pk): each.name for each in schools_of(version)},
    }
    text = json.dumps(thing, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def sent_already(of: ReadyText, school: School, words: str, *, at: datetime) -> Post | None:
    """Return the newest post with these words that this text became in the last day and that is not gone."""
    rows = Post.objects.filter(
        emergency_text__text=of, school=school, text=words, created_at__gte=at - SAME_AGAIN
    ).exclude(state__in=[PostState.WITHDRAWN, PostState.TAKING_DOWN, PostState.TAKEN_DOWN])
    return rows.select_related("author").order_by("-pk").first()


def people_to_tell(post: Post, *, on: date, but: Collection[int]) -> list[Person]:
    """Return who is told at once of an emergency text that was sent: those who approved it, and those of its
    school's leadership who can stop everything."""
    assert post.emergency_text is not None
    approved = [each.by for each in post.emergency_text.approvals.select_related("by")]
    federation, school = post.author.federation, post.school
    stops = holders_of_capacity("stop_everything", federation=federation, on=on, school=school)
    told = holders_of_capacity("be_told", federation=federation, on=on, school=school)
    head = [each for each in stops if each in told]
    found = {each.pk: each for each in (*approved, *head) if each.left_on is None or each.left_on > on}
    return [each for pk, each in sorted(found.items()) if pk not in but]


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
    check_may_keep(by, school, on=local_day(at))
    made = ReadyText.objects.create(
        school=school, emergency=emergency, for_replies=for_replies and not emergency, created_at=at
    )
    _write(made, 1, by=by, at=at, title=title, english=english, welsh=welsh, accounts=accounts,
           senders=senders, until=until)  # fmt: skip
    record("readytext.written", subject=made, at=at, actor=by)
    return read_text(made.pk)


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
    check_may_keep(by, text.school, on=local_day(at))
    _check_kept(text)
    before = newest(text)
    if before.number != version:
        raise NotNow(_("This text was changed a moment ago."), _("Open it again, then make your change."))
    cancel(kind=APPROVE_TEXT, subject=before, because="changed", at=at, by=by)
    _write(text, version + 1, by=by, at=at, title=title, english=english, welsh=welsh, accounts=accounts,
           senders=senders, until=until)  # fmt: skip
    record("readytext.changed", subject=text, at=at, actor=by, number=version + 1)
    return read_text(text.pk)


@action
def retire_text(*, by: Person, at: datetime, text: ReadyText) -> ReadyText:
    """Retire a text: it can no longer be used or sent. Posts made from it stay.

    Of an approved emergency text, which two people made, this asks a second person to agree; their own call
    retires it. One of the two approves posts. Until then it can be sent. Raises NotAllowed, NotNow (retired
    already; waiting for someone else).
    """
    check_may_retire(by, text, on=local_day(at))
    ReadyText.objects.select_for_update().get(pk=text.pk)  # of two at once the second sees the first
    text = read_text(text.pk)
    if text.retired_at is not None:
        raise done_before(
            text,
            _("This text is retired already."),
            _("Choose another text."),
            retired_at__isnull=False,
        )
    if retires_alone(by, text, on=local_day(at)):
        return _retire(text, by=by, at=at)
    if text.retire_asked_by_id is not None:
        raise NotNow(
            _("A second person must agree before this text is retired."),
            _("Ask a colleague who approves posts. Until then it can be sent."),
        )
    text.retire_asked_by, text.retire_asked_at = by, at
    text.save(update_fields=["retire_asked_by", "retire_asked_at"])
    for person in who_agrees(text, by=by):
        open_duty(
            kind=RETIRE_TEXT, subject=text, at=at, due=Due.none_promised(), person=person, school=text.school
        )
    record("readytext.retiring_asked", subject=text, at=at, actor=by)
    return read_text(text.pk)


@action
def keep_in_use(*, by: Person, at: datetime, text: ReadyText) -> ReadyText:
    """Decline to retire an emergency text, or take back the request. Raises NotAllowed, NotNow."""
    check_may_retire(by, text, on=local_day(at))
    asked = ReadyText.objects.filter(pk=text.pk, retired_at=None, retire_asked_by__isnull=False)
    if not asked.update(retire_asked_by=None, retire_asked_at=None):
        raise NotNow(_("No one is asking to retire this text."), _("Open it again to see its status."))
    discharge(kind=RETIRE_TEXT, subject=text, by=by, at=at, how="kept")
    record("readytext.kept_in_use", subject=text, at=at, actor=by)
    return read_text(text.pk)


def _retire(text: ReadyText, *, by: Person, at: datetime) -> ReadyText:
    text.retired_at = at
    text.save(update_fields=["retired_at"])
    cancel(kind=APPROVE_TEXT, subject=newest(text), because="withdrawn", at=at, by=by)
    discharge(kind=RETIRE_TEXT, subject=text, by=by, at=at, how="agreed")
    record("readytext.retired", subject=text, at=at, actor=by)
    return read_text(text.pk)


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
    version, on = newest(text), local_day(at)
    filled_in = {"school": school, **values}
    check_values(filled_in, wanted=blanks_of(version), on=on, emergency=False)
    words = words_of(version, school, filled_in)
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
    offered = {each.pk for each in senders_offered(text.school, by, on=on)}
    if not senders:
        wrong["senders"] = _("Choose at least one person.")
    elif not {each.pk for each in senders} <= offered:
        wrong["senders"] = _("Choose people who write posts here.")
    if until is None or not on < until <= on + LONGEST_APPROVAL:
        wrong["until"] = _("Choose a day after today, at most a year ahead.")
    if wrong:
        raise BadInput(wrong)


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
