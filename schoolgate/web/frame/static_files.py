"""The static files: served from the packages themselves, compressed, each release under its own address.

Their addresses start with one digest of all files (`/static/3f2a9c.../web/site.mjs`). So a browser may cache
a file for a year, modules that import each other by relative names stay together, and there is no build step
between installing and running. Without the digest, or with an old one, a file is still served but cached only
briefly: a page that was open during an update still finds its scripts.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

YEAR = 365 * 24 * 3600
SHORT = 3600
DIGITS = 12
TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".webmanifest": "application/manifest+json"}
_WITH_DIGEST = re.compile(rf"^[0-9a-f]{{{DIGITS}}}/")


@dataclass(frozen=True)
class StaticFile:
    """One file as it is sent: plain, and compressed where that makes it smaller."""

    plain: bytes
    compressed: bytes | None
    media_type: str
    tag: str


@cache
def _sources() -> dict[str, Callable[[], bytes]]:
    """Return how to read each file, by name. The first package with a name wins."""
    found: dict[str, Callable[[], bytes]] = {}
    for finder in get_finders():
        for name, storage in finder.list([]):
            found.setdefault(name.replace("\\", "/"), _reader(storage, name))
    return found


def _reader(storage: object, name: str) -> Callable[[], bytes]:
    def read() -> bytes:
        with storage.open(name) as file:  # type: ignore[attr-defined]
            return bytes(file.read())

    return read


@cache
def digest() -> str:
    """Return the digest at the start of the addresses. It changes when any file changes."""
    whole = hashlib.sha256()
    for name, read in sorted(_sources().items()):
        whole.update(f"{name}\0".encode())
        whole.update(hashlib.sha256(read()).digest())
    return whole.hexdigest()[:DIGITS]


@cache
def static_file(name: str) -> StaticFile | None:
    """Return the file of this name, or None. It is compressed once and cached."""
    read = _sources().get(name)
    if read is None:
        return None
    plain = read()
    compressed = gzip.compress(plain, 9, mtime=0)
    suffix = name[name.rfind(".") :]
    return StaticFile(
        plain=plain,
        compressed=compressed if len(compressed) < 0.9 * len(plain) else None,
        media_type=TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream",
        tag=f'"{hashlib.sha256(plain).hexdigest()[:32]}"',
    )


class HashedAddresses(StaticFilesStorage):
    """Gives `{% static %}` the address with the digest in it."""

    def url(self, name: str | None) -> str:
        """Return the address of a file in this release. Browsers may cache it for a year."""
        return _address(self, self.base_url, f"{digest()}/{name}")


@lru_cache(maxsize=2_000)
def _address(storage: HashedAddresses, _base: str | None, name: str) -> str:
    """Return the address of a file, worked out once: a page names twenty."""
    return super(HashedAddresses, storage).url(name)


class StaticFiles:
    """Answers requests under STATIC_URL; all others pass through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Send the file, or 304, 404, 405."""
        if not request.path_info.startswith(settings.STATIC_URL):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        asked = request.path_info.removeprefix(settings.STATIC_URL)
        file = static_file(_WITH_DIGEST.sub("", asked))
        if file is None:
            return HttpResponseNotFound(content_type="text/plain; charset=utf-8")
        return _answer(request, file, for_a_year=asked.startswith(f"{digest()}/"))


def _answer(request: HttpRequest, file: StaticFile, *, for_a_year: bool) -> HttpResponseBase:
    takes = request.headers.get("Accept-Encoding", "")
    squeezed = file.compressed is not None and re.search(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", takes)
    text = file.media_type.startswith("text/") or file.media_type.endswith("json")
    response = HttpResponse(
        file.compressed if squeezed else file.plain,
        content_type=f"{file.media_type}; charset=utf-8" if text else file.media_type,
    )
    response["Content-Length"] = str(len(response.content))
    response["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if for_a_year else f"public, max-age={SHORT}"
    )
    response["ETag"] = file.tag[:-1] + '-gz"' if squeezed else file.tag
    response["X-Content-Type-Options"] = "nosniff"
    if file.compressed is not None:
        patch_vary_headers(response, ("Accept-Encoding",))
    if squeezed:
        response["Content-Encoding"] = "gzip"
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer if answer is not None else response
