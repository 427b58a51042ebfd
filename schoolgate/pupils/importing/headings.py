"""What the words below a heading of a consent column can mean. Pure.

*Do not photograph: yes* is a no. That someone hasn't said no is no yes either, so nothing below such a
heading is one; and a word that says no is no yes below any heading.
"""

from __future__ import annotations

from collections.abc import Collection

from schoolgate.patterns import lazy_pattern
from schoolgate.people.sheets import same_word
from schoolgate.pupils.states import Answer, Use

_CHOICE = lazy_pattern(r"\b(?:yes|y|ie|ydy|oes|iawn)\b ?(?:/|or|neu|\|) ?\b(?:no|n|na|nac? (?:ydy|oes))\b")
"""Both answers side by side, as in *Photos (Y/N)*: this asks for either."""
_NO_NO = lazy_pattern(
    r"\b(?:no|not|never|without|dim|ddim|heb|nid|ni|nad|(?:do|does|has|have|is|are)(?: not|n'?t))"
    r"(?: (?:any|ever|been|yn|wedi|unrhyw|parental))? ?"
    r"(?:object\w*|opt(?:ed|ing|s)?[ -]?out|refus\w*|withdr\w*|restrict\w*|limit\w*|"
    r"g?wrthwyneb\w*|g?wrthod\w*|g?cyfyng\w*|gyfyng\w*)"
)
"""A no to a no: *No objection to photographs*."""
_NO = lazy_pattern(
    r"\b(?:no|not|non|never|cannot|can'?t|won'?t|don'?t|doesn'?t|mustn'?t|shouldn'?t|isn'?t|aren'?t|"
    r"without|against|opt(?:ed|ing|s)?[ -]?out\w*|object\w*|refus\w*|with(?:h[eo]ld|draw|drew)\w*|"
    r"declin\w*|exclu\w*|exempt\w*|prohibit\w*|restrict\w*|den(?:y|ied|ial|ies)\w*|forb[ai]d\w*|"
    r"disallow\w*|disagree\w*|dissent\w*|block\w*|avoid\w*|veto\w*|remov\w*|revok\w*|reject\w*|"
    r"unwilling|unable|un(?:authori[sz]ed|agreed)|non\w?consent\w*|dnp|stop|ban(?:ned)?|"
    r"dim|ddim|(?<!i )(?<!gyda )(?<!gan )ni|nid|nad|na|nac|heb|byth|peidi\w*|beidi\w*|"
    r"(?:g|ng)?wrthod\w*|(?:g|ng)?wrthwyneb\w*|eithri\w*|"
    r"(?:optio|dewis|ddewis|tynnu|dynnu|thynnu)(?: allan| n[oô]l| yn [oô]l|'n [oô]l)|"
    r"g?wahardd\w*|g?waherdd\w*|anghyt\w*|(?:g|c)?yfyng\w*|atal\w*|di-?ganiat\w*)\b"
)
"""A word that asks for a no, in English or Welsh, also mutated."""
_YES = frozenset(
    {
        "yes", "y", "true", "t", "1", "x", "✓", "✔", "☑", "✅", "tick", "ticked", "checked", "on", "agreed",
        "agree", "given", "granted", "ok", "ie", "ydy", "ydi", "oes", "do", "gwir", "cytuno",
        "wedi cytuno", "iawn",
    }
)  # fmt: skip
_NOS = frozenset(
    {
        "n", "false", "f", "0", "off", "nope", "nag oes", "nac oes", "nac ydy", "nage", "naddo", "anwir",
        "✗", "✘", "❌",
    }
)  # fmt: skip
_PARTS = lazy_pattern(r"[_./|,;:()\[\]{}*?!–—-]+")
_TURNED = lazy_pattern(r"(?<=[a-z])(?=[A-Z])")


_SPEAKS_OF = {
    Use.PICTURE: lazy_pattern(
        r"\b(?:photo\w*|picture\w*|pics?|image\w*|portrait\w*|l?lun|l?luniau|ffoto\w*)\b"
    ),
    Use.FILM: lazy_pattern(r"\b(?:film\w*|video\w*|ffilm\w*|fideo\w*)\b"),
    Use.NAME: lazy_pattern(r"\b(?:nam(?:e|es|ed|ing)|enw\w*|henw\w*)\b"),
    Use.VOICE: lazy_pattern(r"\b(?:voices?|sound|audio|recordings?|llais|lleisiau|sain)\b"),
}


def uses_in(heading: str) -> set[Use]:
    """Return which uses a heading speaks of: *Photos* can't be a consent to a name."""
    words = " ".join(_PARTS.sub(" ", same_word(_TURNED.sub(" ", heading))).split())
    return {use for use, shape in _SPEAKS_OF.items() if shape.search(words)}


def asks_for_a_no(heading: str) -> bool:
    """Return whether a heading asks who said no, so that *yes* below it is a no."""
    words = same_word(_TURNED.sub(" ", heading)).replace("’", "'").replace("_", " ")
    words = _CHOICE.sub(" ", words)
    words = _NO_NO.sub(" ", words)
    return bool(_NO.search(words) or _NO.search(_NO_NO.sub(" ", " ".join(_PARTS.sub(" ", words).split()))))


def says_yes(word: str) -> bool:
    """Return whether a word of a list says yes by itself."""
    return same_word(word) in _YES


def says_no(word: str) -> bool:
    """Return whether a word of a list says no by itself."""
    return same_word(word) in _NOS or (not says_yes(word) and asks_for_a_no(word))


def can_mean(heading: str, word: str) -> Collection[str]:
    """Return what a word below a heading can mean, of `Answer`."""
    if asks_for_a_no(heading):
        return (Answer.REFUSED,) if says_yes(word) else (Answer.REFUSED, Answer.NOT_ASKED)
    return (Answer.REFUSED, Answer.NOT_ASKED) if says_no(word) else tuple(Answer.values)
