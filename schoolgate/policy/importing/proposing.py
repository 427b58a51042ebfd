"""A document’s sentences as proposed clauses, the file in which a person picks, and the picks as a policy."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, count, groupby, islice
from typing import Any, Final

import yaml
from pydantic import Field

from schoolgate.patterns import lazy_pattern
from schoolgate.policy.importing.document import Document, Read, Sentence, reading_of
from schoolgate.policy.importing.learned import OPEN, Learned, Template, learn, settings_of
from schoolgate.policy.importing.roles import HEADS, Titles, called, own_names, own_titles, roles_in
from schoolgate.policy.importing.roles import parameters as parameters_of
from schoolgate.policy.importing.wording import IMPERATIVE, LONGEST, STATED, of_danger
from schoolgate.rulebook.adviser.search import meanings
from schoolgate.rulebook.book import BOTH_FOR_ALL, book
from schoolgate.rulebook.capacities import HEAD_MAY, STAFF_MAY
from schoolgate.rulebook.clauses import split
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.kinds import Basis, Modality
from schoolgate.rulebook.lint import lint_pack, lint_words
from schoolgate.rulebook.packs import pack_keys
from schoolgate.rulebook.packs.building import Meta, Part, Place, WrittenRole, build, shaped
from schoolgate.rulebook.yaml_text import guarded

# How strongly a Welsh sentence binds, and who acts in it, by its words. The verb comes first in Welsh, so
# who acts stands right behind it.


_MAY = r"[cg]aiff|g[âa]nt|ca[âi]nt|cewch|caniateir|chaniateir|gall|gallant|gallwch|gellir|ellir|chaiff|all"
_CUES = lazy_pattern(
    r"\b(?:"
    r"(?P<advised_not>(?:ni|nid) (?:argymhellir|chynghorir|anogir|ddoeth|ydym yn (?:argymell|cynghori|annog))"
    r"|nid yw['’]?n (?:ddoeth|syniad da|arfer da)"
    r"|(?:argymhellir|cynghorir|anogir)(?: [\w'’]+){0,6}? (?:i )?(?:peidio|beidio)|osgoi)"
    r"|(?P<should_not>(?:ni|na) ddyl(?:id|ai|ech|em|ent)|dyl(?:id|ai|ech|em|ent)(?: [\w'’]+){0,6}?"
    r" (?:peidio|beidio|osgoi))"
    r"|(?P<must_not>(?:rhaid|bydd)(?: [\w'’]+){0,8}? (?:peidio|beidio)|peidiwch|gwaherddir|byth"
    r"|(?:ni|na) (?:chaniateir|chaiff|ch[âa]nt|chewch|cheir|ellir|all|allant|fydd|fyddwn|wneir"
    r"|chyhoeddir|rennir)"
    r"|nid (?:yw|oes)(?: [\w'’]+){0,6}? (?:caniat[\wâ]+|ganiat[\wâ]+|hawl)|(?:ni|nid) oes neb)"
    r"|(?P<advised>argymhellir|cynghorir|anogir|yn ddelfrydol|lle bo modd|ceisiwn|anelwn|ein nod yw|arfer da)"
    r"|(?P<should>[dd]dyl(?:id|ai|ech|em|ent)|dyl(?:id|ai|ech|em|ent)|disgwylir)"
    r"|(?P<must>rhaid|mae angen|(?:mae['’]n|yn) (?:ofynnol|orfodol|gyfrifol)|bydd|byddwn|byddant|sicrhewch"
    r"|rhowch|gofynnwch|dywedwch|gofalwch)"
    rf"|(?P<may>{_MAY}|mae gan(?: [\w'’]+){{0,5}}? hawl)"
    r")\b",
    re.IGNORECASE,
)
_IS_DONE = lazy_pattern(r"^(?:ni |nid )?\w{2,}(?:ir|wyd)\b", re.IGNORECASE)
"""A verb of which no one is named: *atebir*, *cedwir*, *gofynnir*, *ni chyhoeddir*."""
_NOT_DONE = lazy_pattern(r"^(?:ni|nid) \w{2,}ir\b", re.IGNORECASE)
_HAS_DONE = lazy_pattern(
    r"^(?:caiff|bydd) [^,;]{1,60}? (?:eu|ei) (?:d?dileu|th?ynnu|g?ch?uddio|g?ch?adw|storio|h?adolygu|g?wirio"
    r"|g?ch?ymeradwyo|newid|h?adrodd|hyfforddi|g?ch?ofnodi|rhwystro|d?thrafod|h?ateb|m?fonitro)\b",
    re.IGNORECASE,
)
"""*Caiff sylwadau eu dileu* is done; it isn't a permission."""
_LABEL = lazy_pattern(
    r"^(?:(?:dyddiad|fersiwn|statws|awdur|perchennog|llofnod|cynnwys|adolygiad|mabwysiadwyd)\b[^.]{0,80}\.?"
    r"|(?:annwyl|yn gywir|cofion)\b.{0,80})$",
    re.IGNORECASE,
)
_DEFINES = lazy_pattern(r"\b(?:yn golygu|yn cyfeirio at|a elwir yn|yw['’]r term)\b", re.IGNORECASE)
_TELLS = lazy_pattern(r"^(?:mae|roedd|oedd|mae['’]r|rydym|rydyn|credwn|gwyddom|heddiw)\b", re.IGNORECASE)
_ONLY = lazy_pattern(r"\b(?:dim ond|ond|yn unig)\b", re.IGNORECASE)
_JOINED = lazy_pattern(r"[,;] ond (?=(?:rhaid|ni|na|dyl|gall|caiff|peidi|bydd)\w*)", re.IGNORECASE)
_STRONGEST = (
    (Modality.MUST, Modality.MUST_NOT),
    (Modality.SHOULD, Modality.SHOULD_NOT),
    (Modality.ADVISED, Modality.ADVISED_NOT),
    (Modality.MAY,),
)
_ROLES = {
    "deputy designated safeguarding lead": r"dirprwy (?:berson|arweinydd) (?:diogelu )?(?:dynodedig|diogelu)",
    "designated safeguarding lead": r"[bp]h?erson (?:diogelu )?dynodedig|arweinydd diogelu(?: dynodedig)?",
    "data protection officer": r"swyddog diogelu data",
    "chair of governors": r"g?cadeirydd y (?:llywodraethwyr|corff llywodraethu)",
    "governing body": r"[cg]h?orff llywodraethu|llywodraethwyr",
    "senior leadership team": r"uwch d[iî]m (?:arwain|rheoli)",
    "deputy headteacher": r"dirprwy bennaeth",
    "headteacher": r"(?:[bp]|ph|mh)ennaeth|(?:[bp]|ph)rifathr(?:o|awes)",
    "administrator": r"(?:ng|g)?weinyddw(?:r|yr)",
    "moderator": r"[cg]h?ymedrolw(?:r|yr)",
    "staff": r"(?:aelod(?:au)? o(?:['’]r)? )?staff|athrawon|cydweithwyr|gweithwyr",
    "volunteers": r"g?wirfoddolwyr",
    "parents and carers": r"rh?ieni(?: (?:a|neu) gofalwyr)?|rhiant|[gn]?g?ofalwyr|teuluoedd",
    "pupils": r"d?disg[yw]bl(?:ion)?|plentyn|[bp]h?lant|myfyrwyr|phobl ifanc",
    "everyone": r"pawb|bawb|unrhyw un|neb",
    "the school": r"(?:yr|ein) ysgol",
}
_WHO = lazy_pattern(
    r"^(?:['’]r | i['’]r | i | y | yr | )?(?:holl |bob |pob |unrhyw |ein |y |yr |rai ){0,3}(?:"
    + "|".join(f"(?P<r{number}>(?:{how}))" for number, how in enumerate(_ROLES.values()))
    + r")\b",
    re.IGNORECASE,
)
_DONE_TO = lazy_pattern(r"^(?: (?:beidio [âa] )?(?:[cg]h?ael )?(?:eu|ei) \w+)", re.IGNORECASE)
"""*Ni chaiff disgyblion eu tagio*: something is done to them."""


