"""Ways to write a name that are not the list's: as Welsh changes its first letter, with the words between a
child and a parent, as it sounds."""

from __future__ import annotations

from collections.abc import Iterator

from schoolgate.screening.nicknames import groups_in, others_by_name

SOFT = {
    "ll": "l", "rh": "r", "p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "m": "f",
}  # fmt: skip
NASAL = {"p": "mh", "t": "nh", "c": "ngh", "b": "m", "d": "n", "g": "ng"}
ASPIRATE = {"p": "ph", "t": "th", "c": "ch"}
NEVER = ("ph", "th", "ch", "dd", "ff", "ll", "rh")
"""Beginnings that are letters of their own: the first of their two signs doesn't change by itself."""
BEFORE = frozenset([
    "a", "am", "ar", "at", "beth", "dan", "dau", "dros", "drwy", "dwy", "dy", "dyma", "dyna", "efo", "ei",
    "fy", "gan", "gyda", "heb", "hoff", "hyd", "i", "mae", "neu", "o", "pan", "pwy", "rhwng", "trwy", "tua",
    "un", "wrth", "ym", "yn", "yng", "yw",
])  # fmt: skip
"""Words after which Welsh changes a name's first letter."""
_VERBS = frozenset(
    ["aeth", "daeth", "ddaeth", "gafodd", "wnaeth", "nath", "naeth", "bu", "fu", "oedd", "roedd", "sy"]
)
"""Short verbs after which it does as well."""
OF = ("ap", "ab", "ferch", "verch", "f")
"""What stands between a child's name and a parent's: son of, daughter of."""
_SOUNDS = """
sian shan|sion shon|sioned shoned|siwan shwan|siriol shiriol|catrin katrin cathrin kathryn catherine|cai kai|
steffan stephan stefan|elin elen ellen|efa eva|iwan ewan euan|ifan evan|rhys rees rhus|huw hugh hew|
dafydd david|owain owen|ioan ieuan|gwenllian gwenlian|ffion fion|sara sarah|hana hannah|ela ella|lili lily|
nel nell|tomos thomas|llywelyn llewelyn llewellyn|macsen maxen|seren seran|alys alice|beca becka|cadi cady|
aleksandra alexandra|aleksander alexander|
orla orlagh orlaith|niamh neve neeve niav neave|siobhan shivon shivaun shevaun chevonne|cillian killian|
saoirse seersha sersha|aoife eefa ifa|caoimhe keeva kiva queeva|ciara keira kiera|sinead shinade shinead|
eoin owen|sean shaun shawn|oisin osheen|aisling ashling|roisin rosheen|aoibheann aveen|tadhg tige|
grainne gronya|maeve meabh mave|eilidh aylee|dearbhla dervla|sadhbh sive|ruairi rory|caoilfhionn keelin|
mali mally|gethin gething|dylan dilan|carys caris|cerys kerys ceris|nia nya|aled alled|meilir meylir
"""


SOUNDS_ALIKE = others_by_name((name, group) for group in groups_in(_SOUNDS) for name in group)
"""A first name -> how else it is written by people who heard it."""


def changes_next(word: str) -> bool:
    """Return whether a name after a word may have its first letter changed: after a small word, or a verb of
    what someone did (*Enillodd Domos*)."""
    return word in BEFORE or word in _VERBS or (len(word) > len("odd") + 1 and word.endswith("odd"))


def mutated(name: str) -> Iterator[str]:
    """Yield a Welsh name as its first letter changes after other words: gwenllian as
    "wenllian" and "ngwenllian"."""
    for changes in (SOFT, NASAL, ASPIRATE):
        begins = next((each for each in changes if name.startswith(each)), None)
        if begins is None or (name[:2] in NEVER and begins != name[:2]):
            continue
        changed = changes[begins] + name[len(begins) :]
        if len(changed) > 2:
            yield changed
