"""Writing a federation's own policy: its clauses in the version that is being prepared, its rules in the
next reading. Both count only once the version is adopted and the reading signed."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.people.assignments import all_holders
from schoolgate.people.models import Person
from schoolgate.policy import rules
from schoolgate.policy.adopting import replace_text, start_version, withdraw_version
from schoolgate.policy.books import says_the_same, text_of
from schoolgate.policy.models import PolicyVersion, ReadingDraft
from schoolgate.policy.readings import save_draft, start_draft
from schoolgate.policy.writing import (
    Writing,
    clause_of,
    data_of,
    named_in,
    rules_naming,
    with_clause_of,
    with_role,
    with_roles,
    without_clause,
    without_role,
    writing,
)
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.clauses import PRINTED_NUMBER, READ_AT, Clause, Role
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.kinds import Enforce, Modality
from schoolgate.rulebook.lint import at_once_without_a_time, not_held
from schoolgate.rulebook.one_file import as_text, from_yaml
from schoolgate.rulebook.packs import Pack
from schoolgate.rulebook.packs.building import RELATIONS
from schoolgate.rulebook.readings import Changes, changed, may_be_aside, rules_for
from schoolgate.rulebook.rules.making import with_exceptions
from schoolgate.rulebook.yaml_text import guarded

MOST_RULES = 20
"""Rules of one clause. The longest clause that we know has nine."""
LONGEST_RULE = 20_000
"""Characters of a clause's rules as text."""
NOT_NAMED = _(
    "The clause doesn’t name “%(word)s”. Change the clause first, or choose something it does name."
)
_NO_TIME = _(
    "The clause says “at once”, and what must be done has no time. Take that step out and add it again."
)
_NUMBERED = re.compile(r"-\d+$")


@dataclass(frozen=True)
class ClauseText:
    """What a clause says. `section`: its heading; `actor`: who it speaks to; `numbers`: those that it writes
    as words, which the program can't find; `number`: its own in the document, None for the one it has;
    `read_at`: the subjects of questions at which it's read whatever its words are, None for those it has."""

    section: str
    says: str
    modality: Modality
    actor: str
    numbers: tuple[int, ...] = ()
    number: str | None = None
    read_at: tuple[str, ...] | None = None


READ_FROM_WORDS = ("roles", "numbers", "times")
"""The parameters of a clause that its own words give (`named_in`)."""


@action
def keep_clause(
    *, by: Person, at: datetime, words: ClauseText, clause: str = "", seen: str = ""
) -> tuple[PolicyVersion, str]:
    """Add or change a clause in the version that is being prepared; start that version where there is none.

    Args:
        clause: the id of the one to change; empty for a new one.
        seen: which text was being prepared when the page was shown (`Writing.seen`).

    Returns the version and the clause's id. Raises NotAllowed; NotFound; NotNow where another person
    changed the text meanwhile, or nothing would differ from the text in force; BadInput.

    Rules that a clause has go with it into other words where they fit these, unsigned.
    """
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at))
    check_seen(now, seen)
    _check_words(words)
    before = now.about(clause).rules(clause) if clause in now.text.clauses else []
    data = data_of(now)
    if clause:
        clause_of(now.text, clause)
        entry = next(one for one in data["clauses"] if one["id"] == clause)
    else:
        clause = new_id(now.text, words.section, {})
        entry = {"id": clause, "area": _area(now.text, words.section), "enforce": str(Enforce.GUIDE)}
        data["clauses"].insert(place_in(data["clauses"], words.section), entry)
    parameters = dict(entry.get("parameters") or {})
    named = named_in(now.text, words.says)
    numbers = sorted({*named.get("numbers", ()), *words.numbers})
    parameters = {name: said for name, said in parameters.items() if name not in READ_FROM_WORDS}
    parameters |= {name: said for name, said in (named | {"numbers": numbers}).items() if said}
    if words.number is not None:
        parameters.pop(PRINTED_NUMBER, None)
        parameters |= {PRINTED_NUMBER: words.number.strip()} if words.number.strip() else {}
    if words.read_at is not None:
        parameters.pop(READ_AT, None)
        parameters |= {READ_AT: list(words.read_at)} if words.read_at else {}
    entry |= {
        "section": words.section.strip(),
        "says": " ".join(words.says.split()),
        "modality": str(words.modality),
        "actor": words.actor,
        "parameters": parameters,
    }
    version = prepared(now, data, by=by, at=at)
    after = writing(local_day(at)).about(clause)
    if after.ahead and after.rules(clause):
        try:
            _check_rules(after.pack, after.meant, clause)
        except BadInput as error:
            raise BadInput({"says": error.fields["rule"]}) from None
    elif after.ahead and before:
        plain = [{name: value for name, value in one.items() if name != "in_full"} for one in before]
        with suppress(BadInput):
            keep_rules(by=by, at=at, clause=clause, written=plain, edition=after.edition)
    return version, clause


