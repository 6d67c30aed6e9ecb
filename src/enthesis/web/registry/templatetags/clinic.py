"""Tags every page of the clinic uses."""

from typing import Any

from django import template

from enthesis.web.registry.present.clinic_frame import ClinicFrame, clinic_frame

__all__ = ["frame_of_clinic", "register"]

register = template.Library()


@register.simple_tag(takes_context=True)
def frame_of_clinic(context: dict[str, Any]) -> ClinicFrame:
    """The frame of this page; reads ``place`` and ``patient`` of its context."""
    session = context["request"].session
    return clinic_frame(session, context.get("place", ""), context.get("patient"))
