"""The addresses of who is there."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.duty.cover")),
    path("", include("schoolgate.web.duty.absences")),
    path("", include("schoolgate.web.duty.emergency_contacts")),
]
