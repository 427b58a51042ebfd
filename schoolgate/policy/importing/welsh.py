"""How strongly a Welsh sentence binds, and who acts in it, by its words. The verb comes first in Welsh, so
who acts stands right behind it."""

import re

from schoolgate.patterns import lazy_pattern
from schoolgate.policy.importing.clause_or_not import LONGEST
from schoolgate.rulebook.adviser.search import meanings
from schoolgate.rulebook.clauses import split
from schoolgate.rulebook.kinds import Modality

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
