"""All addresses. Each door brings its own list."""

from django.urls import include, path

from schoolgate.web.health import healthz
from schoolgate.web.metrics import metrics

handler400 = "schoolgate.web.errors.bad_request"
handler403 = "schoolgate.web.errors.forbidden"
handler404 = "schoolgate.web.errors.not_found"
handler429 = "schoolgate.web.errors.too_many"  # asked for by allauth's rate limits
handler500 = "schoolgate.web.errors.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("api/", include("schoolgate.api.urls")),
    path("", include("schoolgate.web.urls")),
]
