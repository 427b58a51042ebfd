"""The addresses of the policy."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.policy.guides")),
    path("", include("schoolgate.web.policy.rulings")),
    path("", include("schoolgate.web.policy.asking.asking")),
    path("", include("schoolgate.web.policy.permissions")),
    path("", include("schoolgate.web.policy.own.imports")),
    path("", include("schoolgate.web.policy.own.clauses")),
    path("", include("schoolgate.web.policy.own.ready")),
    path("", include("schoolgate.web.policy.own.rules")),
    path("", include("schoolgate.web.policy.own.conditions")),
    path("", include("schoolgate.web.policy.reading")),
    path("", include("schoolgate.web.policy.rehearsal")),
    path("", include("schoolgate.web.policy.versions")),
    path("", include("schoolgate.web.policy.document")),
    path("", include("schoolgate.web.policy.acknowledged.acknowledging")),
    path("", include("schoolgate.web.policy.acknowledged.training")),
]
