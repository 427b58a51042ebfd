"""What comes in beside comments and concerns: a post that a watch found, a call from the press, a report of a
fake account, news and suggestions that are sent in, a breach, what a colleague asks or leaves for the next
one, and what colleagues write in forms where no one looks for a concern.

Each room hands all its words over here as they come in, the name of who wrote them included. What a
safeguarding lead reads first becomes a concern about the row, told at once; until a lead says that it isn't
about them, the people it may be about find neither the row nor a task about it.

Words in a form are read as they're given to an action, whatever page, command or program they come from.
Where they may be about someone here, they aren't stored where that person could read them: the action doesn't
happen and the form comes back with the words in it, or, where it can't wait, it happens without them. The
lead's concern has them all. What is read in other ways, or not at all, is declared in
`tests/guarantees/not_read.py`, and a new text without a line fails there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.days import day_in
from schoolgate.core.errors import NotNow, ToldLead
from schoolgate.core.models import Federation, School
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope, in_scope
from schoolgate.patterns import lazy_pattern
from schoolgate.people import staff_words
from schoolgate.people.accusations import may_accuse
from schoolgate.people.called import speaks_of_an_act
from schoolgate.people.confined import meant_by
from schoolgate.people.models import Person
from schoolgate.people.named import Names
from schoolgate.people.queries import book_of
from schoolgate.people.reading_words import lists_here, may_be_a_childs
from schoolgate.screening.folding import fold
from schoolgate.triage import URGENT, Lane, tells_now, triage

SPEAKS_ILL = frozenset({Lane.DANGER, Lane.THREAT, Lane.ABUSE, Lane.COMPLAINT})
"""Where words name a person here and have a reason of one of these lanes, they aren't theirs to read: they
may be about them. Praise, a question and an ordinary remark stay theirs."""


@dataclass(frozen=True)
class TakerIn:
    """A kind of thing in which words come in. `where`: how those who are told read where; `to_us`: they were
    written to us alone, so a lead also reads what may only be a sign, or a language that isn't read here;
    `kind_alone`: who is named or described reads only what is plainly kind or ordinary, as with comments;
    `by_children`: who it is about may write it, so a lead also reads what accuses an adult, what tells of
    oneself and who is shown there; `of_work`: colleagues write it about their work, so what only complains of
    someone here, or tells what they did, is theirs to read, and what accuses them isn't; `any_adult`: a lead
    also reads what accuses an adult who isn't known."""

    where: Promise
    to_us: bool
    kind_alone: bool = False
    by_children: bool = False
    of_work: bool = False
    any_adult: bool = False


TAKE_IN: dict[str, TakerIn] = {
    "breaches.breach": TakerIn(_("In the record of a data breach."), to_us=False, of_work=True),
    "accounts.fake": TakerIn(_("In a report of a fake account, {number}."), to_us=True, by_children=True),
    "inbox.itemnote": TakerIn(_("In a note for colleagues about a comment or message."), to_us=False),
    "listening.find": TakerIn(_("In a public post that Schoolgate found."), to_us=False),
    "policy.permissionasked": TakerIn(_("In a request for a permission, number {number}."), to_us=False),
    "policy.rulingasked": TakerIn(_("In a question for a ruling, number {number}."), to_us=True),
    "policy.suggestion": TakerIn(_("In a suggestion for the policy."), to_us=True),
    "press.enquiry": TakerIn(_("In an enquiry from the press."), to_us=True, kind_alone=True, any_adult=True),
    "publishing.news": TakerIn(_("In news that a colleague passed on."), to_us=False),
    "rota.turn": TakerIn(_("In a handover note."), to_us=True),
}
"""Every kind of thing in which they do, by its name in the record."""


