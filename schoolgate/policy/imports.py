"""An uploaded policy document: what each of its sentences may be, and the picks made so far."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.outside.documents import LARGEST
from schoolgate.core.rows import found_or_made
from schoolgate.people.models import Person
from schoolgate.policy import rules
from schoolgate.policy.books import pack_of
from schoolgate.policy.importing.document import DocumentRefused, FrontPage, front_page, read_content
from schoolgate.policy.importing.proposing import Proposal, propose, registered
from schoolgate.policy.importing.roles import called, is_office, own_names, own_titles, roles_in
from schoolgate.policy.models import PolicyImport, PolicyVersion
from schoolgate.policy.own_policy import check_seen, new_id, place_in, prepared
from schoolgate.policy.queries import draft_of
from schoolgate.policy.readings import save_draft, start_draft
from schoolgate.policy.writing import Writing, data_of, named_in, with_roles, writing
from schoolgate.rulebook.clauses import PRINTED_NUMBER, asks_nothing, plain, split
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.kinds import Basis, Enforce, Modality
from schoolgate.rulebook.lint import lint_pack, lint_words
from schoolgate.rulebook.packs import Pack
from schoolgate.rulebook.packs.building import RELATIONS, Place, build
from schoolgate.rulebook.readings import BANS
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.bound import called_staff
from schoolgate.rulebook.ready.declared.contacts import CONTACT
from schoolgate.rulebook.ready.filling import asked, filled
from schoolgate.rulebook.ready.held import forbid_alike, left_open, not_held, said_together
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.model import Number, ReadyRule, Values
from schoolgate.rulebook.ready.taking import taken_from
from schoolgate.rulebook.rules.making import can_be_shown
from schoolgate.rulebook.yaml_text import LARGEST as LARGEST_TEXT

MOST_BYTES: Final = LARGEST
TAKE, LEAVE = "take", "leave"
Choice = Literal["take", "leave"]
ALIKE_ENOUGH = 0.7
"""How like a registered clause a sentence must read (`Learned.alike`, 0 to 1) so that the rule of that clause
is offered for it. Of 2,136 rules for the five policies' clauses, each policy's put to the others', 13 % were
right; of the 13 from here on, 12; of the 70 between 0.5 and here, 25."""
_ONE = "new-clause"
_SAME_WORDS = ("form", "by", "every", "times")
"""What a sentence names besides roles and numbers."""


@dataclass(frozen=True)
class Offer:
    """A rule that may fit a sentence. `like`: what the clause says that has such a rule; `alike`: 0 to 1."""

    rule: dict[str, Any]
    like: str
    alike: float


@dataclass(frozen=True)
class Sentence:
    """A sentence as it was read. `why_not`: why it is proposed as no clause; `offers`: the likeliest first;
    `open`: how many more kinds of rule may fit that need a number or role which the sentence doesn't name;
    `number`: that of its clause in the document; `short`: the short forms of roles that it uses."""

    says: str
    section: str
    place: str
    why_not: str
    modality: str
    actor: str
    area: str
    parameters: dict[str, Any]
    offers: tuple[Offer, ...] = ()
    open: int = 0
    number: str = ""
    short: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pick:
    """The pick for a sentence. `offer`: which rule, counted from 1; 0: none yet. `ready`: the key of the
    ready rule that it says, `values`: what a person filled in for it that its words leave open. `aside`: it
    asks nothing of anyone, a person says. `clause`: its id once it is in the next version."""

    choice: Choice
    says: str = ""
    modality: str = ""
    offer: int = 0
    clause: str = ""
    ready: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    aside: bool = False


@dataclass(frozen=True)
class Found:
    """What a document has in it."""

    name: str
    sentences: tuple[Sentence, ...]
    without_text: tuple[int, ...] = field(default=())


def found_in(content: bytes, name: str) -> Found:
    """Read a document and propose. Raises BadInput on `file` with the problem and what to do next."""
    called = "".join(sign for sign in name if sign.isprintable())[-200:] or "policy"
    try:
        document = read_content(content, called)
        proposals = propose(document, only_data=True)
        if not any(one.is_clause for one in proposals):
            raise DocumentRefused(called, "no_rule")
        found = Found(called, tuple(map(_sentence, proposals)), document.without_text)
        if sum(len(one.says) for one in found.sentences) * 2 > LARGEST_TEXT:
            raise DocumentRefused(called, "too_much")
    except DocumentRefused as refused:
        raise BadInput({"file": str(refused)}) from None
    return found


def _sentence(one: Proposal) -> Sentence:
    offers, without = [], 0
    learned = registered()
    alike = learned.alike(one.sentence.text) if one.kinds else {}
    for kind in one.kinds:
        nearness = round(alike.get(kind.like, 0.0), 2)
        line = learned.line_like(kind.kind, kind.like) if nearness >= ALIKE_ENOUGH else None
        if line is None:
            continue
        if any(_is_open(value) for value in kind.settings.values()):
            without += 1
            continue
        rule = line.filled(kind.settings, _ONE)
        del rule["clauses"]
        if len(rule["ask"]) == 1:
            rule["ask"] = rule["ask"][0]
        if not can_be_shown(rule) or not asks_the_age(rule, one.parameters):
            continue  # the reader could not tell what they accept, or it would say more than the sentence
        offers.append(Offer(as_plain(rule), kind.like_says, nearness))
    if offers:
        first = offers[0]
        decides = {"ask": first.rule["ask"], "point": first.rule["point"], "read": True}
        offers.append(Offer(decides, first.like, first.alike))
    return Sentence(
        one.sentence.text, one.sentence.section, one.sentence.place, one.why_not, one.modality.value,
        one.actor, one.areas[0] if one.areas else "", dict(one.parameters), tuple(offers), without,
        one.sentence.number, dict(one.short),
    )  # fmt: skip


def asks_the_age(rule: Mapping[str, Any], read: Mapping[str, Any]) -> bool:
    """Whether a rule for a sentence that names an age (*until they are 18*) goes by it."""
    return "age" not in read or read["age"] in _plain_values(rule)


def _plain_values(written: Any) -> Iterator[Any]:
    if isinstance(written, Mapping | list | tuple):
        for part in written.values() if isinstance(written, Mapping) else written:
            yield from _plain_values(part)
    else:
        yield written


def _is_open(value: Any) -> bool:
    return value == "?" or (isinstance(value, list) and "?" in value)


def as_plain(written: Any) -> Any:
    """Return the same as plain dicts and lists; of equal words in a list the first."""
    if isinstance(written, Mapping):
        return {str(name): as_plain(part) for name, part in written.items()}
    if not isinstance(written, list | tuple):
        return written
    parts = [as_plain(one) for one in written]
    return list(dict.fromkeys(parts)) if all(isinstance(one, str) for one in parts) else parts


def as_stored(found: Found) -> list[dict[str, Any]]:
    """Return the sentences as their column has them."""
    return [as_plain(asdict(one)) for one in found.sentences]


def sentences_of(row: PolicyImport, pack: Pack) -> list[Sentence]:
    """Return the sentences of an import, in the order of the document, with the roles of the policy as it
    calls them now: a role may be added or renamed between two picks."""
    read = [
        Sentence(**{**one, "offers": tuple(Offer(**offer) for offer in one["offers"])})
        for one in row.sentences
    ]
    return _in_words_of(pack, read)


def picks_of(row: PolicyImport) -> dict[int, Pick]:
    """Return the picks, by the number of the sentence."""
    return {number: Pick(**pick) for number, pick in row.picked.items()}


def front_page_of(row: PolicyImport) -> FrontPage:
    """Return the dates of adoption and review on the document's first page."""
    return front_page((one["says"], one["why_not"] == "a label") for one in row.sentences)


