"""Of which situations a question or a clause may speak: by its words, its area, its heading, or its rules."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import cache, lru_cache

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.adviser.entries import ENTRIES
from schoolgate.rulebook.adviser.search import Document, Shelf, without_turns
from schoolgate.rulebook.adviser.search import documents as questions
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.kinds import ADVICE, DEMANDS, Modality
from schoolgate.rulebook.messages import POINTS
from schoolgate.rulebook.packs import load_pack, pack_keys
from schoolgate.rulebook.rules.offered import points_of, ruled_on
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.networks import NETWORKS

# Find the situation that a clause is about, by plain words.


MOST = 8
"""Situations that are found at once."""
LOOKED_AT = 60
"""Situations and questions that are searched: several may lead to one situation."""
BETWEEN = " "
_shelves: dict[str, Shelf] = {}


def situations_found(typed: str, *, language: str = "en", say: Callable[[str], str] = str) -> list[str]:
    """Return the keys of the situations that fit, best first; empty where none does.

    `say`: puts a sentence of the program into that language.
    """
    shelf = _shelves.get(language)
    if shelf is None:
        shelf = _shelves[language] = _shelf(say)
    hits = shelf.find(typed, limit=LOOKED_AT)
    return list(dict.fromkeys(hit.partition(BETWEEN)[0] for hit in hits))[:MOST]


def _shelf(say: Callable[[str], str]) -> Shelf:
    """Return the situations to search in a language: by their titles and the names of their points, and by
    the questions of *May I ...?* that lead to them, each as an entry of its own."""
    documents = [
        Document(key, say(SITUATIONS[key].title), "", tuple(_named(point, say) for point in points_of(key)))
        for key in ruled_on()
    ]
    asked = [replace(one, key=f"{ENTRIES[one.key].situation}{BETWEEN}{one.key}") for one in questions(say)]
    return Shelf(tuple(documents + asked))


def _named(point: str, say: Callable[[str], str]) -> str:
    return say(POINTS[point]) if point in POINTS else point.replace("_", " ")


# Of which situations a clause may speak that has no rule there: by its words, its area, its heading, or
# where its rules are.


FOUND_BY_WORDS = 3
"""So many of the situations that fit a clause's words best count."""
MOST_TOLD = 2
"""So many clauses of who must be told come first: more would hide what is nearest."""
FARTHEST = MOST + 1
"""Beyond whatever is found by words."""


_SHORT = {"x": "twitter"}
"""What a network is looked for by where its word is too short for one."""
_NETWORK = lazy_pattern(rf"\b(?:{'|'.join(_SHORT.get(one, one) for one in NETWORKS)})\b", re.IGNORECASE)