_SHOWN = lazy_pattern(
    r"\b(?:(?:pic\w*|photos?|videos?|vids?) of (?:me|us|him|her|my)\b|(?:im|i'm|i am) (?:on|in) it"
    r"|(?:llun\w*|fideo\w*) (?:fi|ohon\w+|o fy)"
    r"|pants|knickers|bras?|nudes?|nak(?:ed|id)|underwear|lingerie|bikini|topless|undress\w*|showers?"
    r"|baths?|toilets?|loos?"
    r"|changing|strip\w*|sex\w*|boobs?|bum|private parts|noeth\w*|dillad isaf|ddillad isaf|nicers"
    r"|tr[oô]ns|cawod\w*|gawod"
    r"|toiled\w*|newid dillad|rhyw(?:iol)?)\b",
    re.IGNORECASE,
)

_YOUNG = (
    r"(?:kids?|child(?:ren)?|pupils?|students?|girls?|boys?|lads?|lasses|teens?|teenagers?|minors?"
    r"|under ?-?1\d+s?|daughters?|sons?|nieces?|nephews?|sisters?|brothers?|cousins?|mates?|friends?"
    r"|classmates?|little ones?|(?:year|yr) ?\d{1,2}s?|y\d{1,2}s?|\d{1,2} year olds?)"
)
_REACHES = (
    r"(?:messag\w{1,4}|dm(?:s|ed|ing|'?d)?|texts?|text(?:ed|ing)|snap(?:s|ped|ping)|contact\w{0,3}|adds?"
    r"|add(?:ed|ing)|follow(?:s|ed|ing)?|chat(?:s|ted|ting)?|talk(?:s|ed|ing)?|writes?|wrote|writing"
    r"|asks?|ask(?:ed|ing)|request\w{0,3}|invit\w{1,3}|approach\w{0,3}|befriend\w{0,3}|sends?|sent|sending"
    r"|meets?|met|meeting|tells?|told|telling|comment\w{0,3}|lik(?:es|ed|ing)|target\w{0,3}|speak(?:s|ing)?"
    r"|groom\w{0,3})"
)
_GAP = r"(?: [\w'’]{1,20}){0,5} "
_CONTACTS = lazy_pattern(
    rf"\b{_REACHES}{_GAP}{_YOUNG}\b"
    rf"|\b{_YOUNG}(?: [\w'’]{{1,20}}){{0,6}} (?:contacted|messag\w{{1,4}}|dms?|texts?|request|requests|asked"
    r"|invited|added|approached|targeted)\b"
    r"|\b(?:i|we) (?:think (?:i|we) )?know(?:s|n)? (?:exactly )?(?:who (?!to\b|it isn)|whose|him|her|them"
    r"|the (?:one|person|man|woman|boy|girl|lad|guy|kid)s?)"
    r"|\b(?:man|woman|boy|girl|lad|guy|bloke|person|someone|kid) (?:i|we) know\b"
    r"|\b(?:neg[eo]s\w{0,6}|siarad|sgwrsio|ychwanegu|dilyn|gofyn|tecstio|cysylltu|cyfarfod|cwrdd|anfon\w{0,2}"
    r"|gyrru|hala)"
    r"(?: [\w'’]{1,20}){0,5} (?:b?ph?lant|[mf]erched|[mf]erch|[bf]echgyn|[bf]achgen|b?ph?lentyn"
    r"|dd?isgyblion|nisgyblion|hogia\w?|hogyn|genod|hogan|[bfm]lwyddyn \d{1,2}|fy m\w{2,8}|ffrindiau?)\b"
    r"|\b(?:b?ph?lant|[mf]erched|[mf]erch|[bf]echgyn|fy m\w{2,8}|dd?isgyblion|genod|hogia)"
    r"(?: [\w'’]{1,20}){0,5} (?:neges\w{0,6}|cais)\b"
    r"|\b(?:gwybod|nabod|adnabod) (?:pwy|y (?:boi|dyn|ddynes|hogyn|hogan|bachgen|ferch|person|un))\b",
    re.IGNORECASE,
)
"""Children who are contacted, or someone who knows whose account it is."""


