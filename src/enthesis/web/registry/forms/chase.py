"""Forms of the worklist."""

from django import forms

from enthesis.domain.episodes import Channel, ClosureReason, LostReason, Outcome

__all__ = ["CloseForm", "FilterForm", "StepForm"]

WEEKS = [("", "all windows"), *[(w, f"week {w}") for w in (2, 6, 12, 26, 52, 104)]]
LANGUAGES = [("", "all languages"), ("en", "English"), ("hi", "Hindi"), ("bn", "Bengali")]
# What a coordinator may say; the rest follows from what is recorded elsewhere.
CLOSING = [
    (ClosureReason.LOST.value, "lost to follow-up"),
    (ClosureReason.WITHDREW.value, "does not want to go on"),
    (ClosureReason.OTHER.value, "another reason"),
]


class FilterForm(forms.Form):
    """What part of the list to see."""

    week = forms.TypedChoiceField(choices=WEEKS, required=False, coerce=int, empty_value=None, label="Window")
    language = forms.ChoiceField(choices=LANGUAGES, required=False, label="Language")
    start = forms.IntegerField(min_value=0, max_value=10_000_000, required=False)


class StepForm(forms.Form):
    """One try."""

    channel = forms.ChoiceField(choices=[(c.value, c.value) for c in Channel])
    outcome = forms.ChoiceField(choices=[(o.value, o.value) for o in Outcome])
    note = forms.CharField(max_length=300, required=False)
    next_on = forms.DateField(required=False)


class CloseForm(forms.Form):
    """Why a window will not be answered."""

    reason = forms.ChoiceField(choices=CLOSING)
    lost_because = forms.ChoiceField(
        choices=[("", ""), *[(r.value, r.value) for r in LostReason]], required=False
    )
    note = forms.CharField(max_length=300, required=False)
