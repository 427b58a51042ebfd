"""A decision in the words of a school, in either language: what its answer is called on a page, who is
asked, its sentences and clauses.

The rulebook answers with keys and arguments; here they become sentences. Closed words of the rulebook
never reach a page: what is allowed "may go ahead", what waits is "waiting for ... from ...", what is
left open "needs a ruling from ...", and where no rule speaks "this policy says nothing about it".

The rules name the person who proposes an account. During set-up, the answers come from the person who
checks the account's page, and the colleague who talked it over with the author confirms that talk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.core.days import stored_day, stored_instant
from schoolgate.core.tenancy import in_scope
from schoolgate.policy.keeping import body_of
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, book_in_force, book_in_scope, ruling_words, wordings
from schoolgate.rulebook import Decision, book
from schoolgate.rulebook.answers import Answer, answer_of_body
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.errors import UnknownPolicy
from schoolgate.rulebook.findings import OWN_WORDS, UNKNOWN
from schoolgate.rulebook.kinds import Basis, Kind, Outcome
from schoolgate.rulebook.messages import NEEDS, POINTS, SENTENCES, SOURCES
from schoolgate.rulebook.packs import pack_keys
from schoolgate.rulebook.packs.blank import BLANK
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.base import Asks
from schoolgate.rulebook.unread import times_named
from schoolgate.web.frame.shown import (
    NEAREST,
    ShownClause,
    ShownDue,
    ShownPoint,
    ShownSentence,
    ShownVerdict,
    day_in_words,
    due_in_words,
    instant_in_words,
)

KINDS: Mapping[str, str] = {
    Answer.ALLOWED: "good",
    Answer.ALLOWED_IF: "wait",
    Answer.ADVISED_AGAINST: "wait",
    Answer.READ_FIRST: "ask",
    Answer.NOT_YET: "wait",
    Answer.RULING: "ask",
    Answer.NOT_ALLOWED: "no",
    Answer.TO_DO: "wait",
    Answer.LATE: "no",
    Answer.DONE: "good",
    Answer.MET: "good",
    Answer.NOT_MET: "no",
    **dict.fromkeys((Answer.SAYS, Answer.LEFT_OUT, Answer.NOT_BOUND, Answer.SILENT), "plain"),
}
"""answer -> colour and sign"""
POINT_KINDS = {
    "not_permitted": "no",
    "breached": "no",
    "refer": "ask",
    "hold": "wait",
    "permitted": "good",
    "silent": "plain",
}
"""The same for the outcome of a point."""


def answer_in_words(answer: str, *, in_its_words: bool = True) -> str:
    """Return the heading of an answer. `in_its_words`: the policy itself says that
    it doesn't bind this person; else only its rules on this are for others, and the rest of it applies."""
    if answer == Answer.NOT_BOUND and not in_its_words:
        return _("The policy’s rules on this are for other people")
    return {
        Answer.ALLOWED: _("This is allowed"),
        Answer.ALLOWED_IF: _("Allowed if the ruling covers it"),
        Answer.ADVISED_AGAINST: _("Allowed, but the policy advises against it"),
        Answer.READ_FIRST: _("Read this first"),
        Answer.NOT_YET: _("Not ready yet"),
        Answer.RULING: _("This needs a ruling"),
        Answer.NOT_ALLOWED: _("This isn’t allowed"),
        Answer.TO_DO: _("What you must do"),
        Answer.LATE: _("Do this now: it’s overdue"),
        Answer.DONE: _("Nothing more to do"),
        Answer.MET: _("This meets the policy"),
        Answer.NOT_MET: _("This doesn’t meet the requirements"),
        Answer.SAYS: _("What the policy says"),
        Answer.LEFT_OUT: _("The policy leaves this out"),
        Answer.NOT_BOUND: _("The policy doesn’t apply to this person"),
        Answer.SILENT: _("The policy says nothing about this"),
    }[Answer(answer)]


SAY_IT_ALL = frozenset({Answer.SILENT, Answer.LEFT_OUT, Answer.NOT_BOUND})
"""Headings after which there is nothing to add on why the policy's own points say nothing."""


def to_read(body: Mapping[str, Any]) -> list[str]:
    """Return the clauses that people read for themselves: those that leave it out, those without a rule, and
    those that no answer waits for."""
    each = (body.get(name, ()) for name in ("excluded_by", "unread", "beside"))
    return list(dict.fromkeys(clause for some in each for clause in some))


