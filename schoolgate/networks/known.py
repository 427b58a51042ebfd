"""What is saved of an account that was connected through an application of the operator: shared by all
networks that are connected so."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Self

from schoolgate.networks.port import Credential, NetworkError

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Known:
    """Saved with the keys, as the credential's session: which account it is. `run_out_at`: when the keys end
    (seconds since 1970; 0: the network told none).

    `renews`: the key from which a new one is made, where that is another than the account's own. `access` and
    `access_until`: a key for an hour, where the account's own is only for making these; where the account's
    own ends within hours, its end alone. `for_children`: what was answered to the question whether its films
    are made for children; None: it wasn't asked. `inside`: the account at the company to which this one
    belongs, where its address needs both.
    """

    id: str
    name: str = ""
    renews: str = field(default="", repr=False)
    run_out_at: int = 0
    access: str = field(default="", repr=False)
    access_until: int = 0
    for_children: bool | None = None
    inside: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """From the vault. Raises NetworkError (`sign_in`) for what is not ours."""
        try:
            known = cls(**json.loads(text))
            sound = _ID.fullmatch(known.id) is not None
        except (ValueError, TypeError):
            sound = False
        if not sound:
            raise NetworkError("sign_in", what_next="reconnect", detail="not connected")
        return known

    def to_text(self) -> str:
        """For the vault."""
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(frozen=True, slots=True)
class Choice:
    """An account that the person may connect, with its keys."""

    id: str
    name: str
    handle: str
    credential: Credential = field(repr=False)

    def to_text(self) -> str:
        """As one string, to be sealed."""
        return json.dumps({**asdict(self), "credential": self.credential.to_text()})

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Back from `to_text`."""
        told = json.loads(text)
        return cls(**{**told, "credential": Credential.from_text(told["credential"])})


def run_out_at(credential: Credential) -> datetime | None:
    """Return when these keys end; None where the network told no end."""
    seconds = Known.read(credential.session).run_out_at
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