@action
def say_what_changed(*, by: Person, at: datetime, words: str, seen: str) -> PolicyVersion:
    """Save the summary of what the version that is being prepared changes. Raises NotAllowed, NotNow."""
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at))
    check_seen(now, seen)
    if now.coming is None:
        raise NotNow(_("No version is being prepared."), _("Add or change a clause first."))
    return replace_text(
        by=by, at=at, version=now.coming, text=text_of(now.coming), material_changes=words.strip()
    )


@action
def remove_clause(*, by: Person, at: datetime, clause: str, seen: str) -> PolicyVersion | None:
    """Remove a clause with its rules from the version that is being prepared; start that version where
    there is none. The text in force is unchanged until the new version replaces it.

    Returns the version, None where nothing differs any more from what is in force. Raises NotAllowed;
    NotFound; NotNow where another person changed the text meanwhile; BadInput on `text` where something
    else depends on the clause.
    """
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at))
    check_seen(now, seen)
    clause_of(now.text, clause)
    ahead = now.about(clause)
    if ahead.ahead and ahead.draft:
        _without_rules_of(ahead, clause, by=by, at=at)
    return prepared_or_not(now, without_clause(data_of(now), clause), by=by, at=at)


def _without_rules_of(ahead: Writing, clause: str, *, by: Person, at: datetime) -> None:
    """Take the rules of a new clause out of the reading that is begun, and it out of what others except."""
    edition = ahead.edition
    for key, written in ahead.meant.rules.items():
        named = [one for one in written if clause in one.get("overrides", ())]
        if key != clause and not named:
            continue
        stay = [
            with_exceptions(one, [each for each in one["overrides"] if each != clause])
            if one in named
            else one
            for one in written
        ]
        rules_left = [] if key == clause else stay
        edition = keep_rules(by=by, at=at, clause=key, written=rules_left, edition=edition).edition


@action
def restore_clause(*, by: Person, at: datetime, clause: str, seen: str) -> PolicyVersion | None:
    """Put a clause that is in force back into the version that is being prepared. As `remove_clause`."""
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at))
    check_seen(now, seen)
    clause_of(now.pack, clause)
    if clause in now.text.clauses:
        raise NotNow(_("The next version already has this clause."), _("Open the page again to see it."))
    before = guarded(text_of(now.policy.version).encode(), "policy")
    return prepared_or_not(now, with_clause_of(data_of(now), before, clause), by=by, at=at)


