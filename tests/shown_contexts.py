"""What a page was drawn with: Django's client keeps a copy of the context for each template.

A page is drawn from fifty: the pieces that it includes, its components, what it extends. What tests read
(`answer.context["form"]`) stands in the page's own, so only that one is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.template.base import Template
from django.template.context import Context
from django.test.signals import template_rendered


def _drawn_and_told(self: Template, context: Context) -> str:
    if context.template is self:
        template_rendered.send(sender=self, template=self, context=context)
    return str(self.nodelist.render(context))


@pytest.fixture(scope="session", autouse=True)
def pages_tell_their_context(django_test_environment: None) -> Iterator[None]:
    """Only the template of a page tells what it's drawn with, none of its pieces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", _drawn_and_told)
        yield
