"""The addresses of concerns."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.incidents.reports")),
    path("", include("schoolgate.web.incidents.casework")),
    path("", include("schoolgate.web.incidents.evidence")),
    path("", include("schoolgate.web.incidents.containing")),
    path("", include("schoolgate.web.incidents.views")),
    path("", include("schoolgate.web.incidents.picture")),
]
