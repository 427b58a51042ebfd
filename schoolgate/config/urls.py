"""All addresses. Each door brings its own list."""

from django.urls import include, path

from schoolgate.web.running.monitoring import healthz, metrics

handler400 = "schoolgate.web.frame.errors.bad_request"
handler403 = "schoolgate.web.frame.errors.forbidden"
handler404 = "schoolgate.web.frame.errors.not_found"
handler429 = "schoolgate.web.frame.errors.too_many"  # asked for by allauth's rate limits
handler500 = "schoolgate.web.frame.errors.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("api/", include("schoolgate.api.urls")),
    path("", include("schoolgate.web.urls")),
]
