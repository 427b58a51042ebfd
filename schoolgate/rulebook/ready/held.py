"""What a clause leaves to a person, and what it says that the form of a ready rule can't hold: an exception,
a condition, a second number or time, another sentence."""

import re
from collections.abc import Iterator, Sequence

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready.declared.contacts import CONTACT
from schoolgate.rulebook.ready.declared.own_accounts import OWN
from schoolgate.rulebook.ready.exceptions import made_in
from schoolgate.rulebook.ready.filling import asked, lacks_a_role
from schoolgate.rulebook.ready.matching import may_say, without_former
from schoolgate.rulebook.ready.model import BOUND, UNLESS, Choice, Exceptions, Number, ReadyRule, Role, Values
from schoolgate.rulebook.ready.unheard import unheard
from schoolgate.rulebook.splitting import split

_MUST = lazy_pattern(r"\b(?:must|should|shall|may|will|need to|ought to)\b", re.IGNORECASE)
_AND_MUST = lazy_pattern(
    r"(?<=\w)(?:,? and|,? as well as|;) (?!(?:they|it|these|this|he|she) )(?:[\w’'-]+ ){1,6}"
    r"(?:must|should|shall|may|will|need to|ought to)\b(?! be accompanied)"
    r"|,? and (?:the|any|their) (?:\w+ ){1,3}(?:block|bann|report|inform|remov|delet|suspend|clos|warn)"
    r"\w*ed\b"
    r"|,? and (?:the|any|their) (?:\w+ ){1,3}(?:told|given|taken)\b",
    re.IGNORECASE,
)
"""A second duty in the same sentence, of something or someone else."""
LONGEST = 80
"""Letters of what is told."""
BOTH = 2
"""So many rules at least say something together."""
_MORE = lazy_pattern(
    r"\b(?:unless|except\w{0,6}|other than|apart from|save (?:for|that|where|as|in)|provided(?! by\b)"
    r"|subject to|however|but(?! not)|although|normally|usually|as a rule|(?:where|wherever) possible"
    r"|nor (?=(?:should|must|may|shall|will)\b)|and (?:are|is) not (?=\w+ing\b)"
    r"|in (?:her|his|their) absence|in the absence of|if"
    r"|when(?! (?:taking|using|posting|publishing|sharing|writing)\b)"
    r"|where|during (?:the|an?|term|school|half)"
    r"|in term[- ]time|on (?:school|working) ?days"
    r"|in the event|in case of|older|younger"
    r"|twice|(?:two|three|four) times|from year|years? \d"
    r"|for (?:pupils|students|children|learners) (?:in|under|over|aged|below)"
    r"|with the agreement of|after consulting|or (?:sooner|earlier|later|who)"
    r"|oni bai|ac eithrio|heblaw|fel arfer|os|pan)\b",
    re.IGNORECASE,
)
_SOMEONE = (
    r"(?:person|people|persons|members?|colleagues?|governors?|teachers?|leaders?|adults?|staff|managers?"
    r"|administrators?|officers?|heads?|deput(?:y|ies)|director|bursar)"
)
_MORE_PEOPLE = lazy_pattern(
    rf"\band (?:then )?(?:by |of |from )?(?:a|one|another|two|any|at least one) (?:\w+ ){{0,3}}{_SOMEONE}\b"
    rf"|\b(?:two|three|2|3) (?:of |\w+ ){{0,4}}{_SOMEONE}\b"
    r"|\b(?:dau|ddau|dwy|ddwy) (?:aelod|berson|uwch|lywodraethwr)\w*"
    r"|\bac? (?:un )?(?:aelod|ph?erson)\w* arall\b",
    re.IGNORECASE,
)
"""How a clause asks for people that it doesn't name."""
_ALL_OF_THEM = lazy_pattern(
    r"\bjoint(?:ly)?\b|\bboth (?:the|an?|our|approve|agree|sign|have|must|of)\b|\bboth approved\b"
    r"|\bhave both\b|\b(?:together with|as well as|plus|along with|alongside) (?:the|an?|one|another|our)\b"
    r"|\bill (?:dau|dwy)\b|\bar y cyd\b|\b(?:y ddau|y ddwy) (?:ohonynt|yn)\b",
    re.IGNORECASE,
)
"""How it asks for the yes of all that it names, where the form may take that of one."""
_AND_SOMEONE = lazy_pattern(
    r"(?:\bby|\b(?:approval|permission|agreement|consent|authori[sz]ation) (?:of|from|by))"
    r" (?:the |an? |our )?(?:[\w’'-]+ ){1,5}and (?:by |of |from )?(?:the |an? |our )?[A-Z][\w’'-]*"
)
"""Two people who may both be asked: the form holds them only where each has a field."""
_WHY = r"(?:because|as (?:this|it|they|these|we)|since (?:this|it|they|we))\b"
_REASON = lazy_pattern(
    rf" {_WHY}(?:(?!\b(?:unless|except|until|if|but|where|when|and|only|must|should|{_WHY})\b)[^.;])*"
    r"(?=\.?$)",
    re.IGNORECASE,
)
"""Why a sentence asks for something, at its end: that asks for nothing."""
_PURPOSE = lazy_pattern(
    r"^(?:in order )?to (?:help )?(?:keep|protect|safeguard|ensure|maintain|make sure)\b"
    r"(?:(?!\b(?:unless|except|until|if|but|where|when|only|not|never)\b)[^.;:]){3,90}?"
    r"(?=,? (?:we|all staff|staff|members of staff|the (?:school|nursery|pre-?school|academy|college|trust)) "
    r"(?:will|must|should|do|does|shall)\b)",
    re.IGNORECASE,
)
"""What a sentence is for, at its beginning: that asks for nothing either."""
_WHEN_USING = lazy_pattern(
    r"^when (?:they |you |we |staff |people )?(?:are )?(?:use|using) (?:(?:any|their|our) )?"
    r"(?:social (?:media|networks?|networking)(?: sites?| platforms?| accounts?)?)"
    r"(?P<own> (?:themselves|personally|privately|for personal use|in a (?:personal|private) capacity"
    r"|outside (?:of )?(?:work|school)))?(?=,? )",
    re.IGNORECASE,
)
"""Where it holds, at its beginning: so it is with rules on what is done there."""
_THERE = (
    "post.publish",
    "image.share",
    "contact.accept",
    "message.send",
    "personal.post",
    "personal.profile",
)
"""The situations of what is done on social media."""
_STOP = re.compile(r"[,;:]|(?<!\be\.g)(?<!\bi\.e)(?<!\be)(?<!\bi)\.", re.IGNORECASE)
_NUMBER = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|an?"
_TIME = lazy_pattern(
    rf"\b(?:within (?:the )?)?(?:{_NUMBER}) (?:(?:full|school|working|business|calendar|week) ?)?"
    r"(?:minutes?|hours?|days?|weeks?|months?|terms?|years?)\b(?! of age| old)"
    r"|\b(?:every|each) (?:half )?(?:term|month|year|week)\b|\bthe (?:same|next) (?:school |working )?day\b",
    re.IGNORECASE,
)


