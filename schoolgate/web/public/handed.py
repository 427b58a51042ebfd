"""Pictures that a network fetches while a post is handed over: open by their address alone, for minutes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from schoolgate.core.clock import now
from schoolgate.networks.handing import WHERE, picture_at
from schoolgate.web.frame.closed import open_to_anybody


@open_to_anybody
@never_cache
@require_safe
def handed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the picture; 404 for what is not (or no longer) handed over."""
    found = picture_at(token, at=now())
    if found is None:
        return HttpResponse(status=404)
    answer = HttpResponse(found, content_type="image/jpeg")
    answer["X-Robots-Tag"] = "noindex"
    return answer


urlpatterns = [path(f"{WHERE.lstrip('/')}<secret:token>.jpg", handed, name="handed-over")]
