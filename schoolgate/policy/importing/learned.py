"""What the registered clauses teach: words, features, templates and settings for a new document’s clauses."""

import inspect
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from schoolgate.rulebook.book import Book
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import ROLE_SETTINGS
from schoolgate.rulebook.findings import OWN_WORDS
from schoolgate.rulebook.messages import POINTS
from schoolgate.rulebook.one_file import entry_of
from schoolgate.rulebook.packs import Binding, Pack
from schoolgate.rulebook.rules.spans import numbers_in
from schoolgate.rulebook.rules.step import VERBS
from schoolgate.rulebook.situations import SITUATIONS

# Words of British schools that mean much the same, for comparing sentences of different policies.


SAME = """
pupil student learner child young youngster kid class
parent carer guardian family
staff employee teacher colleague worker teaching personnel adult grown-ups
head headteacher principal
photo photograph picture image video film footage
network platform facebook twitter instagram tiktok youtube snapchat whatsapp linkedin
site page website blog
post publish upload put share
comment remark
consent permission agree authorisation authorise leave
reply answer respond response
remove delete takedown
approve approval sign-off
report tell inform notify
personal private own
check monitor look
block ban
password login credential
concern worry
complaint complain
harass bully abuse insult threaten offend offensive abusive bullying harassment
law legal illegal unlawful act
review revise update
train training
copyright intellectual licence
discipline disciplinary sanction
confidential confidentiality
governor governing board trustee director
employer school federation trust academy
journalist media press
record log register
"""
"""Each line is one meaning: a word counts as the first of its line."""

CONCEPTS = """
contact: contact touch friend befriend follow follower connect connection request message chat talk
contact: communicate correspond invite accept link relationship
pupils: pupil student learner child young youngster class under-18 minor
families: parent carer guardian family mother father relative sibling
staff: staff employee teacher colleague worker personnel member assistant adult practitioner team
head: head headteacher principal executive deputy slt leadership senior management manager
governors: governor governing board trustee director chair
helpers: volunteer helper friends contractor consultant agency visitor supply student-teacher
former: former past ex- leaver left alumni alumnus
press: press journalist media reporter newspaper broadcaster enquiry interview publication comment
picture: photo photograph picture image video film footage camera recording portrait
consent: consent permission agree agreement authorise leave allow given
naming: name named surname full identify identity identifiable details caption
details: address phone telephone email e-mail birth date details number contact
privacy: privacy setting private restrict visible public open closed audience
account: account page profile site feed channel presence blog group
login: password credential login username access log-in two-step device lock key
open_account: open create set start new proposal apply application business case form request planned
open_account: proposed launch
form: form states field gives marks appendix sign signed signature section
approve: approve approval authorise sign-off agree decide decision permit yes
close: close delete archive end inactive dormant unused deactivate retire
owner: responsible responsibility lead run manage administer administrator moderator owner charge
leave_post: leave leaver handover successor transfer hand takeover
post: post publish upload share write put send tweet update content
tone: tone polite respectful professional friendly courteous calm style language jargon plain conversational
accuracy: accurate true truth fact check proof spelling error mistake correct mislead false
copyright: copyright intellectual licence credit source property trademark logo plagiarise rights
confidential: confidential confidence confidentiality secret sensitive disclose disclosure internal
confidential: private information
dataprotection: data protection gdpr personal information ico retention subject
links: link hyperlink external site third-party endorse
commercial: advertise advertisement promote promotion commercial sell business product fundraising
opinion: opinion view political politics religious belief disclaimer own behalf speak personal
school_time: time working hours lesson break lunch during work equipment device computer network
private_use: private personal own outside home leisure
reputation: reputation disrepute harm damage embarrass good name standing image
abuse: abuse bully bullying harass harassment threaten threat insult offensive attack troll
abuse: discriminate discriminatory racist sexist defame defamatory libel dignity
illegal: illegal unlawful law crime criminal police act legislation offence
safeguard: safeguard safeguarding protection welfare dsl designated radicalisation grooming safe
safeguard: safety danger risk exploitation prevent
report: report tell inform notify raise escalate refer concern worry
investigate: investigate investigation assess assessment look evidence screenshot log incident
discipline: disciplinary discipline misconduct dismissal sanction consequence breach breaks action
discipline: warning termination
complaint: complaint complain grievance query question
reply: reply respond response answer acknowledge hours within
monitor: monitor check look daily regularly weekly weekend holiday watch
remove: remove hide delete take down takedown block ban report
house: house rules acceptable guidelines behaviour conduct expect comment visitors community
moderate: moderate moderation moderator comment vet contributor contribution pre-moderate
training: training train induction course refresher cpd briefing guidance support advice inset
curriculum: curriculum teach lesson educate education learn pupils digital literacy e-safety computing
curriculum: assembly pshe online-safety
policy: policy document procedure code strategy statement
review: review annual annually yearly update amend revise version adopted ratified issued date
scope: applies apply cover covers scope bound everyone define definition means include
related: related linked read conjunction alongside policies acceptable use ict agreement handbook
record: record register keep retain retention store log archive list
age: age minimum 13 thirteen year
listening: listening search mention google alert monitor conversation
recruit: recruit recruitment applicant candidate vet shortlist reference
references: reference endorsement recommend linkedin
mark: emergency urgent immediately crisis out-of-hours contact
equality: accessible accessibility alt text welsh language equality caption subtitle
lasting: permanent forever online lasting copied screenshot anyone
"""
"""What a sentence may be about, and words that speak of it. One word may speak of several."""

