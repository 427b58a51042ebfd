"""A report's short number, the code with which an anonymous reporter asks for its status, and the mark of a
form that may be sent twice.

The code is made from the form's mark and a key of the installation: the same form sent again gives the same
code, and the database stores digests alone.
"""

from __future__ import annotations

import secrets

from schoolgate.core.codes import LETTERS, letters_of, plain
from schoolgate.core.lasting import keyed

CODE_LENGTH = 10
"""31^10: at ten tries a minute, guessing is hopeless."""


def new_reference() -> str:
    """A number for a report: short enough to be said on the telephone; it opens nothing."""
    return "W-" + "".join(secrets.choice(LETTERS) for _ in range(6))


def new_mark() -> str:
    """For a form that is shown: sent twice, it makes one report."""
    return secrets.token_urlsafe(18)


def mark_for(subject: str) -> str:
    """For a concern that the program makes of words that came in elsewhere: one for each, and no one outside
    can guess it."""
    return keyed("schoolgate.incidents.words", subject).hexdigest()[:40]


def code_of(mark: str) -> str:
    """Return the code that belongs to a form's mark."""
    made = keyed("schoolgate.incidents.code", mark).digest()
    return letters_of(made, CODE_LENGTH)


def digest_of_mark(mark: str) -> str:
    """Return the digest of a form's mark that its report stores."""
    return keyed("schoolgate.incidents.once", mark).hexdigest()


def digest_of_code(code: str) -> str:
    """Return the digest of a code that its report stores: without blanks and hyphens, ignoring case."""
    return keyed("schoolgate.incidents.asked", plain(code)).hexdigest()


def as_written(code: str) -> str:
    """Return the code in two halves, to be read and typed."""
    return f"{code[:5]}-{code[5:]}"