@dataclass(frozen=True)
class Heard:
    """Whether a safeguarding lead reads it first, and the ids of the people here that it may be about."""

    lead_first: bool
    meant: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Incoming:
    """Words that came in. `row`: the thing that is kept from the people meant, where there is one; `mark_of`:
    what makes them one concern, however often they are read; `by_and_where`: who writes and where, if other
    words may come in there: those of the same hour are added to one concern; `text`: all the words, as a lead
    reads them; `about`: who is meant, besides those found in them."""

    row: Model | None
    mark_of: Model | None
    text: str
    where: str
    school: School | None
    by_and_where: str = ""
    about: tuple[Person, ...] = ()


Tell = Callable[[Incoming, datetime], Any]
Waits = Callable[[str], bool]
_tells: list[tuple[Tell, Waits]] = []


def tell_with(tell: Tell, *, waits: Waits) -> None:
    """Register what tells a safeguarding lead, and what returns whether a lead has yet to read the thing with
    this name in the record. Called once, at start-up."""
    _tells.append((tell, waits))


def read_outside(
    text: str,
    *,
    names: Names,
    writer: Collection[str] = (),
    to_us: bool,
    kind_alone: bool = False,
    by_children: bool = False,
    of_work: bool = False,
    any_adult: bool = False,
) -> Heard:
    """Return what words from outside say by themselves, with the names of who wrote them. `to_us`,
    `kind_alone`, `by_children`, `of_work`, `any_adult`: as of `TakerIn`."""
    by = [name for name in writer if name]
    whole = "\n".join([text, *by])
    meant = names.complained_of(whole)
    ranked = triage(text, lists=lists_here(), writer=by, to_us_alone=to_us or bool(meant))
    alone = [triage(one, lists=lists_here()) for one in by]
    why = [*ranked.why, *(reason for one in alone for reason in one.why)]
    lanes = {each.lane for each in why}
    certain = tells_now((each.lane, each.kind) for each in why)
    ill = bool(meant) and (_accuses_at_work(whole, lanes) if of_work else _speaks_ill(whole, lanes))
    topic = staff_words.topic_of_view(fold(text).text) if kind_alone else None
    if topic is not None and not certain and not speaks_of_an_act(topic) and not SPEAKS_ILL & lanes:
        return Heard(False)
    if kind_alone:
        told = names.told_of(text, lanes=lanes)
        meant |= told.kept_from
        ill = ill or bool(told.kept_from)
    cries = (by_children and cries_out(text)) or (any_adult and may_accuse(text))
    lead_first = certain or ill or cries or (to_us and bool(lanes & set(URGENT)))
    return Heard(lead_first, meant if lead_first else frozenset())


def _speaks_ill(text: str, lanes: set[Lane]) -> bool:
    return bool(SPEAKS_ILL & lanes) or speaks_of_an_act(text)


def _accuses_at_work(text: str, lanes: set[Lane]) -> bool:
    return bool({Lane.DANGER, Lane.THREAT} & lanes) or may_accuse(text)


def cries_out(text: str) -> bool:
    """Return whether a report that anyone can write may tell of a child in danger, in words of no list: also
    where it says that children are contacted, or that its writer knows who does it."""
    return (
        may_accuse(text)
        or may_be_a_childs(text)
        or bool(_SHOWN.search(text))
        or bool(_CONTACTS.search(fold(text).text))
    )


def may_cry_out(*texts: str) -> bool:
    """Return whether words that anyone may send, by lists alone, may tell of someone in danger: before a
    limit refuses them. Asks the database nothing."""
    return any(triage(one, to_us_alone=True).lane in URGENT or cries_out(one) for one in texts if one.strip())


def take_in(
    row: Model,
    text: str,
    *,
    at: datetime,
    federation: Any,
    writer: Collection[str] = (),
    school: School | None = None,
    mark_of: Model | None = None,
    names: Names | None = None,
    rewritten_by: Person | None = None,
) -> Heard:
    """Read what came in and, where a safeguarding lead reads it first, tell one at once. `names`: the people
    here, where many texts are read together; `rewritten_by`: who writes it, where the row's words may be
    replaced: what they write soon after is added to the concern, and later it's one of its own."""
    taker = _taker(row)
    heard = _heard(taker, text, names=names or names_of(federation, on=local_day(at)), writer=writer)
    if heard.lead_first:
        where = str(taker.where).format(number=getattr(row, "reference", row.pk))
        words = "\n\n".join([text.strip(), *(name for name in writer if name)])
        by_and_where = f":by:{rewritten_by.pk}" if rewritten_by else ""
        tell_leads(Incoming(row, mark_of or row, words, where, school, by_and_where), at)
    return heard