def with_front_page(data: Mapping[str, Any], said: FrontPage) -> dict[str, Any]:
    """Return the text with the document's dates where it has none: the adoption asks to confirm them."""
    policy = dict(data["policy"])
    found = {"adopted": said.adopted, "review_due": said.review, "review_every_months": said.every_months}
    policy |= {name: value for name, value in found.items() if value and not policy.get(name)}
    return {**data, "policy": policy}


def document_says(version: PolicyVersion, *, before: Pack) -> FrontPage | None:
    """Return the dates of adoption and review that a version's document has; None where its text has none,
    or only those of the text in force."""
    row, meta = PolicyImport.objects.first(), pack_of(version).meta
    found = FrontPage(
        meta.adopted or "",
        front_page_of(row).by if row else "",
        meta.review_due or "",
        meta.review_every_months or 0,
    )
    was = before.meta
    same = (meta.adopted, meta.review_due, meta.review_every_months) == (
        was.adopted, was.review_due, was.review_every_months,
    )  # fmt: skip
    return None if same and not found.by else found


_ADOPT = ("governing body", "chair of governors")
"""Offices that adopt policies, whether or not they have a role in the program."""


def adopters(version: PolicyVersion, before: Pack, said: FrontPage | None) -> list[str]:
    """Return who may have adopted a version: the bodies that it names, its own roles, and those in force."""
    pack = pack_of(version)
    bodies = called(own_names(one.says for one in pack.clauses.values()))
    names = [said.by if said else "", *(bodies[one] for one in _ADOPT if one in bodies)]
    names += [role.name for one in (pack, before) for role in one.roles if role.name not in RELATIONS]
    known: dict[str, str] = {}
    for name in filter(None, names):
        known.setdefault(plain(name), name)
    return [*known.values()]


