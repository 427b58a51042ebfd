"""The program, read once: by a command as far as it needs, and whole by a process that is then copied. What
was read before that, the copies share."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module

from schoolgate.patterns import compile_lazy_patterns

PAGES = (
    "schoolgate.config.wsgi",
    "schoolgate.config.urls",
    # What settings name, and only the first page that's asked for would read:
    "django.contrib.auth.context_processors",
    "django.contrib.messages.context_processors",
    "django.contrib.messages.storage.fallback",
    "django.contrib.sessions.serializers",
    "django.template.context_processors",
    "schoolgate.web.signin.adapters",
    "schoolgate.web.signin.forms",
)


@contextmanager
def what_is_read_stays() -> Iterator[None]:
    """Look for no garbage in what is read here, neither now nor later: nearly all of it stays to the end, and
    to look through it took a quarter of a start, most of that when the command had ended."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def read_to_be_copied(modules: Iterable[str] = PAGES) -> None:
    """Import these modules, and read what each copy would read at once: both languages, every address, one
    page, the jobs and sweeps of a minute, and the patterns that others compile when they use them.

    Garbage is left where it lies, a few megabytes that the copies share: taken out, it leaves holes in every
    page of memory, and what a copy puts into them makes each such page its own (docs/adr/0080).
    """
    with what_is_read_stays():
        for module in modules:
            import_module(module)
        _read_what_all_need()
        compile_lazy_patterns()


def _read_what_all_need() -> None:
    from django.conf import settings  # they want the settings, and what was read above
    from django.template.loader import get_template
    from django.urls import reverse
    from django.utils import translation
    from procrastinate.contrib.django import app

    for language, _name in settings.LANGUAGES:
        with translation.override(language, deactivate=True):
            translation.gettext("Sign in")
            reverse("account_login")
    get_template("account/login.html")
    app.perform_import_paths()  # type: ignore[no-untyped-call]
