"""Where the page that a request is answered with can be opened again."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from schoolgate.core.web_address import parts_of

READS = ("GET", "HEAD")


def reopens_at(request: HttpRequest) -> str:
    """Return the address of the page, with its query. Of a form that was refused at an address that only
    takes forms: the page that it was sent from. Empty where that isn't known."""
    view = request.resolver_match.func if request.resolver_match else None
    if request.method in READS or "GET" in getattr(view, "methods", READS):
        return request.get_full_path()
    return came_from(request)


def came_from(request: HttpRequest) -> str:
    """Return the page of ours whose form led here; empty where it isn't known."""
    address: str = request.META.get("HTTP_REFERER", "")
    if request.method != "POST" or not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return ""
    parts = parts_of(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
