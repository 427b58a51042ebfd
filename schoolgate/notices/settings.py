"""The settings of a mail server as a plain value."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ServerSettings:
    """How to reach the mail server. `sender` is the address that mails come from, with or without a name.

    `from_surroundings`: the machine's environment names it, and nobody can change it on a page.
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
        """Tells one server from another, as far as a proof that mail arrives goes. The password is not in it:
        a wrong one shows by itself."""
        said = "\n".join((self.host.lower(), str(self.port), self.security, self.sender, self.user))
        return hashlib.sha256(said.encode()).hexdigest()