def because_in_words(reason: str | None, unread: Sequence[str] = (), *, in_its_words: bool = True) -> str:
    """Return why the policy's own points say nothing, where the law or the house speaks. `unread`: clauses
    that may speak of it; then no one can say that it says nothing. `in_its_words`: as above."""
    if reason == "not_bound" and not in_its_words:
        return _("The policy’s rules on this are for other people.")
    return {
        "no_rule": "" if unread else _("The policy itself says nothing about this."),
        "not_bound": _("The policy doesn’t apply to this person."),
        "excluded": _("The policy leaves this out."),
    }.get(reason or "", "")


MAY_BE_EXCEPTED = frozenset({Answer.NOT_ALLOWED, Answer.NOT_MET, Answer.NOT_YET})
"""Headings which an exception of the policy may turn round, so that it stands right below them."""


def summary_of(answer: Answer, ruled: Sequence[str] = (), excepted: Sequence[str] = ()) -> str:
    """Return the sentence under the heading; empty where the heading says it all. `ruled`: the words of the
    rulings on which it rests; `excepted`: those of the policy that may except it from what stops it."""
    if answer in MAY_BE_EXCEPTED and excepted:
        return _("Unless the policy’s exception applies: {words}").format(
            words=" ".join(f"“{words}”" for words in excepted)
        )
    if answer is Answer.ALLOWED_IF and ruled:
        return _("It applies only within these words: {words}").format(
            words=" ".join(f"“{words}”" for words in ruled)
        )
    return {
        Answer.READ_FIRST: _("These clauses may cover it, but no rule covers them in full."),
        Answer.SILENT: _("That is not a yes. Ask before you do it."),
    }.get(answer, "")


def outcome_in_words(outcome: str, *, is_act: bool = True) -> str:
    """A short answer at a point, for a tag. `is_act`: whether it is about something that may be done."""
    return {
        "permitted": _("Allowed") if is_act else _("In order"),
        "not_permitted": _("Not allowed"),
        "breached": _("Not met"),
        "hold": _("Waiting"),
        "refer": _("Needs a ruling"),
        "silent": _("Not covered by this policy"),
    }[outcome]


def answer_in_short(answer: str) -> str:
    """Return an answer as a tag."""
    return {
        Answer.ALLOWED: _("Allowed"),
        Answer.ALLOWED_IF: _("Allowed if the ruling covers it"),
        Answer.ADVISED_AGAINST: _("Advised against"),
        Answer.READ_FIRST: _("Read first"),
        Answer.NOT_YET: _("Waiting"),
        Answer.RULING: _("Needs a ruling"),
        Answer.NOT_ALLOWED: _("Not allowed"),
        Answer.TO_DO: _("To do"),
        Answer.LATE: _("Overdue"),
        Answer.DONE: _("Done"),
        Answer.MET: _("In order"),
        Answer.NOT_MET: _("Not met"),
        Answer.SAYS: _("Answered"),
        Answer.LEFT_OUT: _("Left out by the policy"),
        Answer.NOT_BOUND: _("Doesn’t apply"),
        Answer.SILENT: _("Not covered by this policy"),
    }[Answer(answer)]


def permitted_in_words(kinds: Set[str], kind: str, answer: str) -> tuple[str, str]:
    """Return the colour and tag of a point at which nothing stops it: a duty or advice is no permission."""
    if Kind.OBLIGES in kinds:
        return "wait", _("To do")
    if Kind.ADVISES_AGAINST in kinds:
        return "wait", _("Advised against")
    if kinds == {Kind.ADVISES}:
        return kind, _("Advice")
    if kinds == {Kind.MET}:
        return kind, _("In order")  # a rule that is kept has not allowed the act
    return kind, answer


SETS_UP = gettext_lazy("the person setting it up")
INSTEAD = {
    ("account.open", "applicant"): SETS_UP,
    ("account.create", "applicant"): SETS_UP,
    ("login.choose", "applicant"): SETS_UP,
    ("site.check", "applicant"): SETS_UP,
    ("site.suits", "applicant"): SETS_UP,
}
"""(situation, source) -> who answers"""
FOR_ONE_THING = {
    ("account.decide", "applicant", "talks"): gettext_lazy("the person it was discussed with"),
}
"""(situation, source, what) -> who answers"""