@action
def keep_rules(
    *,
    by: Person,
    at: datetime,
    clause: str,
    written: Sequence[Mapping[str, Any]],
    edition: int,
    roles: Mapping[str, Sequence[str]] | None = None,
    in_full: Sequence[str] | None = None,
) -> ReadingDraft:
    """Give a clause these rules in the next reading; start that reading where there is none.

    Args:
        written: all rules of the clause, each as in `rules/*.yaml` of a pack.
        edition: of the next reading that was shown; 0 where none was begun.
        roles: what these roles may do in that reading, by their keys, where the rules need it.
        in_full: the sentences of the clause of which these rules leave nothing out. Without it an earlier
            answer stays as long as no rule of the clause is changed or taken away.

    Raises NotAllowed; NotFound; NotNow where another person saved meanwhile; BadInput on `rule`.
    """
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at)).about(clause)
    found = clause_of(now.pack, clause)
    plain = _with_in_full(written, before=now.rules(clause), said=in_full)
    if len(plain) > MOST_RULES or len(as_text(plain)) > LONGEST_RULE:
        raise BadInput({"rule": _("This clause has more rules than Schoolgate allows. Split the clause.")})
    meant = now.meant.model_dump(mode="json")
    meant["rules"] = {key: one for key, one in meant["rules"].items() if key in now.pack.clauses}
    meant["rules"].pop(clause, None)
    meant["asides"] = [key for key in meant["asides"] if key in now.pack.clauses and key != clause]
    if plain != rules_for(now.pack, Changes(), clause):
        meant["rules"][clause] = plain
    if roles:
        meant["roles"] = {**meant["roles"], **{key: sorted(may) for key, may in roles.items()}}
    _check_rules(now.pack, Changes.model_validate(meant), found.id)
    return _save_meant(now, meant, by=by, at=at, edition=edition)


@action
def say_in_full(*, by: Person, at: datetime, clause: str, sentences: Sequence[int], edition: int) -> None:
    """Say of which sentences of a clause, counted from 1, its rules leave nothing out. The others are read by
    people whenever an answer would permit.

    Raises NotAllowed; NotFound where the clause has no rules, or no such sentence; NotNow.
    """
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at)).about(clause)
    known, written = clause_of(now.pack, clause).sentences, now.rules(clause)
    if not written or not {*sentences} <= {*range(1, len(known) + 1)}:
        raise NotFound
    said = [known[number - 1] for number in sorted({*sentences})]
    keep_rules(by=by, at=at, clause=clause, written=written, edition=edition, in_full=said)


@action
def say_aside(*, by: Person, at: datetime, clause: str, aside: bool, edition: int) -> None:
    """Say of a clause without a rule that it asks nothing of what anyone may do, or take that back. It's
    shown with answers all the same, but none waits for it.

    Raises NotAllowed; NotFound where the clause has rules, or says what may not be done; NotNow."""
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at)).about(clause)
    found = clause_of(now.pack, clause)
    if now.rules(clause) or now.kept_by_kind(clause) or not may_be_aside(found):
        raise NotFound
    meant = now.meant.model_dump(mode="json")
    others = [one for one in meant["asides"] if one != clause and one in now.pack.clauses]
    meant["asides"] = [*others, clause] if aside else others
    _save_meant(now, meant, by=by, at=at, edition=edition)


def _save_meant(
    now: Writing, meant: Mapping[str, Any], *, by: Person, at: datetime, edition: int
) -> ReadingDraft:
    """Save what is meant in the next reading, which is started where there is none."""
    draft = now.draft or start_draft(by=by, at=at, coming=now.coming if now.ahead else None)
    return save_draft(
        by=by,
        at=at,
        draft=draft,
        edition=edition if now.draft else draft.edition,
        changes={name: value for name, value in meant.items() if value},
        because=draft.because,
    )


def _with_in_full(
    written: Sequence[Mapping[str, Any]], *, before: Sequence[Mapping[str, Any]], said: Sequence[str] | None
) -> list[dict[str, Any]]:
    """Return the rules with the sentences that they say in full, at the first of them."""
    bare = [_without_in_full(one) for one in written]
    if said is None:
        stay = all(_without_in_full(one) in bare for one in before)
        said = [words for one in before for words in one.get("in_full", ())] if stay else []
    if bare and said:
        bare[0]["in_full"] = [*dict.fromkeys(said)]
    return bare


