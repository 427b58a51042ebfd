"""The addresses of accounts."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.accounts.proposals.signing")),
    path("", include("schoolgate.web.accounts.proposals.quick")),
    path("", include("schoolgate.web.accounts.pta.following")),
    path("", include("schoolgate.web.accounts.health.handover")),
    path("", include("schoolgate.web.accounts.account")),
    path("", include("schoolgate.web.accounts.imports.imported")),
    path("", include("schoolgate.web.accounts.opening.steps")),
    path("", include("schoolgate.web.accounts.opening.cards")),
    path("", include("schoolgate.web.accounts.pta.sites")),
    path("", include("schoolgate.web.accounts.health.keys")),
    path("", include("schoolgate.web.accounts.health.care")),
    path("", include("schoolgate.web.accounts.health.closing")),
    path("", include("schoolgate.web.accounts.unofficial.fakes")),
    path("", include("schoolgate.web.accounts.unofficial.pages")),
]
