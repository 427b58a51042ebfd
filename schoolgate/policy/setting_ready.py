"""Setting a ready rule in a federation's own policy, changing it, and taking it out, as one thing."""

from collections.abc import Collection
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.people.models import Person
from schoolgate.policy import rules
from schoolgate.policy.own_policy import ClauseText, keep_clause, keep_role, keep_rules
from schoolgate.policy.ready import (
    SetRule,
    changed_by_hand,
    role_called,
    said_whole,
    set_in,
    with_what_it_needs,
)
from schoolgate.policy.writing import Writing, clause_of, named_in, writing
from schoolgate.rulebook.clauses import roles_named, split
from schoolgate.rulebook.named_times import is_a_time_of_day
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.bound import called_staff
from schoolgate.rulebook.ready.filling import asked, filled, lacks_a_role, sentence
from schoolgate.rulebook.ready.model import (
    BOUND,
    STAFF,
    Choice,
    Exceptions,
    Number,
    ReadyRule,
    Role,
    Several,
    Values,
)

CHANGED_BY_HAND = _(
    "This clause has a rule for this that was changed by hand. Change that rule, or remove it first."
)


@action
def keep_ready_rule(
    *,
    by: Person,
    at: datetime,
    key: str,
    values: Values,
    clause: str = "",
    edition: int = 0,
    seen: str = "",
    new_roles: Collection[str] = (),
) -> str:
    """Set a ready rule for a clause, or set it again with other values; with no clause, add one that says it.

    Its roles get what they need to do in the program for it. Args:
        values: by the names of its fields.
        clause: the clause that says it; empty for a new one in the version that is being prepared.
        new_roles: those among the values that the policy may not have yet: they are added to the version that
            is being prepared, where the clause names them or is still to be written.
        edition: of the next reading that was shown; `seen`: which text was (`Writing.seen`).

    Returns the clause's id. Raises NotAllowed; NotFound; NotNow where another person saved meanwhile;
    BadInput by the names of the fields, and on `rule` where the clause doesn't say what was filled in.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    ready = ready_rules().get(key)
    if ready is None:
        raise NotFound
    for name in new_roles:
        if _is_new(name, clause, on):
            _add_role(ready, values, name, clause, by=by, at=at, seen=seen)
            seen = writing(on).seen
    values = _checked(ready, values, writing(on).about(clause))
    in_full: list[str] | None = None
    if not clause:  # its words are those of the rule, so none is left out
        words = ClauseText(gettext(ready.group), sentence(ready, values, gettext), ready.modality, "staff")
        _version, clause = keep_clause(by=by, at=at, words=words, seen=seen)
        in_full = split(words.says)
        edition = writing(on).about(clause).edition
    now = writing(on).about(clause)
    clause_of(now.pack, clause)
    if set_as(now, clause, ready) is None and changed_by_hand(now, clause, ready):
        raise BadInput({"rule": CHANGED_BY_HAND})
    needed = with_what_it_needs(now, ready, values)
    if needed and now.ahead:
        for role_key, may in needed.items():
            name = next(one.name for one in now.pack.roles if one.key == role_key)
            keep_role(by=by, at=at, name=name, capacities=may, key=role_key, seen=writing(on).seen)
        needed, now = {}, writing(on).about(clause)
    written = _instead(now, clause, ready, filled(ready, values, clause))
    in_full = in_full or _whole(now, clause, ready, values)
    keep_rules(by=by, at=at, clause=clause, written=written, edition=edition, roles=needed, in_full=in_full)
    return clause


@action
def remove_ready_rule(*, by: Person, at: datetime, key: str, clause: str, edition: int) -> None:
    """Take a ready rule out of a clause, whole. Raises NotAllowed; NotFound where the clause doesn't have
    it; NotNow."""
    on = local_day(at)
    rules.check_may_own(by, on=on)
    now = writing(on).about(clause)
    ready = ready_rules().get(key)
    if ready is None or set_as(now, clause, ready) is None:
        raise NotFound
    keep_rules(by=by, at=at, clause=clause, written=_instead(now, clause, ready, []), edition=edition)


def _whole(now: Writing, clause: str, ready: ReadyRule, values: Values) -> list[str] | None:
    """Return the sentences of the clause that its rules say in full once this one is set: those that it says,
    and those ticked before of which no rule goes. None where it adds none."""
    words = clause_of(now.pack, clause)
    others = [one for one in set_in(now, clause) if one.ready is not ready]
    named = partial(named_in, now.pack)
    staff = called_staff(one.says for one in now.pack.clauses.values())
    found = said_whole(ready, values, words, named, now.pack.role_words, others=others, staff=staff)
    before = [] if set_as(now, clause, ready) else now.rules(clause)
    kept = [words for one in before for words in one.get("in_full", ())]
    return [*kept, *found] if found else None


def set_as(now: Writing, clause: str, ready: ReadyRule) -> SetRule | None:
    """Return how a clause has a ready rule; None where it doesn't."""
    return next((one for one in set_in(now, clause) if one.ready is ready), None)


