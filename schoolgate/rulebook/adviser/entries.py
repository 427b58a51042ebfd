"""An entry of the catalogue: a question as people put it, and what it asks of the rulebook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import ConfigDict, TypeAdapter

from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.yaml_text import plain


@dataclass(frozen=True, slots=True)
class Hat:
    """The capacity a person acts in: their relation to the school, with which of the policy's roles.

    `school`: the key of the school, where that makes a difference."""

    key: str
    relation: str
    roles: tuple[str, ...] = ()
    school: str = ""


@dataclass(frozen=True)
class Entry:
    """`title`: the question in plain words. `words`, `cy`: more words to find it by, English and Welsh.
    `said`: how schools tell it; told in Welsh it's found by the same phrases (`alike.yaml`).

    `facts`: what the question itself says; "$now", "$today" mean the moment, "$yes", "$no" a person's
    judgment. `staff`: for anyone with a place here, `public`: for parents and pupils. `acts_as`: what the
    asker can be, where that is in the question; `not_asked`: facts that stay open, by path. `point`: only a
    policy with a rule at this point is asked it. `assumed`: what the question takes for granted and a person
    would judge, by path: an own policy's rules ask it. `shared`: all that is taken as
    usual, by path, and that the question itself doesn't say. `urgent`: a child may be in danger, so that the
    page says first where to go."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    key: str
    subject: str
    title: str
    situation: str
    words: str
    cy: str
    said: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    staff: bool = True
    public: bool = False
    acts_as: tuple[str, ...] = ()
    not_asked: frozenset[str] = frozenset()
    point: str = ""
    assumed: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    urgent: bool = False

    def hats(self, hats: Sequence[Hat]) -> tuple[Hat, ...]:
        """Return those of these hats that fit the question; all where it names none."""
        fitting = tuple(hat for hat in hats if not self.acts_as or hat.relation in self.acts_as)
        return fitting or tuple(Hat(one, one) for one in self.acts_as)


# Every entry of the catalogue, by its key. A new file of `catalogue/` is known without a list.


SUBJECTS: Mapping[str, str] = {
    "contacts": gettext_noop("Friends and followers"),
    "own": gettext_noop("Personal accounts"),
    "pictures": gettext_noop("Pictures and names"),
    "posts": gettext_noop("School posts"),
    "accounts": gettext_noop("School accounts"),
    "comments": gettext_noop("Comments"),
    "messages": gettext_noop("Messages and groups"),
    "incidents": gettext_noop("When something goes wrong"),
    "press": gettext_noop("Journalists"),
    "devices": gettext_noop("Devices and working time"),
    "policy": gettext_noop("The policy"),
}
"""subject -> its name on a page, in the order in which they are shown"""


CATALOGUE: Final = Path(__file__).with_name("catalogue")
USUAL: Final = "usual.yaml"
"""Facts that many entries share, by a name."""
JUDGMENTS: Final = ("$yes", "$no")
THE_ACCOUNT: Final = "account."
"""Facts of the account that is meant: the question is about it."""


def _found() -> Iterator[Entry]:
    usual = _read(CATALOGUE / USUAL)
    adapter = TypeAdapter(Entry)
    for path in sorted(CATALOGUE.glob("*.yaml")):
        if path.name != USUAL:
            yield from (adapter.validate_python(_with_usual(one, usual)) for one in _read(path))


def _read(path: Path) -> Any:
    return plain(path.read_bytes(), path.name)


def _with_usual(one: dict[str, Any], usual: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the entry with its facts written out: the usual ones it names, but for those it leaves `open`,
    and its own."""
    shared, left_open = usual[one.pop("usual")] if "usual" in one else {}, one.pop("open", ())
    facts = {name: value for name, value in shared.items() if name not in left_open}
    for name, value in one.get("facts", {}).items():
        facts[name] = {**facts.get(name, {}), **value} if isinstance(value, dict) else value
    said = {path for path, _value in _leaves(one.get("facts", {}))}
    unsaid = {path: value for path, value in _leaves(facts) if path not in said}
    judged = [path for path, value in unsaid.items() if value in JUDGMENTS]
    granted = [path for path in unsaid if not path.startswith(THE_ACCOUNT)] if shared else []
    return {**one, "facts": facts, "assumed": judged, "shared": granted}


def _leaves(facts: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each fact that isn't one of several together, with its path."""
    for name, value in facts.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{before}{name}.")
        else:
            yield before + name, value


ENTRIES: Mapping[str, Entry] = {one.key: one for one in _found()}


def entry(key: str) -> Entry:
    """Return the entry with this key. Raises KeyError."""
    return ENTRIES[key]
