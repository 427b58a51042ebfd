"""The addresses of setting up."""

from __future__ import annotations

from django.urls import include, path

from schoolgate.web.setup.steps import step

urlpatterns = [
    path("", include("schoolgate.web.setup.first")),
    path("", include("schoolgate.web.setup.steps")),
    path("", include("schoolgate.web.setup.days")),
    path("set-up/<slug:step>", step, name="set-up-step"),
]
