"""The addresses of people and roles."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.people.absence")),
    path("", include("schoolgate.web.people.contact")),
    path("", include("schoolgate.web.people.new_year.views")),
    path("", include("schoolgate.web.people.new_year.leavers")),
    path("", include("schoolgate.web.people.person_roles")),
    path("", include("schoolgate.web.people.new_year.classes")),
    path("", include("schoolgate.web.people.views")),
    path("", include("schoolgate.web.people.imports")),
    path("", include("schoolgate.web.people.me")),
    path("", include("schoolgate.web.people.api_docs")),
]
