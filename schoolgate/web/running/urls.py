"""The addresses of how the installation is."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.running.backups")),
    path("", include("schoolgate.web.running.views")),
]
