"""By push, to the browser of a device, through the push service of that browser's maker."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from schoolgate.core.env import env
from schoolgate.core.web_address import parts_of
from schoolgate.networks.port import NetworkError
from schoolgate.networks.transport import Transport
from schoolgate.notices.ways.push_message import Subscription, encrypted, signed_for

SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)
"""The push services of the known browsers; a leading dot means all hosts below."""
LONGEST_ENDPOINT = 1000
PATIENCE = 15.0
"""Seconds for one message."""
TOPIC = "schoolgate"
"""A newer message takes the place of one that has not been shown yet."""
GONE = frozenset({404, 410})
LATER = frozenset({408, 425, 429})


class PushTrouble(Exception):
    """A message did not go out. `gone`: the browser takes none any more; `unknown`: it may have gone out;
    `for_good`: trying again changes nothing."""

    def __init__(
        self, code: str, *, gone: bool = False, unknown: bool = False, for_good: bool = False
    ) -> None:
        super().__init__(code)
        self.code, self.gone, self.unknown, self.for_good = code, gone, unknown, for_good


@dataclass(frozen=True)
class PushServices:
    """The way to them. Tests name a service of their own, on this machine."""

    services: tuple[str, ...] = SERVICES
    schemes: frozenset[str] = field(default=frozenset({"https"}))
    patience: float = PATIENCE

    def takes(self, endpoint: str) -> bool:
        """Return whether this is the address of a push service that we know: the program contacts no
        other."""
        parts = parts_of(endpoint)
        host = parts.hostname or ""
        plain = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
        known = any(host == one or (one[0] == "." and host.endswith(one)) for one in self.services)
        ours = parts.username is None and (parts.port in (None, 443) or "http" in self.schemes)
        return plain and known and ours and parts.scheme in self.schemes and len(endpoint) <= LONGEST_ENDPOINT

    def hand_over(self, message: bytes, to: Subscription, *, urgent: bool, lives: int, at: datetime) -> None:
        """Send one message; it is stored for `lives` seconds for a device that is off. Raises PushTrouble."""
        if not self.takes(to.endpoint):
            raise PushTrouble("address", gone=True, for_good=True)
        headers = {
            "TTL": str(lives),
            "Urgency": "high" if urgent else "normal",
            "Topic": TOPIC,
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "Authorization": signed_for(to.origin, contact=_contact(), at=at),
        }
        path = to.endpoint.removeprefix(to.origin)
        try:
            answer = Transport(to.origin, time_out=self.patience).exchange(
                "POST", path, changes=True, content=encrypted(message, to), headers=headers
            )
            status = answer.status
        except NetworkError as error:
            if error.status is None:
                raise PushTrouble(error.code, unknown=error.outcome_unknown) from None
            status = error.status
        if 200 <= status < 300:
            return
        if status in GONE:
            raise PushTrouble("gone", gone=True, for_good=True)
        later = status in LATER or status >= 500
        raise PushTrouble(f"status_{status}", for_good=not later)


def _contact() -> str:
    """Return the contact for push services with questions about our messages."""
    return env().public_address or "mailto:schoolgate@localhost.invalid"
