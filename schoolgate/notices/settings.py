"""The settings of an email server as a plain value."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ServerSettings:
    """How to reach the email server. `sender` is the address that mails come from, with or without a name.

    `from_surroundings`: set in the machine's environment, so pages can't change it.
    """

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    from_surroundings: bool = False

    @property
    def digest(self) -> str:
        """Return a digest that tells servers apart, for the proof that mail arrives. It leaves out the
        password: a wrong one shows at once."""
        said = "\n".join((self.host.lower(), str(self.port), self.security, self.sender, self.user))
        return hashlib.sha256(said.encode()).hexdigest()
