"""Words of families, in both languages."""

from __future__ import annotations

FAMILY = frozenset([
    "family", "families", "twins", "twin", "brothers", "sisters", "siblings", "boys", "girls", "children",
    "household",
])  # fmt: skip
WELSH_FAMILY = frozenset([
    "teulu", "deulu", "theulu", "nheulu", "teulur", "deulur", "theulur", "efeilliaid", "gefeilliaid", "plant",
    "brodyr", "chwiorydd",
])  # fmt: skip
THE = frozenset(["the", "y", "yr", "ir", "or", "teulur", "deulur", "theulur", "both", "two", "three"])
KIN = frozenset([
    "sister", "sisters", "brother", "brothers", "twin", "twins", "sibling", "siblings", "triplets",
    "chwaer", "brawd", "frawd", "mrawd", "gefeilliaid", "efeilliaid", "gefell", "efell",
    "chwiorydd", "brodyr", "frodyr",
])  # fmt: skip
PARENTS = frozenset([
    "mum", "mums", "mam", "mother", "dad", "dads", "father", "tad", "dat", "parent", "parents", "rhieni",
    "nan", "gran", "grandad", "taid", "nain", "daughter", "daughters", "son", "sons", "merch", "ferch",
    "mab", "fab",
    "family", "teulu", "child", "children", "stepdad", "stepmum", "carer", "foster", *KIN,
])  # fmt: skip
WELSH_KIN = frozenset([
    "mam", "tad", "dad", "nain", "taid", "mamgu", "tadcu", "gu", "cu", "modryb", "anti", "ewythr", "wncwl",
    "yncl", "chwaer", "brawd", "teulu", "rhieni",
])  # fmt: skip
"""Welsh ones, after which people put a name as if it followed *i*: "Nain Fali"."""
AND = frozenset(["and", "a", "ac", "n"])
ONE_CHILD = frozenset([
    "boy", "girl", "child", "kid", "kids", "lad", "lads", "lass", "lasses", "baby", "pair", "siblings",
])  # fmt: skip
CHILDREN_OF = frozenset([
    "daughter", "daughters", "son", "sons", "twins", "twin", "boy", "boys", "girl", "girls", "child",
    "children", "kid", "kids", "lad", "lads", "eldest", "youngest", "oldest", "baby", "stepson",
    "stepdaughter",
])  # fmt: skip
"""Whose, as in "Mrs Lund's daughter"."""
WELSH_CHILD = frozenset([
    "merch", "ferch", "merched", "ferched", "mab", "fab", "meibion", "feibion", "bachgen", "fachgen",
    "bechgyn", "fechgyn", "plentyn", "blentyn", "efeilliaid", "hogyn", "hogan", "crwt", "crwtyn", "croten",
])  # fmt: skip
"""Before a parent's name, as in "merch Mrs Lund", or a surname, as in "y ferch Lund"."""
PEOPLES = frozenset(["english", "french", "welsh", "german", "irish", "scots", "polish", "british", "dutch"])
"""Surnames that say where children come from: "the French girls"."""
