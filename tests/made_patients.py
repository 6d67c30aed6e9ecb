"""Patients for tests: facts as a file would hold them."""

# Every fact on which an absolute contraindication of a blood product at the knee turns.
SAFE = {
    "infection": "none",
    "haemodynamically_unstable": False,
    "accepts_risk": True,
    "platelet_dysfunction": False,
    "platelets": "250 G/L",
    "red_flags": [],
}
KNEE = {
    "condition": "knee-osteoarthritis",
    "intervention": "prp",
    "side": "left",
    "grading": {"system": "kellgren-lawrence", "grade": "2"},
}