def tell_leads(found: Incoming, at: datetime) -> None:
    """Tell a safeguarding lead at once of what came in; safe to do twice."""
    for tell, _waits in _tells:
        tell(found, at)


def was_read_first(row: Model, text: str, federation: Any, *, on: date) -> bool:
    """Return whether words that came in with this row are such as a safeguarding lead is told of."""
    return _heard(_taker(row), text, names=names_of(federation, on=on)).lead_first


def _taker(row: Model) -> TakerIn:
    return TAKE_IN[subject_of(row).partition(":")[0]]


def _heard(taker: TakerIn, text: str, *, names: Names, writer: Collection[str] = ()) -> Heard:
    return read_outside(
        text, names=names, writer=writer, to_us=taker.to_us, kind_alone=taker.kind_alone,
        by_children=taker.by_children, of_work=taker.of_work, any_adult=taker.any_adult,
    )  # fmt: skip


def names_of(federation: Any, *, on: date) -> Names:
    """Return the people here, to read many texts with."""
    return Names(book_of(federation), on=on)


def waits_for_lead(row: Model) -> bool:
    """Return whether a safeguarding lead was told of it and has yet to read it."""
    return any(waits(subject_of(row)) for _tell, waits in _tells)


def is_told(person: Person, row: Model) -> bool:
    """Return whether the page says to this person that a safeguarding lead reads it first: to no one that it
    may be about."""
    name = subject_of(row)
    return waits_for_lead(row) and person.pk not in meant_by([name]).get(name, ())


def check_read_first(row: Model) -> None:
    """Raise NotNow while a safeguarding lead has yet to read it: no one else deals with it before."""
    if waits_for_lead(row):
        raise NotNow(
            _("A safeguarding lead reads this first."), _("You can deal with it as soon as one has read it.")
        )


TOLD = _(
    "A safeguarding lead has been told what you wrote here, and it hasn’t been saved. Leave it out of this "
    "form. To add more, report a concern."
)
WAS_TOLD = _("A safeguarding lead has been told what you wrote.")
FEWEST_WORDS = 2
"""A single word is a name, or the code of a choice."""
NOTED = "people.outside.told"
"""Where a scope notes that a lead was told."""
_YOU = lazy_pattern(r"\b[Yy]ou\b|\b(?:[Cc]hi|[Tt]i)\b")


@dataclass(frozen=True)
class Reads:
    """What is read of what an action is given. `where`: how the leads read where it was written; `fields`:
    the names of what it's given, or of fields in that; `instead`: what it gets in place of words of danger,
    where it can't wait; `shown_to`: the name of the person who reads it, and may be meant by "you"."""

    where: Promise
    fields: str
    instead: str | None = None
    shown_to: str = ""


