"""All addresses. Each door brings its own list."""

from django.urls import path

from schoolgate.web.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
]