def _without_in_full(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in rule.items() if name != "in_full"}


def _check_rules(pack: Pack, meant: Changes, clause: str) -> None:
    """Raise BadInput where a rule can't be read, or uses a number or role that its clause doesn't name."""
    try:
        laid = changed(pack, meant)
    except BadPack as bad:
        raise BadInput({"rule": str(bad)}) from None
    for one in laid.bindings:
        if one.control == "rule" and one.clauses[0] == clause:
            for _where, word in not_held(one, laid):
                raise BadInput({"rule": NOT_NAMED % {"word": word}})
            if at_once_without_a_time(one, laid):
                raise BadInput({"rule": _NO_TIME})


def check_seen(now: Writing, seen: str) -> None:
    """Raise NotNow where the text differs from the one the page showed."""
    if now.seen != seen:
        raise NotNow(_("Someone changed the text in the meantime."), _("Open the page again and check it."))


def _check_words(words: ClauseText) -> None:
    wrong: dict[str, Any] = {}
    if not words.says.strip():
        wrong["says"] = _("Enter what the clause says.")
    if not words.section.strip():
        wrong["section"] = _("Enter the section.")
    if wrong:
        raise BadInput(wrong)


def prepared_or_not(now: Writing, data: dict[str, Any], *, by: Person, at: datetime) -> PolicyVersion | None:
    """Return the version that is being prepared, with this text; None, and without that version, where the
    text equals what is in force. Raises BadInput on `text`, NotNow."""
    if says_the_same(from_yaml(as_text(data)), now.pack):
        if now.coming is not None:
            withdraw_version(by=by, at=at, version=now.coming)
        return None
    return prepared(now, data, by=by, at=at)


def prepared(now: Writing, data: dict[str, Any], *, by: Person, at: datetime) -> PolicyVersion:
    """Return the version that is being prepared, with this text. Raises BadInput on `text`, NotNow."""
    text = as_text(data)
    if now.coming is None:
        return start_version(by=by, at=at, text=text)
    return replace_text(
        by=by, at=at, version=now.coming, text=text, material_changes=now.coming.material_changes
    )


def new_id(pack: Pack, section: str, taken: Mapping[str, str]) -> str:
    """Return the id of a new clause: like those of its section, with the next number. `taken`: those of
    clauses that the text will have as well, with their sections."""
    there = {**{key: one.section for key, one in pack.clauses.items()}, **taken}
    last = [key for key, heading in there.items() if heading == section.strip()]
    stem = _NUMBERED.sub("", last[-1]) if last else f"{pack.meta.key}-{slugify(section)[:20] or 'section'}"
    stem = stem[:70].strip("-")
    number = 1
    while f"{stem}-{number}" in there:
        number += 1
    return f"{stem}-{number}"


def _area(pack: Pack, section: str) -> str:
    here = [one.area for one in pack.clauses.values() if one.section == section.strip()]
    return here[-1] if here else slugify(section)[:40] or "policy"


def place_in(clauses: Sequence[Mapping[str, Any]], section: str) -> int:
    """Return the place of a new clause: behind the last clause of its section, else at the end."""
    there = [place for place, one in enumerate(clauses) if one["section"] == section.strip()]
    return there[-1] + 1 if there else len(clauses)


# Roles of a federation's own policy, in the version that is being prepared, and where their holders go.


STILL_NAMED = _("These clauses or their rules still name “%(role)s”: %(places)s. Change them first.")
SOMEONE_MUST = {
    Capacity.OWN_POLICY: _(
        "No one would be left to look after the policy. Move the holders to another role."
    ),
    Capacity.ADMINISTER: _("No one would be left to look after people. Move the holders to another role."),
}
"""What a federation can't be without, and what is said where no holder would be left."""


