"""Text that people can read: no sign that cannot be seen, but tabs and line ends."""

import re

from django import forms
from django.core.validators import RegexValidator

__all__ = ["UNSEEN", "hold_plain_text", "plain_text"]

# Not the joiners that Indic scripts write with.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
plain_text = RegexValidator(
    UNSEEN, "It holds a sign that cannot be seen. Take it out, or type it again.", inverse_match=True
)


def hold_plain_text(form: forms.BaseForm) -> None:
    """Let every box of words take nothing else."""
    for field in form.fields.values():
        if isinstance(field, forms.CharField):
            field.validators.append(plain_text)
