"""The API's addresses and its document."""

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from schoolgate.api import decisions, inbox, me, pictures, posts, problems
from schoolgate.api.calls import KEY_SHAPE, ONCE, TAKEN_IN, Key

ERRORS = {
    "400": "It could not be understood.",
    "401": "There is no key, or it has run out or was ended.",
    "403": "This person, or this key, may not do that.",
    "404": "There is no such thing, or it belongs to another federation.",
    "409": "The policy does not allow it as it stands, or the thing is in another state.",
    "413": "It is larger than we take.",
    "415": "The body is of another type than this address takes.",
    "422": "Some of what was sent has to be changed.",
    "429": "Too many requests in a minute.",
    "503": "The database is away for the moment. Try again after the seconds of `Retry-After`.",
}
NAMED = {
    "in": "header",
    "name": ONCE,
    "required": False,
    "description": "A name of your own for this request, such as a UUID. Sent again with it within a day, it "
    "does nothing more: the answer is the thing as it is now, with `Idempotency-Replayed: true`.",
    "schema": {"type": "string", "pattern": KEY_SHAPE},
}
TAKEN = {
    "description": "It was done, and you may not read the thing: this is all that you’re told. Don’t send it "
    "again.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "integer"}},
                "additionalProperties": False,
            }
        }
    },
}
REF = "#/components/schemas/{model}"


class Api(NinjaAPI):
    """The API with its errors in the document: each operation may answer each of them as a problem."""

    def get_openapi_schema(self, **_given: Any) -> OpenAPISchema:
        """The OpenAPI 3.1 document, made once: it takes a third of a second, and is always the same."""
        return self._document

    def create_response(self, *given: Any, **named: Any) -> HttpResponse:
        """Return the answer to a key, which nothing on the way may keep."""
        answer: HttpResponse = super().create_response(*given, **named)
        answer.headers.setdefault("Cache-Control", "no-store")
        if getattr(given[0], "done_before", False):
            answer.headers["Idempotency-Replayed"] = "true"
        return answer

    @cached_property
    def _document(self) -> OpenAPISchema:
        document = super().get_openapi_schema()
        problem = problems.Problem.model_json_schema(mode="serialization", by_alias=True, ref_template=REF)
        schemas = document["components"]["schemas"]
        schemas.update(problem.pop("$defs", {}))
        schemas["Problem"] = problem
        content = {problems.PROBLEM: {"schema": {"$ref": REF.format(model="Problem")}}}
        does_once = {
            self.get_openapi_operation_id(each)
            for _prefix, router in self._routers
            for view in router.path_operations.values()
            for each in view.operations
            if getattr(each.view_func, "does_once", False)
        }
        for operations in document["paths"].values():
            for operation in operations.values():
                if operation["operationId"] in does_once:
                    operation["parameters"] = [*operation.get("parameters", ()), NAMED]
                    operation["responses"][str(TAKEN_IN)] = TAKEN
                for status, says in ERRORS.items():
                    operation["responses"][status] = {"description": says, "content": content}
        return document


api = Api(
    title="Schoolgate",
    version="1",
    description="What people do on the pages, for programs. The same rules hold on both doors.",
    auth=Key(),
    urls_namespace="api",
    docs_url=None,
)
problems.handle(api)
api.add_decorator(problems.only_declared_bodies, mode="view")
api.add_router("", me.router)
api.add_router("/posts", posts.router)
api.add_router("/pictures", pictures.router)
api.add_router("/inbox", inbox.router)
api.add_router("/decisions", decisions.router)

urlpatterns = [
    path("v1/", api.urls),
    re_path(r"^.*$", csrf_exempt(problems.nothing_here), name="api-nothing"),
]
