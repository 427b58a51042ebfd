"""A school's own sign-in on this machine: discovery, keys, a page to sign in, tokens signed with RS256."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

CLIENT, SECRET = "schoolgate-here", "a secret of the school's"
TENANT, DOMAIN = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490", "wildground.example"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What it says of whoever signs in, and what it does wrong where a test wants that."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    forged: bool = False
    unsigned: bool = False
    silent: bool = False
    elsewhere: bool = False
    calls_itself: str = ""
    given: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def says(self, **claims: Any) -> None:
        """From now on, say this of whoever signs in; None leaves a claim out."""
        self.claims.update(claims)

    def authorize(self, said: dict[str, str]) -> str:
        """Somebody signs in; returns the address that their browser goes back to."""
        code = f"code-{len(self.given)}"
        self.given[code] = said
        return f"{said['redirect_uri']}?{urlencode({'code': code, 'state': said['state']})}"

    def token(self, said: dict[str, str], basic: str) -> tuple[int, dict[str, Any]]:
        """What the code is changed for: once, with our secret and the word that only we know."""
        asked = self.given.pop(said.get("code", ""), None)
        right = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        proof = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        posted = (said.get("client_id"), said.get("client_secret")) == (CLIENT, SECRET)
        if asked is None or asked["code_challenge"] != challenge or not (posted or basic == f"Basic {right}"):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        said_of = {
            "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"],
        } | self.claims  # fmt: skip
        claims = {name: value for name, value in said_of.items() if value is not None}
        key = _OTHER_KEY if self.forged else _KEY
        if self.unsigned:
            return 200, {"id_token": jwt.encode(claims, key="", algorithm="none", headers={"kid": "1"})}
        return 200, {"id_token": jwt.encode(claims, key, algorithm="RS256", headers={"kid": "1"})}

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        """Discovery and keys."""
        self.asked.append(path)
        if path.endswith("/keys"):
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key()))
            return 200, {"keys": [public | {"kid": "1", "use": "sig", "alg": "RS256"}]}
        return 503 if self.silent else 200, {
            "issuer": self.calls_itself or self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }


def serve(httpserver: HTTPServer) -> Provider:
    """Start one, on the test's own server."""
    provider = Provider(address=httpserver.url_for("").rstrip("/"))

    def authorize(request: Request) -> Response:
        return Response(status=302, headers={"Location": provider.authorize(request.args.to_dict())})

    def token(request: Request) -> Response:
        said = provider.token(request.form.to_dict(), request.headers.get("Authorization", ""))
        return _json(*said)

    def get(request: Request) -> Response:
        if provider.elsewhere:
            return Response(status=302, headers={"Location": f"{provider.address}/other"})
        return _json(*provider.get(request.path))

    httpserver.expect_request("/authorize").respond_with_handler(authorize)
    httpserver.expect_request("/token", method="POST").respond_with_handler(token)
    httpserver.expect_request(re.compile("/.*")).respond_with_handler(get)
    return provider


def _json(status: int, said: dict[str, Any]) -> Response:
    return Response(json.dumps(said), status=status, content_type="application/json")
