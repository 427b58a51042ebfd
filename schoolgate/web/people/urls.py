"""The addresses of people and roles."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.people.new_year.turn")),
    path("", include("schoolgate.web.people.absence")),
    path("", include("schoolgate.web.people.person")),
    path("", include("schoolgate.web.people.imports")),
    path("", include("schoolgate.web.people.me")),
    path("", include("schoolgate.web.people.api_docs")),
]