# --- Roles -------------------------------------------------------------------------------------------


def _in_words_of(pack: Pack, read: list[Sentence]) -> list[Sentence]:
    own = {role.name for role in pack.roles}
    names = {name for one in read for name in _roles(one)} - own
    called = {name: mine for name in names if (mine := _role_of(pack, name))}
    return [_renamed(one, called) for one in read] if called else read


def _role_of(pack: Pack, name: str) -> str:
    """Return the policy's own name for a role of this name; empty where it has no such role."""
    ways = {plain(name), *([] if own_titles([name]) else map(plain, roles_in(name)))}
    named = {plain(role.name): role.name for role in pack.roles}
    named |= {plain(word): role for word, role in pack.role_words.items()}
    return next((role for words, role in named.items() if words in ways), "")


def _roles(one: Sentence) -> Iterator[str]:
    if one.actor and is_office(one.actor):
        yield one.actor
    yield from one.parameters.get("roles") or ()


def _renamed(one: Sentence, called: Mapping[str, str]) -> Sentence:
    """Return a sentence with the policy's names of roles, which keeps the document's words for them."""
    words = {name: called[name] for name in _roles(one) if name in called}
    return replace(
        one,
        actor=called.get(one.actor, one.actor),
        parameters=_swapped(one.parameters, called),
        short={**_swapped(one.short, called), **words},
        offers=tuple(replace(offer, rule=_swapped(offer.rule, called)) for offer in one.offers),
    )


def _swapped(written: Any, called: Mapping[str, str]) -> Any:
    if isinstance(written, Mapping):
        return {name: _swapped(part, called) for name, part in written.items()}
    if isinstance(written, list | tuple):
        return [_swapped(one, called) for one in written]
    return called.get(written, written) if isinstance(written, str) else written


