"""One hit: the words, what they look like, and how much weight that has."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Strength(StrEnum):
    """`STOP`: a person must answer before the text goes further. `ASK`: a person is asked. `MENTION`: a first
    name alone, which by itself may be many people's: `lone_firsts` says where it's asked about. That of a
    child who must not be published is asked about everywhere."""

    STOP = "stop"
    ASK = "ask"
    MENTION = "mention"


class Kind(StrEnum):
    """What the words look like. `PICTURE`: no words, but a picture like one that may not be shown. `FACE`:
    one in which a face was counted, or that may be part of one with people, and no one is said to be
    recognisable. `DANGER`: words of danger, or with
    which an adult might draw a child aside. `OUR_NAME`: by which a stranger's words would be taken for a
    colleague's or the school's. `ABUSE`: marked as abuse in a stranger's words, when they came in."""

    PUPIL = "pupil"
    PHONE = "phone"
    POSTCODE = "postcode"
    EMAIL = "email"
    NHS = "nhs"
    INSURANCE = "insurance"
    UPN = "upn"
    ULN = "uln"
    CARD = "card"
    BANK = "bank"
    VEHICLE = "vehicle"
    PASSPORT = "passport"
    LICENCE = "licence"
    BORN = "born"
    ADDRESS = "address"
    PASSWORD = "password"  # noqa: S105 - a kind of hit
    HEALTH = "health"
    HANDLE = "handle"
    PLACE = "place"
    CLUE = "clue"
    TOLD = "told"
    FAMILY = "family"
    PRIVATE_LINK = "private_link"
    SHORT_LINK = "short_link"
    COPYRIGHT = "copyright"
    PICTURE = "picture"
    FACE = "face"
    DANGER = "danger"
    OUR_NAME = "our_name"
    ABUSE = "abuse"


OF_A_CHILD = frozenset({Kind.HEALTH, Kind.PLACE, Kind.CLUE, Kind.TOLD, Kind.FAMILY})
"""What tells of one child, or where children are, without a name."""
OWN = frozenset({Kind.PHONE, Kind.POSTCODE, Kind.EMAIL, Kind.ADDRESS, Kind.BANK})
"""What a school publishes of itself, so that it can be allowed for good."""
KNOWN = OWN | {Kind.HANDLE}
"""The same, and the names of its accounts, which its register knows."""
OF_PICTURES = frozenset({Kind.PICTURE, Kind.FACE})
"""What is found in a picture itself, and not in words."""


FIRST_ALONE = "first"
"""A first name alone."""
A_WORD = "word"
"""A first name that is more likely a word where it stands, or goes on with another’s surname."""
PARTS = frozenset(
    {
        FIRST_ALONE,
        A_WORD,
        "last",
        "initial_first",
        "initial_last",
        "handle",
        "mistyped",
        "with_class",
        "family",
        "of_parent",
        "apart",
        "told_of",
        "sibling",
    }
)
"""The ways to write a name that give away a part of it, or something like it."""
LOOSE = frozenset({"apart", "told_of", "sibling"})
"""The ways that only words around a first name make one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a text, from `start` to before `end` in the text as it was typed. `plain`: the words without
    accents, capitals and signs. `of`: the numbers of the pupils with that name."""

    start: int
    end: int
    words: str
    kind: Kind
    strength: Strength
    variant: str
    plain: str
    of: tuple[int, ...] = ()

    @property
    def for_a_lead(self) -> bool:
        """Return whether a safeguarding lead alone lets it out, under any name: words of danger, or a
        family's matter beside a pupil's name."""
        return self.kind is Kind.DANGER or (self.kind is Kind.FAMILY and self.strength is Strength.STOP)

    @property
    def tells_of_a_child(self) -> bool:
        """Return whether it tells of one child, or where children are: it goes out with a written reason."""
        return self.kind in OF_A_CHILD

    def needs_reason(self, *, lead_only: bool, by_word: bool) -> bool:
        """Return whether an answer about it counts with a reason alone. `lead_only`: only a safeguarding
        lead lets it out; `by_word`: the answer rests on a person's word alone."""
        return lead_only or by_word or self.kind in OF_PICTURES or self.tells_of_a_child

    @property
    def in_full(self) -> bool:
        """Return whether it gives away a whole name."""
        return self.variant not in PARTS

    @property
    def key(self) -> str:
        """Return what an answer to this hit is kept under: the same words about the same pupils. It holds no
        name."""
        of = ",".join(map(str, self.of))
        said = f"{self.kind}\n{self.plain}\n{of}"
        return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()[:32]
