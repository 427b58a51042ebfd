"""The addresses of checks and candidate searches."""

from __future__ import annotations

from django.urls import path

from schoolgate.web.searches.checks import check
from schoolgate.web.searches.listing import searches
from schoolgate.web.searches.vacancies import vacancy

urlpatterns = [
    path("searches", searches, name="searches"),
    path("searches/checks/<int:pk>", check, name="search-check"),
    path("searches/vacancies/<int:pk>", vacancy, name="search-vacancy"),
]
