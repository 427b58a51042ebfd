"""Migrating in seconds: Django's picture of the models between two migrations, drawn no oftener than needed.

Nearly every table here refers to the federation. Django draws again whatever is related to what an operation
changes, and so every model of the program for each of some hundred operations: the time grows by the square
of their number. Most operations add a table, an index or a constraint, which concerns one model alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db.migrations.state import ModelState, ProjectState


@contextmanager
def quick_states() -> Iterator[None]:
    """While this lasts, a new model is drawn alone, and so is one whose change concerns no other model.

    Whatever else changes has everything drawn afresh. What was drawn alone leaves the state marked as
    delayed, as Django itself does it, so that an operation in Python gets models that know each other.
    """
    with patch.multiple(ProjectState, add_model=_add_model, reload_model=_reload_model, reload_models=_all):
        yield


def _add_model(state: ProjectState, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    state.models[key] = model_state
    if state._relations is not None:  # type: ignore[attr-defined]  # noqa: SLF001 - as in Django itself
        state.resolve_model_relations(key)
    if _is_drawn(state):
        state.apps.render_multiple([model_state])


def _reload_model(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    if not delay:
        _all(state)
    elif _is_drawn(state):
        state.is_delayed = True
        state._reload({(app_label, model_name)})  # type: ignore[attr-defined]  # noqa: SLF001


def _all(state: ProjectState, *_models: object, **_how: object) -> None:
    """Let everything be drawn afresh where it is next asked for."""
    state.is_delayed = False
    state.__dict__.pop("apps", None)


def _is_drawn(state: ProjectState) -> bool:
    return "apps" in state.__dict__