def strength_in_welsh(text: str) -> Modality:
    """Return how strongly a Welsh clause binds: of several sentences, or duties of one, as the strongest."""
    each = [one for says in split(text) for one in _strengths(says)] or [Modality.STATES]
    return next((one for those in _STRONGEST for one in each if one in those), each[0])


def why_not_in_welsh(text: str) -> str:
    """Return why a Welsh sentence is not a clause, as `clause_or_not.why_not` does; "" where it is one."""
    words = text.split()
    if len(text) > LONGEST:
        return "too long for one sentence"
    if text.endswith("?"):
        return "a question"
    cue = _CUES.search(text)
    if len(words) < 3 or _LABEL.match(text) or (cue is None and (text.endswith(",") or len(words) < 5)):
        return "a label"
    if cue is not None or _IS_DONE.match(text):
        return "leads to a list" if text.endswith(":") else ""
    if text.endswith(":"):
        return "leads to a list"
    return "explains a word" if _DEFINES.search(text) else "background" if _TELLS.match(text) else ""


def in_english(text: str) -> str:
    """Return what the words of a Welsh text mean, one by one, for what is known of English words."""
    return " ".join(meanings(text))


def _strengths(text: str) -> list[Modality]:
    found: list[Modality] = []
    if _HAS_DONE.match(text):
        return [Modality.MUST]
    if _NOT_DONE.match(text) and not _CUES.match(text):
        return [Modality.MUST_NOT]
    if _IS_DONE.match(text) and not _CUES.match(text):
        found.append(Modality.MUST)
    for part in _JOINED.split(text):
        cue = _CUES.search(part)
        if cue is None:
            continue
        restricts = cue.lastgroup == "may" and _ONLY.search(part)
        found.append(Modality.MUST_NOT if restricts else Modality(str(cue.lastgroup)))
    return found


