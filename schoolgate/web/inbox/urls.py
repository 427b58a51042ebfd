"""The addresses of the inbox."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.inbox.views")),
]
