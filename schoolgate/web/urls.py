"""The addresses of the pages. Each area brings its own list; the public pages, by slug, come last."""

from __future__ import annotations

from django.urls import include, path

from schoolgate.web import frame_views, style

urlpatterns = [
    path("", frame_views.home, name="home"),
    path("menu", frame_views.menu, name="menu"),
    path("menu/federation", frame_views.act_in, name="act-in"),
    path("language", frame_views.language, name="language"),
    path("style", style.style, name="style"),
    path("", include("schoolgate.web.signin.urls")),
    path("", include("schoolgate.web.people")),
    path("", include("schoolgate.web.people_import")),
    path("", include("schoolgate.web.people_roles")),
    path("", include("schoolgate.web.api_keys")),
    path("", include("schoolgate.web.today")),
    path("", include("schoolgate.web.policy")),
    path("", include("schoolgate.web.rulings")),
    path("", include("schoolgate.web.asking")),
    path("", include("schoolgate.web.policy_reading")),
    path("", include("schoolgate.web.policy_reviews")),
    path("", include("schoolgate.web.policy_versions")),
    path("", include("schoolgate.web.known")),
    path("", include("schoolgate.web.training")),
    path("", include("schoolgate.web.proposals")),
    path("", include("schoolgate.web.small_proposals")),
    path("", include("schoolgate.web.contributors")),
    path("", include("schoolgate.web.contributors_acts")),
    path("", include("schoolgate.web.accounts")),
    path("", include("schoolgate.web.accounts_opening_parts")),
    path("", include("schoolgate.web.sites")),
    path("", include("schoolgate.web.keys")),
    path("", include("schoolgate.web.keys_papers")),
    path("", include("schoolgate.web.care")),
    path("", include("schoolgate.web.care_evaluating")),
    path("", include("schoolgate.web.care_offers")),
    path("", include("schoolgate.web.closing")),
    path("", include("schoolgate.web.register")),
    path("", include("schoolgate.web.byhand")),
    path("", include("schoolgate.web.posts")),
    path("", include("schoolgate.web.posts_stop")),
    path("", include("schoolgate.web.pictures")),
    path("", include("schoolgate.web.inbox")),
    path("", include("schoolgate.web.evidence")),
    path("", include("schoolgate.web.noticeboard")),
    path("", include("schoolgate.web.knowing")),
]
