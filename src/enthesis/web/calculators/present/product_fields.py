"""The boxes of the platelet form, in the order in which a product is made; paths are those of the record."""

import re
from dataclasses import dataclass
from typing import Final

from enthesis.domain.products.counts import COUNTED
from enthesis.domain.products.delivery import GUIDANCE
from enthesis.domain.products.kinds import ProductKind
from enthesis.domain.products.platelets import FIBRIN
from enthesis.domain.products.preparation import AGENTS, METHODS, MOMENTS

__all__ = ["CELLS", "FIELDS", "GROUPS", "RED_CELLS", "YES_NO", "ProductField", "ProductGroup", "raised"]

CELLS: Final = ("10^9/L", "10^3/µL", "/µL", "lakh/µL", "10^6/mL")
RED_CELLS: Final = ("10^12/L", "10^6/µL", "/µL")
_POWER = re.compile(r"\^(\d+)")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
YES_NO: Final = (("yes", "yes"), ("no", "no"))


def raised(text: str) -> str:
    """Powers as they are printed: 10⁹ for 10^9."""
    return _POWER.sub(lambda m: m[1].translate(_RAISED), text)


@dataclass(frozen=True, slots=True)
class ProductField:
    """One box: where its value stands in the record, and what it may hold."""

    path: str
    label: str
    hint: str = ""
    units: tuple[str, ...] = ()
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    numeric: bool = False

    @property
    def shown_units(self) -> tuple[tuple[str, str], ...]:
        """Each unit as it is sent and as it is read."""
        return tuple((unit, raised(unit)) for unit in self.units)

    @property
    def is_truth(self) -> bool:
        """True for a box of yes and no."""
        return self.choices == YES_NO

    @property
    def is_number(self) -> bool:
        """True where a phone should show its keypad."""
        return self.numeric or bool(self.units or self.unit)


@dataclass(frozen=True, slots=True)
class ProductGroup:
    """Boxes under one heading; ``folded`` groups are only for the record."""

    title: str
    fields: tuple[ProductField, ...]
    note: str = ""
    folded: bool = False


def _count(path: str, label: str, units: tuple[str, ...] = CELLS, hint: str = "") -> ProductField:
    return ProductField(path, label, hint, units=units)


def _volume(path: str, label: str, hint: str = "") -> ProductField:
    return ProductField(path, label, hint, unit="mL")


def _words(path: str, label: str, words: tuple[str, ...], hint: str = "") -> ProductField:
    return ProductField(path, label, hint, choices=tuple((w, w.replace("-", " ")) for w in words))


def _number(path: str, label: str, unit: str = "", hint: str = "") -> ProductField:
    return ProductField(path, label, hint, unit=unit, numeric=True)


def _truth(path: str, label: str, hint: str = "") -> ProductField:
    return ProductField(path, label, hint, choices=YES_NO)


def _text(path: str, label: str, hint: str = "") -> ProductField:
    return ProductField(path, label, hint)


KINDS = tuple(
    (kind.value, words)
    for kind, words in (
        (ProductKind.PRP, "platelet-rich plasma (PRP)"),
        (ProductKind.PRP_RELEASATE, "releasate of PRP"),
        (ProductKind.PLATELET_LYSATE, "platelet lysate"),
        (ProductKind.PPP, "platelet-poor plasma"),
    )
)

GROUPS: Final = (
    ProductGroup(
        "Blood drawn",
        (
            _count("whole_blood.platelets", "Platelets in blood"),
            _volume("whole_blood.volume", "Volume of blood", "Without the anticoagulant."),
            _volume("whole_blood.anticoagulant_volume", "Volume of anticoagulant"),
            _words("whole_blood.counted", "Blood was counted", COUNTED, "A dry EDTA tube is 'before'."),
            _count("whole_blood.leukocytes", "Leukocytes in blood"),
            _count("whole_blood.neutrophils", "Neutrophils in blood"),
            _count("whole_blood.erythrocytes", "Red cells in blood", RED_CELLS),
        ),
    ),
    ProductGroup(
        "Product in the syringe",
        (
            _count("product.platelets", "Platelets in product"),
            _volume("product.volume_prepared", "Volume prepared"),
            _volume("product.volume_injected", "Volume injected", "One injection, not the sum of a series."),
            _count("product.leukocytes", "Leukocytes in product"),
            _count("product.neutrophils", "Neutrophils in product"),
            _count("product.erythrocytes", "Red cells in product", RED_CELLS),
            _words("activation.agent", "Activation from outside", AGENTS),
        ),
    ),
    ProductGroup(
        "Preparation",
        (
            _words("preparation.method", "Method", METHODS),
            _text("preparation.device", "Device"),
            _text("preparation.lot", "Lot"),
            _text("whole_blood.anticoagulant", "Anticoagulant", "As ACD-A."),
            _number("preparation.spins[0].g_force", "First spin, force", "g", "In g, not turns per minute."),
            _number("preparation.spins[0].minutes", "First spin, time", "min"),
            _number("preparation.spins[1].g_force", "Second spin, force", "g", "Leave empty for one spin."),
            _number("preparation.spins[1].minutes", "Second spin, time", "min"),
            _text("preparation.layer_taken", "Layer taken"),
            _truth("preparation.leukoreduction", "Leukocytes filtered out"),
            _number("preparation.temperature", "Temperature", "°C"),
            _text("preparation.storage", "Storage"),
            _number("preparation.minutes_to_injection", "From end of preparation to injection", "min"),
            _number("whole_blood.storage_minutes", "Blood kept before preparation", "min"),
            _number("whole_blood.storage_temperature", "Blood kept at", "°C"),
        ),
        folded=True,
    ),
    ProductGroup(
        "Counting and quality",
        (
            _text("product.analyser", "Analyser, product"),
            _text("whole_blood.analyser", "Analyser, blood"),
            _truth("product.recounted", "A second count agreed", "Diluted where needed."),
            _number("product.rocked_minutes", "On a rocker before counting", "min"),
            _count("product.lymphocytes", "Lymphocytes in product"),
            _count("product.monocytes", "Monocytes in product"),
            _number("product.haematocrit", "Haematocrit of product", "%"),
            _count("whole_blood.lymphocytes", "Lymphocytes in blood"),
            _count("whole_blood.monocytes", "Monocytes in blood"),
            _number("whole_blood.haematocrit", "Haematocrit of blood", "%"),
            _text("product.sterility", "Sterility"),
            _text("product.growth_factors", "Growth factors"),
            _words("product.fibrin", "Fibrin network after activation", FIBRIN),
        ),
        folded=True,
    ),
    ProductGroup(
        "Activation and injection",
        (
            _words("activation.moment", "Activated", MOMENTS),
            _text("activation.agent_concentration", "Concentration of the agent"),
            _volume("activation.agent_volume", "Volume of the agent"),
            _words("delivery.guidance", "Guidance", GUIDANCE),
            _text("delivery.site", "Site", "The structure, not the patient."),
            _text("delivery.needle", "Needle"),
            _text("delivery.anaesthetic", "Local anaesthetic"),
            _text("delivery.carrier", "Carrier or scaffold"),
            _number("delivery.injections", "Injections in the course"),
            _number("delivery.interval_days", "Days between injections", "days"),
        ),
        folded=True,
    ),
)

FIELDS: Final = (
    ProductField("kind", "Product", choices=KINDS),
    *(field for group in GROUPS for field in group.fields),
)
