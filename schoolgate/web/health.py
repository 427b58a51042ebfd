"""Whether the program serves: for supervisors, load balancers and the person who has just started it."""

from importlib.metadata import version

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when pages can be made, 503 while the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = "ok"
    except DatabaseError:
        database = "no answer"
    status = "ok" if database == "ok" else "unavailable"
    body = {"status": status, "database": database, "version": version("schoolgate")}
    return JsonResponse(body, status=200 if status == "ok" else 503)