def as_it_is_asked(situation: str, finding: Mapping[str, Any]) -> dict[str, Any]:
    """A finding of a decision's JSON, with each need coming from who gives it at this moment."""
    return {**finding, "needs": [{**need, "from": _asked(situation, need)} for need in finding["needs"]]}


def _asked(situation: str, need: Mapping[str, Any]) -> str:
    source = need["from"]
    one = FOR_ONE_THING.get((situation, source, need["what"]))
    return str(one or INSTEAD.get((situation, source), source))


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)")
_ABOUT = re.compile(r"(\w+)\[(\d+)\]")


@dataclass(frozen=True)
class ClauseWords:
    """A clause ready to quote: its section, its text, and whether the text is the policy's own. `among`: the
    clauses of its paragraph, and `whole` what that says; empty where it is all of it."""

    section: str
    says: str
    own_words: bool = False
    among: tuple[str, ...] = ()
    whole: str = ""


Quote = Callable[[str], ClauseWords]


def verdict(decision: Decision, *, at: datetime, quote: Quote | None = None) -> ShownVerdict:
    """A decision just made, for the verdict panel. `at`: the instant from which due times are seen."""
    return verdict_of(body_of(decision), at=at, quote=quote or quote_from(_book_of(decision.policy)))


def _book_of(policy: str) -> Book:
    """The book in force in this scope, where it is of this policy; else the one that comes with the
    program."""
    found = book_in_force() if in_scope() else None
    if found is None and in_scope() and policy == BLANK:
        found = book_in_scope()
    return found if found is not None and found.key == policy else book(policy)


def kept_verdict(kept: DecisionRecord, *, at: datetime) -> ShownVerdict:
    """Return a saved decision, with its clauses worded as on its day. Needs the scope."""
    wrote = kept.body["policy"] not in pack_keys()
    then = {row.clause: ClauseWords(row.section, row.says, wrote or row.own_words) for row in wordings(kept)}
    try:
        paragraphs = _book_of(kept.body["policy"]).paragraphs
    except UnknownPolicy:
        paragraphs = {}

    def quote(clause: str) -> ClauseWords:
        if clause not in then:
            return ClauseWords("", clause)
        among = tuple(one for one in paragraphs.get(clause, ()) if one in then)
        return replace(then[clause], among=among, whole=" ".join(then[one].says for one in among))

    return verdict_of(kept.body, at=at, quote=quote)


def quote_from(source: Book) -> Quote:
    """Return a function that quotes a book's clauses as they read today: the policy's printed text where the
    federation has pasted it or wrote the policy here, otherwise our restatement. An unknown id is returned
    unchanged."""
    wrote = source.key not in pack_keys()

    def quote(clause_id: str) -> ClauseWords:
        try:
            clause = source.clause(clause_id)
        except KeyError:
            return ClauseWords("", clause_id)
        own_words = bool(clause.wording) or (wrote and clause_id in source.clauses)
        among = source.paragraphs.get(clause_id, ())
        whole = " ".join(one.wording or one.says for one in map(source.clause, among))
        return ClauseWords(clause.heading, clause.wording or clause.says, own_words, among, whole)

    return quote