_DANGER = lazy_pattern(
    r"\b(?:safeguarding|child protection|in danger|at risk|risk of harm|disclos(?:es?|ed|ures?|ing)"
    r"|been (?:hurt|harmed)|abus(?:e|ed)|groom(?:ed|ing)|exploitation|self-harm|radicali\w{1,6}|diogelu"
    r"|mewn perygl|cam-drin|niwed)\b",
    re.IGNORECASE,
)
"""How a clause names what puts someone in danger."""
_NO_DUTY = (*ADVICE, Modality.MAY, Modality.STATES)
_TELLS = lazy_pattern(
    r"\b(?:report(?:ed|s)?(?! the results?\b)|tells?|told|notif(?:y|ied|ies)|inform(?:ed|s)?|alert(?:ed)?"
    r"|pass(?:ed|es)? (?:it |them |this )?(?:on )?to|refer(?:red|s)? to(?! (?:in|above|below)\b)"
    r"|shows? (?:it|them|this) to|shown to"
    r"|hysbys\w*|rhoi gwybod|rhowch wybod|dweud wrth|adrodd)\b",
    re.IGNORECASE,
)
"""How a clause says that someone must be told."""
_IN_TIME = lazy_pattern(
    r"\b(?:within|at once|immediately|straight ?away|without delay|as soon as|the same (?:\w+ )?day|o fewn"
    r"|ar unwaith|yn syth|yr un diwrnod|by the end of)\b",
    re.IGNORECASE,
)
"""How a clause says by when."""
_TIME_NAMED = lazy_pattern(
    r"\b(?:within|o fewn|by the end of) [^,.;:]{2,70}"
    r"|\b(?:at once|immediately|straight ?away|without delay)\b"
    r"|\b(?:on )?the same (?:\w+ )?day\b|\b(?:ar unwaith|yr un diwrnod)\b",
    re.IGNORECASE,
)
_EXPLAINS = lazy_pattern(
    r"^\W{0,3}in this (?:policy|document)\b|^\W{0,3}it (?:applies to|covers|is to be read)\b"
    r"|\bthis (?:policy|document) (?:aims?|applies|covers?|sets? out|explains?|describes?|has regard|complies"
    r"|is to be read|should be read|is (?:intended|based|designed))\b"
    r"|\b(?:aims?|purpose|scope|objectives?) of this (?:policy|document)\b"
    r"|^\W{0,3}(?:yn y polisi hwn|diben y)\b"
    r"|\b(?:mae|nod)'?r? polisi hwn\b",
    re.IGNORECASE,
)
"""How a sentence begins that defines a word, or says what a policy is for."""
_GUARDED = lazy_pattern(
    r"\b(?:pupils?|students?|child\w*|learners?|young|parents?|carers?|famil\w+|photo\w*|pictures?|images?|films?"
    r"|videos?|names?|named|data|personal|confidential\w*|private\w*|safe\w*|harm\w*|danger\w*|report\w*"
    r"|disgybl\w*|plant|plentyn|blant|rhieni|rieni|l?lun\w*|enw\w*|diogel\w*|niwed)\b",
    re.IGNORECASE,
)
"""What a clause worded as a statement is never taken for a mere explanation of."""
_ASKS = lazy_pattern(
    r"\b(?:must|shall|should(?! be read)|ought|need(?:s|ed)?|require\w*|not|never|no|none|nothing|only"
    r"|cannot|can't|may(?! (?:lead|result|be (?:treated|dealt|disciplin)))"
    r"|allow\w*|permit\w*|prohibit\w*|forbid\w*|banned"
    r"|unless|until|except\w*|provided|expected|responsib\w*|the same applies|same rules?|consent"
    r"|rhaid|dylai\w*|dylid|peidi\w*|chaniat\w*|ddyl\w*|caniat\w*|oni bai|hyd nes|heblaw|dim ond|caiff)\b",
    re.IGNORECASE,
)
"""Words of what may or must be done, or of what holds only in part."""


def may_speak_of(clause: Clause, situation: str) -> bool:
    """Whether the clause may speak of the situation."""
    return nearness(clause, situation) is not None


def nearness(
    clause: Clause,
    situation: str,
    *,
    ruled_in: Collection[str] = (),
    whole: bool = False,
    was_read: bool = False,
    beside_rules: bool = False,
) -> int | None:
    """Return how near a clause is to a situation in which it has no rule: from 1 by its words, more where
    only its subject is that of the situation; None where it can't speak of it.

    `ruled_in`: where a rule of it is asked; it speaks of that subject. `whole`: its rules say all of it, so
    that only what fits its words best counts, and its area, which is wide, doesn't. `was_read`: someone has
    read it beside every situation; of any other, all that fits its words counts, and of what must or must not
    be done each subject of these, too. `beside_rules`: it stands in a section whose rules are asked; who must
    be told there is read whatever its words are."""
    found = _found_by(_words(clause))
    by_words = found[: 1 if whole else FOUND_BY_WORDS if was_read else None]
    if situation in by_words:
        return 1 + by_words.index(situation)
    if situation in _about_networks() and not whole and _names_a_network(_words(clause)):
        return FOUND_BY_WORDS
    area = _asked_in().get(clause.area)
    about = ruled_in if area is not None else (*ruled_in, *_found_by(clause.section)[:1])
    if _subject(situation) in {_subject(one) for one in about} or (not whole and situation in (area or ())):
        return FOUND_BY_WORDS + 1
    if beside_rules and not (whole or was_read) and says_who_is_told(clause):
        return FOUND_BY_WORDS
    if not (whole or was_read) and clause.modality in DEMANDS and _subject(situation) in subjects_of(clause):
        return FARTHEST
    return None


def speaks_of(clause: Clause, situation: str, ruled_in: Collection[str]) -> bool:
    """Whether a clause speaks of a situation though its rules, which are for others, say all of it: both the
    subject of its rules and its words lead there."""
    return _subject(situation) in map(_subject, ruled_in) and situation in _found_by(_words(clause))


