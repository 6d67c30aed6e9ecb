"""Classes of comparator. Answers against placebo and against active treatment are never mixed."""

from enum import StrEnum

from enthesis.errors import NotFound

__all__ = ["CLASS_OF_INTERVENTION", "ComparatorClass", "comparator_class"]


class ComparatorClass(StrEnum):
    """What a treatment was compared with."""

    PLACEBO = "placebo"
    CORTICOSTEROID = "corticosteroid"
    HYALURONIC_ACID = "hyaluronic-acid"
    EXERCISE_OR_USUAL_CARE = "exercise-or-usual-care"
    OTHER_BIOLOGIC = "other-biologic"
    OTHER_ACTIVE = "other-active"

    @property
    def is_placebo(self) -> bool:
        """True for saline and sham; every other class is an active or a usual treatment."""
        return self is ComparatorClass.PLACEBO


_MEMBERS = {
    ComparatorClass.PLACEBO: ("saline", "sham"),
    ComparatorClass.CORTICOSTEROID: ("corticosteroid",),
    ComparatorClass.HYALURONIC_ACID: ("hyaluronic-acid",),
    ComparatorClass.EXERCISE_OR_USUAL_CARE: ("exercise", "usual-care"),
    ComparatorClass.OTHER_BIOLOGIC: (
        "prp",
        "aps",
        "acs",
        "plasma",
        "autologous-blood",
        "bmac",
        "svf",
        "microfragmented-fat",
        "msc-bone-marrow",
        "msc-adipose",
        "msc-umbilical",
        "msc-other",
    ),
    ComparatorClass.OTHER_ACTIVE: (
        "prolotherapy-dextrose",
        "local-anaesthetic",
        "ozone",
        "high-volume-injection",
        "dry-needling",
        "eswt",
        "radiofrequency",
        "arthrocentesis",
        "oral-analgesic",
        "surgery",
    ),
}

CLASS_OF_INTERVENTION = {word: cls for cls, words in _MEMBERS.items() for word in words}


def comparator_class(intervention: str) -> ComparatorClass:
    """Class that an intervention falls into when another treatment is compared with it.

    Raises:
        NotFound: No intervention has that id.
    """
    try:
        return CLASS_OF_INTERVENTION[intervention]
    except KeyError:
        raise NotFound("intervention", intervention, CLASS_OF_INTERVENTION) from None