ACCOUNT = _("In a form about an account.")
BREACH = _("In the record of a data breach.")
MESSAGE = _("In a form about a message.")
ON_POST = _("In a comment or reason on a post.")
POLICY = _("In a form about the policy or training.")
PRESS = _("In a note for the press.")
COME_IN = _("In a note on what came in.")
READ: Mapping[str, Reads] = {
    "accounts.register.enter_associated": Reads(ACCOUNT, "name purpose contact"),
    "accounts.proposing.change_proposal": Reads(ACCOUNT, "name answers considered"),
    "accounts.closing.save_ending": Reads(ACCOUNT, "who content followers"),
    "accounts.before_opening.attach_condition": Reads(ACCOUNT, "words"),
    "accounts.before_opening.want_training": Reads(ACCOUNT, "topic"),
    "accounts.contributors.enter_admission": Reads(ACCOUNT, "who known_how"),
    "accounts.contributors.look_into": Reads(ACCOUNT, "how_known"),
    "accounts.contributors.turn_away": Reads(ACCOUNT, "reason"),
    "accounts.classes.end_admission": Reads(ACCOUNT, "reason"),
    "accounts.deciding.decide_proposal": Reads(ACCOUNT, "reason"),
    "accounts.closing.evaluate": Reads(ACCOUNT, "words results"),
    "accounts.unofficial.end_fake": Reads(ACCOUNT, "words"),
    "accounts.unofficial.note_evidence": Reads(ACCOUNT, "words"),
    "accounts.unofficial.told_network": Reads(ACCOUNT, "case"),
    "accounts.unofficial.note_found": Reads(ACCOUNT, "name whose"),
    "accounts.proposing.let_go_on": Reads(ACCOUNT, "reason"),
    "accounts.keys.keep_key": Reads(ACCOUNT, "note"),
    "accounts.keys.keep_seed": Reads(ACCOUNT, "note"),
    "accounts.papers.make_paper": Reads(ACCOUNT, "place"),
    "accounts.papers.report_opened": Reads(ACCOUNT, "why"),
    "accounts.papers.void_paper": Reads(ACCOUNT, "why"),
    "accounts.proposing.submit_proposal": Reads(
        ACCOUNT, "proposal.name proposal.answers proposal.considered"
    ),
    "accounts.deciding.send_back": Reads(ACCOUNT, "words"),
    "accounts.sites.look_over": Reads(ACCOUNT, "note"),
    "accounts.sites.put_word_on_record": Reads(ACCOUNT, "words team guidance open_points"),
    "accounts.sites.settle_site": Reads(ACCOUNT, "answers"),
    "accounts.small.decide_small": Reads(ACCOUNT, "reason"),
    "accounts.small.put_in_small": Reads(ACCOUNT, "name words open_points"),
    "breaches.cases.change_aware": Reads(BREACH, "why"),
    "breaches.cases.describe": Reads(BREACH, "details"),
    "breaches.cases.note": Reads(BREACH, "words"),
    "breaches.cases.judge_risk": Reads(BREACH, "why"),
    "breaches.cases.reopen": Reads(BREACH, "words"),
    "breaches.cases.tell_authority": Reads(BREACH, "delay"),
    "breaches.cases.tell_people": Reads(BREACH, "how not_told"),
    "conduct.leaving.tell_to_remove": Reads(
        _("In a request that someone remove their own post."), "words", shown_to="person"
    ),
    "core.stops.stop": Reads(_("In the reason for stopping posting."), "reason", instead="harm"),
    "inbox.removal_notices.decide_appeal": Reads(COME_IN, "reasons"),
    "inbox.judging.note_writer_step": Reads(COME_IN, "words"),
    "inbox.messaging.write_message": Reads(MESSAGE, "written.group written.reason written.implications"),
    "listening.finding.leave": Reads(COME_IN, "note"),
    "listening.watching.start_watch": Reads(COME_IN, "wanted.name wanted.purpose"),
    "policy.permitting.ask_back": Reads(POLICY, "words"),
    "policy.permitting.ask_first": Reads(POLICY, "words"),
    "policy.permitting.permit": Reads(POLICY, "words"),
    "policy.permitting.refuse_permission": Reads(POLICY, "words"),
    "policy.permitting.reply": Reads(POLICY, "words"),
    "policy.reviewing.end_practice": Reads(POLICY, "outcome"),
    "policy.reviewing.note_practice": Reads(POLICY, "words advice reference"),
    "policy.reviewing.record_review": Reads(POLICY, "words"),
    "policy.saying.answer_in_words": Reads(POLICY, "words"),
    "policy.saying.end_ruling": Reads(POLICY, "because"),
    "policy.saying.rule_on": Reads(POLICY, "words"),
    "policy.saying.rule": Reads(POLICY, "words"),
    "policy.saying.attest": Reads(POLICY, "note"),
    "policy.reviewing.answer_suggestion": Reads(POLICY, "answer"),
    "policy.training.plan_session": Reads(POLICY, "place topics"),
    "policy.training.record_training": Reads(POLICY, "note topics"),
    "press.enquiries.close": Reads(PRESS, "words"),
    "press.keeping.expect_attention": Reads(PRESS, "about line"),
    "press.enquiries.note_passed_by_hand": Reads(PRESS, "words"),
    "publishing.approving.send_back": Reads(ON_POST, "reason"),
    "publishing.emergency.return_text": Reads(ON_POST, "reason"),
    "publishing.reviewing.mark_post": Reads(ON_POST, "note"),
    "publishing.news.decline_news": Reads(ON_POST, "reason"),
    "publishing.owners.record_owner_permission": Reads(ON_POST, "title owner by_line limits"),
    "publishing.reviewing.answer_comment": Reads(ON_POST, "answer"),
    "publishing.reviewing.comment_on": Reads(ON_POST, "comment"),
    "publishing.taking_down.take_down": Reads(ON_POST, "words"),
    "publishing.taking_down.take_down_all": Reads(ON_POST, "words"),
    "publishing.reviewing.say_of_welsh": Reads(ON_POST, "words"),
    "publishing.past_import.take_in": Reads(ON_POST, "because"),
    "records.setting.set_period": Reads(POLICY, "reason"),
}
"""The action -> what is read of what it's given."""


