"""A federation’s own policy while its owner writes it: its text as plain data, its clauses, their rules, and
the answer to an example."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from django.utils.text import slugify

from schoolgate.core.errors import NotFound
from schoolgate.policy.adopting import choices_for, with_rules_of
from schoolgate.policy.books import book_with, changes_of, pack_of, text_of
from schoolgate.policy.importing.roles import numbers_in_words
from schoolgate.policy.models import PolicyVersion, ReadingDraft, VersionState
from schoolgate.policy.queries import PolicyInForce, draft_of, in_force
from schoolgate.rulebook import Book, Decision, decide
from schoolgate.rulebook.adviser.asking import Situated
from schoolgate.rulebook.adviser.entries import Entry
from schoolgate.rulebook.clauses import Clause, Role, roles_named
from schoolgate.rulebook.named_times import shown, times_of_day
from schoolgate.rulebook.packs import Binding, Pack, pack_keys
from schoolgate.rulebook.readings import Changes, changed, rules_for
from schoolgate.rulebook.rules.making import EXCEPTED, situations_of
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.yaml_text import guarded

# Remove a clause with everything that depends on it from a policy's text, or put it back; the text is plain
# data.


Data = dict[str, Any]


def without_clause(data: Mapping[str, Any], clause: str) -> Data:
    """Return the text without this clause, without its rules, and without its id elsewhere."""
    rules = [one for one in data.get("bindings") or () if one["clauses"][0] != clause]
    return {
        **data,
        "clauses": [one for one in data["clauses"] if one["id"] != clause],
        "bindings": [_naming(one, lambda each: each != clause, "clauses", "overrides") for one in rules],
        "kept": _named_still(data.get("kept") or (), clause),
        "tensions": _named_still(data.get("tensions") or (), clause),
    }


def with_clause_of(data: Mapping[str, Any], before: Mapping[str, Any], clause: str) -> Data:
    """Return the text with this clause as an earlier text has it, in its place, with its rules."""
    ids = [one["id"] for one in before["clauses"]]
    there = {one["id"] for one in data["clauses"]}
    behind = next((one for one in reversed(ids[: ids.index(clause)]) if one in there), None)
    found = next(one for one in before["clauses"] if one["id"] == clause)
    known = {*there, clause}
    rules = [
        _naming(one, known.__contains__, "clauses", "overrides")
        for one in before.get("bindings") or ()
        if one["clauses"][0] == clause
    ]
    return {
        **data,
        "clauses": _put_behind(data["clauses"], found, behind),
        "bindings": [*(data.get("bindings") or ()), *rules],
        "kept": _with_again(data.get("kept") or (), before.get("kept") or (), clause),
        "tensions": _with_again(data.get("tensions") or (), before.get("tensions") or (), clause),
    }


def with_roles(data: Mapping[str, Any], names: Iterable[str]) -> Data:
    """Return the text with these roles added to its own; their holders may do nothing in the program yet."""
    roles = list(data["roles"])
    keys = {one["key"] for one in roles}
    for name in names:
        stem = slugify(name)[:70] or "role"
        key = next(
            one for one in (stem, *(f"{stem}-{number}" for number in range(2, 999))) if one not in keys
        )
        keys.add(key)
        roles.append({"name": name, "key": key, "capacities": []})
    return {**data, "roles": roles}


def with_role(data: Mapping[str, Any], key: str, name: str, capacities: Iterable[str]) -> Data:
    """Return the text with this role's new name and capacities. The name changes wherever the text refers to
    the role; clauses keep their own words, which become another name for the role."""
    was = next(one for one in data["roles"] if one["key"] == key)
    roles = [
        {**one, "name": name, "capacities": sorted(capacities)} if one is was else one
        for one in data["roles"]
    ]
    if was["name"] == name:
        return {**data, "roles": roles}
    found: Data = {part: _called(value, was["name"], name) for part, value in data.items() if part != "roles"}
    words = {word: role for word, role in (found.get("role_words") or {}).items() if word != name}
    return {**found, "roles": roles, "role_words": {**words, was["name"]: name}}


OWN_WORDS = frozenset({"says", "section", "what", "id", "area"})
"""Return a text's own words, in which no role is renamed."""


