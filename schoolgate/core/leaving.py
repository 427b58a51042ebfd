"""The one gate for words that a person writes and others will read: whatever becomes public or is sent goes
through `check_leaving` first.

What is looked for belongs to a room above (`publishing.leaving`), which registers it here, so that rooms
below it ask the same question. Posts are looked through with their pictures and people (`publishing.hits`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.doors import Door
from schoolgate.core.errors import SchoolgateError
from schoolgate.core.reasons import ANOTHER_WANTED
from schoolgate.core.subjects import subject_of

if TYPE_CHECKING:
    from schoolgate.core.models import School


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