def read_typed(name: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read what an action is given, before it writes anything. Return what it gets.

    Raises ToldLead where words of danger may be about someone here.
    """
    reads = READ.get(name)
    if reads is None:
        return given
    words = _words_in(reads, given)
    text = "\n".join(words.values())
    if len(text.split()) < FEWEST_WORDS:
        return given
    at: datetime = given["at"]
    reader = given.get(reads.shown_to) if reads.shown_to else None
    heard = _heard_in_passing(text, reader, at=at)
    if not heard.lead_first:
        return given
    about = (reader,) if isinstance(reader, Person) else ()
    found = Incoming(None, None, text, str(reads.where), _school(given), _by_and_where(name, given), about)
    if reads.instead is None and (about or heard.meant):
        longest = max(words, key=lambda field: len(words[field]))
        raise ToldLead({longest.rpartition(".")[2]: TOLD}, lambda: tell_leads(found, at))
    tell_leads(found, at)
    current_scope().memo[NOTED] = True
    if reads.instead is None:
        return given
    return {**given, reads.fields: reads.instead}


def told_in_passing() -> bool:
    """Return whether a lead was told of words that an action of this request was given and stored."""
    return in_scope() and bool(current_scope().memo.pop(NOTED, False))


def _heard_in_passing(text: str, reader: Any, *, at: datetime) -> Heard:
    names = names_of(Federation.objects.get(pk=current_scope().federation_id), on=local_day(at))
    if isinstance(reader, Person):
        text = _YOU.sub(reader.name, text)
    return read_outside(text, names=names, to_us=False, of_work=True)


def _words_in(reads: Reads, given: Mapping[str, Any]) -> dict[str, str]:
    """Return the words in each field that has any."""
    found = {}
    for field in reads.fields.split():
        first, _dot, rest = field.partition(".")
        value = given.get(first)
        if words := "\n".join(_strings(getattr(value, rest) if rest else value)):
            found[field] = words
    return found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip() and not _is_day(value):
            yield value.strip()
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
    elif hasattr(value, "words"):
        yield from _strings(value.words)


def _is_day(value: str) -> bool:
    """Whether it was chosen in a calendar: below *as we agreed* it was a time to meet."""
    try:
        day_in(value)
    except ValueError:
        return False
    return True


def _by_and_where(name: str, given: Mapping[str, Any]) -> str:
    """Return who writes in which form about what: their words of the same hour are one concern."""
    things = sorted(subject_of(one) for one in given.values() if isinstance(one, Model) and one.pk)
    return f"typed:{name}:{' '.join(things)}"


def _school(given: Mapping[str, Any]) -> School | None:
    """Return the school that an action is for, where it's given one or a thing of one."""
    for value in given.values():
        school = value if isinstance(value, School) else getattr(value, "school", None)
        if isinstance(school, School):
            return school
    return None