def actor_in_welsh(text: str) -> str:
    """Return who acts, as most schools call them in English; "" for none, and where everyone else is kept
    from something (*Dim ond y pennaeth a gaiff*)."""
    cue = _CUES.search(text)
    who = _WHO.match(text[cue.start() + len(cue[0].split()[0]) :]) if cue else None
    if cue is not None and who is None:
        who = _WHO.match(text[cue.end() :])
    if who is None or who.lastgroup is None or _DONE_TO.match(who.string[who.end() :]):
        return ""
    return [*_ROLES][int(who.lastgroup[1:])]


# A document's sentences as proposed clauses, each with areas, rule kinds and settings read from its text.


AREAS_SHOWN: Final = 3
KINDS_SHOWN: Final = 3
KINDS_READ: Final = 8
"""Among which a kind is looked for that counts with the sentence's number."""
IN_WELSH: Final = "in Welsh"


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A rule kind that may fit. `like`: the nearest registered clause of this kind, and what it says.
    `settings`: by name; `OPEN` where neither the sentence nor the kind says it."""

    kind: str
    situation: str
    point: str
    like: str
    like_says: str
    settings: Mapping[str, Any] = field(hash=False)

    @property
    def open(self) -> tuple[str, ...]:
        """The settings that a person still has to fill in."""
        return tuple(name for name, value in self.settings.items() if value == OPEN)

    @property
    def counts(self) -> bool:
        """Whether it counts with a number of the sentence."""
        return any(type(value) in (int, float) for value in self.settings.values())


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence and what it may be. `why_not`: why it is proposed as no clause, "" where it is one. `areas`
    and `kinds`: the likeliest first; a label has none, and a Welsh sentence no kinds. `short`: the short
    forms of roles that it uses, with their names."""

    sentence: Sentence
    why_not: str
    modality: Modality
    actor: str
    parameters: Mapping[str, Any] = field(hash=False)
    areas: tuple[str, ...] = ()
    kinds: tuple[RuleKind, ...] = ()
    short: Titles = field(default_factory=dict, hash=False)

    @property
    def is_clause(self) -> bool:
        """Whether it is proposed as a clause."""
        return not self.why_not


def propose(document: Document, learned: Learned | None = None, *, only_data: bool = False) -> list[Proposal]:
    """Return a proposal for every sentence, in the order of the document. None of it is in force.

    `only_data`: propose no kinds that are written as code.
    """
    taught = learned or registered()
    titles = own_titles(one.text for one in document.sentences)
    names = called(own_names((one.text for one in document.sentences if not one.welsh), titles))
    welsh = {id(one) for one in document.welsh}

    def name(role: str) -> str:
        return names.get(role, role)

    return [
        _in_welsh(one, taught, name, beside=not document.in_welsh)
        if id(one) in welsh
        else _proposal(one, taught, name, only_data, titles)
        for one in document.sentences
    ]