def with_their_roles(now: Writing, taken: Sequence[Sentence]) -> dict[str, Any]:
    """Return the text with the roles that these sentences name, and with their short forms."""
    own = {role.name for role in now.text.roles}
    missing = dict.fromkeys(name for one in taken for name in _roles(one) if name not in own)
    data = with_roles(data_of(now), missing)
    short = {word: role for one in taken for word, role in one.short.items() if role in own | {*missing}}
    return {**data, "role_words": {**short, **(data.get("role_words") or {})}} if short else data


# --- Clauses -----------------------------------------------------------------------------------------


def clause_of_pick(pack: Pack, one: Sentence, pick: Pick, key: str) -> dict[str, Any]:
    """Return the picked sentence as a clause of this policy."""
    says = " ".join((pick.says or one.says).split())
    changed = says != one.says
    named = named_in(pack, says)
    read = {} if changed else one.parameters
    numbers = sorted({*named.get("numbers", ()), *_numbers(read)})
    roles = list(dict.fromkeys([*named.get("roles", ()), *(read.get("roles") or ())]))
    words = {name: read[name] for name in _SAME_WORDS if name in read}
    return {
        "id": key, "section": one.section, "says": says, "modality": pick.modality or one.modality,
        "actor": one.actor or "staff", "area": one.area or "policy", "enforce": str(Enforce.GUIDE),
        "parameters": {
            **words, **({PRINTED_NUMBER: one.number} if one.number else {}),
            **({"roles": roles} if roles else {}), **({"numbers": numbers} if numbers else {}),
            **({"times": named["times"]} if "times" in named else {}),
        },
    }  # fmt: skip


def _numbers(read: Mapping[str, Any]) -> Iterator[int]:
    for value in read.values():
        for one in value if isinstance(value, list) else [value]:
            if type(one) is int:
                yield one


def may_ask_nothing(one: Sentence, pick: Pick) -> bool:
    """Whether a sentence as it's picked reads as if it asked nothing of anyone: never a ban."""
    banned = (pick.modality or one.modality) in BANS
    return not (banned or one.why_not) and asks_nothing(pick.says or one.says)


def rule_of_pick(one: Sentence, pick: Pick, key: str) -> dict[str, Any] | None:
    """Return the picked rule for the clause of this id; None where none was picked."""
    if not 1 <= pick.offer <= len(one.offers):
        return None
    return {"clauses": [key], **one.offers[pick.offer - 1].rule}