def left_open(ready: ReadyRule, values: Values) -> list[str]:
    """Return the fields that are left to a person: the words of the clause don't say them."""
    return [name for name in ready.fields if _is_open(ready, name, values)]


def _is_open(ready: ReadyRule, name: str, values: Values) -> bool:
    field = ready.fields[name]
    if name == BOUND:
        return False
    if isinstance(field, Exceptions) or (isinstance(field, Role) and field.agrees):
        return asked(ready, name, values) and values[name] == ""
    if isinstance(field, Role) and lacks_a_role(ready, values):
        return name == next(iter(ready.roles))
    if isinstance(field, Role) and field.optional:
        named = any(values[one] for one in ready.roles)
        return values[name] == "" and not named  # no one is named, or someone and no one else
    if isinstance(field, Number) and not asked(ready, name, values):
        return False
    return values[name] in ("", None, ())


def not_held(ready: ReadyRule, says: str, values: Values) -> list[str]:
    """Return the words of a clause that say more than this ready rule does, filled in with these values; of
    several sentences, each that stands beside the first is more."""
    first, *others = split(says) or [says]
    left = _left_of(ready, first, values)
    found = _more_in(ready, first, left, values)
    if not found:
        found += [_from(first, at) for at in unheard(ready, left, values)][:1]
    besides = without_former(first)
    if not found and besides != first and not may_say(besides, [ready]):  # of pupils it says something too
        found.append(_short(besides.rstrip(".")))
    return list(dict.fromkeys([*found, *_times(ready, first, left, values), *map(_short, others)]))


