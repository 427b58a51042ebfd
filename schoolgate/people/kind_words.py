"""Words by which a comment that names a colleague is plainly kind or plainly ordinary, and those by which it
isn't, in English and Welsh."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from schoolgate.patterns import lazy_pattern

KIND = lazy_pattern(
    r"\b(?:thanks?|thank ?you\w*|thx|ta|cheers|well done|weldone|congrat\w*|bravo|hooray|hats off|kudos"
    r"|proud|grateful|appreciat\w*|love(?:d|ly)?|enjoyed|great|brilliant|fab|fabulous|amazing|wonderful"
    r"|fantastic|excellent|superb|incredible|awesome|outstanding|inspiring|inspirational|gorgeous"
    r"|beautiful|magnificent|ace|lush|legend|hero(?:es)?|superstar|stars?|diamond|gem|champions?"
    r"|best (?:teacher|head|day|trip|wishes|year|school|coach|show|ever)|kind(?:est)?|nicest|loveliest"
    r"|funniest|patient|caring|lucky|welcome|(?:we[’']?ll|will|going to|really) miss (?:you|him|her)"
    r"|ma(?:de|kes) (?:us|me|them|everyone|the (?:whole )?class) (?:laugh|smile)"
    r"|for (?:head|headteacher|king|queen|president|prime minister)"
    r"|(?:good|great|fab|super|top) (?:job|work|effort|luck|stuff)|good luck|happy (?:birthday|retirement)"
    r"|get well|all the best|deserved|smashed it|nailed it|made (?:his|her|my|our|their) (?:day|week|year)"
    r"|diolch\w*|ddiolch\w*|da iawn|llongyfarch\w*|longyfarch\w*|gwych|wych|ardderchog|[bf]endigedig"
    r"|hyfryd|anhygoel|campus|rhagorol|arbennig|[bf]alch|penigamp|ffantastig|ffab|gr[eê]t|lyfli|bril"
    r"|seren|arwr|arwres|pob lwc|pen-?blwydd hapus|croeso|c?g?aredig|gorau|orau|dal(?:iwch)? ati|chwarae teg"
    r"|mwynh\w*|fwynh\w*|joio|wrth (?:fy|ei|ein|eu) (?:modd|bodd|fodd))\b"
    r"|[\U0001F44F\u2764\U0001F64C\U0001F60D\U0001F970\U0001F389\U0001F31F\u2B50\U0001F44D\U0001F49B]",
    re.IGNORECASE,
)
"""Praise, thanks and good wishes."""
_IDIOMS = lazy_pattern(
    r"\b(?:can(?:no|'|n')?t|could(?: not|n't)) (?:thank|praise|wait|fault|be (?:prouder|happier)|have)"
    r"(?: \w+){0,3}(?: enough)?|\bno problem|\bnot forgetting|\bnot only|\bnever forget|\blast but not least"
    r"|gallu diolch digon",
    re.IGNORECASE,
)
"""A no that is praise."""
_TURNS = lazy_pattern(
    r"\b(?:but|shame|however|al?though|though|except|apart from|not|never|\w+n't"
    r"|(?:do|does|did|is|was|were|wo|ca|could|would|should|has|have|are)nt|cannot|until|unless"
    r"|despite|for nothing|supposed|should|so.called|why|worst|rude|lazy|useless|disgust\w*|wrong|upset"
    r"|angry|disappoint\w*|hang(?:s|ing)? (?:a)?round|pity|sadly|unfortunately|as if|yeah right|stop"
    r"|alone|at night|homes?|house|cars?|bed(?:room)?s?|toilets?|showers?|chang(?:ed|ing)|laps?|knees?"
    r"|legs?|bum|bottom|sexy|private(?:ly)?|secrets?|young(?:er)?|little (?:girls|boys)|got away"
    r"|what (?:he|she|they)(?:'s|'ve| has| have)? (?:did|done|does)|knows?"
    r"|(?:loves?|likes?|fanc(?:y|ies)|prefers?|enjoys|adores|into) "
    r"(?:the |your |our |my |little |young |year \d+ )*"
    r"(?:girls?|boys?|kids|children|lads|pupils|daughters?|sons?)"
    r"|ond|trueni|piti|heblaw|dd?im|byth|er (?:gwaethaf|bod)|anffodus|siom\w*|cywilydd|g?warth\w*|pam"
    r"|gormod|adre|cartref|nos|ystafell wely|toiled\w*|cawod|newid|cyfrinach\w*)\b"
    r"|[\U0001F644\U0001F621\U0001F620\U0001F922\U0001F92E\U0001F4A9\U0001F595\U0001F643\U0001F914]",
    re.IGNORECASE,
)
"""Words that turn praise round, or make it unsure what is praised."""
_ASKS = lazy_pattern(
    r"\?|(?:^|[,:!]\s*|\b(?:hi|hello|hey|please|helo|shwmae|bore da|os gwelwch yn dda)\b[ ,]*(?:\w+ ){0,2})"
    r"(?:what|when|where|which|who|is|are|will|can|could|does|do|did|has|have|would|how|any (?:idea|chance)"
    r"|beth|be|pryd|ble|lle|pwy|sut|ydi|ydy|yw|oes|fydd|a (?:fydd|yw|ydy|all|oes)|allwch|gaf|faint|pa)\b",
    re.IGNORECASE,
)
"""A question, with or without its mark."""
REASONS = lazy_pattern(r"\b(?:why|pam|how come|sut gall)\b", re.IGNORECASE)
"""A question that blames."""
_VIEW = lazy_pattern(
    r"^\W{0,5}(?:(?:[\w'’]{1,20} ){0,4}(?:asks?|asking|asked|wants?|wanting|would like|looking|seeks?"
    r"|seeking|after|rang|requests?)"
    r"|(?:yn )?(?:gofyn|isio|eisiau|holi)) (?:[\w'’]{1,20} ){0,5}"
    r"(?:views?|opinions?|comments?|quotes?|reaction|thoughts|statement|response|interview|barn|farn|sylw"
    r"|ymateb|dyfyniad"
    r"|cyfweliad)\b(?P<of>.{0,80})$",
    re.IGNORECASE,
)
"""Someone of the press asks for someone's view of something."""
_PHONES = lazy_pattern(
    r"\b(?:(?:mobile |smart ?)?phones?|phoning|ban(?:s|ned|ning)?|social media|screens?|texting|messaging"
    r"|ffonau|ff[oô]n)\b",
    re.IGNORECASE,
)
_LAUGHS = frozenset(["haha", "hahaha", "lol", "x", "xx", "xxx"])
_NUMBER = lazy_pattern(r"^\d{1,4}(?:am|pm|st|nd|rd|th|[a-z])?$")