def works(data: Mapping[str, Any], clause: Mapping[str, Any], rules: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the rules can implement the clause in this policy."""
    front = {name: data[name] for name in ("policy", "basis", "roles", "role_words") if name in data} | {
        "tensions": []
    }
    place = Place("import", b"")
    try:
        pack = build(
            (place, {"basis": str(Basis.POLICY), **front}),
            [(place, dict(clause))],
            [(place, dict(rule)) for rule in rules],
            [],
            None,
        )
    except BadPack:
        return False
    return not [*lint_pack(pack), *lint_words(pack)]


def offers_that_work(now: Writing, one: Sentence, pick: Pick) -> list[tuple[int, Offer]]:
    """Return the rules that can be taken for the sentence as it is picked, with their numbers."""
    numbered = enumerate(one.offers, start=1)
    fits = _fitting(now, one, pick)
    return [(number, offer) for number, offer in numbered if fits(number)]


def rule_fits(now: Writing, one: Sentence, pick: Pick) -> bool:
    """Whether the rule that is picked can be taken for the sentence as it is picked."""
    return _fitting(now, one, pick)(pick.offer)


def _fitting(now: Writing, one: Sentence, pick: Pick) -> Callable[[int], bool]:
    """Return a function that tells whether the rule of this number can be taken."""
    data = with_their_roles(now, [one])
    clause = clause_of_pick(now.text, one, pick, _ONE)

    def fits(number: int) -> bool:
        rule = rule_of_pick(one, replace(pick, offer=number), _ONE)
        return rule is not None and works(data, clause, [rule])

    return fits


def is_taken(now: Writing, pick: Pick | None) -> bool:
    """Whether the clause of a pick is in the next version."""
    return pick is not None and pick.clause != "" and pick.clause in now.text.clauses


# The ready rules that a sentence of an imported document may say, filled in from its words.


NOTHING_GIVEN: Values = {}
ASKS_NOTHING = frozenset({"a label", "says how things are", "background", "explains a word", "a question"})
"""Why a sentence is proposed as no clause where no rule can say what it asks."""
AND = "+"
"""Joins the keys of ready rules that a sentence says together."""


@dataclass(frozen=True)
class ReadyOffer:
    """A ready rule that a sentence may say. `open`: the fields that its words leave to a person; the rule is
    set with the clause where there are none, and where it says nothing beside (`more`)."""

    ready: ReadyRule
    values: Values
    open: tuple[str, ...]
    more: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether its words fill in the rule, and the rule says all of them."""
        return not self.open and not self.more


def ready_offers(now: Writing, one: Sentence, pick: Pick) -> list[ReadyOffer]:
    """Return the ready rules that the sentence may say as it is picked, the likeliest first."""
    if one.why_not in ASKS_NOTHING and not pick.says:
        return []
    data = with_their_roles(now, [one])
    clause = clause_of_pick(now.text, one, pick, _ONE)
    return [_offer(data, clause, ready) for ready in nearest(clause["says"], clause["section"])]


def together(offers: Sequence[ReadyOffer]) -> tuple[ReadyOffer, ...]:
    """Return those that can be set together as they are: each forbids the same contact with others (*parents
    or pupils*), and none leaves anything open. None where there aren't several."""
    some = tuple(one for one in offers if not one.open and one.ready.group == CONTACT and one.ready.bans)
    return some if forbid_alike([one.ready for one in some]) else ()


def say_it_all(offers: Sequence[ReadyOffer], says: str) -> bool:
    """Return whether they leave nothing out of a sentence together."""
    return said_together([(one.ready, one.values) for one in offers], says)


def rules_of_ready(
    data: Mapping[str, Any], clause: Mapping[str, Any], key: str, given: Values = NOTHING_GIVEN
) -> list[dict[str, Any]]:
    """Return the rules of the ready rule with this key, or of several joined by `AND`, for a clause, as far
    as its words and what was given beside fill it in; none where a person still has to. Where they say all
    of the clause, it is ticked."""
    some = [ready_rules().get(one) for one in key.split(AND)]
    near = nearest(clause["says"], clause["section"])
    offers = [_offer(data, clause, one, given) for one in some if one is not None and one in near]
    if len(offers) < len(some) or any(one.open for one in offers):
        return []
    rules = [rule for one in offers for rule in filled(one.ready, one.values, clause["id"])]
    whole = offers[0].whole if len(offers) == 1 else say_it_all(offers, clause["says"])
    if whole and rules:
        rules[0]["in_full"] = split(clause["says"])
    return rules


def with_what_they_need(
    data: Mapping[str, Any], clause: Mapping[str, Any], key: str, given: Values = NOTHING_GIVEN
) -> dict[str, Any]:
    """Return the text in which the roles that this ready rule, or several joined by `AND`, are filled in with
    may do what it needs."""
    may: dict[str, tuple[str, ...]] = {}
    for ready in map(ready_rules().__getitem__, key.split(AND)):
        values = _values(data, clause, ready, given)
        for name, role in ready.roles.items():
            if values[name]:
                may[values[name]] = (*may.get(values[name], ()), *role.may)
    roles = [
        {**role, "capacities": sorted({*role["capacities"], *may.get(role["name"], ())})}
        for role in data["roles"]
    ]
    return {**data, "roles": roles}


def _offer(
    data: Mapping[str, Any], clause: Mapping[str, Any], ready: ReadyRule, given: Values = NOTHING_GIVEN
) -> ReadyOffer:
    values = _values(data, clause, ready, given)
    left = left_open(ready, values)
    if not left and not works(data, clause, filled(ready, values, clause["id"])):
        left = [*ready.fields]
    return ReadyOffer(ready, values, tuple(left), tuple(not_held(ready, clause["says"], values)))


def _values(
    data: Mapping[str, Any], clause: Mapping[str, Any], ready: ReadyRule, given: Values = NOTHING_GIVEN
) -> Values:
    named, words = clause["parameters"], data.get("role_words") or {}
    staff = called_staff(one["says"] for one in data["clauses"])
    read = taken_from(
        ready, clause["says"], named.get("numbers", ()), named.get("roles", ()), words, staff=staff
    )
    left = left_open(ready, read)
    said = {name: tuple(one) if isinstance(one, list) else one for name, one in given.items()}
    found = {**read, **{name: value for name, value in said.items() if name in left and value != ""}}
    for name, one in ready.fields.items():
        if isinstance(one, Number) and found[name] in ("", None) and not asked(ready, name, found):
            found[name] = one.default
    return found


# An uploaded policy document: saved while its clauses are picked, then put into the next version.


LONGEST = 2_000
"""Letters of a clause, as on the page that writes one."""


@action
def start_policy_import(*, by: Person, at: datetime, found: Found) -> PolicyImport:
    """Save the contents of a document so that its clauses can be picked. Raises NotAllowed; NotFound where
    the policy came with the program; NotNow where another import is still open."""
    rules.check_may_own(by, on=local_day(at))
    writing(local_day(at))
    said = {"name": found.name, "without_text": list(found.without_text), "sentences": as_stored(found)}
    row, new = found_or_made(PolicyImport.objects, defaults={**said, "by": by, "at": at})  # one at a time
    if not new:
        raise NotNow(_("Another document is already being imported."), _("Finish that import first."))
    return row


@action
def pick_sentence(*, by: Person, at: datetime, number: int, pick: Pick) -> PolicyImport:
    """Save the pick for a sentence; a later pick replaces it.

    Raises NotAllowed; NotFound; NotNow where its clause is already in the next version; BadInput on `says`
    where the clause has no words or the rule doesn't fit them.
    """
    return pick_sentences(by=by, at=at, picks={number: pick})


@action
def pick_sentences(*, by: Person, at: datetime, picks: Mapping[int, Pick]) -> PolicyImport:
    """Save the picks for several sentences at once, all or none. Raises as `pick_sentence`."""
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at))
    row = _the_import()
    before, read = picks_of(row), sentences_of(row, now.text)
    for number, pick in picks.items():
        if not 1 <= number <= len(read):
            raise NotFound
        if is_taken(now, before.get(number)):
            raise NotNow(_("This clause is already in the next version."), _("Change it there."))
        row.picks[str(number)] = asdict(_checked(now, read[number - 1], pick))
    row.save(update_fields=["picks"])
    return row


