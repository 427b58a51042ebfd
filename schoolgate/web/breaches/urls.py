"""The addresses of data breaches."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.breaches.log")),
    path("", include("schoolgate.web.breaches.breach")),
]