def verdict_of(body: Mapping[str, Any], *, at: datetime, quote: Quote) -> ShownVerdict:
    """A decision from its JSON (`policy.keeping.body_of`), for the verdict panel."""
    federation = federation_of(body["policy"])
    spoken = [(point, answer) for point, answer in body["points"].items() if answer != "silent"]
    spoken.sort(key=lambda each: -Outcome(each[1]).weight)
    findings = [as_it_is_asked(body["situation"], finding) for finding in body["findings"]]
    asked = SITUATIONS.get(body["situation"])
    is_act = asked is not None and asked.asks is Asks.ACT
    points = [
        _as_far_as_said(_point(point, outcome, findings, federation, quote, is_act=is_act), body)
        for point, outcome in spoken
    ]
    pressing = [point for point in points if point.kind != "good"]
    waiting = [point for point in pressing if _only_waits(point)]
    folds = bool(pressing) or len(points) > MOST_UNFOLDED
    answer = answer_of_body(body)
    open_ones = [point for point in pressing if point not in waiting]
    if not open_ones and len(waiting) <= MOST_UNFOLDED:
        open_ones, waiting = waiting, []  # nothing else says which clause it is, and by when
    in_the_open = open_ones if folds else points
    quoted = {clause.id for point in in_the_open for said in point.sentences for clause in said.clauses}
    beside = (one for one in body.get("fits", ()) if one not in quoted)
    first, in_its_words = (
        list(dict.fromkeys((*body.get("first", ()), *beside))),
        bool(body.get("excluded_by")),
    )
    to_be_read = [one for one in to_read(body) if one not in quoted and one not in first]
    near = {*body.get("near", ()), *body.get("excluded_by", ())}
    to_be_read.sort(key=lambda one: "near" in body and one not in near)
    first, to_be_read = each_once(first, quote), each_once(to_be_read, quote, but=first)
    touching = (
        [one for one in to_be_read if one in near] if "near" in body else body.get("unread", [])[:NEAREST]
    )

    def shown(clauses: Iterable[str]) -> list[ShownClause]:
        return clauses_to_read(clauses, federation=federation, quote=quote)

    return ShownVerdict(
        kind=KINDS[answer],
        title=answer_in_words(answer, in_its_words=in_its_words),
        summary=summary_of(
            answer, ruling_words(body.get("ruled", ())) if in_scope() else (), body.get("excepted", ())
        ),
        needs=list(dict.fromkeys(need for point in pressing for need in point.needs)),
        points=in_the_open,
        waiting=waiting,
        in_order=[point for point in points if point.kind == "good"] if folds else [],
        unsaid=_unsaid(body, ruled=False),
        quiet=_unsaid(body, ruled=True),
        note=""
        if answer in SAY_IT_ALL
        else because_in_words(body["silent_because"], body.get("unread", ()), in_its_words=in_its_words),
        first=shown(first),
        stricter=_stricter(findings, quote) if first else "",
        aside=[  # each can be taken in again by itself
            clause_shown(one, basis="policy", federation=federation, quote=quote)
            for one in body.get("aside", ())
        ],
        read=shown(to_be_read),
        near=sum(one in near for one in to_be_read) if "near" in body else None,
        made_with=_("{federation} policy, version {version} (interpretation {reading})").format(
            federation=federation, version=body["version"], reading=body["reading"]
        ),
        duties=_duties_in_words(body, [*first, *touching], at=at, quote=quote),
    )


def _stricter(findings: Iterable[Mapping[str, Any]], quote: Quote) -> str:
    """Return which rule of the program's own stops this beside the clauses that fit the question, and that it
    counts; "" where none does."""
    stops = {str(Kind.FORBIDS), str(Kind.REQUIRES)}
    ours = (one for one in findings if one["basis"] == Basis.HOUSE and one["kind"] in stops)
    rules = dict.fromkeys(quote(clause).says for one in ours for clause in one["clauses"])
    if not rules:
        return ""
    return _("Schoolgate’s own rule applies even where the policy allows more: {rules}").format(
        rules=" ".join(rules)
    )


def _only_waits(point: ShownPoint) -> bool:
    """Return whether this point has nothing to read except what is missing."""
    return point.kind == "wait" and not any(said.text for said in point.sentences)


RESTATED_IN = "en"
"""The language of our restatements, of the law's sections and of the house rules."""
MOST_UNFOLDED = 3
"""Where all is met, this many points are shown at once; more are folded away below the answer."""
_SAID = ("that ", "whether ", "who", "what ", "how ", "where ")
"""How the phrases for spoken or written answers begin, in English as in the rulebook."""


OF_ONE = ".one"
"""Behind the key of a sentence that names several roles: how it's said where there is one alone."""


def sentence(key: str, args: Mapping[str, Any]) -> str:
    """The sentence of a message key with its arguments, in the active language. Raises KeyError."""
    roles = args.get("roles")
    alone = isinstance(roles, tuple | list) and len(roles) == 1
    template = _(SENTENCES.get(key + OF_ONE, SENTENCES[key]) if alone else SENTENCES[key])
    if not args:
        return template
    return _one_sign(template.format(**{name: plain(value) for name, value in args.items()}))


def _one_sign(text: str) -> str:
    """Drop the full stop after a question, or after words that end with one of their own."""
    return text[:-1] if text.endswith(("?.", "..")) and not text.endswith("...") else text


