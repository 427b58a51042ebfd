"""A server of ours that keeps to LinkedIn's published Community Management interface, as far as our client
uses it.

Written from learn.microsoft.com/linkedin: marketing (versioning, posts-api, multiimage-post-api, images-api,
little-text-format, comments-api, share-statistics, organization-lookup-api,
organization-access-control-by-role) and shared (authorization-code-flow, programmatic-refresh-tokens,
error-handling, pagination, rate-limits), read in December 2026. It knows nothing of the client. It refuses
each parameter and each field that a method does not have, and each name that isn't encoded. What the pages
don't say and people report, it does too: a text ends at a reserved sign without a backslash, without a word.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote

from tests.networks.own_server import OwnCalls, OwnServer, serving

VERSIONS = ("202512", "202606", "202611")
SCOPES = (
    "r_organization_social", "w_organization_social", "r_organization_social_feed",
    "w_organization_social_feed", "rw_organization_admin",
)  # fmt: skip
DAY = 24 * 3600
LONGEST, LONGEST_COMMENT, LONGEST_ALT = 3000, 1250, 4086
RESERVED = set("\\|{}@[]()<>#*_~")


class No(Exception):
    """An error as LinkedIn tells it. `code`: of its errorDetails."""

    def __init__(
        self, status: int, message: str, *, service: int = 0, code: str = "", name: str = ""
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.service, self.code, self.name = status, message, service, code, name

    def body(self) -> dict[str, Any]:
        told: dict[str, Any] = {"status": self.status, "message": self.message}
        if self.service:
            told["serviceErrorCode"] = self.service
        if self.name:
            told["code"] = self.name
        if self.code:
            said = [{"description": self.message, "input": {}, "code": self.code}]
            told["errorDetails"] = {"inputErrors": said}
        return told


def refusal(status: int, message: str = "No.", **more: Any) -> dict[str, Any]:
    """The body of an error."""
    return No(status, message, **more).body()


@dataclass
class Page:
    """An organisation."""

    id: str
    name: str
    vanity: str
    kind: str = "COMPANY"

    @property
    def urn(self) -> str:
        return f"urn:li:organization:{self.id}"


@dataclass
class Person:
    """A member, the Pages they run with their role, and the keys that the application has of them."""

    id: str
    runs: dict[str, str] = field(default_factory=dict)
    access: str = ""
    refresh: str = ""
    revoked: bool = False


@dataclass
class Thing:
    """A post, a comment or an image."""

    urn: str
    kind: str
    by: str
    at: int
    text: str = ""
    of: str = ""
    above: str = ""
    content: Any = None
    changed: int = 0
    status: str = ""
    polls: int = 0
    gone: bool = False


@dataclass
class LinkedInServer(OwnServer):
    """The server's state. `refreshes`: whether LinkedIn gives this application refresh tokens."""

    app_id: str = "86abcdefgh"
    app_secret: str = "an-app-secret-of-linkedin"
    scope: str = ",".join(SCOPES)
    refreshes: bool = True
    duplicates: bool = False
    polls: int = 0
    breaks_media: bool = False
    uploads_at: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    versions: list[str] = field(default_factory=list)
    last: int = 7_000_000

    def number(self) -> str:
        with self.lock:
            self.last += 1
            return str(self.last)

    def join(self, name: str, kind: str = "COMPANY") -> Page:
        """A new Page."""
        number = self.number()
        made = Page(number, name, f"{name.lower().replace(' ', '-')}-{number}", kind)
        self.pages[made.id] = made
        return made

    def person(self, *pages: Page, role: str = "ADMINISTRATOR") -> Person:
        """A member who runs these Pages."""
        number = self.number()
        made = Person(f"P{number}", {one.id: role for one in pages}, f"AQX{number}access")
        self.people.append(made)
        return made

    def code(self, person: Person, *, back: str) -> str:
        """What LinkedIn's page gives when the person says yes."""
        made = f"AQT{secrets.token_hex(8)}"
        self.codes[made] = {"redirect_uri": back, "person": person.id}
        return made

    def add(self, kind: str, urn: str, by: str, **more: Any) -> Thing:
        with self.lock:
            made = Thing(urn, kind, by, _now(), **more)
            self.things[urn] = made
            return made

    def comment(self, of: str, text: str, by: str = "urn:li:person:aStranger", above: str = "") -> Thing:
        """A comment below a post, without any call."""
        number = self.number()
        urn = f"urn:li:comment:({activity(of)},{number})"
        return self.add("comment", urn, by, text=text, of=of, above=above)

    def of(self, page: Page) -> list[str]:
        """The texts of a Page's posts that people can see, oldest first."""
        return [one.text for one in self.things.values()
                if one.kind == "post" and one.by == page.urn and not one.gone]  # fmt: skip


