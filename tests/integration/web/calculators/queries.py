"""A platelet record as the form sends it; the numbers are the worked example of the product reference."""

from urllib.parse import urlencode

RECORD = {
    "whole_blood.platelets": "240.67",
    "whole_blood.leukocytes": "6.49",
    "whole_blood.neutrophils": "3.79",
    "whole_blood.erythrocytes": "4.97",
    "whole_blood.volume": "27",
    "whole_blood.anticoagulant_volume": "3",
    "whole_blood.counted": "before-anticoagulant",
    "product.platelets": "1212.67",
    "product.leukocytes": "34.19",
    "product.neutrophils": "16.71",
    "product.erythrocytes": "1.49",
    "product.volume_prepared": "3",
    "product.volume_injected": "3",
    "activation.agent": "none",
}


def product(**changes: str) -> str:
    """Address of the calculator with this record; a change to '' leaves the box empty."""
    return "/calculators/prp/?" + urlencode(RECORD | changes)
