"""Words for the fields of a row."""

__all__ = ["field_label"]

LABELS = {
    "volume_ml": "Volume injected, mL",
    "needle_gauge": "Needle, gauge",
    "image_reference": "Number of the stored image",
    "cause_product": "Caused by the product",
    "cause_procedure": "Caused by the procedure",
    "started_on": "Began on",
    "ended_on": "Ended on",
    "grade": "Grade",
    "on": "Day",
}


def field_label(name: str) -> str:
    """What a page calls a field."""
    return LABELS.get(name, name.replace("_", " ").capitalize())
