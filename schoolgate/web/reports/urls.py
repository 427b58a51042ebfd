"""The addresses of evidence."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.reports.evidence")),
    path("", include("schoolgate.web.reports.governors")),
    path("", include("schoolgate.web.reports.requests_found")),
]
