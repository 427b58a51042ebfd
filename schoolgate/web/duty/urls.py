"""The addresses of the rota, cover and absences."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.duty.rota_turn")),
    path("", include("schoolgate.web.duty.rota_setting")),
    path("", include("schoolgate.web.duty.emergency_contacts")),
]
