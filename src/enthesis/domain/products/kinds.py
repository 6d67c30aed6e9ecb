"""The kinds of product that can be in the syringe, and the family each belongs to."""

from enum import StrEnum

__all__ = ["CELL_KINDS", "CULTURED_KINDS", "PLATELET_KINDS", "ProductKind"]


class ProductKind(StrEnum):
    """Kind of product; the words are those of the interventions of the evidence where both have one."""

    PRP = "prp"
    PRP_RELEASATE = "prp-releasate"
    PLATELET_LYSATE = "platelet-lysate"
    PPP = "ppp"
    BMAC = "bmac"
    MSC_BONE_MARROW = "msc-bone-marrow"
    MSC_ADIPOSE = "msc-adipose"
    MSC_UMBILICAL = "msc-umbilical"
    MSC_OTHER = "msc-other"
    SVF = "svf"
    MICROFRAGMENTED_FAT = "microfragmented-fat"
    PROLOTHERAPY = "prolotherapy-dextrose"
    HYALURONIC_ACID = "hyaluronic-acid"
    CORTICOSTEROID = "corticosteroid"


PLATELET_KINDS = frozenset(
    {ProductKind.PRP, ProductKind.PRP_RELEASATE, ProductKind.PLATELET_LYSATE, ProductKind.PPP}
)
CULTURED_KINDS = frozenset(
    {ProductKind.MSC_BONE_MARROW, ProductKind.MSC_ADIPOSE, ProductKind.MSC_UMBILICAL, ProductKind.MSC_OTHER}
)
CELL_KINDS = CULTURED_KINDS | {ProductKind.BMAC, ProductKind.SVF, ProductKind.MICROFRAGMENTED_FAT}
