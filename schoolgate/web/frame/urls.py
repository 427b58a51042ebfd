"""The addresses of what every page has: the menu, languages, pictures, undo."""

from __future__ import annotations

from django.urls import include, path

from schoolgate.web.frame import views

urlpatterns = [
    path("", views.home, name="home"),
    path("menu", views.menu, name="menu"),
    path("menu/federation", views.act_in, name="act-in"),
    path("language", views.language, name="language"),
    path("theme", views.theme, name="theme"),
    path("style", views.style, name="style"),
    path("", include("schoolgate.web.frame.views")),
    path("", include("schoolgate.web.frame.installed")),
]
