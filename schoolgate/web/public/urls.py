"""The addresses of the public pages, by slug."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.public.noticeboard")),
    path("", include("schoolgate.web.public.front")),
    path("", include("schoolgate.web.public.register")),
    path("", include("schoolgate.web.public.privacy")),
    path("", include("schoolgate.web.public.take_down")),
]
