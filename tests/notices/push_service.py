"""A push service on this machine that checks who sends, and a browser that can read what is sent."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from schoolgate.notices.ways import CURVE, PushServices, as_bytes, as_text, content_keys, point_of


@dataclass
class Browser:
    """One device: its keys, and what it makes of a message."""

    address: str
    secret: bytes = b"0123456789abcdef"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))

    @property
    def point(self) -> bytes:
        return point_of(self.key.public_key())

    @property
    def subscription(self) -> str:
        """What it gives to the page, as JSON."""
        keys = {"p256dh": as_text(self.point), "auth": as_text(self.secret)}
        return json.dumps({"endpoint": self.address, "expirationTime": None, "keys": keys})

    def reads(self, body: bytes) -> dict[str, Any]:
        """Decrypt as RFC 8188 and RFC 8291 have it."""
        salt, size, rest = body[:16], int.from_bytes(body[16:20], "big"), body[21:]
        theirs, sealed = rest[: body[20]], rest[body[20] :]
        assert len(sealed) <= size
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
        key, nonce = content_keys(shared, auth=self.secret, salt=salt, theirs=self.point, ours=theirs)
        padded = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x00")
        assert padded[-1:] == b"\x02"
        found: dict[str, Any] = json.loads(padded[:-1])
        return found


@dataclass
class Service:
    """`answers`: the status for an address in the place of 201; `hang_up`: addresses that it leaves without a
    word."""

    port: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    hang_up: set[str] = field(default_factory=set)
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def services(self) -> PushServices:
        return PushServices(services=("127.0.0.1",), schemes=frozenset({"http"}), patience=5)

    def browser(self, name: str = "a") -> Browser:
        return Browser(f"{self.origin}/push/{hashlib.sha256(name.encode()).hexdigest()}")

    def check_signature(self, headers: dict[str, str]) -> None:
        """Raise unless the header is signed with the key that it names, and for this service."""
        kind, _space, rest = headers["authorization"].partition(" ")
        given = dict(part.strip().split("=", 1) for part in rest.split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, as_bytes(given["k"]))
        claims = jwt.decode(
            given["t"], key, algorithms=["ES256"], audience=self.origin, options={"verify_exp": False}
        )
        assert kind == "vapid"
        assert claims["sub"].startswith(("mailto:", "https:"))


def running() -> contextlib.AbstractContextManager[Service]:
    """A service that answers until the block is left."""
    return _running()


@contextlib.contextmanager
def _running() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            service.taken.append((service.origin + self.path, headers, body))
            if service.origin + self.path in service.hang_up:
                self.connection.close()
                return
            self.send_response(service.answers.get(service.origin + self.path, 201))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
