"""What every situation's facts share: three-valued, frozen, refused where a name or a value is unknown.

`None` is "not known", never no or yes; an empty list means there are none. A fact never says whether a rule
was met. What only a person can judge is an `Attested` answer: who gave it, when, and whether it was given
about what is judged now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
)
from pydantic.fields import FieldInfo

from schoolgate.rulebook.named_times import first_day
from schoolgate.rulebook.sentences import gettext_noop as _

LONDON = ZoneInfo("Europe/London")
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Beyond these a date is a slip of the pen, and counting on from it may run out of the calendar."""

Relation = Literal["staff", "governor", "volunteer", "parent", "friend", "pupil", "contractor", "other"]
"""What a person is to the school. "friend" is a member of a Friends group, not a contact on a network."""


def _not_a_number(value: object) -> object:
    if isinstance(value, int | float):
        raise ValueError("a date or time as text, such as 2027-05-05 or 2027-05-05T09:00:00Z")
    return value


def _countable(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"a date or time from {FIRST_YEAR} to {LAST_YEAR}")
    return value


def _printable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text without NUL characters")
    return text


@dataclass(frozen=True, slots=True)
class Ask:
    """Who can tell a fact that is not known: part of the fact's declaration, beside its type.

    `need`: the key under which decisions name it. `of`: who can tell, a key of messages.SOURCES. `phrase`:
    what it is, in words that follow "needed:"; without it the words are in messages.NEEDS. `question`: how
    a person is asked for it; empty where no one is. `say`: the sentence of messages.SENTENCES with which a
    decision waits for it; empty for the usual one. `label`: what lists call a fact whose need is another's;
    a fact that no one is asked for has its label as the `description` of its field. `row`: the program
    reads it from a row of its own, although a person may be asked for it elsewhere."""

    need: str
    of: str
    phrase: str = ""
    question: str = ""
    say: str = ""
    label: str = ""
    row: bool = False


Worked = TypeVar("Worked", bound=Callable[..., Any])


def fact(
    phrase: str = "",
    question: str = "",
    *,
    need: str = "",
    of: str = "",
    say: str = "",
    default: object = None,
    row: bool = False,
) -> Any:
    """Declare a fact that can be asked for, in the words of `Ask`; the schema describes it with its phrase.

    `need` is the field's name unless given (after the class's `prefix`), `of` what the class says with
    `asked_of`."""
    field: Any = Field(default=default, description=phrase or None)
    field.metadata = [Ask(need, of, phrase, question, say, row=row)]
    return field


def derived(
    need: str, phrase: str = "", question: str = "", *, of: str = "", label: str = ""
) -> Callable[[Worked], Worked]:
    """Mark a method as a fact that is worked out from others: it takes the situation's facts and gives what
    its annotation says (yes or no, a number, a day, a word, a part, or a tuple of these), None where it is
    not known, or an `Ask` where it is another fact that is missing."""

    def marked(function: Worked) -> Worked:
        function.ask = Ask(need, of, phrase, question, label=label)  # type: ignore[attr-defined]
        return function

    return marked


class SoFar(tuple[Any, ...]):  # noqa: SLOT001 - it holds one thing more than its parts
    """A list that was worked out from facts of which some are not known: these are on it for sure, and there
    may be more. A condition answers only what more of them couldn't change.

    `lacks`: what has to be known for the rest, where that is another fact than the list itself."""

    lacks: Ask | None = None

    @classmethod
    def of(cls, known: Iterable[Any], lacks: Ask | None = None) -> "SoFar":
        """Return such a list."""
        made = cls(known)
        made.lacks = lacks
        return made


def _in_the_calendar(words: str) -> str:
    if not FIRST_YEAR <= first_day(words).year <= LAST_YEAR:
        raise ValueError(f"a day or a month from {FIRST_YEAR} to {LAST_YEAR}")
    return words


def _nothing_where_blank(text: Any) -> Any:
    return None if isinstance(text, str) and not text.strip() else text


Tri = StrictBool | None
"""Yes, no, or not known."""
Instant = Annotated[AwareDatetime, BeforeValidator(_not_a_number), AfterValidator(_countable)]
Day = Annotated[date, BeforeValidator(_not_a_number), AfterValidator(_countable)]
DayOrMonth = Annotated[
    str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$", max_length=10), AfterValidator(_in_the_calendar)
]
"""A day ("2022-10-12") or only a month ("2012-12"), as recorded."""
Text = Annotated[str, Field(max_length=100_000), AfterValidator(_printable)]
Written = Annotated[Text | None, BeforeValidator(_nothing_where_blank)]
"""The text written for a point. Blanks count as nothing."""
Name = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_printable)]
Folded = Annotated[Name, AfterValidator(str.casefold)]
"""A name in which capitals make no difference."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a fact whose values have a list: forms offer these words and take no others."""

    words: tuple[str, ...]