@cache
def registered() -> Learned:
    """Return what the clauses of the policies teach that come with the program."""
    return learn(book(key) for key in pack_keys() if key not in BOTH_FOR_ALL)


def _proposal(
    sentence: Sentence, learned: Learned, name: Callable[[str], str], only_data: bool, own: Titles
) -> Proposal:
    """What one sentence may be. `name`: what the school calls an office; `own`: the document's own titles."""
    found = reading_of(sentence.text, sentence.lead, own)
    actor, parameters = name(found.actor or _asked_by_heading(sentence)), _named(found, name)
    if found.why_not == "a label":
        return Proposal(sentence, found.why_not, found.modality, actor, parameters)
    numbered = sentence.number and not sentence.from_above
    why_not = "" if numbered and found.why_not == STATED else found.why_not
    areas, kinds = learned.ranked(sentence.text, sentence.section, found.actor, found.modality)
    usable = (one for one in learned.lines(sentence.text, kinds) if one.is_data or not only_data)
    likely = [_rule_kind(line, parameters) for line in islice(usable, KINDS_READ)]
    return Proposal(
        sentence, why_not, found.modality, actor, parameters, tuple(areas[:AREAS_SHOWN]),
        _shown(likely),
        {
            word: title
            for word, title in own.items()
            if word != title and re.search(rf"\b{word}\b", sentence.text)
        },
    )  # fmt: skip


def _asked_by_heading(sentence: Sentence) -> str:
    """Return who the heading names (parents or pupils), where a sentence only asks (*Please do not ask
    staff to ...*); empty otherwise."""
    text = sentence.text
    if not (text.casefold().startswith("please ") or IMPERATIVE.match(text)):
        return ""
    named = [one for one in roles_in(sentence.section) if one in ("parents and carers", "pupils", "staff")]
    return named[0] if len(named) == 1 else ""


def _in_welsh(sentence: Sentence, learned: Learned, name: Callable[[str], str], *, beside: bool) -> Proposal:
    """What a Welsh sentence may be: the register is English, so no rule is proposed, and its area is read
    from what its words mean. `beside`: the document has it in English, too."""
    text = sentence.text
    actor, modality = actor_in_welsh(text), strength_in_welsh(text)
    if beside and not of_danger(text):
        return Proposal(sentence, IN_WELSH, modality, name(actor), {})
    why_not = why_not_in_welsh(text)
    if why_not:
        return Proposal(sentence, why_not, modality, name(actor), {})
    areas, _kinds = learned.ranked(in_english(text), in_english(sentence.section), actor, modality)
    return Proposal(
        sentence, "", modality, name(actor), dict(parameters_of(text)), tuple(areas[:AREAS_SHOWN])
    )


def _shown(likely: list[RuleKind]) -> tuple[RuleKind, ...]:
    """Return the kinds to show. If the sentence has a number, the likeliest kind that counts with it is among
    them."""
    shown = likely[:KINDS_SHOWN]
    counts = next((one for one in likely if one.counts), None)
    return tuple(shown if counts is None or counts in shown else [*shown[:-1], counts])


def _named(found: Read, name: Callable[[str], str]) -> dict[str, Any]:
    """Return the parameters with offices as the school calls them."""
    roles = {"roles": [name(one) for one in found.parameters["roles"]]} if "roles" in found.parameters else {}
    return {**found.parameters, **roles}


def _rule_kind(line: Template, parameters: Mapping[str, Any]) -> RuleKind:
    says = line.clause.says
    return RuleKind(
        line.kind, line.situation, line.point, line.clause.id, says, settings_of(line, parameters)
    )


# Lines of YAML for people: values, lists of values, and comments of one line.


_LONGEST_COMMENT = 160