def _instead(
    now: Writing, clause: str, ready: ReadyRule, written: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the rules of a clause with these in place of those of the ready rule; behind the others where
    it has none."""
    there, was = now.rules(clause), set_as(now, clause, ready)
    if was is None:  # the clause is left to its reader no longer
        return [*(one for one in there if "read" not in one), *written]
    return [*there[: was.place], *written, *there[was.place + was.count :]]


def _is_new(name: str, clause: str, on: date) -> bool:
    """Whether the version that is being prepared has no such role, and one may be added for the rule."""
    now = writing(on).about(clause)
    return role_called(now, name) is None and (now.ahead or not clause)


def _add_role(
    ready: ReadyRule, values: Values, name: str, clause: str, *, by: Person, at: datetime, seen: str
) -> None:
    """Add a role to the version that is being prepared. Raises BadInput on the field that has it."""
    field = next((one for one in ready.roles if values.get(one) == name), "rule")
    now = writing(local_day(at))
    if clause and not roles_named(clause_of(now.about(clause).pack, clause).says, [name], {}):
        raise BadInput({field: _("This clause doesn’t name this role. Name it in the clause first.")})
    try:
        keep_role(by=by, at=at, name=name, capacities=(), seen=seen)
    except BadInput as error:
        raise BadInput({field: next(iter(error.fields.values()))}) from None


def _checked(ready: ReadyRule, values: Values, now: Writing) -> dict[str, Any]:
    """Return what was filled in, for its fields alone. Raises BadInput."""
    found = {name: values.get(name, "") for name in ready.fields}
    for name, field in ready.fields.items():
        if isinstance(field, Several):
            chosen = found[name] or (STAFF if name == BOUND else ())
            found[name] = tuple(key for key in field.options if key in chosen)
        elif not asked(ready, name, found):
            found[name] = field.default if isinstance(field, Number) else ""
    why = {name: _why_not(ready, name, values.get(name), found, now) for name in ready.fields}
    wrong: dict[str, Any] = {name: one for name, one in why.items() if one}
    clocks = [name for name, field in ready.fields.items() if isinstance(field, Number) and field.clock]
    if not wrong and [found[name] for name in clocks] != sorted({found[name] for name in clocks}):
        wrong[clocks[-1]] = _("Enter a later time than the first.")
    if wrong:
        raise BadInput(wrong)
    return found


def _why_not(ready: ReadyRule, name: str, given: Any, found: Values, now: Writing) -> Any:
    """Return why a field can't be filled in so; None where it can."""
    field, value = ready.fields[name], found[name]
    if isinstance(field, Choice):
        return None if value in field.options else _("Choose one of these.")
    if isinstance(field, Several):
        said = bool(value) or isinstance(field, Exceptions)
        return None if said and {*(given or ())} <= {*field.options} else _("Choose one of these.")
    if isinstance(field, Role):
        if lacks_a_role(ready, found) and name == next(iter(ready.roles)):
            return _("Choose one of the roles this policy names.")
        left_out = value == "" and (not asked(ready, name, found) or (field.optional and not field.agrees))
        others = [found[one] for one in ready.roles if one != name] if field.each else []
        if value and value in others[: [*ready.roles].index(name)]:
            return _("Choose a different role from the one above.")
        return (
            None if left_out or role_called(now, value) else _("Choose one of the roles this policy names.")
        )
    if field.clock:
        return None if type(value) is int and is_a_time_of_day(value) else _("Enter a time.")
    if type(value) is int and 1 <= value <= field.most:
        return None
    return _("Enter a number from 1 to %(most)s.") % {"most": field.most}