Whole = Annotated[StrictInt, Field(ge=0, le=1_000_000)]
"""A whole number from 0."""
Roles = tuple[Name, ...]


class Part(BaseModel):
    """A part of the facts: frozen, and closed against unknown names. `asked_of`: who is asked for those of
    its facts that name no one else, a key of messages.SOURCES. `prefix`: what precedes a fact's name in the
    key of its need.

    Built on first use: few processes ask every situation."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    def __init_subclass__(cls, *, asked_of: str = "", prefix: str = "") -> None:
        super().__init_subclass__()
        for name, one in vars(cls).items():
            if isinstance(one, FieldInfo):
                one.metadata = [
                    replace(ask, need=ask.need or prefix + name, of=ask.of or asked_of)
                    for ask in one.metadata
                ]
            elif isinstance(ask := getattr(one, "ask", None), Ask):
                one.ask = replace(ask, of=ask.of or asked_of)


class Person(Part, asked_of="office"):
    """A person who acts. `key` tells people apart and says nothing else; `roles` are the policy's own role
    names."""

    key: Name = Field(description=_("which person it is"))
    relation: Relation | None = fact(_("how this person is connected with the school"))
    roles: Roles = ()

    def holds(self, *names: str) -> bool:
        """Whether one of these roles is held."""
        return any(name in self.roles for name in names)


class Attested(Part):
    """A person's answer to a question that only a person can judge.

    `of_this_version`: whether they saw the version judged now (None: not known).
    """

    answer: StrictBool
    by: Name
    at: Instant
    of_this_version: Tri = None


class Dated(Part):
    """What a person gave, decided or signed. It counts from its own time, `at`: what is later than the
    instant judged isn't there yet."""

    at: Instant | None = Field(None, description=_("when it was given"))


class Given(Dated, asked_of="approver"):
    """A permission, an approval or a consent given by a person. `covers` names what it was given for."""

    by: Name = Field(description=_("who gave it"))
    roles: Roles = ()
    written: Tri = Field(None, description=_("whether it is in writing"))
    covers: tuple[Name, ...] = Field((), description=_("what it covers"))
    of_this_version: Tri = fact(_("whether this version was approved"), need="approved_as_it_stands")

    @derived("written_leave")
    def in_writing_by_now(self, facts: "Facts") -> bool | None:
        """Whether it was given in writing, and not later than the instant that is judged, where there is
        one."""
        return in_writing_before(self, facts.now)


def in_writing_before(given: Given, instant: Instant | None) -> bool | None:
    """Whether it was given in writing and, where an instant is named, not later than that."""
    if not given.written or instant is None:
        return given.written
    return None if given.at is None else given.at <= instant


class Permission(Part):
    """A recorded permission to depart from what a policy only advises, or from a ban whose clause names who
    may permit it, in writing."""

    clause: Name
    role: Name
    by: Name
    written: Tri = None
    from_day: Day | None = None
    to_day: Day | None = None


class Ruling(Part):
    """A ruling on what the policy's words leave open."""

    tension: Name
    allows: StrictBool
    role: Name
    by: Name
    from_day: Day | None = None
    to_day: Day | None = None


class Facts(Part):
    """The facts of a situation. `on` is the day judged; without it the day of `now` in London."""

    version: ClassVar[int] = 1

    now: Instant | None = Field(None, description=_("the time now"))
    on: Day | None = None
    leaves: tuple[Permission, ...] = ()
    rulings: tuple[Ruling, ...] = ()

    @cached_property
    def day(self) -> date | None:
        """Return the day judged, or None where neither a day nor an instant is given."""
        if self.on is not None:
            return self.on
        return self.now.astimezone(LONDON).date() if self.now is not None else None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged; None where no one in particular acts or the actor is not known."""
        return None


class Act(Facts):
    """The facts of an act: `by` is the person who does it."""

    by: Person | None = Field(None, description=_("who did it"))

    @property
    def actor(self) -> Person | None:
        """The person whose act is judged."""
        return self.by
