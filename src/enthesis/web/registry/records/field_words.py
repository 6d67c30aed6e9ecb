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
    "serious": "Serious because",
    "known_at": "Clinic learnt of it on",
    "grade_wording": "Wording read",
    "term": "What happened",
    "cancelled_because": "Taken back because",
    "opened_on": "First seen for this on",
    "opens_on": "Opens on",
    "due_on": "Due on",
    "closes_on": "On time until",
    "late_until": "Kept until",
    "closed_because": "Closed because",
    "drugs": "Medicines",
    "comorbidities": "Other illnesses",
    "prior_treatments": "Treatments before",
    "replaced_by": "Replaced by",
}


def field_label(name: str) -> str:
    """What a page calls a field."""
    return LABELS.get(name, name.replace("_", " ").capitalize())
