"""Schoolgate as an app: its manifest, its service worker and its offline page.

The service worker stores no personal data on a device, only the public emergency numbers (ADR 0029).
"""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolgate.core.models import Federation
from schoolgate.incidents.allegations import numbers
from schoolgate.web.frame.layout import PageLayout
from schoolgate.web.frame.static_files import digest, static_file

WORKER = "web/service-worker.js"
SHORT = "Schoolgate"
GROUND, INK = "#f8f5ef", "#14545b"
LONGEST_NAME = 45
"""Letters of an app's name that phones and stores show."""


@require_safe
def manifest(request: HttpRequest, federation: str = "") -> HttpResponse:
    """Name, icons and first page of the app, named after the federation whose slug is in the address."""
    found = Federation.objects.filter(slug=federation).first() if federation else None
    name = f"{SHORT}: {found.name}" if found else SHORT
    response = JsonResponse(
        {
            "id": "/",
            "name": name if len(name) <= LONGEST_NAME else SHORT,
            "short_name": SHORT,
            "description": _("Your federation’s social media under its own written policy."),
            "lang": translation.get_language(),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": GROUND,
            "theme_color": INK,
            "icons": [
                _icon("icon-192.png", 192),
                _icon("icon-512.png", 512),
                _icon("icon-maskable-512.png", 512, purpose="maskable"),
            ],
            "shortcuts": [
                {"name": _("Today"), "url": reverse("today")},
                {"name": _("Write a post"), "url": reverse("post-start")},
                {"name": _("Report a concern"), "url": reverse("wrong")},
            ],
        },
        content_type="application/manifest+json",
    )
    response["Cache-Control"] = "no-cache"
    return response


def _icon(name: str, size: int, *, purpose: str = "any") -> dict[str, str]:
    return {"src": static(f"web/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker at the root, because it covers every page. Browsers fetch it each time."""
    file = static_file(WORKER)
    assert file is not None
    head = {
        "RELEASE": digest(),
        "OFFLINE": {code: f"{reverse('offline')}?language={code}" for code, _name in settings.LANGUAGES},
        "KEPT": [static("web/schoolgate.css"), static("web/dark.css"), static("web/mark.svg")],
        "ICON": static("web/icon-192.png"),
        "BADGE": static("web/badge-96.png"),
    }
    lines = [f"const {name} = {json.dumps(value)}\n" for name, value in head.items()]
    response = HttpResponse(
        "".join(lines).encode() + file.plain, content_type="text/javascript; charset=utf-8"
    )
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show the offline page: the numbers to ring. It makes no query and doesn't know who is signed in."""
    with translation.override(_language(request)):
        context = {
            "danger": numbers("danger", ()),
            "help": [one for one in numbers("help", ()) if one.telephone],
        }
        request.frame = PageLayout()  # type: ignore[attr-defined]
        response = render(request, "frame/offline.html", context)
    response["Cache-Control"] = "no-cache"
    return response


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


urlpatterns = [
    path("manifest.webmanifest", manifest, name="manifest"),
    path("manifest/<slug:federation>.webmanifest", manifest, name="manifest-of"),
    path("service-worker.js", service_worker, name="service-worker"),
    path("offline", offline, name="offline"),
]