@action
def leave_section(*, by: Person, at: datetime, section: str) -> int:
    """Leave out the sentences of a section that wait for a pick. Returns how many.

    Raises NotAllowed, NotFound."""
    rules.check_may_own(by, on=local_day(at))
    row = _the_import()
    picks, read = picks_of(row), sentences_of(row, writing(local_day(at)).text)
    left = [
        number
        for number, one in enumerate(read, start=1)
        if one.section == section and not one.why_not and number not in picks
    ]
    if not left:
        raise NotFound
    row.picks |= {str(number): asdict(Pick("leave")) for number in left}
    row.save(update_fields=["picks"])
    return len(left)


@action
def take_picked(*, by: Person, at: datetime, seen: str) -> tuple[PolicyVersion, int]:
    """Put the picked clauses into the version that is being prepared, and their rules into its first
    reading, with those of which a person said that they ask nothing.

    `seen`: which text was being prepared when the page was shown. Returns the version and how many clauses
    are new. Raises NotAllowed; NotFound; NotNow where nothing is picked, or the text has changed meanwhile;
    BadInput on `text`.
    """
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at))
    check_seen(now, seen)
    row = _the_import()
    picks, read = picks_of(row), sentences_of(row, now.text)
    taken = [
        (number, read[number - 1], pick)
        for number, pick in sorted(picks.items())
        if pick.choice == TAKE and not is_taken(now, pick) and number <= len(read)
    ]
    if not taken:
        raise NotNow(_("All the clauses you picked are already in the next version."), _("Pick some first."))
    data = with_their_roles(now, [one for _number, one, _pick in taken])
    data = with_front_page(data, front_page_of(row))
    written: dict[str, list[dict[str, Any]]] = {}
    asides: list[str] = []
    sections: dict[str, str] = {}
    for number, one, pick in taken:
        key = new_id(now.text, one.section, sections)
        sections[key] = one.section
        clause = clause_of_pick(now.text, one, pick, key)
        data["clauses"].insert(place_in(data["clauses"], one.section), clause)
        rule = rule_of_pick(one, pick, key)
        ready = rules_of_ready(data, clause, pick.ready, pick.values) if pick.ready else []
        if ready:
            data, written[key] = with_what_they_need(data, clause, pick.ready, pick.values), ready
        elif rule is not None and works(data, clause, [rule]):
            written[key] = [rule]
        elif pick.aside:
            asides.append(key)
        row.picks[str(number)] = asdict(replace(pick, clause=key))
    version = prepared(now, data, by=by, at=at)
    if written or asides:
        _keep_ahead(now, version, written, asides, by=by, at=at)
    row.save(update_fields=["picks"])
    return version, len(taken)


