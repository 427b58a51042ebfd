"""The small forms of what is done by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.web.frame.forms import SchoolForm


class DoneByHandForm(SchoolForm):
    """The address of the post on the network."""

    address = forms.CharField(
        label=_("Link to the post"),
        help_text=_("Open the post on the network, copy its link from your browser and paste it here."),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, untold: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_look(self, untold)


def add_look(form: SchoolForm, untold: str) -> None:
    """Ask whether the person looked whose page it is. `untold`: the account that the link doesn't show."""
    if untold:
        form.fields["looked"] = forms.BooleanField(
            label=format_lazy(_("I checked: the post is on {account}"), account=untold), required=False
        )


class LookForm(SchoolForm):
    """What the person saw on the network."""

    there = forms.ChoiceField(
        label=_("Is it there?"),
        choices=[("yes", _("Yes, it is there")), ("no", _("No, it isn’t there"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, asks_address: bool, untold: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.untold = untold if asks_address else ""
        if asks_address:
            self.fields["address"] = forms.CharField(
                label=_("Link to the post, if it’s there"),
                help_text=_(
                    "Open the post on the network, copy its link from your browser and paste it here."
                ),
                max_length=2000,
                required=False,
            )
        add_look(self, self.untold)


class MendForm(SchoolForm):
    """Corrects the address of a post that was posted by hand."""

    address = forms.CharField(
        label=_("Correct link to the post"),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "id": "id_mended"}),
    )

    def __init__(self, *args: Any, untold: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_look(self, untold)