def forbid_alike(rules: Sequence[ReadyRule]) -> bool:
    """Return whether there are several, and each forbids something in a situation that they share."""
    bans = all(one.bans and one.modality is Modality.MUST_NOT for one in rules)
    return bans and len(rules) >= BOTH and bool(frozenset.intersection(*(one.asks for one in rules)))


def said_together(rules: Sequence[tuple[ReadyRule, Values]], sentence: str) -> bool:
    """Return whether several bans in one situation leave nothing out of a sentence together: it makes no
    condition that one of them doesn't hold, and each word is known to one of them."""
    if not forbid_alike([one for one, _values in rules]):
        return False
    lost: list[set[int]] = []
    for ready, values in rules:
        left = _left_of(ready, sentence, values)
        if _more_in(ready, sentence, left, values) or [*_times(ready, sentence, left, values)]:
            return False
        lost.append({*unheard(ready, left, values)})
    return not set.intersection(*lost)


def _left_of(ready: ReadyRule, first: str, values: Values) -> str:
    """Return a sentence without the words of what a ready rule does itself, each letter as a dot."""
    left = _REASON.sub(lambda found: "·" * len(found[0]), first)
    left = _PURPOSE.sub(lambda found: "·" * len(found[0]), left)
    there = _WHEN_USING.match(left)
    if there and ready.asks <= {*_THERE} and (not there["own"] or ready.group in (OWN, CONTACT)):
        left = "·" * there.end() + left[there.end() :]
    if ready.holds:
        left = re.sub(ready.holds, lambda found: "·" * len(found[0]), left, flags=re.IGNORECASE)
    for name, field in ready.fields.items():
        hint = field.hints.get(values.get(name, "")) if isinstance(field, Choice) else None
        if hint:
            left = re.sub(rf"\b(?:{hint})", lambda found: "·" * len(found[0]), left, flags=re.IGNORECASE)
    made, words = made_in(ready, first)
    makes_it = {*made} == {*(values.get(UNLESS) or ())}
    if words and makes_it:
        left = left.replace(words, "·" * len(words))
    return left


def _more_in(ready: ReadyRule, first: str, left: str, values: Values) -> list[str]:
    """Return the conditions, people and duties of a sentence that a ready rule doesn't hold."""
    made, words = made_in(ready, first)
    makes_it = {*made} == {*(values.get(UNLESS) or ())}
    found = [
        _from(first, one.start()) for one in [*_MORE.finditer(left), *_others_asked(ready, first, values)]
    ]
    if words and not makes_it and not _MORE.search(words):
        found.append(_short(words.strip(" ,")))
    duty = _MUST.search(left)
    second = _AND_MUST.finditer(left, duty.end()) if duty else ()
    return found + [_from(first, one.start()) for one in second]


def _others_asked(ready: ReadyRule, says: str, values: Values) -> Iterator[re.Match[str]]:
    """Yield where a sentence asks for more people than the form takes: the yes of one is never theirs."""
    who = [values.get(name) for name, one in ready.roles.items() if not one.agrees]
    if not who or any(isinstance(one, Number) for one in ready.fields.values()):
        return
    yield from _MORE_PEOPLE.finditer(says)
    if any(one.each for one in ready.roles.values()):
        return
    yield from _ALL_OF_THEM.finditer(says)
    if len([one for one in who if one]) < len(who) or len(who) == 1:
        yield from _AND_SOMEONE.finditer(says)


def _from(says: str, start: int) -> str:
    """Return the words from a place to the next stop; "e.g." is none."""
    return _short(_STOP.split(says[start:].lstrip(" ,;:"), maxsplit=1)[0].strip())


def _short(words: str) -> str:
    """Return the beginning of long words, none of them cut."""
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rpartition(' ')[0]} …"


def _times(ready: ReadyRule, says: str, left: str, values: Values) -> Iterator[str]:
    """Yield the times that a sentence names and the form doesn't ask for: all of them, or those beside the
    one that it does."""
    numbers = [name for name, one in ready.fields.items() if isinstance(one, Number) and not one.clock]
    asks = any(asked(ready, name, values) for name in numbers)
    for field in ready.fields.values():
        for hint in field.hints.values() if isinstance(field, Choice) else ():
            left = re.sub(rf"\b(?:{hint})", lambda found: "·" * len(found[0]), left, flags=re.IGNORECASE)
    times = [one[0] for one in _TIME.finditer(left if numbers and not asks else says)]
    yield from times if not asks else times if len(times) > 1 else ()
