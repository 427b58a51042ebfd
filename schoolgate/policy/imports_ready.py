"""The ready rules that a sentence of an imported document may say, filled in from its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schoolgate.policy.imports import Pick, Sentence, clause_of_pick, with_their_roles, works
from schoolgate.policy.writing import Writing
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import asked, filled
from schoolgate.rulebook.ready.held import left_open, not_held
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.model import Number, ReadyRule, Values
from schoolgate.rulebook.ready.taking import taken_from
from schoolgate.rulebook.splitting import split

NOTHING_GIVEN: Values = {}
ASKS_NOTHING = frozenset({"a label", "says how things are", "background", "explains a word", "a question"})
"""Why a sentence is proposed as no clause where no rule can say what it asks."""
_ONE = "new-clause"


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
    return [_offer(data, clause, ready) for ready in nearest(clause["says"])]


def rules_of_ready(
    data: Mapping[str, Any], clause: Mapping[str, Any], key: str, given: Values = NOTHING_GIVEN
) -> list[dict[str, Any]]:
    """Return the rules of the ready rule with this key for a clause, as far as its words and what was given
    beside fill it in; none where a person still has to. Where it says all of the clause, it is ticked."""
    ready = ready_rules().get(key)
    if ready is None or ready not in nearest(clause["says"]):
        return []
    offer = _offer(data, clause, ready, given)
    if offer.open:
        return []
    rules = filled(ready, offer.values, clause["id"])
    if offer.whole and rules:
        rules[0]["in_full"] = split(clause["says"])
    return rules


def with_what_they_need(
    data: Mapping[str, Any], clause: Mapping[str, Any], key: str, given: Values = NOTHING_GIVEN
) -> dict[str, Any]:
    """Return the text in which the roles that this ready rule is filled in with may do what it needs."""
    ready = ready_rules()[key]
    values = _values(data, clause, ready, given)
    may = {values[name]: field.may for name, field in ready.roles.items() if values[name]}
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
