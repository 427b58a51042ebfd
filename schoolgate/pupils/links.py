"""The code of a consent link: made again whenever it is mailed or printed, and never stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from schoolgate.core.codes import letters_of, plain
from schoolgate.core.errors import NotFound
from schoolgate.core.lasting import keyed
from schoolgate.notices.letters import address
from schoolgate.pupils.models import ParentLink

LENGTH = 12
"""31^12: with ten thousand links and a thousand tries a minute, one guess in a hundred thousand years."""
LASTS = timedelta(days=400)
"""A school year and the weeks around it; each mail or letter begins it again."""


def code_of(link: ParentLink) -> str:
    """Return the code of a link, in three groups of four."""
    made = keyed("schoolgate.pupils.link", f"{link.federation_id}:{link.pk}:{link.turn}").digest()
    code = letters_of(made, LENGTH)
    return "-".join(code[first : first + 4] for first in range(0, LENGTH, 4))


def digest_of(code: str) -> str:
    """Return the digest of a code that is stored, however it was typed."""
    return keyed("schoolgate.pupils.link.digest", plain(code)).hexdigest()


def address_of(link: ParentLink) -> str:
    """Return the whole address of a link's page, for a mail or a letter."""
    return address("consent", federation=link.federation.slug, code=code_of(link))


def entry_address(link: ParentLink) -> str:
    """Return the address at which the code of a letter is typed."""
    return address("consent-code", federation=link.federation.slug)


def find(code: str, *, at: datetime) -> ParentLink:
    """Return the link of a code that works in the federation in scope.

    Raises NotFound, and nothing else: for a code that never was one, that expired, was revoked or is another
    federation's.
    """
    rows = ParentLink.objects.select_related("pupil__school", "federation")
    if len(plain(code)) != LENGTH:
        raise NotFound
    found = rows.filter(digest=digest_of(code), revoked_at=None, expires_at__gt=at).first()
    if found is None:
        raise NotFound
    return found