def activity(post: str) -> str:
    """The thread of a post, by its own number."""
    return f"urn:li:activity:{post.rpartition(':')[2]}"


def _now() -> int:
    return int(datetime.now(UTC).timestamp() * 1000)


@contextmanager
def linkedin_server(**given: Any) -> Iterator[LinkedInServer]:
    """The server, for as long as the block runs."""
    with serving(LinkedInServer(**given), LinkedInCalls) as made:
        made.uploads_at = made.uploads_at or made.origin
        yield made


def shown(text: str) -> str:
    """A plain text in the `little` format, as it is told."""
    return "".join(f"\\{sign}" if sign in RESERVED else sign for sign in text)


TAG = re.compile(r"\{hashtag\|(?:\\#|\\＃)\|([\w]+)\}")


def understood(text: str) -> str:
    """What of a text in the `little` format people see: it ends at the first sign that says nothing."""
    found, place = [], 0
    while place < len(text):
        tag = TAG.match(text, place)
        if tag:
            found.append(f"#{tag[1]}")
            place = tag.end()
        elif text[place] == "\\" and text[place + 1 : place + 2] in RESERVED:
            found.append(text[place + 1])
            place += 2
        elif text[place] in RESERVED:
            break
        else:
            found.append(text[place])
            place += 1
    return "".join(found)