class _Dumper(yaml.SafeDumper):
    """Never writes an alias: two equal values are written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def block(data: Any) -> list[str]:
    """Return the lines of a list or mapping, short ones on one line."""
    return _dumped(data, width=100, flow=None)


def fields(data: Mapping[str, Any], indent: str = "") -> list[str]:
    """Return the lines of a mapping, each name on a line of its own."""
    return [line for name, value in data.items() for line in _field(name, value, indent)]


def _field(name: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, Mapping | list | tuple):
        return [f"{indent}{name}: {inline(value)}"]
    return [indent + line for line in _dumped({name: value}, width=100, flow=False)]


def inline(value: Any) -> str:
    """Return a value on one line."""
    return _dumped(value, width=10_000, flow=True)[0]


def _dumped(data: Any, *, width: int, flow: bool | None) -> list[str]:
    text = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=width, default_flow_style=flow
    )
    return str(text).removesuffix("...\n").removesuffix("\n").split("\n")


def comment(text: str, indent: str = "") -> str:
    """Return one line of comment, for any text."""
    line = " ".join(text.split())
    return f"{indent}# {line if len(line) <= _LONGEST_COMMENT else f'{line[:_LONGEST_COMMENT]} ...'}"


# The file of proposals: written for a person who picks, and read again with what they picked.


_HELP = """\
# Proposals from {source}. Nothing here is in force.
# 1. Correct the front page: schools, dates, and what each role may do (`capacities`).
# 2. Write a `pick` for each sentence:
#      1, 2 or 3  a clause, kept by that rule kind. Fill in each "?" in its settings first.
#      read       a clause without a rule yet: the owner of the policy decides each case.
#      show       a clause that is shown and decides nothing.
#      no         not a clause.
#    `schoolgate policy kinds NAME` says what a kind decides. Check modality, actor and area too.
# 3. `schoolgate policy pick {key}` writes the policy's files from what you picked.
"""


class WrittenKind(Part):
    """A proposed rule kind, with its settings."""

    kind: str
    like: str
    settings: dict[str, Any] = {}


class WrittenSentence(Part):
    """A sentence with what it may be, and the pick made for it."""

    place: str
    section: str
    says: str = Field(min_length=1)
    pick: Any = None
    why_not: str = ""
    modality: Modality = Field(strict=False)
    actor: str
    area: str
    parameters: dict[str, Any] = {}
    kinds: list[WrittenKind] = []


class WrittenProposals(Part):
    """The whole file."""

    source: str
    policy: Meta
    roles: list[WrittenRole]
    role_words: dict[str, str] = {}
    sentences: list[WrittenSentence]


def proposals_text(
    proposals: Sequence[Proposal], document: Document, *, key: str, federation: str, title: str, source: str
) -> str:
    """Return the file of these proposals, without picks."""
    titles = own_titles(one.text for one in document.sentences)
    names = own_names((one.text for one in document.sentences if not one.welsh), titles)
    offices = called(names) | {title: title for title in titles.values()}
    leads = next((name for name in HEADS if name in offices), HEADS[0])
    head = offices.pop(leads, leads)
    front = Meta(
        key=key, title=title, federation=federation, schools=[federation], version="1", reading=1,
        adopted=None, ratified=None, review_due=None, review_every_months=None, owner=head,
    )  # fmt: skip
    words = {word: offices.get(name, head) for name, of in names.items() for word in sorted(of)}
    words |= titles
    lines = [
        *_HELP.format(source=" ".join(source.split()), key=key).splitlines(),
        *fields({"source": source}),
        "policy:",
        *fields(front.model_dump(), "  "),
        "roles:",
        *_roles(head, list(offices.values())),
        *fields(
            {"role_words": {word: name for word, name in words.items() if word.casefold() != name.casefold()}}
        ),
        "sentences:",
    ]
    for number, one in enumerate(proposals, start=1):
        lines += ["", *_sentence(number, one)]
    return "\n".join(lines) + "\n"


def _roles(head: str, others: Iterable[str]) -> Iterator[str]:
    may: dict[str, Sequence[str]] = {head: HEAD_MAY, "staff": STAFF_MAY} | {name: [] for name in others}
    for name, capacities in may.items():
        key = "-".join(name.lower().split())
        yield f"  - {inline({'name': name, 'key': key, 'capacities': list(map(str, capacities))})}"


def _sentence(number: int, one: Proposal) -> Iterator[str]:
    found = one.sentence
    about = f"{number}. {found.section}, {found.place}" + (
        f": no clause? {one.why_not}" if one.why_not else ""
    )
    yield comment(about)
    first, *rest = fields({"place": found.place, "section": found.section, "says": found.text}, "  ")
    yield f"- {first.lstrip()}"
    yield from rest
    yield "  pick:"
    if one.why_not:
        yield from fields({"why_not": one.why_not}, "  ")
    yield from fields({"modality": one.modality.value, "actor": one.actor or "not stated"}, "  ")
    yield f"  area: {inline(one.areas[0] if one.areas else '')}" + (
        f"  # or {', '.join(one.areas[1:])}" if one.areas[1:] else ""
    )
    yield from fields({"parameters": dict(one.parameters)}, "  ")
    if one.kinds:
        yield "  kinds:"
    for place, kind in enumerate(one.kinds, start=1):
        yield from _kind(place, kind)


def _kind(place: int, one: RuleKind) -> Iterator[str]:
    yield comment(f"{place}: at {one.point} of {one.situation}, like: {one.like_says}", "  ")
    yield f"  - {inline({'kind': one.kind, 'like': one.like, 'settings': dict(one.settings)})}"


def read_proposals(text: bytes, name: str) -> tuple[WrittenProposals, Place]:
    """Return a file of proposals, and its place for errors. Raises BadPack with file and line."""
    place = Place(name, text)
    return shaped(WrittenProposals, guarded(text, name), place), place


# The picks from the proposals, checked line by line, as the files of a policy.


ONLY_SHOWN = "Only shown, as somebody picked when the policy was imported."
SHOW, READ, NO = "show", "read", "no"
_ONE = "new-clause"


@dataclass(frozen=True)
class Picked:
    """The picks. `files`: the policy's files by name; `undecided`: the places of the sentences without a
    pick; `left_out`: how many are not clauses."""

    files: dict[str, str]
    clauses: int
    rules: int
    undecided: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Clause:
    """A picked sentence: the clause, and the line that implements it, both without the clause's id."""

    sentence: WrittenSentence
    parameters: dict[str, Any]
    enforce: str
    line: dict[str, Any] | None

    def entry(self, clause: str) -> dict[str, Any]:
        """Return the clause as a pack has it."""
        one = self.sentence
        return {
            "id": clause, "section": one.section, "says": one.says, "modality": one.modality.value,
            "actor": one.actor, "area": one.area, "enforce": self.enforce, "parameters": self.parameters,
        }  # fmt: skip


