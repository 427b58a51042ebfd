"""A request as ASGI tells it, told as WSGI does."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes

Scope = Mapping[str, Any]

UNREADABLE = "schoolgate.unreadable"
"""The status with which `config.bounds` answers a request whose body was not received."""
_WITHOUT_PREFIX = {"CONTENT_TYPE", "CONTENT_LENGTH"}
_NOT_OURS = {"transfer-encoding", "expect", "connection", "keep-alive", "te", "trailer", "upgrade"}
"""What concerns the connection only, which the web server has dealt with."""


def as_wsgi(scope: Scope) -> dict[str, Any]:
    """Return the request for Django, without its body.

    A name with an underscore is left out: it would look like the one with a hyphen, which a proxy sets.
    """
    host, port = scope.get("server") or ("localhost", "80")
    told: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if "_" in name or name in _NOT_OURS:
            continue
        key = name.upper().replace("-", "_")
        key = key if key in _WITHOUT_PREFIX else f"HTTP_{key}"
        joined = "; " if key == "HTTP_COOKIE" else ","
        told[key] = f"{told[key]}{joined}{value}" if key in told else value
    return told


def with_body(told: dict[str, Any], stream: BinaryIO, size: int) -> dict[str, Any]:
    """Return the request with its body, whose size is known whether or not it was announced."""
    return told | {"wsgi.input": stream, "CONTENT_LENGTH": str(size), "wsgi.input_terminated": True}


def announced(scope: Scope) -> tuple[bool, int | None]:
    """Return whether the request has a body, and how many bytes it announces (None: not known)."""
    headers = {name.lower(): value for name, value in scope["headers"]}
    length = headers.get(b"content-length", b"")
    if length.isdigit():
        return int(length) > 0, int(length)
    return b"transfer-encoding" in headers, None


def sender_of(told: Mapping[str, Any], trusted_proxies: int) -> str:
    """Return the network address that the request comes from, as far as our own proxies tell it."""
    chain = [each.strip() for each in told.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if trusted_proxies and len(chain) >= trusted_proxies:
        return str(chain[-trusted_proxies])
    return str(told["REMOTE_ADDR"])
