"""The one gate for words that a person writes and others will read: whatever becomes public or is sent goes
through `check_leaving` first. And the one place that tells a reason in a person's own words from a dot, an
*ok* and *asdf*.

What is looked for belongs to a room above (`publishing.leaving`), which registers it here, so that rooms
below it ask the same question. Posts are looked through with their pictures and people (`publishing.hits`).

Each text that opens something which keeps a child safe is read here as a reason. Which those are, and where
a short word is enough, is declared in `tests/guarantees/reasons_asked.py`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, SchoolgateError, Text
from schoolgate.core.subjects import subject_of
from schoolgate.patterns import lazy_pattern

if TYPE_CHECKING:
    from schoolgate.core.models import School


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


NAMES_ALONE = frozenset({Door.POLICY, Door.LETTER})
"""Where only names of pupils are asked about: a policy's clauses speak of what may happen to a child, and a
letter tells the person it goes to about themselves. In a letter also words that draw a child aside."""
OWN_ADDRESSES = frozenset({Door.REGISTER, Door.SITE_TEXT, Door.CONSENT_WORDS})
"""Where a school gives addresses, numbers and handles of its own, so that those aren't asked about."""
TO_ONE = frozenset({Door.LETTER})
"""What one person gets and no one else: there a consent to publish a name says nothing, and a person does."""
OF_ONE_UNASKED = NAMES_ALONE
"""Where it isn't asked whether words tell of one child without a name. At every other door it is, also at one
that is added."""
TO_A_FAMILY = frozenset({Door.REPLY, Door.NOTICE_WORDING, Door.APPEAL})
"""Where one family is written to, so that *your child* is one."""
BY_STRANGERS = frozenset({Door.COMMENT})
"""What strangers wrote, mostly of their own children."""
WRITERS = frozenset({"commenter", "handle"})
"""The fields with the names under which a stranger wrote."""
FIRSTS_UNASKED = frozenset({Door.COMMENT, Door.POLICY})
"""Where a first name alone isn't asked about: most families write it, and in clauses it's a word."""


CHOOSE = _("Choose an answer.")
"""What an answer that is half given lacks."""


@dataclass(frozen=True)
class Said:
    """An answer about words that were found: one of the replies offered, and the reason in a person's own
    words."""

    reply: str
    words: str = ""

    @property
    def is_half_given(self) -> bool:
        """Return whether a reason was typed and no answer chosen."""
        return not self.reply and bool(self.words.strip())


@dataclass(frozen=True)
class Held:
    """Words that wait for an answer. `kind`, `strength`: as `screening` has them; `fields`: where; `number`:
    how many pupils bear the name; `lead_only`: one of them must not be published at all, so that only a
    safeguarding lead answers; `another_only`: only one who didn't write it, who sends the same words;
    `may_answer`: the person who sends it may; `consents`: of all who bear the name, where each may be named,
    shown as their words; `by`: who gave `said`, once it counts; `contradicts`: its reason says
    the contrary."""

    key: str
    words: str
    kind: str
    strength: str
    fields: tuple[str, ...]
    replies: tuple[str, ...]
    number: int = 0
    lead_only: bool = False
    another_only: bool = False
    may_answer: bool = True
    said: Said = Said("")
    needs_reason: bool = False
    consents: tuple[object, ...] = ()
    by: str = ""
    contradicts: bool = False