def plain(value: object) -> str:
    """An argument in words: days and instants written out, keys translated, lists with commas."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        value = stored_day(value)
    elif isinstance(value, str) and _INSTANT.fullmatch(value):
        value = stored_instant(value)
    if isinstance(value, datetime):
        return instant_in_words(value)
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, tuple | list):
        return ", ".join(plain(part) for part in value)
    text = str(value)
    found = NEEDS.get(text) or SOURCES.get(text)
    return _(found) if found else text


def need_in_words(what: str, source: str, *, unknown: bool = False) -> str:
    """Return what is still needed and who must supply it. `unknown`: a question not yet answered."""
    if what == "ruling":
        return _("Needs a ruling from {whom}.").format(whom=who(source))
    asked, weighed = plain(what), what.startswith("weighed.")
    if weighed:
        asked = _("how this was considered: {what}").format(what=asked)
    said = (
        _("Needed from {whom}: {what}.")
        if unknown or weighed or _to_be_said(what)
        else _("Waiting for {what} from {whom}.")
    )
    return _one_sign(said.format(what=asked, whom=who(source)))


def _to_be_said(what: str) -> bool:
    """Return whether a person must say it (a question, a label of the form) rather than give or do it."""
    english = NEEDS.get(what, what)
    return english.endswith("?") or english[:1].isupper() or english.startswith(_SAID)


def who(source: str) -> str:
    """Return who must supply something: a role in the policy's own words, or a phrase for anyone else."""
    return _(SOURCES[source]) if source in SOURCES else source


def due_of(due: Mapping[str, Any], *, at: datetime) -> ShownDue:
    """When something is due, from the JSON of a rulebook's `Due`, seen from the instant `at`."""
    instant = stored_instant(due["instant"]) if "instant" in due else None
    day = stored_day(due["day"]) if "day" in due else None
    return due_in_words(instant=instant, day=day, at=at, at_once=bool(due.get("at_once")))


def duty_in_words(
    duty: Mapping[str, Any], *, at: datetime, named: Sequence[str] = (), quote: Quote | None = None
) -> str:
    """Return a sentence: who must do what by when. `named`: the roles that must be told; `quote`: of its
    clauses, whose words say by when where their rule doesn't."""
    told = plain(list(named))
    what = _("telling {roles}").format(roles=told) if told else plain(duty["what"])
    due = due_of(duty["due"], at=at)
    times = _times_in(duty, quote) if due.kind == "none" and quote is not None else []
    by = _("as the clause says: “{words}”").format(words="”, “".join(times)) if times else due.text
    return _("{who}: {what}, {due}.").format(who=_capital(who(duty["who"])), what=what, due=by)


MOST_TIMED = 3
"""So many clauses that name a time are quoted before duties that have none."""
_AT_ONCE, _BY_A_TIME, _IN_ITS_WORDS, _NONE = range(4)


def _duties_in_words(
    body: Mapping[str, Any], touching: Sequence[str], *, at: datetime, quote: Quote
) -> list[str]:
    """Return each duty once, what is due first before the rest. One with no time isn't told where another
    clause names one for the same thing; where none has any, what the clauses `touching` the question say by
    when comes first."""
    ranked, timed = [], set()
    for one in body["duties"]:
        named = told_by(body["policy"], body["situation"], one)
        line = duty_in_words(one, at=at, named=named, quote=quote)
        rank = _due_rank(one, quote)
        thing = one["who"], one["what"], *named
        ranked.append((rank, line, thing))
        if rank[0] != _NONE:
            timed.add(thing)
    ranked.sort(key=lambda one: one[0])
    lines = [line for rank, line, thing in ranked if rank[0] != _NONE or thing not in timed]
    if lines and not timed:
        words = (quote(one) for one in touching)
        said = [one.says for one in words if one.own_words and times_named(one.says)]
        lines = [*(sentence(OWN_WORDS, {"words": one}) for one in said[:MOST_TIMED]), *lines]
    return list(dict.fromkeys(lines))


def _due_rank(duty: Mapping[str, Any], quote: Quote) -> tuple[int, str]:
    """Return how soon a duty is due, for sorting; a day counts to its end."""
    due = duty["due"]
    if due.get("at_once"):
        return _AT_ONCE, ""
    if "instant" in due:
        return _BY_A_TIME, stored_instant(due["instant"]).astimezone(UTC).isoformat()
    if "day" in due:
        return _BY_A_TIME, f"{stored_day(due['day']).isoformat()}T24"
    return (_IN_ITS_WORDS if _times_in(duty, quote) else _NONE), ""


