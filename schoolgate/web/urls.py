"""The addresses of the pages, room by room; the public pages, by slug, come last."""

from __future__ import annotations

from django.urls import include, path

from schoolgate.web.frame.addresses import by_first_word

ROOMS = [
    path("", include("schoolgate.web.frame.urls")),
    path("", include("schoolgate.web.glossary.pages")),
    path("", include("schoolgate.web.signin.urls")),
    path("", include("schoolgate.web.setup.urls")),
    path("", include("schoolgate.web.people.urls")),
    path("", include("schoolgate.web.duty.rota")),
    path("", include("schoolgate.web.today.urls")),
    path("", include("schoolgate.web.policy.urls")),
    path("", include("schoolgate.web.conduct.own_accounts")),
    path("", include("schoolgate.web.accounts.urls")),
    path("", include("schoolgate.web.duty.urls")),
    path("", include("schoolgate.web.posts.urls")),
    path("", include("schoolgate.web.inbox.urls")),
    path("", include("schoolgate.web.reports.urls")),
    path("", include("schoolgate.web.running.running")),
    path("", include("schoolgate.web.incidents.urls")),
    path("", include("schoolgate.web.pupils.urls")),
    path("", include("schoolgate.web.searches.urls")),
    path("", include("schoolgate.web.breaches.urls")),
    path("", include("schoolgate.web.public.urls")),
]
urlpatterns = by_first_word(ROOMS)
