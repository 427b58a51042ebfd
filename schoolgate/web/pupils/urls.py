"""The addresses of pupils and consents."""

from __future__ import annotations

from django.urls import path

from schoolgate.web.pupils.by_link import by_code, by_link
from schoolgate.web.pupils.imports import PAGES
from schoolgate.web.pupils.listing import pupils
from schoolgate.web.pupils.one import pupil

urlpatterns = [
    path("pupils", pupils, name="pupils"),
    path("pupils/<int:pk>", pupil, name="pupil"),
    *PAGES.urls(),
    path("<slug:federation>/consent", by_code, name="consent-code"),
    path("<slug:federation>/consent/<secret:code>", by_link, name="consent"),
]
