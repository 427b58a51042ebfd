"""Asking a school's directory who a person is: OpenID Connect, authorization code with PKCE.

Three requests, each with a time limit and a size limit and without following redirects. An answer counts only
where its signature, issuer, audience, time, nonce and the school's own mark are right.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt

from schoolgate.core.outside.client import NotTaken, shared
from schoolgate.core.outside.texts import read_json
from schoolgate.core.web_address import parts_of
from schoolgate.people.directories import secret_of
from schoolgate.people.models import Directory, DirectoryKind

SECONDS = 6.0
MOST_BYTES = 512 * 1024
LEEWAY = 60
"""Seconds by which two clocks may differ."""
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
"""Signatures with the directory's own key: none that our secret, or nothing at all, could make."""
MARK = {DirectoryKind.MICROSOFT: "tid", DirectoryKind.GOOGLE: "hd"}
"""The claim that names the owner of the account, on the directory's own word."""
SCOPES = {DirectoryKind.MICROSOFT: "openid profile", DirectoryKind.GOOGLE: "openid email"}
"""Microsoft sends `oid` and `tid` only with `profile`, Google sends `hd` only with `email`. Neither is
stored."""


class NoAnswer(Exception):
    """The directory does not answer, or with nothing that can be read."""


class NotBelieved(Exception):
    """The directory's answer is not about this school, not for us, not signed, or too old."""


@dataclass(frozen=True)
class Asked:
    """What must be remembered until the person comes back."""

    state: str
    nonce: str
    verifier: str


def new_question() -> Asked:
    """Fresh, and used for one sign-in only."""
    return Asked(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(64))


def address_to_go_to(directory: Directory, asked: Asked, *, back: str) -> str:
    """Return where the browser goes to sign in. `back`: our address that it returns to. Raises NoAnswer."""
    said = {
        "response_type": "code",
        "client_id": directory.client_id,
        "redirect_uri": back,
        "scope": SCOPES.get(DirectoryKind(directory.kind), "openid"),
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": _challenge(asked.verifier),
        "code_challenge_method": "S256",
    }
    if directory.kind in MARK:
        said["prompt"] = "select_account"  # a computer in a staff room knows several people
    if directory.kind == DirectoryKind.GOOGLE:
        said["hd"] = directory.tenant
    to = _endpoint(directory, _discovered(directory), "authorization_endpoint")
    return f"{to}{'&' if parts_of(to).query else '?'}{urlencode(said)}"


def who_came(directory: Directory, asked: Asked, *, code: str, back: str) -> str:
    """Return the directory's permanent id of the person who signed in. Raises NoAnswer, NotBelieved."""
    found = _discovered(directory)
    token = _id_token(directory, found, asked, code=code, back=back)
    claims = _verified(token, directory, _json("GET", _endpoint(directory, found, "jwks_uri")))
    if not secrets.compare_digest(str(claims.get("nonce", "")), asked.nonce):
        raise NotBelieved("nonce")
    return subject_in(directory, claims)


def subject_in(directory: Directory, claims: dict[str, Any]) -> str:
    """Return who these claims are about, once they are known to be of this school. Raises NotBelieved.

    Microsoft calls a person `oid` within the tenant `tid`; all others use `sub`. The address and
    `email_verified` are not read, because anything can be written there.
    """
    mark = MARK.get(DirectoryKind(directory.kind))
    if mark and str(claims.get(mark, "")).casefold() != directory.tenant.casefold():
        raise NotBelieved(mark)
    if directory.kind == DirectoryKind.MICROSOFT:
        parts = [str(claims[key]) for key in ("tid", "oid") if claims.get(key)]
        subject = ":".join(parts) if len(parts) == 2 else ""
    else:
        subject = str(claims.get("sub") or "")
    if not 0 < len(subject) <= 300:
        raise NotBelieved("subject")
    return subject


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _discovered(directory: Directory) -> dict[str, Any]:
    found = _json("GET", f"{directory.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != directory.issuer:
        raise NotBelieved("issuer")
    return found


def _endpoint(directory: Directory, found: dict[str, Any], name: str) -> str:
    """An address that the directory names; in clear only where the directory itself is on this machine."""
    address = found.get(name)
    schemes = {"https", parts_of(directory.issuer).scheme}
    if not isinstance(address, str) or parts_of(address).scheme not in schemes:
        raise NoAnswer(name)
    return address


def _id_token(directory: Directory, found: dict[str, Any], asked: Asked, *, code: str, back: str) -> str:
    said = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": asked.verifier,
    }
    secret = secret_of(directory)
    headers = {}
    if "client_secret_post" in found.get("token_endpoint_auth_methods_supported", []):
        said |= {"client_id": directory.client_id, "client_secret": secret}
    else:
        word = base64.b64encode(f"{directory.client_id}:{secret}".encode()).decode()
        headers = {"Authorization": f"Basic {word}"}
    given = _json("POST", _endpoint(directory, found, "token_endpoint"), data=said, headers=headers)
    token = given.get("id_token")
    if not isinstance(token, str):
        raise NotBelieved("no token")
    return token


def _verified(token: str, directory: Directory, keys: dict[str, Any]) -> dict[str, Any]:
    try:
        wanted = jwt.get_unverified_header(token).get("kid")
        known = [key for key in jwt.PyJWKSet.from_dict(keys).keys if wanted in (None, key.key_id)]
        if len(known) != 1:
            raise NotBelieved("key")
        claims: dict[str, Any] = jwt.decode(
            token,
            known[0],
            algorithms=list(ALGORITHMS),
            audience=directory.client_id,
            issuer=directory.issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )
    except (jwt.PyJWTError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotBelieved(type(error).__name__) from None
    if claims.get("azp", directory.client_id) != directory.client_id:
        raise NotBelieved("azp")
    return claims


def _json(
    method: str, address: str, *, headers: dict[str, str] | None = None, data: dict[str, str] | None = None
) -> dict[str, Any]:
    try:
        reply = shared().ask(
            method, address, until=time.monotonic() + SECONDS, most=MOST_BYTES, data=data,
            headers={"Accept": "application/json", **(headers or {})},
        )  # fmt: skip
    except NotTaken as error:
        raise NoAnswer(error.why) from None
    if reply.status in (400, 401) and method == "POST":
        raise NotBelieved("code")  # the directory did not accept the code that the browser brought back
    try:
        found = read_json(reply.body) if reply.status == 200 else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NoAnswer(f"status {reply.status}")
    return found
