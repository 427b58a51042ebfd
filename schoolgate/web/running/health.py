"""Whether the program responds: for supervisors, load balancers and the person who has just started it."""

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from schoolgate import __version__
from schoolgate.core.clock import now
from schoolgate.reports import running


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when pages can be made, 503 while the database does not answer.

    `work` says whether the rest of the program is working. Asked as `/healthz?work`, the status is 503 while
    it is not: for a monitor that reads the status only. The answer is public, so it names nothing.
    """
    work = "unknown"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        work = "standing still" if running.of_installation(now()) else "ok"
        database = "ok"
    except (DatabaseError, InterfaceError):
        database = "no answer"
    status = "ok" if database == "ok" else "unavailable"
    body = {"status": status, "database": database, "work": work, "version": __version__}
    well = status == "ok" and (work == "ok" or "work" not in request.GET)
    return JsonResponse(body, status=200 if well else 503)
