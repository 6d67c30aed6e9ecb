"""Structures a needle is usually aimed at, by region; a list to choose from, never a limit."""

from collections.abc import Mapping
from typing import Final

__all__ = ["targets_for"]

TARGETS: Final[Mapping[str, tuple[str, ...]]] = {
    "knee": ("knee joint, intra-articular", "suprapatellar recess", "medial meniscus", "pes anserinus"),
    "hip": ("hip joint, intra-articular",),
    "ankle": ("talocrural joint, intra-articular", "subtalar joint"),
    "tmj": ("temporomandibular joint, upper space", "temporomandibular joint, lower space"),
    "shoulder": (
        "supraspinatus tendon", "subacromial bursa", "glenohumeral joint, intra-articular",
        "infraspinatus tendon", "subscapularis tendon", "biceps tendon sheath",
    ),
    "elbow": ("common extensor origin", "common flexor origin"),
    "achilles": ("Achilles tendon, midportion", "Achilles tendon, insertion", "paratenon"),
    "patellar-tendon": ("patellar tendon, proximal", "patellar tendon, distal"),
    "hip-abductor": ("gluteus medius tendon", "gluteus minimus tendon", "trochanteric bursa"),
    "foot": ("plantar fascia, origin",),
    "lumbar-disc": ("intervertebral disc, nucleus", "epidural space"),
    "lumbar-nerve-root": (
        "epidural space, transforaminal", "epidural space, interlaminar", "epidural space, caudal",
    ),
    "facet-joint": ("facet joint, intra-articular", "facet joint capsule"),
    "sacroiliac-joint": ("sacroiliac joint, intra-articular", "posterior sacroiliac ligaments"),
    "low-back": ("paraspinal muscle", "iliolumbar ligament", "epidural space"),
}  # fmt: skip


def targets_for(region: str) -> tuple[str, ...]:
    """Structures to choose from, the commonest first."""
    return TARGETS.get(region, ())
