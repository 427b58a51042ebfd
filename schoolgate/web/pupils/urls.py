"""The addresses of pupils and consents."""

from __future__ import annotations

from django.urls import path

from schoolgate.web.pupils.consents import by_code, by_link
from schoolgate.web.pupils.listing import pupils
from schoolgate.web.pupils.pupil import pupil
from schoolgate.web.pupils.sources import PAGES, connect, connections, disconnect, read

urlpatterns = [
    path("pupils", pupils, name="pupils"),
    path("pupils/<int:pk>", pupil, name="pupil"),
    *PAGES.urls(),
    path("pupils/import/wonde", connections, name="pupils-wonde"),
    path("pupils/import/wonde/connect", connect, name="pupils-wonde-connect"),
    path("pupils/import/wonde/<int:pk>/read", read, name="pupils-wonde-read"),
    path("pupils/import/wonde/<int:pk>/end", disconnect, name="pupils-wonde-end"),
    path("<slug:federation>/consent", by_code, name="consent-code"),
    path("<slug:federation>/consent/<secret:code>", by_link, name="consent"),
]
