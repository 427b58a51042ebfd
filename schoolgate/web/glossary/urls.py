"""The addresses of the glossary."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.glossary.views")),
]
