"""Consent links: made, mailed, printed and revoked by the office; used by a parent or the pupil; and what
their page says, in our words or the school's own in any language.

The code of a link is made again whenever it is mailed or printed, and never stored.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.lasting import keyed, letters_of, plain
from schoolgate.core.leaving import check_leaving
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.duties.actions import cancel, open_duty
from schoolgate.duties.models import Due
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.notices import sign_in
from schoolgate.notices.kinds import address
from schoolgate.people.models import Person
from schoolgate.people.persons import email_is_bad, tidy_email
from schoolgate.people.queries import book_for
from schoolgate.pupils import consents
from schoolgate.pupils.answering import LONGEST_NAME, ask_to_settle, withdraw
from schoolgate.pupils.consents import check_may_keep, own_answers
from schoolgate.pupils.models import (
    ANSWERING,
    ASK,
    BY_LETTER,
    Answer,
    Cause,
    Consent,
    ConsentWords,
    Form,
    Giver,
    ParentLink,
    Pupil,
    Use,
)

LENGTH = 12
"""31^12: with ten thousand links and a thousand tries a minute, one guess in a hundred thousand years."""
LASTS = timedelta(days=400)
"""A school year and the weeks around it; each mail or letter begins it again."""


def code_of(link: ParentLink) -> str:
    """Return the code of a link, in three groups of four."""
    made = keyed("schoolgate.pupils.link", f"{link.federation_id}:{link.pk}:{link.turn}").digest()
    code = letters_of(made, LENGTH)
    return "-".join(code[first : first + 4] for first in range(0, LENGTH, 4))


def digest_of(code: str) -> str:
    """Return the digest of a code that is stored, however it was typed."""
    return keyed("schoolgate.pupils.link.digest", plain(code)).hexdigest()


def address_of(link: ParentLink) -> str:
    """Return the whole address of a link's page, for a mail or a letter."""
    return address("consent", federation=link.federation.slug, code=code_of(link))


def entry_address(link: ParentLink) -> str:
    """Return the address at which the code of a letter is typed."""
    return address("consent-code", federation=link.federation.slug)


def find(code: str, *, at: datetime) -> ParentLink:
    """Return the link of a code that works in the federation in scope.

    Raises NotFound, and nothing else: for a code that never was one, that expired, was revoked or is another
    federation's.
    """
    rows = ParentLink.objects.select_related("pupil__school", "federation")
    if len(plain(code)) != LENGTH:
        raise NotFound
    found = rows.filter(digest=digest_of(code), revoked_at=None, expires_at__gt=at).first()
    if found is None:
        raise NotFound
    return found


OURS = ("en", "cy")
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
LONGEST = 500
CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
WORDS: Mapping[str, Promise] = {
    "language": _("English"),
    "title": _("{name}: pictures and names"),
    "whose": _("This page is for {who}."),
    "intro": _("You decide. You can change any answer at any time. If you don’t answer, we take it as no."),
    "picture": _("May we show {name} in pictures?"),
    "film": _("May we show {name} in films?"),
    "name": _("May we give {name}’s name?"),
    "voice": _("May we let {name}’s voice be heard?"),
    "means": _(
        "Anyone can see our pages and social media. If you say no later, we take our posts down."
    ),
    "yes": _("Yes"),
    "no": _("No"),
    "unanswered": _("No answer yet, which means no"),
    "partly": _("Yes, but not on all accounts"),
    "you_said": _("You answered “{answer}” on {day}."),
    "on_record": _("This comes from the school’s records."),
    "for_now": _("It counts as no for now. The school office can tell you more."),
    "none_of_it": _("No to everything"),
    "all": _("All our official accounts"),
    "only": _("Answer for one network only"),
    "saved": _("Your answer has been saved."),
    "not_here": _(
        "Your yes doesn’t count yet: a member of staff has signed in on this device. Answer on your own "
        "device, or on paper. The school will ask you."
    ),
    "down": _("Take my pictures down"),
    "posts": _("Posts you asked us to remove"),
    "looking": _("We’re looking for posts to remove. Reload this page in a minute."),
    "none": _("We found no posts to remove."),
    "removed": _("Removed on {day}"),
    "never": _("Not posted"),
    "going": _("Being removed"),
    "by_hand": _("A member of staff will remove it by {day}"),
    "looked_for": _("A member of staff will check by {day} that it isn’t there"),
    "not_yet": _("Not removed yet"),
    "stuck": _("Couldn’t be removed yet: we’ll ring you"),
}  # fmt: skip
"""By their keys; `{name}`, `{who}` and `{day}` are filled in."""
OWN = frozenset({"title", "means"})
"""What a school may say in its own words in our languages. The questions, the buttons and the outcome of an
answer are ours: no school's words turn a no into a yes."""
TURNS = frozenset({*(use.value for use in Use), "yes", "no", "none_of_it", "down", "unanswered", "partly"})
"""What is asked and answered: in other languages our English stands beside it."""


