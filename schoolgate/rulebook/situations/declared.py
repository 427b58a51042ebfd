"""The facts of a situation as they are declared: each with who can tell it."""

from collections.abc import Iterator
from typing import get_args

from schoolgate.rulebook.facts import Ask, Part


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
