"""The addresses of posts."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.posts.pictures")),
    path("", include("schoolgate.web.posts.by_hand")),
    path("", include("schoolgate.web.posts.views")),
    path("", include("schoolgate.web.posts.one")),
    path("", include("schoolgate.web.posts.archive")),
    path("", include("schoolgate.web.posts.live")),
    path("", include("schoolgate.web.posts.library")),
    path("", include("schoolgate.web.posts.past")),
    path("", include("schoolgate.web.posts.screening")),
    path("", include("schoolgate.web.posts.forms")),
    path("", include("schoolgate.web.posts.co_writing")),
    path("", include("schoolgate.web.posts.news")),
    path("", include("schoolgate.web.posts.wording")),
]
