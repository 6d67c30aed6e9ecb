"""The closed words that patient facts may use, with what they mean where that is not plain."""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["PAIRED_REGIONS", "SPINE_REGIONS", "WORDING_NOT_STATED", "WORDS"]

# How the grading systems call a wording that the reader did not name.
WORDING_NOT_STATED = "not-stated"

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "side": ("left", "right", "both"),
        "sex": ("female", "male", "other"),
        "tear_depth": ("none", "partial", "full-thickness"),
        "modic": ("none", "1", "2", "3"),
        "infection": ("none", "local", "systemic"),
        "malignancy": ("none", "active", "past-5-years", "older"),
        "outcome": ("helped", "failed", "not-known"),
        "class": ("anticoagulant", "antiplatelet", "nsaid", "systemic-corticosteroid", "other"),
        "result": ("helped", "no-change", "worse", "not-known"),
        "expectation": ("relief", "avoid-surgery", "regrow-tissue", "cure"),
        "activator": ("none", "calcium", "autologous-thrombin", "bovine-thrombin"),
        "allergies": (
            "contrast",
            "avian-protein",
            "hyaluronan",
            "bovine-thrombin",
            "local-anaesthetic",
            "dextrose",
        ),
        "red_flags": (
            "night-pain-with-weight-loss",
            "fever",
            "saddle-anaesthesia",
            "progressive-weakness",
            "bladder-or-bowel-change",
            "cancer-history-with-new-back-pain",
        ),
    }
)  # fmt: skip

# Where a side must be named, else the wrong limb may be treated.
PAIRED_REGIONS = frozenset(
    {
        "knee", "hip", "ankle", "tmj", "shoulder", "elbow", "achilles", "patellar-tendon", "hip-abductor",
        "foot", "other", "sacroiliac-joint", "facet-joint",
    }
)  # fmt: skip
SPINE_REGIONS = frozenset({"lumbar-disc", "lumbar-nerve-root", "facet-joint", "sacroiliac-joint", "low-back"})