def _called(written: Any, old: str, new: str) -> Any:
    if isinstance(written, Mapping):
        return {
            name: value if name in OWN_WORDS else _called(value, old, new) for name, value in written.items()
        }
    if isinstance(written, list | tuple):
        return [_called(one, old, new) for one in written]
    return new if written == old else written


def clauses_naming(data: Mapping[str, Any], name: str) -> list[str]:
    """Return the ids of the clauses that name this role, themselves, in a rule or in a tension."""
    named = [one["id"] for one in data["clauses"] if _called(one, name, "") != one]
    for part in ("bindings", "tensions"):
        named += [one["clauses"][0] for one in data.get(part) or () if _called(one, name, "") != one]
    return list(dict.fromkeys(named))


def without_role(data: Mapping[str, Any], key: str) -> Data:
    """Return the text without this role."""
    name = next(one["name"] for one in data["roles"] if one["key"] == key)
    words = {word: role for word, role in (data.get("role_words") or {}).items() if role != name}
    return {
        **data,
        "roles": [one for one in data["roles"] if one["key"] != key],
        **({"role_words": words} if "role_words" in data else {}),
    }


def _put_behind(clauses: Sequence[Data], found: Data, behind: str | None) -> list[Data]:
    place = next((at for at, one in enumerate(clauses, start=1) if one["id"] == behind), 0)
    return [*clauses[:place], found, *clauses[place:]]


def _naming(entry: Data, stays: Callable[[str], bool], *parts: str) -> Data:
    """Return the entry with only the remaining ids in these parts."""
    return {**entry, **{part: list(filter(stays, entry[part])) for part in parts if part in entry}}


def _named_still(entries: Iterable[Data], clause: str) -> list[Data]:
    """Return the entries that name other clauses as well."""
    named = (_naming(entry, lambda each: each != clause, "clauses") for entry in entries)
    return [one for one in named if one["clauses"]]


def _with_again(entries: Iterable[Data], before: Iterable[Data], clause: str) -> list[Data]:
    """Return the entries, with this clause where the earlier text names it; what only it had is restored."""
    found = list(entries)
    for old in before:
        if clause not in old["clauses"]:
            continue
        alike = {**old, "clauses": None}
        place = next((at for at, one in enumerate(found) if {**one, "clauses": None} == alike), None)
        if place is None:
            found.append({**old, "clauses": [clause]})
        else:
            found[place] = {**found[place], "clauses": [*found[place]["clauses"], clause]}
    return found


# A federation's own policy while its owner writes it: its clauses, their rules, and the answer to an
# example.


State = Literal["text", "rule", "next"]
"""A clause is only text, has a rule that counts, or has other rules in the next reading."""
_FIGURE = re.compile(r"(?<![\w.,:/-])\d{1,6}(?![\w:/-]|[.,]\d)")


