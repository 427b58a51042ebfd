"""Who must do what a sentence says where its verb doesn't tell: words that lead to a list by naming whose
duties are in it (*Requirements for staff include*), and *We ask parents to*."""

import re
from dataclasses import dataclass

from schoolgate.patterns import lazy_pattern
from schoolgate.policy.importing.roles import NO_TITLES, roles_in
from schoolgate.policy.importing.titles import Titles
from schoolgate.policy.importing.wording import cue_of
from schoolgate.rulebook.kinds import Modality

_DUTIES = lazy_pattern(
    r"^(?P<who>[^.:;()]{0,60}?)\b(?P<duty>requirement|responsibilitie|dutie|obligation|expectation)s\b"
    r"(?P<of>[^.:;()]{0,40}?) (?:\w{1,12}ly |often |also )?include\b(?P<what>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_PARENTAL = lazy_pattern(r"\bparental\b", re.IGNORECASE)
_NOT = lazy_pattern(r"^ (?:not|never|no|avoid(?:ing)?|refrain(?:ing)? from)\b", re.IGNORECASE)
_ASKED_OF = lazy_pattern(
    r"^(?:(?:we|the school)(?: (?:\w{1,12}ly|also|would|do|will|must|should|can)){0,3}"
    r" (?P<asks>ask|expect|require|request|urge|encourage|advise|want|like)"
    r"|it is (?:\w{1,12} ){0,2}?(?:permitted|allowed|acceptable|appropriate|forbidden|prohibited|expected"
    r"|required|essential|important|unacceptable|inappropriate) for)(?P<who> [^.:;()]{0,60}?)"
    r"(?P<not> (?:not|never))? to\b(?P<then> (?:not|never|avoid|refrain from)\b)?",
    re.IGNORECASE,
)
_ASKING = {
    "require": (Modality.MUST, Modality.MUST_NOT),
    **dict.fromkeys(("urge", "encourage", "advise"), (Modality.ADVISED, Modality.ADVISED_NOT)),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """Whose a duty is, and how strongly it binds them; None where the rest of the sentence says that."""

    actor: str
    modality: Modality | None


def duty_in(text: str, own: Titles = NO_TITLES) -> Duty | None:
    """Return what *Requirements for staff include not ...* asks, and who must do it; None where no one
    is named."""
    found = _DUTIES.match(text)
    who = _first(f"{found['who']} {found['of']}", own) if found else ""
    if found is None or not who:
        return None
    cue, forbids = cue_of(found["what"]), _NOT.match(found["what"]) is not None
    if cue is not None and (cue.lastgroup or "").startswith("advised"):
        return Duty(who, Modality.ADVISED_NOT if forbids else Modality.ADVISED)
    if found["duty"].lower() == "expectation":
        return Duty(who, Modality.SHOULD_NOT if forbids else Modality.SHOULD)
    return Duty(who, Modality.MUST_NOT if forbids else Modality.MUST)


def asked_of(text: str, own: Titles = NO_TITLES) -> Duty | None:
    """Return who is asked by name to do something (*We ask parents not to ...*, *It is not permitted for
    staff to ...*), how strongly too where the verb says it; None where no one is."""
    found = _ASKED_OF.match(text)
    who = _first(found["who"], own) if found else ""
    if found is None or not who:
        return None
    if not found["asks"] or cue_of(text[found.end() :]) is not None:
        return Duty(who, None)
    asks, forbids = _ASKING.get(found["asks"].lower(), (Modality.SHOULD, Modality.SHOULD_NOT))
    return Duty(who, forbids if found["not"] or found["then"] else asks)


def _first(words: str, own: Titles) -> str:
    return next(iter(roles_in(_PARENTAL.sub("parents", words), own)), "")
