"""The ten most used pages of the example, as each of its roles sees them: words, pixels, fields, queries, kB.

In a real browser at 390 by 844 pixels, served as the program serves itself. Kilobytes are those of a first
visit, with nothing in the browser's cache: the page with its styles, scripts and pictures, as transferred.
`python -m bench pages` needs Chromium and playwright.
"""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from bench.database import told
from bench.machine import NotMeasured, say
from bench.warm_page import check_answer, check_is_the_page, heading_of, queries, signed_in

PHONE = {"width": 390, "height": 844}
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FIELDS = "main input:not([type=hidden]), main select, main textarea"
EXAMPLE = "wildground"
CLOSED = frozenset((302, 403, 404))
"""How a page answers a role that it doesn't open for."""
HEADINGS = {
    "today": "Today", "posts": "Posts", "composer": "Write a post", "post": "Post", "inbox": "Inbox",
    "item": "Comment", "accounts": "Accounts", "account": "Wildground Juniors noticeboard",
    "policy": "Social Media Policy", "may-i": "May I ...?",
}  # fmt: skip
"""What each page is called."""
ROLES = 99
"""Most roles by which a page is looked at."""
SMALLEST = {"ROLES": 1}


def run() -> dict[str, Any]:
    """What each page is for each role that it opens for."""
    with told(EXAMPLE), served() as address, browser_of() as browser:
        found = _all(address, browser)
    return {
        "what": "the ten most used pages of the example at 390 px, by role",
        "pages": found,
        "most": {page: _most(by_role) for page, by_role in found.items()},
    }


def _all(address: str, browser: Any) -> dict[str, dict[str, dict[str, float]]]:
    roles, addresses = clients_of(EXAMPLE), paths()
    found: dict[str, dict[str, dict[str, float]]] = {page: {} for page in addresses}
    for role, client in roles.items():
        say(f"pages: {role}")
        for page, path in addresses.items():
            answer = client.get(path)
            if answer.status_code in CLOSED or len(found[page]) == ROLES:
                continue
            check_answer(path, answer, HEADINGS[page])
            seen = _seen(browser, client, address, path, wanted=HEADINGS[page])
            found[page][role] = {**seen, "queries": queries(client, path)}
    if unopened := [page for page, by_role in found.items() if not by_role]:
        raise NotMeasured(f"no role opens {', '.join(unopened)}")
    return found


def clients_of(federation: str) -> dict[str, Any]:
    """A signed-in client for each person of an example, by the name of their first role."""
    from schoolgate.core.models import Federation
    from schoolgate.core.tenancy import scope
    from schoolgate.people.models import RoleAssignment

    with scope(Federation.objects.get(slug=federation).pk):
        held = list(RoleAssignment.objects.select_related("person__user").order_by("-pk"))
    newest = {row.person_id: row for row in held if row.person.user_id}
    return {one.role_key: signed_in(one.person.user) for one in newest.values()}


def paths() -> dict[str, str]:
    """Return the addresses of the ten most used pages of the example, by name."""
    from schoolgate.accounts.models import Account
    from schoolgate.core.models import Federation, School
    from schoolgate.core.tenancy import scope
    from schoolgate.inbox.models import Item
    from schoolgate.publishing.models import Post

    with scope(Federation.objects.get(slug=EXAMPLE).pk):
        school = School.objects.order_by("pk")[0].pk
        post = Post.objects.filter(state="submitted").order_by("pk")[0].pk
        item = Item.objects.filter(state="open").order_by("pk")[0].pk
        account = Account.objects.filter(state="open").order_by("pk")[0].pk
    return {
        "today": "/today", "posts": "/posts", "composer": f"/posts/new/{school}", "post": f"/posts/{post}",
        "inbox": "/inbox", "item": f"/inbox/{item}", "accounts": "/accounts",
        "account": f"/accounts/{account}", "policy": "/policy", "may-i": "/may-i",
    }  # fmt: skip


def _seen(browser: Any, client: Any, address: str, path: str, *, wanted: str) -> dict[str, float]:
    from django.conf import settings

    context = browser.new_context(viewport=PHONE, locale="en-GB")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    page = context.new_page()
    transferred: list[float] = []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: transferred.append(event["encodedDataLength"]))
    answer = page.goto(address + path, wait_until="networkidle")
    there, shown = page.url.removeprefix(address), heading_of(page.content())
    check_is_the_page(path, status=answer.status, shown=shown, wanted=wanted)
    if there != path:
        raise NotMeasured(f"{path} led to {there}")
    found = {
        "words": len(page.inner_text("main").split()),
        "pixels": page.evaluate("document.documentElement.scrollHeight"),
        "pixels_to_heading": round(page.locator("h1").first.bounding_box()["y"]),
        "fields": page.locator(FIELDS).count(),
        "kb": round(sum(transferred) / 1000, 1),
    }
    context.close()
    return found


def _most(by_role: dict[str, dict[str, float]]) -> dict[str, float]:
    """The largest figure of each kind, whichever role has it."""
    keys = next(iter(by_role.values())).keys() if by_role else ()
    return {key: max(each[key] for each in by_role.values()) for key in keys}


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def shutdown_request(self, request: Any) -> None:
        from django.db import connections

        connections.close_all()
        super().shutdown_request(request)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Log nothing: the program has its own log."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the program as it serves itself; give its address."""
    from schoolgate.config.wsgi import application

    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def browser_of() -> Iterator[Any]:
    """Give a real browser."""
    import os

    from django.db import connections
    from playwright.sync_api import sync_playwright

    program = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if program is None:
        raise FileNotFoundError("Chromium is not installed (Debian: apt-get install chromium-headless-shell)")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop running in this thread
    with sync_playwright() as playwright:
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=options)
        try:
            yield browser
        finally:
            # While playwright's loop runs, Django has other connections in this thread than before and after.
            # They would outlive the copy of the database and be given to the next part with a browser.
            connections.close_all()
            browser.close()
