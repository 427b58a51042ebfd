"""An uploaded policy document: what each of its sentences may be, and the picks made so far."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Literal

from schoolgate.core.errors import BadInput
from schoolgate.core.outside.documents import LARGEST
from schoolgate.policy.books import pack_of
from schoolgate.policy.importing import DocumentRefused, Proposal, propose, read_content
from schoolgate.policy.importing.front_page import FrontPage, front_page
from schoolgate.policy.importing.proposing import registered
from schoolgate.policy.importing.roles import called, is_office, own_names, own_titles, roles_in
from schoolgate.policy.models import PolicyImport, PolicyVersion
from schoolgate.policy.parts import with_roles
from schoolgate.policy.writing import Writing, data_of, named_in
from schoolgate.rulebook.clauses import PRINTED_NUMBER, asks_nothing, plain
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.kinds import Basis, Enforce
from schoolgate.rulebook.lint import lint_pack, lint_words
from schoolgate.rulebook.packs import Pack
from schoolgate.rulebook.packs.building import RELATIONS, Place, build
from schoolgate.rulebook.readings import BANS
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
