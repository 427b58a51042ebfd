"""The example federations, and how one signs in to them. Small on purpose: the supervisor reads it too."""

from dataclasses import dataclass

EXAMPLES = ("wildground", "boroughbridge", "learn-to-live", "wootton", "llanidloes")
"""In the order in which a fresh home is filled; the first is there before the address is printed."""


REAL_HOME = 3
"""The exit status of `schoolgate demo` in a home where a real federation lives: it gets no examples."""


@dataclass(frozen=True)
class ExampleSignIn:
    """One person of an example federation, as printed for people who want to look around."""

    federation: str
    name: str
    role: str
    email: str
    password: str
    key: str = ""
    """The federation's key, as commands take it."""
    second_step: str = ""
    """How to pass the second step where the role asks for one; empty: none asked."""
