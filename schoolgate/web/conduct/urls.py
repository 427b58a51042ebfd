"""The addresses of people's own conduct."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("schoolgate.web.conduct.views"))]