@action
def keep_role(
    *, by: Person, at: datetime, name: str, capacities: Sequence[str], key: str = "", seen: str = ""
) -> PolicyVersion | None:
    """Add a role to the version that is being prepared, or rename it there and change what it may do; start
    that version where there is none.

    Args:
        key: of the role to change; empty for a new one.

    Returns as `remove_clause`. Raises NotAllowed; NotFound; NotNow where another person changed the text
    meanwhile; BadInput on `name` or `capacities`.
    """
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at))
    check_seen(now, seen)
    name = " ".join(name.split())
    _check_name(now, name, key)
    data = data_of(now)
    if not key:
        data = with_roles(data, [name])
        key = data["roles"][-1]["key"]
    else:
        was = _role_of(now, key)
        if was.name != name:
            _check_not_named(was, _named_ahead(now, was))
    data = with_role(data, key, name, capacities)
    if not any(Capacity.OWN_POLICY in one["capacities"] for one in data["roles"]):
        raise BadInput({"capacities": _("One role must look after the policy.")})
    return prepared_or_not(now, data, by=by, at=at)


@action
def remove_role(*, by: Person, at: datetime, key: str, seen: str, to: str = "") -> PolicyVersion | None:
    """Remove a role from the version that is being prepared. When that comes into force, its holders move to
    the role `to`; their assignment ends where that is empty.

    As `keep_role`; BadInput on `name` where clauses or rules still name it, with their sections, and on `to`
    where no one would be left who looks after people or the policy.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    now = writing(on)
    check_seen(now, seen)
    role = _role_of(now, key)
    _check_not_named(role, now.naming(role))
    data = without_role(data_of(now), key)
    if not any(Capacity.OWN_POLICY in one["capacities"] for one in data["roles"]):
        raise BadInput({"name": _("One role must look after the policy.")})
    if to and to not in {one["key"] for one in data["roles"]}:
        raise BadInput({"to": _("Choose one of the roles this policy names.")})
    before = now.coming.roles_removed if now.coming else {}
    removed = {**{one: to if there == key else there for one, there in before.items()}, key: to}
    _check_someone_is_left(now, data["roles"], removed, on=on)
    version = prepared_or_not(now, data, by=by, at=at)
    if version is not None and key in {one.key for one in now.policy.book.roles}:
        version.roles_removed = removed
        version.save(update_fields=["roles_removed"])
    return version


def _role_of(now: Writing, key: str) -> Role:
    found = next((one for one in now.text.roles if one.key == key), None)
    if found is None:
        raise NotFound
    return found


def _check_name(now: Writing, name: str, key: str) -> None:
    if not name:
        raise BadInput({"name": _("Enter the name of the role.")})
    if any(one.name.casefold() == name.casefold() and one.key != key for one in now.text.roles):
        raise BadInput({"name": _("The policy already has a role with this name.")})
    if name in RELATIONS and all(one.key != key or one.name != name for one in now.text.roles):
        raise BadInput({"name": _("Rules use this word for everyone of that kind. Choose another name.")})


def _named_ahead(now: Writing, role: Role) -> list[Clause]:
    """Return the new clauses whose rules name the role."""
    named = rules_naming(role, now.laid_ahead())
    return [one for key, one in now.text.clauses.items() if key in named]


def _check_not_named(role: Role, named: Sequence[Clause]) -> None:
    if named:
        places = "; ".join(dict.fromkeys(one.section for one in named))
        raise BadInput({"name": STILL_NAMED % {"role": role.name, "places": places}})


def _check_someone_is_left(
    now: Writing, roles: Sequence[dict[str, Any]], removed: dict[str, str], *, on: date
) -> None:
    """Raise BadInput where a capacity that a federation needs would have no holder any more."""
    for capacity, why in SOMEONE_MUST.items():
        keys = {one["key"] for one in roles if capacity in one["capacities"]}
        keys |= {key for key, to in removed.items() if to in keys}
        had = [role.key for role in now.policy.book.pack.roles_with(capacity)]
        if any(all_holders(key, on=on) for key in had) and not any(all_holders(key, on=on) for key in keys):
            raise BadInput({"to": why})