AREAS = """
policy: adoption review scope acknowledgement of the policy who is covered definitions version
policy: date ratified related policies
accounts: application approval registry credentials leavers closing evaluation of accounts business
accounts: case form new site password
people: roles and training responsibilities staff volunteers responsible for
publishing: checks and approval before a post goes out content copyright confidentiality names
publishing: personal details tone accuracy
images: photographs pictures video images consent do-not-publish list parents written permission
inbox: monitoring response times tone of replies answers comments checking accounts daily
moderation: removal blocking house rules vetting contributors comments moderation delete
incidents: reporting assessment investigation escalation discipline bullying abuse breach misconduct
incidents: safeguarding
contacts: who may follow friend requests contact with pupils former pupils parents messages
personal_use: personal private use of social media own account working hours opinions disclaimer privacy
personal_use: settings
records: records retention data protection register logs legislation monitoring systems
education: teaching pupils curriculum e-safety guidance learning lessons
media: press journalists media enquiries
listening: searching for mentions of the school online listening
recruitment: recruitment applicants candidates references search
hosted_sites: sites hosted by school for children webspace users safety of children online duties
"""
"""What each area of the register is for."""

IDLE = """
a an the of to in on at for by with and or as is are be been it its this that these those which who
whom whose from into not no any all each every there their they them his her he she our we us you
your i has have had do does did will would shall can could may might must should ought than then so
such also only own out up about over under if where when while other others one what how same
"""
"""Words that don't show what a sentence is about."""


# A sentence as weighted features: its words in plain form, pairs of them, and what they speak of.


Features = dict[str, float]
PAIR, CONCEPT, SECTION_WORD, SECTION_CONCEPT, ACTOR, MODALITY = 0.4, 1.0, 0.4, 0.6, 0.5, 1.0
"""How much each kind of feature counts compared with a word of the sentence. Chosen on the five policies by
`python -m bench importing`; within half and twice these values the figures move by about one in a hundred."""
_WORD = re.compile(r"[a-z][a-z'-]+|\d+")
_IDLE = frozenset(IDLE.split())
_ENDINGS = ("ations", "ation", "ings", "ing", "ment", "ments", "ies", "ed", "es", "s", "ly", "er", "ers")
_LONGEST_TEXT = 2_000


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