def pick(written: WrittenProposals, place: Place, learned: Learned | None = None) -> Picked:
    """Return the policy's files for the picks. Raises BadPack with the line of the first pick that does not
    work, or where nothing was picked."""
    taught = learned or registered()
    clauses: list[_Clause] = []
    undecided, left_out = [], 0
    for number, one in enumerate(written.sentences):
        if one.pick is None:
            undecided.append(one.place)
        elif one.pick is False or one.pick == NO:  # YAML reads `no` as false
            left_out += 1
        else:
            here = place.at("sentences", number)
            found = _clause(one, here, taught)
            _works(found, written, here)
            clauses.append(found)
    if not clauses:
        raise BadPack(place.name, "nothing is picked yet. Write 1, 2, 3, read or show after `pick:`")
    rules = sum(one.line is not None for one in clauses)
    return Picked(_files(written, clauses), len(clauses), rules, tuple(undecided), left_out)


def _clause(one: WrittenSentence, place: Place, learned: Learned) -> _Clause:
    if not one.area.strip():
        raise place.at("area").bad("a clause has an area: write one of " + ", ".join(learned.areas))
    if one.pick == SHOW:
        return _Clause(one, one.parameters, "guide", None)
    if one.pick == READ and one.kinds:
        line = _line(one.kinds[0], place.at("kinds", 0), learned)
        return _Clause(
            one, one.parameters, "gate", {"ask": line.situation, "point": line.point, "read": True}
        )
    position = one.pick - 1 if type(one.pick) is int else -1
    if not 0 <= position < len(one.kinds):
        kinds = [str(number) for number in range(1, len(one.kinds) + 1)]
        raise place.at("pick").bad(
            f"pick: write {', '.join([*kinds, *([READ] if kinds else []), SHOW])} or {NO}"
        )
    kind, there = one.kinds[position], place.at("kinds", position)
    line = _line(kind, there, learned)
    missing = sorted(line.theirs.keys() - kind.settings.keys())
    for name in (*missing, *(name for name, value in kind.settings.items() if _is_open(value))):
        theirs = f" ({line.clause.id} has {inline(line.theirs[name])})" if name in line.theirs else ""
        raise there.at("settings").bad(f"fill in {name}{theirs}")
    settings = {name: value for name, value in kind.settings.items() if value is not None}
    filled = line.filled(kind.settings, _ONE)
    del filled["clauses"]
    return _Clause(one, {**one.parameters, **settings}, line.clause.enforce.value, filled)


