"""The addresses of the glossary and of the help."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.glossary.views")),
    path("", include("schoolgate.web.glossary.help_pages")),
]