def _times_in(duty: Mapping[str, Any], quote: Quote) -> list[str]:
    """Return by when a duty is due in the words of its clauses, where they are the policy's own."""
    words = (quote(clause) for clause in duty["clauses"])
    return [each for one in words if one.own_words for each in times_named(one.says)]


def clause_shown(clause_id: str, *, basis: str, federation: str, quote: Quote) -> ShownClause:
    """Return a clause with its basis: the policy, the law, Schoolgate's own rule or a choice."""
    words = quote(clause_id)
    whose = ""
    if basis == Basis.POLICY:
        whose = _("The policy’s own words.") if words.own_words else _("Our wording of this section.")
    language = "" if words.own_words else RESTATED_IN
    heading = _heading(basis, federation, words.section)
    return ShownClause(basis, heading, words.says, whose, clause_id, language)


def says_on(book: Book, asked: Mapping[str, Sequence[str]]) -> list[ShownClause]:
    """The clauses of the policy itself, each once, that bind at these points of these situations.

    Where no point of a situation is named, at all of its points.
    """
    federation, quote = federation_of(book.key), quote_from(book)
    clauses: dict[str, str] = {}
    for situation, points in asked.items():
        for one in book.bound(situation):
            if (not points or one.point in points) and one.basis in (Basis.POLICY, Basis.CHOSEN):
                clauses.setdefault(one.clauses[0], str(one.basis))
    return [
        clause_shown(clause, basis=basis, federation=federation, quote=quote)
        for clause, basis in clauses.items()
    ]


def each_once(clauses: Iterable[str], quote: Quote, *, but: Iterable[str] = ()) -> list[str]:
    """Return clauses that are to be read, of each paragraph the first: it brings the others. `but`: those
    that stand above already."""
    there = {each for one in but for each in (one, *quote(one).among)}
    found = []
    for one in clauses:
        if one not in there:
            found.append(one)
            there |= {one, *quote(one).among}
    return found


def clauses_to_read(clauses: Iterable[str], *, federation: str, quote: Quote) -> list[ShownClause]:
    """Return clauses that a person is to read, each with what its paragraph says besides: a sentence alone
    may mean something else."""
    found = []
    for one in each_once(clauses, quote):
        shown = clause_shown(one, basis="policy", federation=federation, quote=quote)
        found.append(replace(shown, words=quote(one).whole or shown.words))
    return found


def clauses_of(policy: PolicyInForce, clauses: Iterable[str]) -> list[ShownClause]:
    """Return clauses of the policy in force ready to quote."""
    quote, name = quote_from(policy.book), policy.book.meta.federation
    return [clause_shown(one, basis="policy", federation=name, quote=quote) for one in clauses]


def federation_of(policy_key: str) -> str:
    """The name that a policy gives its federation; its key where the pack is gone."""
    try:
        return _book_of(policy_key).meta.federation
    except UnknownPolicy:
        return policy_key


