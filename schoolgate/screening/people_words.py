"""The words for people, in English and Welsh, each declared once: what looks for a child, one of the family
or a grown-up takes them from here. Welsh words stand as a dictionary has them; how they change follows."""

from __future__ import annotations

from collections.abc import Iterable

from schoolgate.screening.written_otherwise import mutated


def either(*lists: Iterable[str]) -> str:
    """Return a pattern for any of these words, the longer ones first."""
    words = dict.fromkeys(word for each in lists for word in each)
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


def changed(words: Iterable[str]) -> tuple[str, ...]:
    """Return Welsh words and each as its first letter changes after other words."""
    return tuple(dict.fromkeys(form for word in words for form in (word, *mutated(word))))


CHILD = ("boy", "girl", "lad", "lass", "kid", "child", "pupil", "student", "youngster", "learner")
CHILDREN = (
    "boys", "girls", "lads", "lasses", "kids", "children", "pupils", "students", "youngsters", "learners",
)  # fmt: skip
KNOWN_FOR = (
    "reader", "writer", "artist", "explorer", "singer", "dancer", "swimmer", "runner", "player", "keeper",
    "goalkeeper", "goalie", "captain", "striker", "star", "ace", "champion", "winner", "author", "poet",
    "leaver", "classmate", "superstar", "hero", "musician", "gymnast", "drummer", "harpist", "violinist",
    "pianist", "prefect",
)  # fmt: skip
"""A child by what they do."""
SOMEONES_CHILD = (
    "son", "daughter", "grandson", "granddaughter", "grandchild", "niece", "nephew", "stepson",
    "stepdaughter",
)  # fmt: skip
SOMEONES_CHILDREN = (
    "sons", "daughters", "grandsons", "granddaughters", "grandchildren", "grandkids", "nieces", "nephews",
)  # fmt: skip
NOT_BY_BIRTH = (
    "stepchild", "stepsons", "stepdaughters", "stepchildren", "stepkids", "godson", "goddaughter", "godchild",
    "godsons", "goddaughters", "godchildren",
)  # fmt: skip
"""Children of a family by marriage or by a promise."""
BORN_TOGETHER = ("twins", "triplets", "brothers", "sisters", "siblings")
ELDERS = (
    "mum", "mummy", "mam", "mother", "dad", "daddy", "father", "nan", "gran", "granny", "grandad", "grandma",
    "grandpa", "uncle", "aunt", "auntie", "aunty", "carer", "carers", "parents",
)  # fmt: skip
WELSH_CHILD = changed(("bachgen", "merch", "plentyn", "disgybl", "hogyn", "hogan", "geneth", "crwt"))
WELSH_CHILDREN = changed(
    ("bechgyn", "merched", "plant", "disgyblion", "hogiau", "hogia", "genod", "bois", "efeilliaid",
     "gefeilliaid")
)  # fmt: skip
WELSH_KNOWN_FOR = changed(
    ("seren", "pencampwr", "pencampwraig", "capten", "enillydd", "golwr", "gôl-geidwad", "awdur", "canwr")
)
WELSH_SOMEONES_CHILD = changed(("mab", "wyres", "nith", "nai"))
WELSH_NOT_BY_BIRTH = changed(("llysfab", "llysferch"))
WELSH_ELDERS = changed(
    ("mam", "tad", "dad", "rhieni", "nain", "taid", "tad-cu", "mam-gu", "modryb", "ewythr", "wncwl")
)
WORKS_HERE = (
    "headteacher", "head teacher", "head", "teacher", "governor", "author", "cook", "caretaker", "coach",
    "photographer", "driver", "speaker", "visitor", "vicar", "artist", "musician", "secretary",
    "receptionist", "councillor", "librarian", "officer",
)  # fmt: skip
WELSH_WORKS_HERE = changed(
    ("pennaeth", "athro", "athrawes", "awdur", "cogydd", "cogyddes", "gofalwr", "hyfforddwr", "ffotograffydd",
     "gyrrwr", "ymwelydd", "ficer", "arlunydd", "ysgrifenyddes", "llywodraethwr", "llyfrgellydd")
)  # fmt: skip
EIN = r"(?:ein|(?<!o'n )(?:[ioa]|gyda|efo)'n)"
"""Welsh *our*, also as it is joined to the word before: *i'n seren*, but not *o'n i'n seren* (I was one)."""