@dataclass(frozen=True)
class Writing:
    """The text that a policy's owner is editing. `draft`: the next reading, where it is started; `coming`:
    the version that is being prepared, where there is one; `ahead`: edits apply to that version."""

    policy: PolicyInForce
    draft: ReadingDraft | None
    coming: PolicyVersion | None
    ahead: bool = False

    def about(self, clause: str) -> "Writing":
        """Return the same for one clause: a clause that is not in force yet, or not in these words, has its
        rules in the first reading of the version that is being prepared. "": for one still to be written."""
        if not clause and self.coming is not None:
            return replace(self, draft=draft_of(self.coming), ahead=True)
        coming, was = self.text.clauses.get(clause), self.pack.clauses.get(clause)
        if self.coming is None or coming is None or (was is not None and was.says == coming.says):
            return self
        return replace(self, draft=draft_of(self.coming), ahead=True)

    @property
    def pack(self) -> Pack:
        """The text in force, with the rules that came with it; where the owner edits ahead, the
        coming one."""
        return self.text if self.ahead else pack_of(self.policy.version)

    @property
    def edition(self) -> int:
        """The edition of the next reading that is shown; 0 where none is started."""
        return self.draft.edition if self.draft else 0

    @property
    def signed(self) -> Changes:
        """The changes that the reading in force makes to the text. A coming version has no signed reading
        yet."""
        return Changes() if self.ahead else changes_of(self.policy.reading.changes)

    @property
    def meant(self) -> Changes:
        """The changes of the next reading so far."""
        return changes_of(self.draft.changes) if self.draft else self.signed

    @property
    def text(self) -> Pack:
        """The text that is being prepared, else the one in force."""
        return pack_of(self.coming or self.policy.version)

    @property
    def seen(self) -> str:
        """Which text is being prepared; empty where none is."""
        return self.coming.text.digest if self.coming and self.coming.text else ""

    @property
    def removed(self) -> list[Clause]:
        """The clauses in force that the version which is being prepared no longer has."""
        there = self.text.clauses
        return [one for key, one in pack_of(self.policy.version).clauses.items() if key not in there]

    def rules(self, clause: str) -> list[dict[str, Any]]:
        """Return the rules of a clause as its owner has them now."""
        return rules_for(self.pack, self.meant, clause)

    def state(self, clause: str) -> State:
        """Return whether a clause has a rule, or another one in the next reading."""
        return self.states()[clause]

    def states(self) -> dict[str, State]:
        """Return the same for every clause of the text in force."""
        bound = changed(self.pack, Changes(rules=self.signed.rules)).bindings
        ruled = {clause for one in bound for clause in one.clauses}
        touched = {*self.meant.rules, *self.signed.rules}
        other = {key for key in touched if self.rules(key) != rules_for(self.pack, self.signed, key)}
        return {
            key: "next" if key in other else "rule" if key in ruled else "text" for key in self.pack.clauses
        }

    @property
    def after(self) -> Book:
        """Return the book that answers once the next reading is signed; for a coming version, once it is in
        force and its first reading signed."""
        after = book_with(self.pack, self.meant)
        meta = replace(self.policy.book.meta, reading=self.policy.reading.number + 1)
        if self.ahead and self.coming:
            kept, _left = choices_for(self.policy.version, self.coming)
            after = book_with(self.pack, with_rules_of(kept, self.meant))
            meta = replace(meta, version=str(self.coming.number), reading=2)
        return Book((replace(after.pack, meta=meta), *after.packs[1:]))

    def laid_ahead(self) -> Mapping[str, Any]:
        """Return the rules written so far for the version that is being prepared, by clause: they are in its
        reading, not in its text."""
        begun = draft_of(self.coming) if self.coming else None
        return changes_of(begun.changes).rules if begun else {}

    def ruled_ahead(self) -> frozenset[str]:
        """Return the new clauses of the version that is being prepared, and those in other words, for which a
        rule is written."""
        if self.coming is None:
            return frozenset()
        laid = Changes(rules=self.laid_ahead())
        there = pack_of(self.policy.version).clauses
        was = {key: one.says for key, one in there.items()}
        new = [key for key, one in self.text.clauses.items() if one.says != was.get(key)]
        return frozenset(key for key in new if rules_for(self.text, laid, key))

    def naming(self, role: Role) -> list[Clause]:
        """Return the clauses of the text that is being prepared that name a role: themselves, in a rule that
        it will have, or in what they leave open."""
        named = {*clauses_naming(data_of(self), role.name)}
        laid = (self.laid_ahead(), self.meant.rules)
        named |= {key for rules in laid for key in rules_naming(role, rules)}
        return [one for key, one in self.text.clauses.items() if key in named]

    def kept_by_kind(self, clause: str) -> list[str]:
        """Return the kinds of rule, written as code, that implement a clause beside its own rules."""
        return [one.control for one in self.pack.bindings if one.control != "rule" and clause in one.clauses]


