"""The addresses of checks and candidate searches."""

from __future__ import annotations

from django.urls import path

from schoolgate.web.searches.searches import check, searches, vacancy

urlpatterns = [
    path("searches", searches, name="searches"),
    path("searches/checks/<int:pk>", check, name="search-check"),
    path("searches/vacancies/<int:pk>", vacancy, name="search-vacancy"),
]
