"""The addresses of accounts."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.accounts.proposals.views")),
    path("", include("schoolgate.web.accounts.proposals.quick")),
    path("", include("schoolgate.web.accounts.pta.views")),
    path("", include("schoolgate.web.accounts.pta.acts")),
    path("", include("schoolgate.web.accounts.health.handover")),
    path("", include("schoolgate.web.accounts.listed")),
    path("", include("schoolgate.web.accounts.views")),
    path("", include("schoolgate.web.accounts.by_app")),
    path("", include("schoolgate.web.accounts.imports.views")),
    path("", include("schoolgate.web.accounts.team")),
    path("", include("schoolgate.web.accounts.imports.imported")),
    path("", include("schoolgate.web.accounts.opening.parts")),
    path("", include("schoolgate.web.accounts.pta.sites")),
    path("", include("schoolgate.web.accounts.health.keys")),
    path("", include("schoolgate.web.accounts.health.keys_papers")),
    path("", include("schoolgate.web.accounts.health.views")),
    path("", include("schoolgate.web.accounts.health.offers")),
    path("", include("schoolgate.web.accounts.health.closing")),
    path("", include("schoolgate.web.accounts.unofficial.fakes")),
    path("", include("schoolgate.web.accounts.unofficial.views")),
    path("", include("schoolgate.web.accounts.pta.associated")),
]