def writing(on: date) -> Writing:
    """Return the text that the owner of the federation's own policy is editing. Raises NotFound where the
    policy came with the program, NotNow where none is in force."""
    policy = in_force(on)
    if not is_own(policy.version):
        raise NotFound
    coming = PolicyVersion.objects.filter(state=VersionState.DRAFT).select_related("text").defer("text__text")
    return Writing(policy, draft_of(policy.version), coming.first())


def is_own(version: PolicyVersion) -> bool:
    """Whether the policy is the federation's own, not one that came with the program."""
    return version.pack_key not in pack_keys()


def clause_of(pack: Pack, key: str) -> Clause:
    """Return the clause with this id. Raises NotFound."""
    found = pack.clauses.get(key)
    if found is None:
        raise NotFound
    return found


def words_in(written: Any) -> set[str]:
    """Return every word that stands by itself in plain data."""
    if isinstance(written, str):
        return {written}
    inside = written.values() if isinstance(written, Mapping) else written
    return {word for one in inside for word in words_in(one)} if isinstance(written, Iterable) else set()


def rules_naming(role: Role, rules: Mapping[str, Any]) -> list[str]:
    """Return the clauses whose rules name a role."""
    return [key for key, written in rules.items() if role.name in words_in(written)]


def data_of(writing: Writing) -> dict[str, Any]:
    """Return the text that is being prepared, else the one in force, as plain data; untouched parts come
    back unchanged."""
    data: dict[str, Any] = guarded(text_of(writing.coming or writing.policy.version).encode(), "policy")
    return data


def named_in(pack: Pack, words: str) -> dict[str, Any]:
    """Return the roles, numbers and times of day that a sentence names, as parameters of its clause: its
    rules may use these."""
    names = roles_named(words, [role.name for role in pack.roles], pack.role_words)
    numbers = sorted({*map(int, _FIGURE.findall(words)), *numbers_in_words(words)})
    times = [shown(one) for one in times_of_day(words)]
    named = {"roles": names, "numbers": numbers, "times": times}
    return {name: value for name, value in named.items() if value}


def example(
    writing: Writing, situation: str, values: Mapping[str, Any], *, at: datetime, each: str = ""
) -> tuple[Decision, Decision]:
    """Return the answer to a case now, and under the next reading.

    `values`: facts by their path; facts left out are unknown. `each`: a list with one part in this case,
    whose facts begin with the list's name. Raises RulebookError where the values are not facts.
    """
    entry = Entry("example", "", "", situation, "", "")
    inside = {path: value for path, value in values.items() if each and path.startswith(f"{each}.")}
    beside = {each: [_part_of(each, inside)]} if inside else {}
    rest = {path: value for path, value in values.items() if path not in inside}
    facts = Situated(entry, at, beside=beside).facts(rest)
    after = writing.after
    return decide(writing.policy.book, situation, facts), decide(after, situation, facts)


def _part_of(each: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """One part of a list, from facts by their path."""
    found: dict[str, Any] = {}
    for path, value in values.items():
        *way, name = path.removeprefix(f"{each}.").split(".")
        here = found
        for step in way:
            here = here.setdefault(step, {})
        here[name] = value
    return found


def can_be_excepted(writing: Writing, rule: Mapping[str, Any]) -> list[Clause]:
    """Return the clauses over whose rules this one can take precedence, in reading order: those that stop
    something, or have something done, at its point."""
    pack, asked = writing.after.pack, {*situations_of(rule)}
    there = [one for one in pack.bindings if one.point == rule["point"] and asked & {*one.situations}]
    found = {clause for one in there if _stops(one) for clause in one.clauses} - {*rule["clauses"]}
    found |= {*rule.get("overrides", ())}
    return [one for key, one in pack.clauses.items() if key in found]


def _stops(binding: Binding) -> bool:
    """Whether a rule can stop something or have something done; true of kinds written as code."""
    settings = binding.settings
    return not isinstance(settings, Rule) or any(step.verb in EXCEPTED for step in settings.steps)


def without(rules: Sequence[Mapping[str, Any]], number: int) -> list[Mapping[str, Any]]:
    """Return the rules without the one with this number, counted from 1."""
    return [one for place, one in enumerate(rules, start=1) if place != number]
