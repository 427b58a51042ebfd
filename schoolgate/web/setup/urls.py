"""The addresses of setting up."""

from __future__ import annotations

from django.urls import include, path

from schoolgate.web.setup.views import step

urlpatterns = [
    path("", include("schoolgate.web.setup.first")),
    path("", include("schoolgate.web.setup.views")),
    path("", include("schoolgate.web.setup.leads")),
    path("", include("schoolgate.web.setup.days")),
    path("", include("schoolgate.web.setup.contact")),
    path("", include("schoolgate.web.setup.policy")),
    path("", include("schoolgate.web.setup.mail")),
    path("set-up/<slug:step>", step, name="set-up-step"),
]
