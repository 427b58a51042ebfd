"""The ready rules that a sentence of an imported document may say, filled in from its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schoolgate.policy.imports import Pick, Sentence, clause_of_pick, with_their_roles, works
from schoolgate.policy.writing import Writing
from schoolgate.rulebook.clauses import split
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.declared.contacts import CONTACT
from schoolgate.rulebook.ready.filling import asked, filled
from schoolgate.rulebook.ready.held import forbid_alike, left_open, not_held, said_together
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.model import Number, ReadyRule, Values
from schoolgate.rulebook.ready.taking import taken_from

NOTHING_GIVEN: Values = {}
ASKS_NOTHING = frozenset({"a label", "says how things are", "background", "explains a word", "a question"})
"""Why a sentence is proposed as no clause where no rule can say what it asks."""
_ONE = "new-clause"
AND = "+"
"""Joins the keys of ready rules that a sentence says together."""


@dataclass(frozen=True)
class ReadyOffer:
    """A ready rule that a sentence may say. `open`: the fields that its words leave to a person; the rule is
    set with the clause where there are none, and where it says nothing beside (`more`)."""

    ready: ReadyRule
    values: Values
    open: tuple[str, ...]
    more: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether its words fill in the rule, and the rule says all of them."""
        return not self.open and not self.more


def ready_offers(now: Writing, one: Sentence, pick: Pick) -> list[ReadyOffer]:
    """Return the ready rules that the sentence may say as it is picked, the likeliest first."""
    if one.why_not in ASKS_NOTHING and not pick.says:
        return []
    data = with_their_roles(now, [one])
    clause = clause_of_pick(now.text, one, pick, _ONE)
    return [_offer(data, clause, ready) for ready in nearest(clause["says"], clause["section"])]


def together(offers: Sequence[ReadyOffer]) -> tuple[ReadyOffer, ...]:
    """Return those that can be set together as they are: each forbids the same contact with others (*parents
    or pupils*), and none leaves anything open. None where there aren't several."""
    some = tuple(one for one in offers if not one.open and one.ready.group == CONTACT and one.ready.bans)
    return some if forbid_alike([one.ready for one in some]) else ()


def say_it_all(offers: Sequence[ReadyOffer], says: str) -> bool:
    """Return whether they leave nothing out of a sentence together."""
    return said_together([(one.ready, one.values) for one in offers], says)


def rules_of_ready(
    data: Mapping[str, Any], clause: Mapping[str, Any], key: str, given: Values = NOTHING_GIVEN
) -> list[dict[str, Any]]:
    """Return the rules of the ready rule with this key, or of several joined by `AND`, for a clause, as far
    as its words and what was given beside fill it in; none where a person still has to. Where they say all
    of the clause, it is ticked."""
    some = [ready_rules().get(one) for one in key.split(AND)]
    near = nearest(clause["says"], clause["section"])
    offers = [_offer(data, clause, one, given) for one in some if one is not None and one in near]
    if len(offers) < len(some) or any(one.open for one in offers):
        return []
    rules = [rule for one in offers for rule in filled(one.ready, one.values, clause["id"])]
    whole = offers[0].whole if len(offers) == 1 else say_it_all(offers, clause["says"])
    if whole and rules:
        rules[0]["in_full"] = split(clause["says"])
    return rules


def with_what_they_need(
    data: Mapping[str, Any], clause: Mapping[str, Any], key: str, given: Values = NOTHING_GIVEN
) -> dict[str, Any]:
    """Return the text in which the roles that this ready rule, or several joined by `AND`, are filled in with
    may do what it needs."""
    may: dict[str, tuple[str, ...]] = {}
    for ready in map(ready_rules().__getitem__, key.split(AND)):
        values = _values(data, clause, ready, given)
        for name, field in ready.roles.items():
            if values[name]:
                may[values[name]] = (*may.get(values[name], ()), *field.may)
    roles = [
        {**role, "capacities": sorted({*role["capacities"], *may.get(role["name"], ())})}
        for role in data["roles"]
    ]
    return {**data, "roles": roles}


def _offer(
    data: Mapping[str, Any], clause: Mapping[str, Any], ready: ReadyRule, given: Values = NOTHING_GIVEN
) -> ReadyOffer:
    values = _values(data, clause, ready, given)
    left = left_open(ready, values)
    if not left and not works(data, clause, filled(ready, values, clause["id"])):
        left = [*ready.fields]
    return ReadyOffer(ready, values, tuple(left), tuple(not_held(ready, clause["says"], values)))


def _values(
    data: Mapping[str, Any], clause: Mapping[str, Any], ready: ReadyRule, given: Values = NOTHING_GIVEN
) -> Values:
    named, words = clause["parameters"], data.get("role_words") or {}
    read = taken_from(ready, clause["says"], named.get("numbers", ()), named.get("roles", ()), words)
    left = left_open(ready, read)
    said = {name: tuple(one) if isinstance(one, list) else one for name, one in given.items()}
    found = {**read, **{name: value for name, value in said.items() if name in left and value != ""}}
    for name, one in ready.fields.items():
        if isinstance(one, Number) and found[name] in ("", None) and not asked(ready, name, found):
            found[name] = one.default
    return found