def explains(clause: Clause) -> bool:
    """Whether a clause says nothing of what may or must be done: it defines a word, or says what the policy
    is for and who must follow it. Its words tell, so that what is only worded as a statement still counts,
    most of all of pupils, pictures, data, safety or a report."""
    if not clause.sentences:
        return False
    states = clause.modality is Modality.STATES
    return all(
        not _ASKS.search(one) and (_EXPLAINS.search(one) or (states and not _GUARDED.search(one)))
        for one in clause.sentences
    )


def times_named(words: str) -> list[str]:
    """Return by when a clause says that something is to be done, in its own words."""
    return list(dict.fromkeys(one[0].strip() for one in _TIME_NAMED.finditer(words)))


def in_reading_order(
    far: Mapping[str, int], clauses: Mapping[str, Clause], situation: str, told_here: Collection[str] = ()
) -> list[str]:
    """Return clauses as they are read: first those that the rules asked say in part, then who must be told,
    as far as the words come near the situation or it is among `told_here`, then the nearest; what is due by a
    time comes before what only shares the subject. `far`: clause -> how far it is, 0 where a rule of it is
    asked."""

    def rank(key: str) -> tuple[int, int]:
        clause, away = clauses[key], far[key]
        found = _found_by(_words(clause))
        if away > FOUND_BY_WORDS and situation in found and _IN_TIME.search(_words(clause)):
            away = FOUND_BY_WORDS
        return int(bool(away)), away

    order = sorted(far, key=rank)
    told = [key for key in order if far[key] and (key in told_here or _tells(clauses[key], situation))]
    told = told[:MOST_TOLD]
    begun = [key for key in order if not far[key]]
    return list(dict.fromkeys((*begun, *told, *order)))


def says_who_is_told(clause: Clause) -> bool:
    """Whether a clause says that someone must be told."""
    return clause.modality not in _NO_DUTY and _TELLS.search(_words(clause)) is not None


def says_who_is_told_of_danger(clause: Clause) -> bool:
    """Whether a clause says that someone must be told where a child, or someone else, may be in danger."""
    return says_who_is_told(clause) and _DANGER.search(_words(clause)) is not None


def names_danger(words: str) -> bool:
    """Whether words name what puts someone in danger."""
    return _DANGER.search(words) is not None


def _tells(clause: Clause, situation: str) -> bool:
    near = situation in _found_by(_words(clause))[: FOUND_BY_WORDS + 1]
    return near and says_who_is_told(clause)


def _words(clause: Clause) -> str:
    return clause.wording or clause.says


def subjects_of(clause: Clause) -> frozenset[str]:
    """Return the subjects of the situations that fit the clause's words."""
    return frozenset(_subject(one) for one in _found_by(_words(clause)))


def speaks_by_words_of(clause: Clause, situation: str) -> bool:
    """Whether the situation is among those that fit the clause's words best."""
    return situation in _found_by(_words(clause))[:FOUND_BY_WORDS]


def leads_to(clause: Clause, situation: str) -> bool:
    """Whether a clause says who must be told of such a situation."""
    return _tells(clause, situation)


def _subject(situation: str) -> str:
    return situation.partition(".")[0]


@lru_cache(maxsize=2000)
def _found_by(words: str) -> tuple[str, ...]:
    """Return the situations that fit a clause's words: searched once, whatever situation is asked of."""
    return tuple(situations_found(without_turns(words)))


@lru_cache(maxsize=2000)
def _names_a_network(words: str) -> bool:
    return _NETWORK.search(words) is not None


@cache
def _about_networks() -> frozenset[str]:
    """The situations of an account that are about a network: a clause that names one speaks of them."""
    there = ((key, SITUATIONS[key].facts.model_fields) for key in SITUATIONS if key.startswith("account."))
    return frozenset(key for key, names in there if not {"network", "platform", "placed"}.isdisjoint(names))


@cache
def _asked_in() -> Mapping[str, frozenset[str]]:
    """Area of a clause -> the situations in which the program's own packs have rules for such clauses."""
    found: dict[str, set[str]] = {}
    for key in pack_keys():
        pack = load_pack(key)
        for binding in pack.bindings:
            for clause in binding.clauses:
                if clause in pack.clauses:
                    found.setdefault(pack.clauses[clause].area, set()).update(binding.situations)
    return {area: frozenset(situations) for area, situations in found.items()}
