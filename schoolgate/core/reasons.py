"""What a reason in a person's own words is: the one place that tells it from a dot, an *ok* and *asdf*.

Each text that opens something which keeps a child safe is read here. Which those are, and where a short word
is enough, is declared in `tests/guarantees/reasons_asked.py`.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, Text
from schoolgate.patterns import lazy_pattern

LONGEST = 500
FEWEST_WORDS, FEWEST_LETTERS = 3, 8
"""House rule: fewer different words, or letters, say nothing to the person who reads it in a year."""
WANTED = _(
    "Write a short sentence that says why, such as what you checked or who told you. “OK” isn’t enough."
)
ANOTHER_WANTED = _(
    "A consent or the family’s wish doesn’t show that someone else is meant. Say who is meant, or take the "
    "words out."
)
_OF_THIS_ONE = lazy_pattern(
    r"\b(?:(?:(?:her|his|their) (?:own |real |foster )?|(?:the|both) (?:childs |pupils |girls |boys )?)"
    r"(?:mother|mum|mummy|mam|father|dad|daddy|parents?|family|carers?|guardians?|nan|gran|grandparents)"
    r"|(?:childs|pupils|girls|boys) (?:mother|mum|mam|father|dad|parents?|family|carers?)"
    r"|consent(?:s|ed)?|permission|(?:she|he|they) (?:have |has |had |both )?agreed"
    r"|(?:ei|eu|iw|ai|mae|maei) (?:mam|fam|tad|dad|thad|rh?ieni|theulu|teulu|deulu|nain|thaid|gofalwyr)n?"
    r"|(?:y|r|ar|ir|or) (?:fam|mam|tad|dad|rhieni|teulu)|(?:c|g|ngh|ch)(?:aniatad|ydsyni)\w{0,3}"
    r"|(?:cytunodd|gytunodd) (?:hi|o|e|fo|fe))\b"
)
_ANOTHER = lazy_pattern(
    r"\b(?:not|isnt|wasnt|another|different|other|else|namesake|(?:same|that) (?:name|surname)|cousin"
    r"|nid|arall|gwahanol|or enw hwnnw|un enw)\b"
)
"""What says that someone else is meant."""

_CONSENTING = """
    ok okay okey oke k yes yep yeah yup aye yh ya no nope nah none nil null nothing na fine good
    great right correct true sure alright allright approved approve agreed agree accept accepted
    confirm confirmed checked check done happy perfect lovely cool safe thanks thank please pls
    tbc tbd todo idk dunno ditto same seen noted reason reasons applicable applies needed
    required given known obvious obviously looks look problem problems worry worries issue issues
    concern concerns ie ia ydi ydy ydw oes do nage na naddo nac dim neb iawn popeth da gwych cywir
    gywir siwr sicr cytuno cytunaf cytunwyd derbyn cadarnhau gwirio gwiriwyd wedi hapus perffaith
    diolch plis rheswm rhesymau angen gwybod amlwg edrych problem problemau pryder pryderon
    diogel recognisable recognised adnabod
"""
_SMALL = """
    a an the this that these those it its is isnt was be are am were i im ive me my we our us you
    your he she they of to for in on at by with as and or but so if not dont doesnt there here all
    any just really very too because cos since can may should will would do does did have has had go
    goes going gone out up off let said say says via y yr ar at o i a ac ai am ei ein eich eu fi ti
    ni chi nhw hi ef fe mae maen yw oedd bod hyn hwn hon hynny yma yna gan gen gyda ond os pan yn un
    nad nid ddim mewn ir or ur gael mynd fynd allan achos oherwydd jyst hollol one gellir ellir
"""
NO_REASON: Final = frozenset((*_CONSENTING.split(), *_SMALL.split()))
"""Words that agree, and small words: whatever is made of them alone gives no reason, in English or Welsh."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")


def is_reason(words: str) -> bool:
    """Return whether typed words may be a reason: a few different words, one of which at least says more than
    that someone agrees. Whether it's a good one, a person judges."""
    found = _words(words)
    different = set(found)
    enough = len(different) >= FEWEST_WORDS and sum(map(len, found)) >= FEWEST_LETTERS
    return enough and any(_says_something(word) for word in different)


def reason(words: str, field: str = "why", *, longest: int = LONGEST, wanted: Text = WANTED) -> str:
    """Return a reason as it is kept. Raises BadInput on its field where it's none, is too long or can't be
    shown. `wanted`: what to write, where the door can say it more closely."""
    if wrong := wrong_reason(words, longest=longest, wanted=wanted):
        raise BadInput({field: wrong})
    return words.strip()


def wrong_reason(
    words: str, *, longest: int = LONGEST, wanted: Text = WANTED, of_another: bool = False
) -> Text | None:
    """Return what is wrong with a reason, for the person who typed it; None: nothing. `of_another`: it's to
    say that someone else is meant, which no consent or wish of this child's family does."""
    tidy = words.strip()
    if len(tidy) > longest or "\x00" in tidy:
        return _("Use fewer words, and no special characters.")
    if of_another and _is_of_this_one(tidy):
        return ANOTHER_WANTED
    return None if is_reason(tidy) else wanted


def _is_of_this_one(words: str) -> bool:
    """Return whether typed words speak of a child's consent or family, and not of someone else: *Her mother
    asked us to write about it*."""
    plain = " ".join(_words(words))
    return bool(_OF_THIS_ONE.search(plain)) and not _ANOTHER.search(plain)


def _words(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents: *it's* is one, *n/a* are two."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = (sign if sign.isalpha() else "" if _joins(sign) else " " for sign in apart)
    return "".join(kept).split()


def _joins(sign: str) -> bool:
    return sign in "'’ʼ-" or unicodedata.category(sign) in ("Mn", "Mc", "Me", "Cf")


def _says_something(word: str) -> bool:
    """Return whether a word is no agreement, small word, single letter or row of keys."""
    if len(word) < 2 or word in NO_REASON or len(set(word)) < 2:
        return False
    return len(word) < 4 or not any(word in row or word in row[::-1] for row in _ROWS)