def told_by(policy: str, situation: str, duty: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the roles that a duty to tell people names; none where its policy is gone."""
    try:
        return _book_of(policy).told_by(situation, duty["what"], duty["clauses"])
    except UnknownPolicy:
        return ()


def _heading(basis: str, federation: str, section: str) -> str:
    said = {
        Basis.POLICY: _("{federation}'s policy, {section}"),
        Basis.LAW: _("The law: {section}"),
        Basis.HOUSE: _("Schoolgate’s own rule: {section}"),
        Basis.CHOSEN: _("Your federation’s own choice: {section}"),
    }[Basis(basis)]
    return said.format(federation=federation, section=section).rstrip(":, ")


def _point(
    key: str,
    outcome: str,
    findings: Iterable[Mapping[str, Any]],
    federation: str,
    quote: Quote,
    *,
    is_act: bool,
) -> ShownPoint:
    here = [finding for finding in findings if finding["point"] == key]
    if outcome == Outcome.NOT_PERMITTED:  # what is met beside is no reason of it
        here = [finding for finding in here if finding["kind"] not in (Kind.MET, Kind.PERMITS)]
    needs = [
        need_in_words(need["what"], need["from"], unknown=finding["key"] == UNKNOWN)
        for finding in here
        if finding["overridden_by"] is None
        for need in finding["needs"]
    ]
    kind, answer = POINT_KINDS[outcome], outcome_in_words(outcome, is_act=is_act)
    if outcome == "permitted":
        kind, answer = permitted_in_words(
            {one["kind"] for one in here if one["overridden_by"] is None}, kind, answer
        )
    return ShownPoint(
        key,
        point_label(key),
        kind,
        answer,
        _each_once(_sentence_of(finding, federation, quote) for finding in here),
        list(dict.fromkeys(needs)),
    )


def _as_far_as_said(point: ShownPoint, body: Mapping[str, Any]) -> ShownPoint:
    """Return the point as one to read first where it is in order only as far as rules say its clauses."""
    shown = {clause.id for said in point.sentences for clause in said.clauses}
    if point.kind != "good" or shown.isdisjoint(body.get("unread", ())):
        return point
    return replace(point, kind=KINDS[Answer.READ_FIRST], answer=answer_in_short(Answer.READ_FIRST))


def _each_once(sentences: Iterable[ShownSentence]) -> list[ShownSentence]:
    """Merge two people's findings in the same words into one."""
    found: list[ShownSentence] = []
    for each in sentences:
        if each not in found:
            found.append(each)
    return found


def situation_title(key: str) -> str:
    """Return the title of a situation."""
    found = SITUATIONS.get(key)
    return _(found.title) if found else _capital(key.replace(".", " ").replace("_", " "))


def point_label(key: str) -> str:
    """Return the label of a point of a decision."""
    return _(POINTS[key]) if key in POINTS else _capital(key.replace("_", " "))


def _sentence_of(finding: Mapping[str, Any], federation: str, quote: Quote) -> ShownSentence:
    # The list of what is missing already says what is not known, so don't repeat it.
    said = "" if finding["key"] == UNKNOWN else sentence(finding["key"], finding["args"])
    whom = _about(finding["about"])
    more = [_("Not before {day}.").format(day=plain(finding["lifts_on"]))] if finding["lifts_on"] else []
    shown = list(finding["clauses"])
    if role := finding.get("agreed_by"):
        more.append(_set_aside("leave", role))
    if by := finding["overridden_by"]:
        kind, _colon, role = by.partition(":")
        more.append(_set_aside(kind, role))
        shown += [] if role else [by]
    clauses = [
        clause_shown(each, basis=finding["basis"], federation=federation, quote=quote) for each in shown
    ]
    return ShownSentence(": ".join(filter(None, (whom, said))), clauses, " ".join(more))


def _set_aside(kind: str, role: str) -> str:
    """Why a sentence does not count: a role's leave or ruling, or the clause that is shown last below it."""
    if kind == "leave" and role:
        return _("Permission for this was given by {role}.").format(role=who(role))
    if kind == "ruling" and role:
        return _("{role} has ruled that this may be done.").format(role=who(role))
    return _("The last of these clauses applies here instead:")


def _about(path: str | None) -> str:
    found = _ABOUT.match(path or "")
    if not found:
        return ""
    things = {
        "people": _("Person {number}"),
        "pictures": _("Picture {number}"),
        "texts": _("Text {number}"),
        "accounts": _("Account {number}"),
        "marks": _("Comment {number}"),
        "links": _("Link {number}"),
        "materials": _("Material {number}"),
    }
    named = things.get(found[1])
    return named.format(number=int(found[2]) + 1) if named else ""


def _unsaid(body: Mapping[str, Any], *, ruled: bool) -> list[str]:
    """Return the labels of the points that the policy does not cover; none where it does not apply at all.
    `ruled`: instead those that it has a rule for, which had nothing to judge here."""
    if body["silent_because"] in ("not_bound", "excluded"):
        return []
    asked = SITUATIONS.get(body["situation"])
    bases = asked.points if asked else {}
    covered = _points_with_a_rule(body["policy"], body["situation"]) if asked else frozenset()
    return [
        point_label(point)
        for point, answer in body["points"].items()
        if answer == "silent"
        and bases.get(point, Basis.POLICY) is Basis.POLICY
        and (point in covered) is ruled
    ]


def _points_with_a_rule(policy: str, situation: str) -> frozenset[str]:
    """Return the points of a situation that a policy has rules for; none where the policy is gone."""
    try:
        return frozenset(rule.point for rule in _book_of(policy).bound(situation))
    except UnknownPolicy:
        return frozenset()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
