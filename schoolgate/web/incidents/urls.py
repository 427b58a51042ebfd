"""The addresses of concerns."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.incidents.reports")),
    path("", include("schoolgate.web.incidents.casework")),
    path("", include("schoolgate.web.incidents.authority")),
    path("", include("schoolgate.web.incidents.chronology")),
    path("", include("schoolgate.web.incidents.evidence")),
    path("", include("schoolgate.web.incidents.opening")),
    path("", include("schoolgate.web.incidents.handover")),
    path("", include("schoolgate.web.incidents.containing")),
    path("", include("schoolgate.web.incidents.support")),
    path("", include("schoolgate.web.incidents.harmed")),
    path("", include("schoolgate.web.incidents.picture")),
    path("", include("schoolgate.web.incidents.views")),
    path("", include("schoolgate.web.incidents.following")),
]