def right_to_left(language: str) -> bool:
    """Return whether a language is written from right to left."""
    return language.partition("-")[0] in RIGHT_TO_LEFT


def languages_here() -> dict[str, str]:
    """Return the languages of the page with their own names, ours first."""
    rows = ConsentWords.objects.order_by("id")
    own = {row.language: row.words.get("language", row.language) for row in rows}
    return {"en": "English", "cy": "Cymraeg", **{key: name for key, name in own.items() if key not in OURS}}


def words_in(language: str, **names: str) -> dict[str, str]:
    """Return every text of the page in a language: the school's own, else ours, or our English. A question or
    an answer in the school's words has ours beside it."""
    own = ConsentWords.objects.filter(language=language).values_list("words", flat=True).first() or {}
    with translation.override(language if language in OURS else "en"):
        said = {key: str(text) for key, text in WORDS.items()}
    if language in OURS:
        own = {key: text for key, text in own.items() if key in OWN}
    said |= {key: f"{text} ({said[key]})" if key in TURNS else text for key, text in own.items() if text}
    for key, value in names.items():
        said = {each: text.replace(f"{{{key}}}", value) for each, text in said.items()}
    return said


@action
def write_words(*, by: Person, at: datetime, language: str, words: Mapping[str, str]) -> ConsentWords:
    """Save the school's own words for one language; an empty text means ours.

    Raises NotAllowed, BadInput (`language`, or the key of a text).
    """
    check_may_keep(by, on=local_day(at))
    given = {key: " ".join(text.split()) for key, text in words.items() if text.strip()}
    wrong: dict[str, Promise] = {
        key: _("Use up to 500 characters.") for key, text in given.items() if len(text) > LONGEST
    }
    if language in OURS:
        wrong |= {key: _("Our own words stay here: leave this empty.") for key in given if key not in OWN}
    if not CODE.fullmatch(language):
        wrong["language"] = _("Enter a language code, such as ur for Urdu.")
    if wrong:
        raise BadInput({str(key): told for key, told in wrong.items()})
    check_leaving(Door.CONSENT_WORDS, given, about=by.federation, by=by, at=at)
    kept = {key: given[key] for key in WORDS if key in given}
    row, _new = ConsentWords.objects.update_or_create(
        language=language, defaults={"words": kept, "by": by, "at": at}
    )
    record("consentwords.saved", subject=row, at=at, actor=by, language=language)
    return row


@action
def make_link(
    *,
    by: Person,
    at: datetime,
    pupil: Pupil,
    giver: str,
    who: str = "",
    email: str = "",
    language: str = "en",
) -> ParentLink:
    """Make the link of one parent, or of the pupil. Nothing is sent.

    Raises NotAllowed, BadInput by field, NotNow (they have one).
    """
    consents.check_may_keep(by, on=local_day(at), school=pupil.school)
    who = " ".join(who.split()) if giver == Giver.PARENT else ""
    email = tidy_email(email) if email.strip() else ""
    wrong = {
        "giver": _("Choose who the link is for.") if giver not in ANSWERING else None,
        "who": _("Enter the parent’s name in 120 characters or fewer.")
        if giver == Giver.PARENT and not 0 < len(who) <= LONGEST_NAME
        else None,
        "email": _("Enter an email address, such as ann@example.org.")
        if email and email_is_bad(email)
        else None,
        "language": _("Choose a language.") if language not in OURS else None,
    }
    if found := {name: told for name, told in wrong.items() if told is not None}:
        raise BadInput(found)
    if ParentLink.objects.filter(pupil=pupil, giver=giver, who__iexact=who, revoked_at=None).exists():
        raise NotNow(_("They already have a link."), _("Send it again, or revoke it first."))
    link = ParentLink.objects.create(
        pupil=pupil, giver=giver, who=who, email=email, language=language, by=by, at=at,
        expires_at=at + LASTS,
    )  # fmt: skip
    _renew(link, at=at)
    record("consentlink.made", subject=link, at=at, actor=by)
    return link