_MEANS = {word: line.split()[0] for line in _lines(SAME) for word in line.split()}


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """Return a word without its ending, and the same for words that mean the same."""
    if word in _MEANS:
        return _MEANS[word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            root = word[: -len(ending)] + ("y" if ending == "ies" else "")
            return _MEANS.get(root) or _MEANS.get(root + "e") or root.rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def _spoken_of() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _lines(CONCEPTS):
        concept, words = line.split(":")
        for word in words.split():
            found.setdefault(plain(word), set()).add(concept)
    return {word: frozenset(concepts) for word, concepts in found.items()}


_CONCEPTS_OF = _spoken_of()


def words(text: str) -> list[str]:
    """Return the words that tell something, in plain form."""
    text = text[:_LONGEST_TEXT].lower().replace("’", "'")
    return [plain(word) for word in _WORD.findall(text) if word not in _IDLE]


def features(text: str, section: str = "", actor: str = "", modality: str = "") -> Features:
    """Return the features of a sentence and how much each counts."""
    found: Features = {}
    said = words(text)
    for word in said:
        found[word] = 1.0
    for pair in itertools.pairwise(said):
        found["_".join(pair)] = PAIR
    for concept, times in Counter(_concepts(set(said))).items():
        found[f"^{concept}"] = CONCEPT * math.sqrt(times)
    for word in set(words(section)):
        found[f"§{word}"] = SECTION_WORD
        concepts = _CONCEPTS_OF.get(word, frozenset())
        for concept in concepts:
            found[f"^{concept}"] = found.get(f"^{concept}", 0.0) + SECTION_CONCEPT / len(concepts)
    for word in words(actor):
        found[f"@{word}"] = ACTOR
    if modality:
        found[f"~{modality}"] = MODALITY
    return found


def _concepts(said: Iterable[str]) -> Iterable[str]:
    return (concept for word in sorted(said) for concept in sorted(_CONCEPTS_OF.get(word, ())))


# The line that implements a registered clause, as a template for another school's clause of the same kind.
# Numbers, roles, days and phrases are never copied: they are read from the new sentence, or a person fills
# them in. Single words of the program and yes or no define the kind, and are copied.


OPEN: Final = "?"
"""The value of a setting that a person has to fill in."""
_OF_ONE_POLICY = (
    "clauses",
    "overrides",
    "tension",
    "until_ruled",
    "group",
    "part",
    "turns",
    "kept",
    "supplied_by",
    "in_welsh",
)
_SILENT = frozenset({"keep", "exclude", "not_bound"})
_ALLOWS, _STOPS = frozenset({"permit", "cover", "advise"}), frozenset({"forbid", "need", "must_be", "refer"})
_OF_A_POLICY = re.compile(r"\d{1,2}:\d\d|\d{4}-\d\d|[A-Z ]")
"""Times, days and phrases: the program's own words are written small, as one word."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a template that a setting fills."""

    name: str


@dataclass(frozen=True, slots=True)
class Template:
    """A line of a pack with slots. `theirs`: the registered policy's value for each slot; `own`: the slots
    whose value is specific to that policy and is not copied; `roles`: those that contain only roles."""

    kind: str
    clause: Clause
    situation: str
    point: str
    entry: Mapping[str, Any] = field(hash=False)
    theirs: Mapping[str, Any] = field(hash=False)
    own: frozenset[str]
    roles: frozenset[str]

    @property
    def is_data(self) -> bool:
        """Whether it is a rule that is data, and no kind written as code."""
        return "ask" in self.entry

    def filled(self, settings: Mapping[str, Any], clause: str) -> dict[str, Any]:
        """Return the line for this clause. Raises KeyError where a setting is missing."""
        return {"clauses": [clause], **_filled(self.entry, settings)}


def kind_of(binding: Binding) -> str:
    """Return the rule kind: the control's key, or the situation and verb of a rule that is data."""
    if binding.control != "rule":
        return binding.control
    verbs = [step.verb for step in binding.settings.steps]
    return f"{binding.situations[0]} {next((verb for verb in verbs if verb not in _SILENT), verbs[0])}"


def template(clause: Clause, binding: Binding, pack: Pack) -> Template | None:
    """Return the template of a registered line; None where it depends on something only that policy has: a
    tension, another clause, a ruling."""
    written = _plain(entry_of(binding))
    line = {name: value for name, value in written.items() if name not in _OF_ONE_POLICY}
    asks_who_rules = binding.tension is not None and "refer" in kind_of(binding).split()
    if asks_who_rules or _rests_on_its_policy(line, pack):
        return None
    slots = _Slots(binding, clause, pack)
    if binding.control == "rule":
        line = {**_own_words(line), "point": binding.point}
        line = {
            name: slots.put(value) if name not in ("ask", "point", "for") else value
            for name, value in line.items()
        }
    else:
        names = sorted(line.get("settings", {}))
        slots.theirs.update({name: line["settings"][name] for name in names})
        slots.own.update(name for name in names if slots.belongs(name, line["settings"][name]))
        line["settings"] = {name: Slot(name) for name in names}
    return Template(
        kind_of(binding),
        clause,
        binding.situations[0],
        binding.point,
        line,
        slots.theirs,
        frozenset(slots.own),
        frozenset(slots.of_roles()),
    )


class _Slots:
    """The slots of one line, found while it is walked."""

    def __init__(self, binding: Binding, clause: Clause, pack: Pack) -> None:
        control = CONTROLS[binding.control]
        self.roles = {str(role) for _, role in control.roles(binding.settings)}
        self.names = {one.name for one in pack.roles}
        self.held = list(_named_leaves(clause.parameters))
        self.theirs: dict[str, Any] = {}
        self.own: set[str] = set()

    def belongs(self, name: str, value: Any) -> bool:
        """Whether a setting has a value of that policy alone."""
        return any(self._is_own(leaf) or leaf in self.names for _, leaf in _named_leaves({name: value}))

    def of_roles(self) -> Iterator[str]:
        """Yield the slots that contain only roles."""
        for name in self.own:
            leaves = [leaf for _, leaf in _named_leaves({name: self.theirs[name]})]
            if leaves and all(leaf in self.roles or leaf in self.names for leaf in leaves):
                yield name

    def put(self, value: Any, key: str = "") -> Any:
        """Return the same part of a rule with slots for what belongs to that policy. `key`: the name of the
        part."""
        if isinstance(value, Mapping):
            return {name: self.put(part, name) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [self.put(part, key) for part in value]
        asked_of = key in ("of", "who") and value in self.names
        return Slot(self._name(value)) if asked_of or self._is_own(value) else value

    def _is_own(self, leaf: Any) -> bool:
        if isinstance(leaf, str):
            return leaf in self.roles or _OF_A_POLICY.search(leaf) is not None
        return type(leaf) in (int, float)

    def _name(self, value: Any) -> str:
        """Return a slot's name: that of the clause's parameter with this value, else what it is."""
        words = "role" if value in self.roles | self.names else "words"
        usual = words if isinstance(value, str) else "number"
        base = next((name for name, held in self.held if held == value and type(held) is type(value)), usual)
        number, name = 1, base
        while name in self.theirs and self.theirs[name] != value:
            number += 1
            name = f"{base}_{number}"
        self.theirs[name] = value
        self.own.add(name)
        return name


def _own_words(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rule with the clause's own words as its sentence. Where one step allows and another stops,
    the same words would be wrong for one of them, so both keep the program's sentences."""
    steps = line["steps"]
    verbs = {verb for step in steps for verb in step if verb in VERBS}
    both = bool(verbs & _ALLOWS) and bool(verbs & _STOPS)
    told = [step if both and step.get("say") != OWN_WORDS else _mute(step) for step in steps]
    rest = {name: value for name, value in line.items() if name not in ("steps", "numbers")}
    counted = {*numbers_in([rest, told])}
    if numbers := {name: value for name, value in line.get("numbers", {}).items() if name in counted}:
        rest["numbers"] = numbers
    return {**rest, **told[0]} if len(told) == 1 else {**rest, "steps": told}


def _mute(step: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in step.items() if name not in ("say", "args")}


def _rests_on_its_policy(written: Any, pack: Pack) -> bool:
    if isinstance(written, Mapping):
        return bool({"ruled", "ruling", "read"} & written.keys()) or any(
            _rests_on_its_policy(part, pack) for part in written.values()
        )
    if isinstance(written, list | tuple):
        return any(_rests_on_its_policy(part, pack) for part in written)
    return isinstance(written, str) and (written in pack.tensions or written in pack.clauses)


def _named_leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every plain value inside, with the name it has there."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _named_leaves(part, str(key))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _named_leaves(part, name)
    elif value is not None:
        yield name, value


def _filled(written: Any, settings: Mapping[str, Any]) -> Any:
    if isinstance(written, Slot):
        return settings[written.name]
    if isinstance(written, Mapping):
        return {name: _filled(part, settings) for name, part in written.items()}
    if isinstance(written, list | tuple):
        return [_filled(part, settings) for part in written]
    return written


def _plain(written: Any) -> Any:
    """Return the same as plain dicts and lists, without anything shared."""
    if isinstance(written, Mapping):
        return {str(name): _plain(part) for name, part in written.items()}
    return [_plain(part) for part in written] if isinstance(written, list | tuple) else written


# The settings of a template, read from what a sentence names.


_UNITS = (
    "minutes", "hours", "working_days", "days", "weeks", "months", "years", "people", "characters", "age",
)  # fmt: skip
_HOW_MANY = ("least", "minimum", "number", "min_people")


def settings_of(line: Template, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of each slot: what the sentence says, the program's own words, or `OPEN`."""
    main = line.roles if len(line.roles) == 1 else line.roles & ROLE_SETTINGS - {"perhaps"}
    found: dict[str, Any] = {}
    for name, theirs in line.theirs.items():
        if name in line.roles:
            value = _roles(theirs, parameters) if name in main else None
        else:
            value = _read(name, theirs, parameters)
        found[name] = value if value is not None else OPEN if name in line.own else theirs
    return found


def _roles(theirs: Any, parameters: Mapping[str, Any]) -> Any:
    """Return the roles that the sentence names; None where it names none, or several where one is
    required."""
    roles = parameters.get("roles") or []
    if isinstance(theirs, list):
        return roles or None
    return roles[0] if len(roles) == 1 else None


def _read(name: str, theirs: Any, parameters: Mapping[str, Any]) -> Any:
    """Return what the sentence says for a setting of this name, in the shape of `theirs`; None for
    nothing."""
    if name in ("form", "by"):
        return parameters.get(name)
    if name.startswith(_HOW_MANY) and type(theirs) is int:
        return _one(parameters.get("people"))
    if "age" in name.split("_"):
        return parameters.get("age")
    if name.endswith("months") and "months" not in parameters:
        return _months(parameters)
    if name.endswith("hours") and "hours" not in parameters and "days" in parameters:
        return _times(24, parameters["days"])
    usual = "people" if name.startswith("min_") and type(theirs) is int else ""
    unit = next((unit for unit in _UNITS if name.endswith(unit) and unit in parameters), usual)
    return _one(parameters.get(unit))


def _one(number: Any) -> Any:
    """Return a number; `OPEN` for several, of which a person chooses."""
    return OPEN if isinstance(number, list) else number


def _times(factor: int, number: Any) -> int | str:
    return OPEN if isinstance(number, list) else factor * int(number)


def _months(parameters: Mapping[str, Any]) -> int | str | None:
    """Months, where the sentence says years, or every year."""
    if "years" in parameters:
        return _times(12, parameters["years"])
    return {"month": 1, "year": 12}.get(str(parameters.get("every")))


# What the registered clauses teach: the area and the rule kinds that a sentence is likely to have.
# Two votes, both plain: the nearest clauses (tf-idf, cosine), and the middle of all clauses of one label,
# to which the words of that label itself are added. Everything is taken from the packs that are loaded.


NEAREST = 60
MIDDLE, OWN_WORDS_OF_AREA, OWN_WORDS_OF_KIND, FITS_AREA, OFTEN = 1.5, 2.0, 1.0, 1.0, 0.25
"""How much counts besides the nearest clauses: the middle of a label, in it the label's own words; for
kinds, that they belong to a likely area, and that they are used often."""
_CERTAIN = 3
Scores = dict[str, float]


def _described() -> dict[str, str]:
    """Return the words of each area."""
    described: dict[str, str] = {}
    for line in AREAS.strip().splitlines():
        area, words = line.split(":")
        described[area] = described.get(area, "") + words
    return described


_DESCRIBED = _described()


@dataclass(frozen=True, slots=True)
class Taught:
    """A registered clause with the rule kinds that implement it, the situations and points where they do,
    and the lines that other schools can reuse."""

    clause: Clause
    kinds: tuple[str, ...]
    points: frozenset[tuple[str, str]]
    templates: tuple[Template, ...]


class Labels:
    """The labels of one sort (areas, or kinds) and how near a sentence is to each."""

    def __init__(
        self, of: list[tuple[str, ...]], vectors: list[Features], own: Mapping[str, Features]
    ) -> None:
        self.of = of
        sums: dict[str, Counter[str]] = defaultdict(Counter)
        for labels, vector in zip(of, vectors, strict=True):
            for label in labels:
                sums[label].update(vector)
        self._middles: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for label, total in sums.items():
            middle = _unit(total)
            for name, weight in own.get(label, {}).items():
                middle[name] = middle.get(name, 0.0) + weight
            for name, weight in _unit(middle).items():
                self._middles[name].append((label, weight))

    def scores(self, vector: Features, nearest: list[tuple[int, float]]) -> Scores:
        """Return each label's score from the two votes."""
        votes: Scores = defaultdict(float)
        for position, nearness in nearest:
            for label in self.of[position]:
                votes[label] += nearness * nearness
        middles: Scores = defaultdict(float)
        for name, weight in vector.items():
            for label, other in self._middles.get(name, ()):
                middles[label] += weight * other
        most, foremost = max(votes.values(), default=1.0), max(middles.values(), default=1.0)
        return {
            label: votes.get(label, 0.0) / (most or 1.0)
            + MIDDLE * middles.get(label, 0.0) / (foremost or 1.0)
            for label in sorted(votes.keys() | middles.keys())
        }


class Learned:
    """Ranks areas and kinds for a sentence. Immutable."""

    def __init__(self, taught: Iterable[Taught]) -> None:
        self.taught = tuple(taught)
        raw = [
            features(one.clause.says, one.clause.section, one.clause.actor, one.clause.modality)
            for one in self.taught
        ]
        among: Counter[str] = Counter(name for found in raw for name in found)
        self._rare = {name: math.log((len(raw) + 1) / (count + 0.5)) for name, count in among.items()}
        vectors = [self._vector(found) for found in raw]
        self._where: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for position, vector in enumerate(vectors):
            for name, weight in vector.items():
                self._where[name].append((position, weight))
        self._position = {one.clause.id: position for position, one in enumerate(self.taught)}
        self._serving = defaultdict[str, list[int]](list)
        for position, one in enumerate(self.taught):
            for kind in dict.fromkeys(line.kind for line in one.templates):
                self._serving[kind].append(position)
        kinds = [one.kinds for one in self.taught]
        self.uses = Counter(kind for each in kinds for kind in each)
        self._areas_of: dict[str, Counter[str]] = defaultdict(Counter)
        for one in self.taught:
            for kind in one.kinds:
                self._areas_of[kind][one.clause.area] += 1
        self._areas = Labels(
            [(one.clause.area,) for one in self.taught],
            vectors,
            {area: self._own(_DESCRIBED.get(area, ""), OWN_WORDS_OF_AREA) for area in self.areas},
        )
        self._kinds = Labels(
            kinds, vectors, {kind: self._own(_words_of(kind), OWN_WORDS_OF_KIND) for kind in self.uses}
        )

    @property
    def areas(self) -> list[str]:
        """The areas that registered clauses have."""
        return sorted({one.clause.area for one in self.taught})

    def ranked(self, text: str, section: str, actor: str, modality: str) -> tuple[list[str], list[str]]:
        """Areas and kinds, the likeliest first."""
        vector = self._vector(features(text, section, actor, modality))
        nearest = self._nearest(vector)
        areas = self._areas.scores(vector, nearest)
        total = sum(score**_CERTAIN for score in areas.values()) or 1.0
        likely = {area: score**_CERTAIN / total for area, score in areas.items()}
        kinds = self._kinds.scores(vector, nearest)
        for kind in kinds:
            uses = self._areas_of[kind]
            fits = sum(number * likely.get(area, 0.0) for area, number in uses.items()) / uses.total()
            kinds[kind] += FITS_AREA * fits + OFTEN * math.log(1 + self.uses[kind])
        return _foremost(areas), _foremost(kinds)

    def lines(self, text: str, kinds: Iterable[str]) -> Iterator[Template]:
        """Return for each of these kinds the line of its nearest registered clause, where one can serve."""
        near = dict(self._nearest(self._vector(features(text)), len(self.taught)))
        for kind in kinds:
            serving = [
                (position, one) for position in self._serving[kind] for one in self.taught[position].templates
            ]
            of_kind = [(near.get(position, 0.0), one) for position, one in serving if one.kind == kind]
            if of_kind:
                yield max(of_kind, key=lambda each: each[0])[1]

    def line_like(self, kind: str, clause: str) -> Template | None:
        """Return the line of this kind of the registered clause with this id."""
        found = self.taught[self._position[clause]].templates if clause in self._position else ()
        return next((one for one in found if one.kind == kind), None)

    def alike(self, text: str) -> Mapping[str, float]:
        """Return how like each registered clause a text reads, from 0 to 1, by the clause's id."""
        near = self._nearest(self._vector(features(text)), len(self.taught))
        return {self.taught[position].clause.id: nearness for position, nearness in near}

    def _nearest(self, vector: Features, most: int = NEAREST) -> list[tuple[int, float]]:
        near: dict[int, float] = defaultdict(float)
        for name, weight in vector.items():
            for position, other in self._where.get(name, ()):
                near[position] += weight * other
        return sorted(near.items(), key=lambda one: (-one[1], one[0]))[:most]

    def _vector(self, found: Features) -> Features:
        return _unit(
            {name: weight * self._rare[name] for name, weight in found.items() if name in self._rare}
        )

    def _own(self, text: str, weight: float) -> Features:
        return {name: weight * share for name, share in self._vector(features(text)).items()}


def learn(books: Iterable[Book]) -> Learned:
    """Return what the clauses of these policies teach."""
    return Learned(one for book in books for one in taught_by(book))


def taught_by(book: Book) -> list[Taught]:
    """Return the clauses of a policy with the rules that implement each."""
    by: dict[str, list[Binding]] = defaultdict(list)
    for binding in book.pack.bindings:
        for clause in binding.clauses:
            by[clause].append(binding)
    return [_taught(clause, by[clause.id], book.pack) for clause in book.clauses.values()]


def _taught(clause: Clause, bindings: Iterable[Binding], pack: Pack) -> Taught:
    kinds = tuple(dict.fromkeys(map(kind_of, bindings)))
    points = frozenset((situation, one.point) for one in bindings for situation in one.situations)
    lines = (template(clause, one, pack) for one in bindings if one.clauses[0] == clause.id)
    return Taught(clause, kinds, points, tuple(one for one in lines if one is not None))


@lru_cache(maxsize=2_000)
def _words_of(kind: str) -> str:
    """Return the program's own words about a kind: its first lines, its points and situations."""
    control = CONTROLS.get(kind)
    if control is None:
        return SITUATIONS[kind.split(" ", maxsplit=1)[0]].title
    told = (inspect.getdoc(control) or "").split("Settings:")[0]
    points = [POINTS.get(point, point) for point in control.points]
    asked = [SITUATIONS[name].title for name in control.listens_to[:3]]
    return " ".join((told, *points, kind.replace(".", " ").replace("_", " "), *asked))


def _unit(vector: Mapping[str, float]) -> Features:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {name: weight / length for name, weight in vector.items()}


def _foremost(scores: Scores) -> list[str]:
    return sorted(scores, key=lambda label: (-scores[label], label))
