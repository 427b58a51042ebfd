"""The program, read once by a process that is then copied: what was read before that, the copies share."""

import gc
from collections.abc import Iterable
from importlib import import_module

from schoolgate.patterns import compile_lazy_patterns

PAGES = ("schoolgate.config.wsgi", "schoolgate.config.urls")


def read_to_be_copied(modules: Iterable[str] = PAGES) -> None:
    """Import these modules, and read what each copy would read at once: both languages, every address, one
    page, the jobs, and the patterns that others compile when they use them.

    Garbage is left where it lies, a few megabytes that the copies share: taken out, it leaves holes in every
    page of memory, and what a copy puts into them makes each such page its own (docs/adr/0080).
    """
    gc.disable()
    for module in modules:
        import_module(module)
    _read_what_all_need()
    compile_lazy_patterns()
    gc.freeze()
    gc.enable()


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