@action
def mail_link(*, by: Person, at: datetime, link: ParentLink) -> ParentLink:
    """Mail a link to its parent or pupil. Raises NotAllowed, NotNow (revoked, or without an address)."""
    consents.check_may_keep(by, on=local_day(at), school=link.pupil.school)
    if link.revoked_at is not None or not link.email:
        raise NotNow(_("This link can’t be emailed."), _("Make a new one with an email address."))
    _renew(link, at=at)
    write_mail(
        link,
        at=at,
        subject=_("pictures and names: your answer"),
        lines=(
            _("Please tell us whether we may show you in pictures and films. This is your page:")
            if link.giver == Giver.PUPIL
            else _("Please tell us whether we may show your child in pictures and films. This is your page:"),
            _("Keep this email: you can change your answer at any time. Don’t pass the link on."),
        ),
    )
    link.mailed_at = at
    link.save(update_fields=["mailed_at", "mail"])
    record("consentlink.mailed", subject=link, at=at, actor=by)
    return link


@action
def mail_class(*, by: Person, at: datetime, schools: Collection[School], form: str) -> int:
    """Mail every link of a class that has an address and wasn't mailed yet; returns how many."""
    waiting = _of_class(schools, form).filter(mailed_at=None).exclude(email="")
    rows = list(waiting.select_related("pupil__school", "federation").select_for_update(of=("self",)))
    for link in rows:
        mail_link(by=by, at=at, link=link)
    return len(rows)


@action
def print_links(*, by: Person, at: datetime, pupils: Iterable[Pupil]) -> list[ParentLink]:
    """Return the links to print for some pupils: those of their parents, or a new one for each without any.

    Raises NotAllowed.
    """
    found: list[ParentLink] = []
    pupils = list(pupils)
    rows = ParentLink.objects.filter(pupil__in=pupils, giver=Giver.PARENT, revoked_at=None)
    here: dict[int, list[ParentLink]] = {}
    for link in rows.select_related("pupil__school", "federation").order_by("id"):
        here.setdefault(link.pupil_id, []).append(link)
    for pupil in pupils:
        consents.check_may_keep(by, on=local_day(at), school=pupil.school)
        found += here.get(pupil.pk) or [
            make_link(by=by, at=at, pupil=pupil, giver=Giver.PARENT, who=BY_LETTER)
        ]
    for link in found:
        _printed(link, by=by, at=at)
    return found


@action
def print_one(*, by: Person, at: datetime, link: ParentLink) -> list[ParentLink]:
    """Return one link to print. Raises NotAllowed."""
    consents.check_may_keep(by, on=local_day(at), school=link.pupil.school)
    _printed(link, by=by, at=at)
    return [link]


@action
def revoke_link(*, by: Person, at: datetime, link: ParentLink) -> ParentLink:
    """Stop a link from working. Its answers stay. Raises NotAllowed, NotNow (revoked already)."""
    consents.check_may_keep(by, on=local_day(at), school=link.pupil.school)
    if link.revoked_at is not None:
        raise done_before(link, _("This link no longer works."), revoked_at__isnull=False)
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    record("consentlink.revoked", subject=link, at=at, actor=by)
    return link


@action
def answer_by_link(
    *,
    at: datetime,
    link: ParentLink,
    uses: Collection[str],
    answer: str,
    channel: str = "",
    among_staff: bool = False,
) -> list[Consent]:
    """Record the answer of the parent or pupil with this link; the same answer again changes nothing.

    `among_staff`: it came from a device on which a member of staff is, or was lately, signed in. A yes from
    there is no parent's: the office asks them. A no counts as any.

    Raises BadInput for a use, an answer or a channel that there isn't.
    """
    if not uses or set(uses) - set(Use.values) or answer not in (Answer.GIVEN, Answer.REFUSED):
        raise BadInput({"answer": _("Choose yes or no.")})
    if channel and channel not in all_capabilities():
        raise BadInput({"channel": _("Choose a network.")})
    rows = ParentLink.objects.select_for_update(of=("self", "pupil"))
    link = rows.select_related("pupil__school", "by").get(pk=link.pk)
    if among_staff and answer == Answer.GIVEN:
        _ask_parent(link, at=at)
        return []
    hands = _hands(link) if answer == Answer.GIVEN else []
    said = [
        Consent.objects.create(
            pupil=link.pupil, use=use, channel=where, answer=answer, giver=link.giver, who=link.who,
            form=Form.HERE, from_day=local_day(at), link=link, at=at, hands=hands,
        )
        for where in _answered_for(link, channel)
        for use in _not_yet(link, uses, where, answer)
    ]  # fmt: skip
    for row in said:
        record("consent.answered", subject=row, at=at, use=row.use, answer=row.answer)
    if said and answer == Answer.REFUSED:
        withdraw(
            at=at, pupil=link.pupil, cause=Cause.ANSWER, uses={row.use for row in said}, channel=channel,
            giver=link.giver, who=link.who,
        )  # fmt: skip
    ask_to_settle([link.pupil], at=at)
    cancel(kind=ASK, subject=link.pupil, because="over", at=at)
    link.used_at = at
    link.save(update_fields=["used_at"])
    return said


