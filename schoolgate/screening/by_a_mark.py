"""One child who is told apart by what they have, wear or are the only one of: *the girl with the guide dog*,
*our youngest pupil*. Who knows the school knows who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.hits import Kind, Strength
from schoolgate.screening.people_words import CHILD, EIN, KNOWN_FOR, WELSH_CHILD, either
from schoolgate.screening.personal import Seen

_ONE = either(CHILD, KNOWN_FOR, ("one", "twin"))
_AID = (
    r"(?:guide dog|assistance dog|hearing aids?|cochlear implants?|wheel ?chair|walking frame|crutch(?:es)?"
    r"|prosthe\w{2,6}|artificial (?:arm|leg|hand)|feeding tube|oxygen (?:tube|mask)|eye ?patch|ear defenders"
    r"|(?:insulin|sugar|glucose) (?:pump|monitor|sensor)"
    r"|leg braces?|splints?|stammer|stutter|limp|scars?|birth ?mark|one (?:arm|leg|hand|eye)|white cane)"
)
_LOOK = (
    r"(?:hijab|head ?scarf|turban|patka|kippah|niqab|sari"
    r"|(?:ginger|red|blonde?|curly|afro|long|short|pink|blue|green|purple|dyed) hair|braids|dreadlocks"
    r"|freckles)"
)
_WELSH_ONE = either(WELSH_CHILD)
_WELSH_AID = (
    r"(?:(?:ch|[cg])i tywys|(?:ch|[cg])adair olwyn|(?:ch|[cg])ymorth clyw|mewnblaniad\w* cochlea\w*"
    r"|[pb]h?wmp (?:siwgr|inswlin)|synhwyrydd siwgr|ffyn baglau|bib bwydo"
    r"|atal dweud|graith|craith|wallt (?:coch|cyrliog|golau|hir)|hijab|sgarff pen|penwisg"
    r"|un (?:fraich|goes|llaw))"
)
_MARKED = lazy_pattern(
    rf"\b(?:the|that|our|a|this|one) (?:\w{{1,12}} )?{_ONE} (?:with|in|on|who (?:has|wears|uses|walks with))"
    rf"(?: (?:\w{{1,12}} ){{1,3}}and)? (?:(?:the|a|an|her|his|their|two) )?(?:\w{{1,12}} )?"
    rf"(?:{_AID}|{_LOOK})\b"
    rf"|\b(?:y|'r|yr|{EIN}) {_WELSH_ONE} (?:gyda|efo|a|â|sydd â|yn|mewn|ar)(?:'r| y| yr| ei| chi)?"
    rf" ?{_WELSH_AID}\b"
    rf"|(?:^|[.!?\n] ?){_WELSH_ONE} (?:gyda|efo|hefo|a|â)(?: (?:\w{{1,12}} ){{1,3}}ac?)? {_WELSH_AID}\b"
    rf"|\b(?:our|the) (?:youngest|oldest|eldest|tallest|smallest|shortest) (?:pupil|girl|boy|child|student)\b"
    rf"|\b(?:our|'s|s'|the school[’']s) only \w{{1,14}} (?:pupil|girl|boy|child|student|family)\b",
    re.IGNORECASE,
)


def find_marked(text: str) -> Iterator[Seen]:
    """Yield where a folded text tells one child apart so."""
    for each in _MARKED.finditer(text):
        yield Seen(each.start(), each.end(), Kind.CLUE, Strength.ASK)
