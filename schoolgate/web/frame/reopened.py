"""Where the page that a request is answered with can be opened again."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest

READS = ("GET", "HEAD")


def reopens_at(request: HttpRequest) -> str:
    """Return the address of the page, with its query. Of a form that was refused at an address that only
    takes forms: the page that it was sent from. Empty where that isn't known."""
    view = request.resolver_match.func if request.resolver_match else None
    if request.method in READS or "GET" in getattr(view, "methods", READS):
        return request.get_full_path()
    sent_from = urlsplit(request.headers.get("Referer", ""))
    if sent_from.netloc != request.get_host():
        return ""
    return f"{sent_from.path}?{sent_from.query}" if sent_from.query else sent_from.path