@action
def drop_policy_import(*, by: Person, at: datetime) -> None:
    """Close an import: what was not put into the next version is deleted. Raises NotAllowed, NotFound."""
    rules.check_may_own(by, on=local_day(at))
    _the_import().delete()


def _keep_ahead(
    now: Writing,
    version: PolicyVersion,
    written: dict[str, list[dict[str, Any]]],
    asides: list[str],
    *,
    by: Person,
    at: datetime,
) -> None:
    draft = (draft_of(now.coming) if now.coming else None) or start_draft(by=by, at=at, coming=version)
    meant = {**draft.changes, "rules": {**draft.changes.get("rules", {}), **written}}
    meant["asides"] = [*draft.changes.get("asides", ()), *asides]
    meant = {name: value for name, value in meant.items() if value}
    save_draft(by=by, at=at, draft=draft, edition=draft.edition, changes=meant, because=draft.because)


def _the_import() -> PolicyImport:
    row = PolicyImport.objects.select_for_update().first()
    if row is None:
        raise NotFound
    return row


def _checked(now: Writing, one: Sentence, pick: Pick) -> Pick:
    """Return the pick as it is saved. Raises BadInput on `says`."""
    if pick.choice != TAKE:
        return Pick(pick.choice)
    says = " ".join((pick.says or one.says).split())
    if not says or len(says) > LONGEST:
        raise BadInput({"says": _("Enter what the clause says, in 2,000 characters or fewer.")})
    if pick.modality and pick.modality not in {*Modality}:
        raise BadInput({"modality": _("Choose one of these.")})
    pick = replace(pick, says="" if says == one.says else says, clause="")
    if pick.ready and not {*pick.ready.split(AND)} <= {ready.key for ready in nearest(says, one.section)}:
        raise BadInput({"says": _("That ready rule doesn’t fit this text. Choose again.")})
    if pick.aside and (pick.ready or pick.offer or not may_ask_nothing(one, pick)):
        raise BadInput(
            {"says": _("This sentence tells someone to do something, so it’s a clause. Choose again.")}
        )
    if pick.offer and not rule_fits(now, one, pick):
        raise BadInput({"says": _("The rule needs a number or role that this text doesn’t name. Add it.")})
    return pick