def is_kind(text: str) -> bool:
    """Return whether a folded text praises, thanks or wishes well."""
    return bool(KIND.search(text))


def turns(text: str) -> bool:
    """Return whether a folded text has words that make praise unsure."""
    return bool(_TURNS.search(_IDIOMS.sub(" ", text)))


def asks(text: str) -> bool:
    """Return whether a folded text asks something."""
    return bool(_ASKS.search(text))


def topic_of_view(text: str) -> str | None:
    """Return of what a folded text asks for someone's view, without words for phones, which are a thing here;
    None where it asks for none."""
    found = _VIEW.search(text.strip(" .!"))
    return _PHONES.sub(" ", found["of"]) if found else None


def is_everyday(words: list[str]) -> bool:
    """Return whether a sentence has only words of plain questions and remarks (`everyday_words.txt`), and is
    about a thing or a time. `words`: without those of names."""
    every, things = _everyday()
    if words and _LAUGHS.issuperset(words):
        return True
    known = all(word in every or word in things or _NUMBER.match(word) for word in words)
    return known and any(word in things or _NUMBER.match(word) for word in words)


@lru_cache(maxsize=1)
def _everyday() -> tuple[frozenset[str], frozenset[str]]:
    text = resources.files(__package__).joinpath("everyday_words.txt").read_text("utf-8")
    every, things = (part.partition("\n")[2] for part in text.split("# ")[1:])
    return frozenset(every.split()), frozenset(things.split())
