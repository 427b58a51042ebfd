"""The facts of a situation as they are declared: each with who can tell it."""

from collections.abc import Iterator
from typing import get_args

from schoolgate.rulebook.facts import Ask, Part

ON_RECORD = frozenset(
    {
        "account_team", "approver", "federation", "governors_of_policy", "office", "policy_owner", "runner",
        "training_keeper",
    }
)  # fmt: skip
"""Who can tell a fact that the program has in its rows: registers, permissions, checks, training, the
policy's own papers. What others say about a case is their word."""
ASKS_ABOUT_OWN = frozenset(
    {
        "contact_asker", "editor", "message_writer", "picture_owner", "picture_taker", "policy_asker",
        "private_person", "promoter", "recruiter", "watching_person", "who_asks", "whoever_asks",
    }
)  # fmt: skip
"""Who asks about something that they do themselves, outside the program: nothing else knows it."""

ONLY_ANSWERED = frozenset(
    {
        "account.two_step", "comment.write", "policy.covers", "image.of_leaver", "policy.harm",
        "policy.remind", "record.delete", "sharing.considered",
    }
)  # fmt: skip
"""Situations that no action asks: *May I ...?* answers them, or pages show their clauses beside a field. A
test reads the code of the areas for it."""
ANSWERED_AT = {"policy.ask": frozenset({"told", "papers_above", "fits_this_policy", "fits_other_rules"})}
"""Points of a situation that an action asks, which wait for facts that no action fills: a question is put to
a role where no clause answers it, and nothing else is asked. `schoolgate decide` answers the others."""


def declared(model: type[Part], before: str = "") -> Iterator[tuple[str, Ask]]:
    """Yield every fact with a declaration, as its dotted path and the declaration; derived facts included."""
    for name, field in model.model_fields.items():
        yield from ((before + name, one) for one in field.metadata if isinstance(one, Ask))
        for kind in _kinds(field.annotation):
            if isinstance(kind, type) and issubclass(kind, Part):
                yield from declared(kind, f"{before}{name}.")
    for name, one in list(vars(model).items()):
        ask = None if name.startswith("_") else getattr(one, "ask", None)
        if isinstance(ask, Ask):
            yield before + name, ask


def _kinds(annotation: object) -> Iterator[object]:
    inside = get_args(annotation)
    if not inside:
        yield annotation
    for one in inside:
        yield from _kinds(one)
