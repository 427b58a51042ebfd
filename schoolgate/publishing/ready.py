"""Texts that are ready for use: who may keep and send them, which there are, and how they read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from schoolgate.accounts.models import Account
from schoolgate.core.doors import Door
from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import Leaving, read_by_two
from schoolgate.core.models import School
from schoolgate.core.reading_once import read_once
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities, capacities_by_school, holders_of_capacity
from schoolgate.people.rules import can, check_capacity
from schoolgate.publishing import rules
from schoolgate.publishing.blanks import Value, blanks_in, filled
from schoolgate.publishing.models import Post, ReadyApproval, ReadyText, ReadyVersion
from schoolgate.publishing.states import PostState, ReadyState

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


def text(pk: int) -> ReadyText:
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