def _is_open(value: Any) -> bool:
    return value == OPEN or (isinstance(value, list) and OPEN in value)


def _line(kind: WrittenKind, place: Place, learned: Learned) -> Any:
    line = learned.line_like(kind.kind, kind.like)
    if line is None:
        raise place.bad(f"{kind.kind} like {kind.like} can't be used. Pick another kind, or import again")
    return line


def _works(found: _Clause, written: WrittenProposals, place: Place) -> None:
    """Refuse a pick that makes no policy, with its line in the proposals."""
    lines = [{"clauses": [_ONE], **found.line}] if found.line is not None else []
    try:
        pack = build(
            (place, _front(written)), [(place, found.entry(_ONE))], [(place, one) for one in lines], [], None
        )
        problems = [one.what for one in (*lint_pack(pack), *lint_words(pack))]
    except BadPack as bad:
        problems = [bad.why]
    if problems:
        raise place.at("pick").bad(f"pick {found.sentence.pick}: {problems[0]}")


def _front(written: WrittenProposals) -> dict[str, Any]:
    data = written.model_dump(mode="json", include={"policy", "roles", "role_words"})
    return {**data, "basis": str(Basis.POLICY), "tensions": []}


# --- Files -------------------------------------------------------------------------------------------


def _files(written: WrittenProposals, clauses: Sequence[_Clause]) -> dict[str, str]:
    begin = comment(f"The front page. Imported from {written.source}.")
    files = {"policy.yaml": _text([begin, *_front_page(written)])}
    sections: list[str] = []
    shown: list[str] = []
    for section, inside in groupby(clauses, key=lambda one: one.sentence.section):
        name = _new_name(_slug(section), sections)
        sections.append(name)
        ids = [(f"{written.policy.key}-{name}-{at}", one) for at, one in enumerate(inside, start=1)]
        shown += [clause for clause, one in ids if one.line is None]
        file = f"{len(sections):03}-{name}.yaml"
        files[f"clauses/{file}"] = _text(_clause_lines(ids))
        for folder, lines in (("rules", _rule_lines(ids, "ask")), ("bindings", _rule_lines(ids, "control"))):
            if text := list(lines):
                files[f"{folder}/{file}"] = _text(text)
    if shown:
        files["kept/shown.yaml"] = _text(block([{"clauses": shown, "kind": "text", "says": ONLY_SHOWN}]))
    return files


def _new_name(name: str, taken: Container[str]) -> str:
    """Return the name, with a number where another section has it already."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(one for one in names if one not in taken)


def _front_page(written: WrittenProposals) -> Iterator[str]:
    front = _front(written)
    yield "policy:"
    yield from fields(front["policy"], "  ")
    yield f"basis: {front['basis']}"
    yield "roles:"
    for role in front["roles"]:
        yield f"  - {inline(role)}"
    yield from fields({"role_words": front["role_words"], "tensions": []})


def _clause_lines(clauses: Iterable[tuple[str, _Clause]]) -> Iterator[str]:
    for name, one in clauses:
        yield comment(one.sentence.place)
        first, *rest = fields(one.entry(name), "  ")
        yield f"- {first.lstrip()}"
        yield from rest


def _rule_lines(clauses: Iterable[tuple[str, _Clause]], mark: str) -> Iterator[str]:
    for name, one in clauses:
        if one.line is not None and mark in one.line:
            yield comment(one.sentence.says)
            yield from block([{"clauses": [name], **one.line}])


def _slug(section: str) -> str:
    words = re.findall(r"[a-z0-9]+", section.lower())
    return "-".join(words[:4])[:40].strip("-") or "section"


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
