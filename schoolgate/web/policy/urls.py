"""The addresses of the policy."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schoolgate.web.policy.views")),
    path("", include("schoolgate.web.policy.rulings")),
    path("", include("schoolgate.web.policy.asking.views")),
    path("", include("schoolgate.web.policy.permissions")),
    path("", include("schoolgate.web.policy.own.imports")),
    path("", include("schoolgate.web.policy.own.imports_pages")),
    path("", include("schoolgate.web.policy.own.roles")),
    path("", include("schoolgate.web.policy.own.views")),
    path("", include("schoolgate.web.policy.own.ready")),
    path("", include("schoolgate.web.policy.own.rules")),
    path("", include("schoolgate.web.policy.own.conditions")),
    path("", include("schoolgate.web.policy.own.steps")),
    path("", include("schoolgate.web.policy.reading")),
    path("", include("schoolgate.web.policy.rehearsal")),
    path("", include("schoolgate.web.policy.ready_questions")),
    path("", include("schoolgate.web.policy.suggestions")),
    path("", include("schoolgate.web.policy.versions")),
    path("", include("schoolgate.web.policy.document")),
    path("", include("schoolgate.web.policy.acknowledged.views")),
    path("", include("schoolgate.web.policy.acknowledged.training")),
    path("", include("schoolgate.web.policy.acknowledged.by_link")),
]