class LinkedInCalls(OwnCalls):
    """Reads a request, finds its method, and answers as LinkedIn does."""

    def named(self, path: str) -> str:
        return unquote(path)

    def reply_to(self, call: str, parts: SplitResult, raw: bytes) -> tuple[int, Any, dict[str, str]]:
        self.raw, self.path_told = raw, parts.path
        try:
            if call == "POST /oauth/v2/accessToken":
                return self._token()
            self.person = self._allowed()
            if call.startswith("PUT /dms-uploads/"):
                return self._uploaded(call.rpartition("/")[2])
            self.given = self._given(parts.query)
            self._headers()
            for pattern, allowed, method, does in ROUTES:
                found = re.fullmatch(pattern, call)
                if not found or (method and self.headers.get("X-RestLi-Method", "") != method):
                    continue
                if unknown := set(self.given) - set(allowed.split()):
                    raise No(400, f"Query parameter '{min(unknown)}' is not supported")
                return does(self, *found.groups())
            raise No(404, f"Could not find resource for {call}", name="RESOURCE_NOT_FOUND")
        except No as no:
            return no.status, no.body(), {}

    def _given(self, query: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for each in filter(None, query.split("&")):
            name, _sign, value = each.partition("=")
            if value.startswith("List(") and value.endswith(")"):
                found[name] = [unquote(one) for one in value[5:-1].split(",")]
            elif set(value) & set("(),:"):
                raise No(400, f"Invalid query parameter {name}")
            else:
                found[name] = unquote(value)
        return found

    def _headers(self) -> None:
        if self.headers.get("X-Restli-Protocol-Version") != "2.0.0":
            raise No(400, "Invalid protocol version")
        version = self.headers.get("Linkedin-Version") or ""
        self.state.versions.append(version)
        if version not in VERSIONS:
            raise No(426, f"Requested version {version} is not active", name="NONEXISTENT_VERSION")
        if set(self.path_told) & set("(),:"):
            raise No(400, "Syntax exception in path")

    def _token(self) -> tuple[int, Any, dict[str, str]]:
        """authorization-code-flow and programmatic-refresh-tokens."""
        given = {name: values[-1] for name, values in parse_qs(self.raw.decode()).items()}
        state = self.state

        def no(status: int, name: str, words: str) -> tuple[int, Any, dict[str, str]]:
            return status, {"error": name, "error_description": words}, {}

        if (given.get("client_id"), given.get("client_secret")) != (state.app_id, state.app_secret):
            return no(401, "invalid_client", "Client authentication failed")
        if given.get("grant_type") == "authorization_code":
            noted = state.codes.pop(given.get("code", ""), None)
            if noted is None or noted["redirect_uri"] != given.get("redirect_uri"):
                return no(
                    400, "invalid_request", "Unable to retrieve access token: authorization code not found"
                )
            held = [one for one in state.people if one.id == noted["person"]]
            held[0].refresh = f"AQR{state.number()}refresh" if state.refreshes else ""
        else:
            held = [one for one in state.people if one.refresh and one.refresh == given.get("refresh_token")]
        if not held or held[0].revoked:
            words = "The provided authorization grant or refresh token is invalid, expired or revoked."
            return no(400, "invalid_request", words)
        person = held[0]
        person.access = f"AQX{state.number()}access"
        told = {"access_token": person.access, "expires_in": 60 * DAY - 1, "scope": state.scope}
        if person.refresh:
            told |= {"refresh_token": person.refresh, "refresh_token_expires_in": 365 * DAY}
        return 200, told, {}

    def _allowed(self) -> Person:
        key = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        for one in self.state.people:
            if key and one.access == key:
                if one.revoked:
                    raise No(401, "The token used in the request has been revoked by the user", service=65601,
                             name="REVOKED_ACCESS_TOKEN")  # fmt: skip
                return one
        raise No(401, "Invalid access token", service=65600, name="INVALID_ACCESS_TOKEN")

    def _runs(self, urn: str) -> Page:
        page = self.state.pages.get(urn.removeprefix("urn:li:organization:"))
        if page is None or self.person.runs.get(page.id) != "ADMINISTRATOR":
            raise No(403, "Not enough permissions to access this resource", service=100, name="ACCESS_DENIED")
        return page

    def _body(self, *allowed: str) -> dict[str, Any]:
        body = dict(json.loads(self.raw or b"{}"))
        if unknown := set(body) - set(allowed):
            raise No(422, f"/{min(unknown)} :: unrecognized field found but not allowed")
        return body

    def _listed(self, items: list[Any], most: int = 100) -> tuple[int, Any, dict[str, str]]:
        start, count = int(self.given.get("start", 0)), int(self.given.get("count", 10))
        if not 0 < count <= most:
            raise No(400, f"count must be at most {most}")
        paging = {"start": start, "count": count, "links": []}
        return 200, {"paging": paging, "elements": items[start : start + count]}, {}

    def _find(self, urn: str, kind: str) -> Thing:
        found = self.state.things.get(urn)
        if found is None or found.gone or found.kind != kind:
            raise No(404, f"Could not find entity {urn}", name="RESOURCE_NOT_FOUND")
        return found

    # organizations

    def roles(self) -> Any:
        if self.given.get("q") != "roleAssignee":
            raise No(400, "No finder")
        told = [
            {"roleAssignee": f"urn:li:person:{self.person.id}", "state": "APPROVED", "role": role,
             "organization": f"urn:li:organization:{number}"}
            for number, role in self.person.runs.items()
            if role == self.given.get("role", role)
        ]  # fmt: skip
        return self._listed(told)

    def organization(self, number: str) -> Any:
        page = self.state.pages.get(number)
        if page is None:
            raise No(404, "Could not find entity", name="RESOURCE_NOT_FOUND")
        self._runs(page.urn)
        told = {
            "id": int(page.id), "localizedName": page.name, "vanityName": page.vanity,
            "primaryOrganizationType": page.kind, "localizedDescription": "A school",
        }  # fmt: skip
        return 200, told, {}

    # images

    def begin_image(self) -> Any:
        if self.given.get("action") != "initializeUpload":
            raise No(400, "No action")
        owner = self._runs(self._body("initializeUploadRequest")["initializeUploadRequest"]["owner"])
        urn = f"urn:li:image:C4E{self.state.number()}-_x"
        self.state.add("image", urn, owner.urn, status="WAITING_UPLOAD", polls=self.state.polls)
        address = f"{self.state.uploads_at}/dms-uploads/{urn.rpartition(':')[2]}?ca=vector&sync=0"
        return 200, {"value": {"uploadUrlExpiresAt": _now() + DAY, "uploadUrl": address, "image": urn}}, {}

    def _uploaded(self, name: str) -> tuple[int, Any, dict[str, str]]:
        found = self._find(f"urn:li:image:{name}", "image")
        if not self.raw.startswith((b"\xff\xd8", b"\x89PNG", b"GIF8")):
            raise No(400, "The image format is not supported")
        self.state.files[found.urn], found.status = self.raw, "PROCESSING"
        return 201, None, {}

    def image(self, urn: str) -> Any:
        found = self._find(urn, "image")
        if found.status == "PROCESSING":
            found.polls -= 1
            if found.polls < 0:
                found.status = "PROCESSING_FAILED" if self.state.breaks_media else "AVAILABLE"
        return 200, {"id": urn, "owner": found.by, "status": found.status}, {}

    # posts

    def create(self) -> Any:
        body = self._body("author", "commentary", "visibility", "distribution", "content", "lifecycleState",
                          "isReshareDisabledByAuthor")  # fmt: skip
        page = self._runs(body["author"])
        for name, value in (("visibility", "PUBLIC"), ("lifecycleState", "PUBLISHED")):
            if body.get(name) != value:
                raise No(422, f"/{name} :: is not valid")
        if body["distribution"].get("feedDistribution") != "MAIN_FEED":
            raise No(422, "/distribution/feedDistribution :: is not valid")
        text = understood(body["commentary"])[:LONGEST]
        if self.state.duplicates and text in self.state.of(page):
            raise No(422, "Duplicate post is detected", code="DUPLICATE_POST")
        content = body.get("content") or {}
        images = [content["media"]] if "media" in content else content.get("multiImage", {}).get("images", [])
        if "multiImage" in content and not 2 <= len(images) <= 20:
            raise No(422, "/content/multiImage/images :: length is not between 2 and 20")
        for one in images:
            if set(one) - {"id", "altText", "title"} or len(one.get("altText", "")) > LONGEST_ALT:
                raise No(422, "/content :: is not valid")
            found = self._find(one["id"], "image")
            if (found.by, found.status) != (page.urn, "AVAILABLE"):
                raise No(422, "Image is not ready")
        kind = "ugcPost" if len(images) > 1 else "share"
        made = self.state.add("post", f"urn:li:{kind}:{self.state.number()}", page.urn, text=text,
                              content=content)  # fmt: skip
        return 201, None, {"x-restli-id": made.urn, "x-linkedin-id": made.urn}

    def post(self, urn: str) -> Any:
        found = self._find(urn, "post")
        self._runs(found.by)
        return 200, self._post(found), {}

    def written(self) -> Any:
        if (self.given.get("q"), self.given.get("sortBy", "LAST_MODIFIED")) != ("author", "CREATED"):
            raise No(400, "No finder")
        page = self._runs(self.given["author"])
        mine = [one for one in self.state.things.values()
                if one.kind == "post" and one.by == page.urn and not one.gone]  # fmt: skip
        return self._listed([self._post(one) for one in reversed(mine)])

    def delete(self, urn: str) -> Any:
        found = self.state.things.get(urn)
        if found is not None:
            self._runs(found.by)
            found.gone = True
        return 204, None, {}

    def _post(self, one: Thing) -> dict[str, Any]:
        told = {
            "id": one.urn, "author": one.by, "commentary": shown(one.text), "visibility": "PUBLIC",
            "lifecycleState": "PUBLISHED", "createdAt": one.at, "publishedAt": one.at,
            "lastModifiedAt": one.at, "distribution": {"feedDistribution": "MAIN_FEED"},
            "isReshareDisabledByAuthor": False, "lifecycleStateInfo": {"isEditedByAuthor": False},
        }  # fmt: skip
        return told | ({"content": one.content} if one.content else {})

    # comments

    def comments(self, of: str) -> Any:
        if of.startswith("urn:li:comment:"):
            above = self._find(of, "comment")
            found = [one for one in self._below(above.of) if one.above == of]
        else:
            self._runs(self._find(of, "post").by)
            found = [one for one in self._below(of) if not one.above]
        return self._listed([self._comment(one) for one in found])

    def comment(self, thread: str, number: str) -> Any:
        return 200, self._comment(self._one(thread, number)), {}

    def answer(self, of: str) -> Any:
        body = self._body("actor", "object", "parentComment", "message")
        page, above = self._runs(body["actor"]), self._find(of, "comment")
        if above.above or body.get("parentComment") != of or body["object"] != activity(above.of):
            raise No(400, "Nested comments have one level")
        text = body["message"]["text"]
        if not text or len(text.encode("utf-16-le")) // 2 > LONGEST_COMMENT:
            raise No(400, "Comment is too long")
        made = self.state.comment(above.of, text, page.urn, of)
        return 201, self._comment(made), {"x-restli-id": made.urn.rpartition(",")[2].rstrip(")")}

    def uncomment(self, thread: str, number: str) -> Any:
        page, found = self._runs(self.given["actor"]), self._one(thread, number)
        if found.by != page.urn:
            raise No(403, "Not enough permissions to delete this comment", service=100)
        found.gone = True
        return 204, None, {}

    def _one(self, thread: str, number: str) -> Thing:
        return self._find(f"urn:li:comment:({thread},{number})", "comment")

    def _below(self, post: str) -> list[Thing]:
        return [one for one in self.state.things.values()
                if one.kind == "comment" and one.of == post and not one.gone]  # fmt: skip

    def _comment(self, one: Thing) -> dict[str, Any]:
        below = [each for each in self._below(one.of) if each.above == one.urn]
        told = {
            "actor": one.by, "commentUrn": one.urn, "object": activity(one.of),
            "id": one.urn.rpartition(",")[2].rstrip(")"), "message": {"attributes": [], "text": one.text},
            "created": {"actor": one.by, "time": one.at},
            "lastModified": {"actor": one.by, "time": one.changed or one.at},
            "commentsSummary": {"aggregatedTotalComments": len(below), "totalFirstLevelComments": len(below)},
        }  # fmt: skip
        return told | ({"parentComment": one.above} if one.above else {}) | (
            {"content": one.content} if one.content else {}
        )  # fmt: skip

    # numbers

    def statistics(self) -> Any:
        if self.given.get("q") != "organizationalEntity":
            raise No(400, "No finder")
        page = self._runs(self.given["organizationalEntity"])
        told = [
            {"organizationalEntity": page.urn, of: urn, "totalShareStatistics": self._counted(urn)}
            for name, of in (("shares", "share"), ("ugcPosts", "ugcPost"))
            for urn in self.given.get(name, ())
            if f":{of}:" in urn and urn in self.state.things and not self.state.things[urn].gone
        ]
        return 200, {"paging": {"start": 0, "count": 10, "links": []}, "elements": told}, {}

    def _counted(self, urn: str) -> dict[str, Any]:
        none = dict.fromkeys(("likeCount", "shareCount", "impressionCount", "clickCount"), 0)
        return none | {"commentCount": len(self._below(urn))} | self.state.counts.get(urn, {})


POST = r"(urn:li:(?:share|ugcPost):\d+)"
COMMENT = r"(urn:li:comment:\(urn:li:activity:\d+,\d+\))"
THREAD = r"(urn:li:activity:\d+)"
PAGED = "start count"
ROUTES: list[tuple[str, str, str, Callable[..., Any]]] = [
    (r"GET /rest/organizationAcls", f"q role state {PAGED}", "", LinkedInCalls.roles),
    (r"GET /rest/organizations/(\d+)", "", "", LinkedInCalls.organization),
    (r"POST /rest/images", "action", "", LinkedInCalls.begin_image),
    (r"GET /rest/images/(urn:li:image:[\w-]+)", "", "", LinkedInCalls.image),
    (r"POST /rest/posts", "", "", LinkedInCalls.create),
    (r"GET /rest/posts", f"author q sortBy {PAGED}", "FINDER", LinkedInCalls.written),
    (rf"GET /rest/posts/{POST}", "viewContext", "", LinkedInCalls.post),
    (rf"DELETE /rest/posts/{POST}", "", "DELETE", LinkedInCalls.delete),
    (rf"GET /rest/socialActions/(?:{POST})/comments", PAGED, "", LinkedInCalls.comments),
    (rf"GET /rest/socialActions/{COMMENT}/comments", PAGED, "", LinkedInCalls.comments),
    (rf"POST /rest/socialActions/{COMMENT}/comments", "", "", LinkedInCalls.answer),
    (rf"GET /rest/socialActions/{THREAD}/comments/(\d+)", "", "", LinkedInCalls.comment),
    (rf"DELETE /rest/socialActions/{THREAD}/comments/(\d+)", "actor", "DELETE", LinkedInCalls.uncomment),
    (r"GET /rest/organizationalEntityShareStatistics", "q organizationalEntity shares ugcPosts", "",
     LinkedInCalls.statistics),
]  # fmt: skip
