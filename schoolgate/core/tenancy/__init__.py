"""One federation cannot see another: `with scope(federation_id): ...`, and a database that holds to it."""

from schoolgate.core.tenancy.scoping import (
    NoScope,
    Scope,
    WrongScope,
    current_scope,
    in_scope,
    person_in_scope,
    scope,
)

__all__ = ["NoScope", "Scope", "WrongScope", "current_scope", "in_scope", "person_in_scope", "scope"]