class WordsHeld(SchoolgateError):
    """Words were found that may expose a child or a person: someone says first why they may stay (422).

    Args:
        texts: all that was to leave, by the name of the field it was typed into.
        held: what was found in it and isn't answered.
        keep: notes who wrote it, once what was to leave is rolled back; safe to call twice.
    """

    def __init__(
        self, texts: Mapping[str, str], held: Sequence[Held], keep: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(
            _(
                "Nothing has been sent or published yet: these words may name a child, insult someone or "
                "give something away."
            ),
            ANOTHER_WANTED
            if any(one.contradicts for one in held)
            else _("Change the words, or say in a short sentence why they may stay."),
        )
        self.texts = dict(texts)
        self.held = tuple(held)
        self.keep = keep


@dataclass(frozen=True)
class Leaving:
    """Words that are to leave, with what they are looked through with: as `check_leaving` takes it.
    `abusive`: words in them that were marked as abuse when they came in, by their fields."""

    door: Door
    texts: Mapping[str, str]
    about: Model
    school: School | None = None
    network: str = ""
    to: str = ""
    writer: str = ""
    abusive: Collection[tuple[str, str]] = ()


_NONE: Mapping[str, str] = MappingProxyType({})
_answers: ContextVar[Mapping[str, Said] | None] = ContextVar("answers_about_words", default=None)
_look: list[Callable[..., Sequence[Held]]] = []
_note: list[Callable[..., None]] = []
_show: list[Callable[..., list[Held]]] = []
_by_two: dict[str, Callable[[Any], Leaving | None]] = {}


@contextmanager
def answering(said: Mapping[str, Said]) -> Iterator[None]:
    """Within it, these answers count for what `check_leaving` finds, by the key of what was found. Pages and
    the API open it around an act, so no form and no action has to carry them."""
    token = _answers.set(said)
    try:
        yield
    finally:
        _answers.reset(token)


def look_with(
    look: Callable[..., Sequence[Held]], note: Callable[..., None], show: Callable[..., list[Held]]
) -> None:
    """Register what looks through words, what notes whose words are held, and what shows all that was found;
    there is one of each."""
    _look[:], _note[:], _show[:] = [look], [note], [show]


def read_by_two(kind: str, words: Callable[[Any], Leaving | None]) -> None:
    """Register a kind of text, as its subjects are called, that a second person reads before it is used.
    `words`: how those of one of them leave; None where that is looked through elsewhere, as a post's."""
    _by_two[kind] = words


def kinds_read_by_two() -> list[str]:
    """Return these kinds."""
    return list(_by_two)


def check_words_of(thing: Model, *, by: Any, at: datetime) -> None:
    """Raise WordsHeld unless all that is found in a text that two people read has been answered: when its
    writer asks for the second, and again when the second agrees. As `check_leaving`."""
    leaving = _words_of(thing)
    if leaving is not None:
        check_words(leaving, by=by, at=at)


def found_in(thing: Model, *, by: Any, at: datetime) -> list[Held]:
    """Return all that is found in a text that two people read, with each answer that counts, for the second
    of them. `by`: who reads it; why a safeguarding lead let words stay is for safeguarding leads alone."""
    leaving = _words_of(thing)
    if leaving is None:
        return []
    return _show[0](leaving, by=by, at=at)


def _words_of(thing: Model) -> Leaving | None:
    return _by_two[subject_of(thing).partition(":")[0]](thing)


def check_leaving(
    door: Door,
    texts: Mapping[str, str],
    *,
    about: Model,
    by: Any,
    at: datetime,
    network: str = "",
    school: School | None = None,
    but_of: Collection[int] = (),
    to: str = "",
    writer: str = "",
    beside: Mapping[str, str] = _NONE,
) -> None:
    """Raise WordsHeld unless all that is found in these words has been answered by a person who may.

    Inside an action, before anything is written. The answers are kept with it: `about` is the thing that they
    are about, and the same words about the same thing aren't asked about again.

    Args:
        texts: by the name of the form's field, where it has one.
        network: where they go; "" for pages of our own. A pupil may be named who may be named there.
        school: whose own telephone numbers and addresses may be in them.
        but_of: the pupils that the words are about, whose names aren't asked about.
        to: the words of others that these answer, with which people read them.
        writer: the name that these are signed with, by which a reply may greet who wrote them.
        beside: words of others that go out with them: names of pupils alone are asked about there, and not
            of those who may be named in public.
    """
    leaving = Leaving(door, texts, about=about, school=school, network=network, to=to, writer=writer)
    check_words(leaving, by=by, at=at, but_of=but_of, beside=beside)


def check_words(
    leaving: Leaving,
    *,
    by: Any,
    at: datetime,
    but_of: Collection[int] = (),
    beside: Mapping[str, str] = _NONE,
) -> None:
    """Raise WordsHeld as `check_leaving` does."""
    door, texts, about = leaving.door, leaving.texts, leaving.about
    if held := _look[0](leaving, by=by, at=at, said=_answers.get() or {}, but_of=but_of, beside=beside):
        raise WordsHeld({**texts, **beside}, held, lambda: _note[0](door, held, about=about, by=by, at=at))


def is_held(
    door: Door,
    texts: Mapping[str, str],
    *,
    about: Model,
    at: datetime,
    network: str = "",
    to: str = "",
    writer: str = "",
) -> bool:
    """Return whether words that waited to be sent may not leave any more: a pupil was put on a list or taken
    off one meanwhile. For the last moment before sending."""
    leaving = Leaving(door, texts, about=about, network=network, to=to, writer=writer)
    return bool(_look[0](leaving, by=None, at=at, said={}))
