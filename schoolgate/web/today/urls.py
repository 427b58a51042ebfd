"""The addresses of Today."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.today.today")),
    path("", include("schoolgate.web.today.messages")),
    path("", include("schoolgate.web.today.getting_started")),
    path("", include("schoolgate.web.today.search")),
]