def _ask_parent(link: ParentLink, *, at: datetime) -> None:
    """Have the office ask a parent whose yes came from a device of the staff."""
    school = link.pupil.school
    for role in book_for(school).pack.roles_with("administer"):
        open_duty(kind=ASK, subject=link.pupil, at=at, due=Due.none_promised(), role=role.key, school=school)
    record("consent.asked", subject=link, at=at)


def _hands(link: ParentLink) -> list[int]:
    """Return the members of staff who could have answered by a link: who printed it, who reads mail at its
    address, and who made it for an address beside their own."""
    readers = (
        set(Person.objects.filter(email__iexact=link.email).values_list("pk", flat=True))
        if link.email
        else set()
    )
    own = link.by.email.rpartition("@")[2].casefold()
    beside = {link.by_id} if own and own == link.email.rpartition("@")[2].casefold() else set()
    return sorted({*link.printed_by, *readers, *beside})


def write_mail(link: ParentLink, *, at: datetime, subject: object, lines: Iterable[object]) -> None:
    """Have a mail with the link sent, in the language of its parent. No name is in it."""
    with translation.override(link.language):
        first, *rest = (str(line) for line in lines)
        parts = [gettext("Hello"), first, address_of(link), *rest, link.pupil.school.name]
        link.mail = sign_in.write(
            to=link.email,
            subject=f"{link.pupil.school.name}: {subject}",
            body="\n\n".join(parts),
            at=at,
            sent_for=link.federation,
        ).pk


def progress_of(schools: Collection[School], form: str) -> dict[str, int]:
    """Return, for the links of a class or of all pupils, how many there are, wait to be mailed, are on their
    way and were used. Two queries."""
    rows = _of_class(schools, form)
    there = Q(email="")
    counts = rows.aggregate(
        made=Count("id"),
        waiting=Count("id", filter=~there & Q(mailed_at=None)),
        mailed=Count("id", filter=Q(mailed_at__isnull=False)),
        used=Count("id", filter=Q(used_at__isnull=False)),
    )
    mails = rows.exclude(mail=None).values("mail")
    return {**counts, "going": sign_in.under_way(mails)}


def _printed(link: ParentLink, *, by: Person, at: datetime) -> None:
    _renew(link, at=at)
    link.printed_at, link.printed_by = at, sorted({*link.printed_by, by.pk})
    link.save(update_fields=["printed_at", "printed_by"])
    record("consentlink.printed", subject=link, at=at, actor=by)


def _answered_for(link: ParentLink, channel: str) -> list[str]:
    """Return where an answer counts: one for all accounts also where its person had answered for one
    network."""
    if channel:
        return [channel]
    rows = Consent.objects.filter(pupil=link.pupil_id, giver=link.giver, who__iexact=link.who)
    return ["", *sorted(set(rows.exclude(channel="").values_list("channel", flat=True)))]


def _not_yet(link: ParentLink, uses: Collection[str], channel: str, answer: str) -> list[str]:
    """Return the uses for which the answer for exactly this channel is another or one for some days, or for
    which anyone else has answered or settled something since: said again, it counts again."""
    now = own_answers(link, channel)
    rows = Consent.objects.filter(pupil=link.pupil_id, use__in=uses)
    rows = rows.exclude(giver=link.giver, who__iexact=link.who)
    if channel:
        rows = rows.filter(channel__in={"", channel})
    others = dict(rows.values_list("use").annotate(newest=Max("id")))
    return [
        use
        for use in sorted(set(uses))
        if use not in now
        or (now[use].answer, now[use].channel, now[use].until) != (answer, channel, None)
        or others.get(use, 0) > now[use].pk
    ]


def _renew(link: ParentLink, *, at: datetime) -> None:
    """Let its time begin again, with the digest of the code that this installation makes."""
    link.digest, link.expires_at = digest_of(code_of(link)), at + LASTS
    link.save(update_fields=["digest", "expires_at"])


def _of_class(schools: Collection[School], form: str) -> QuerySet[ParentLink]:
    rows = ParentLink.objects.filter(pupil__school__in=schools, pupil__left_on=None, revoked_at=None)
    return rows.filter(pupil__form=form) if form else rows
