"""The arithmetic of a preparation: dose, fold, recovery, purity, shares, centrifuge force.

Every function takes numbers or arrays of one length. Counts of platelets and leukocytes are in 10^9/L,
of erythrocytes in 10^12/L, volumes in mL.
"""

from math import sqrt
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "RCF_PER_CM_RPM2",
    "dilution_factor",
    "fold",
    "platelet_dose_e9",
    "purity_percent",
    "rcf_from_rpm",
    "recovery_percent",
    "red_cell_share_percent",
    "rpm_from_rcf",
    "volume_reduction",
]

Number = TypeVar("Number", float, NDArray[np.float64])

# (2 pi / 60)^2 / 980.665 cm/s^2 = 1.1182e-5, printed as 1.118e-5 by every centrifuge maker.
# Source: https://www.sigmaaldrich.com/technical-documents/articles/biology/g-force-calculator.html
RCF_PER_CM_RPM2 = 1.118e-5


def platelet_dose_e9(platelets: Number, volume_injected: Number) -> Number:
    """Platelets injected, in billions (10^9): concentration times volume.

    Source: Magalon 2016, dose of injected platelets, doi:10.1136/bmjsem-2015-000060.
    """
    return platelets * volume_injected / 1000


def fold(product: Number, blood: Number) -> Number:
    """Concentration in the product as a multiple of that in whole blood.

    Source: Dejnek 2022, table 3, doi:10.5312/wjo.v13.i6.587.
    """
    return product / blood


def recovery_percent(product: Number, volume_prepared: Number, blood: Number, blood_volume: Number) -> Number:
    """Percentage of the cells of the blood found in the product; also called capture efficiency.

    ``blood_volume`` is blood without anticoagulant and ``blood`` the count before dilution.

    Source: Magalon 2016, efficiency of production, doi:10.1136/bmjsem-2015-000060.
    """
    return 100 * product * volume_prepared / (blood * blood_volume)


def purity_percent(platelets: Number, leukocytes: Number, erythrocytes_e12: Number) -> Number:
    """Share of platelets among all cells of the product, in percent.

    Source: Magalon 2016, purity, doi:10.1136/bmjsem-2015-000060.
    """
    return 100 * platelets / (platelets + leukocytes + 1000 * erythrocytes_e12)


def red_cell_share_percent(platelets: Number, leukocytes: Number, erythrocytes_e12: Number) -> Number:
    """Share of erythrocytes among all cells of the product, in percent.

    Source: the complement of purity as defined in Magalon 2016, doi:10.1136/bmjsem-2015-000060.
    """
    return 100 * 1000 * erythrocytes_e12 / (platelets + leukocytes + 1000 * erythrocytes_e12)


def volume_reduction(blood_volume: Number, volume_prepared: Number) -> Number:
    """Millilitres of blood per millilitre of product.

    Source: Dejnek 2022, table 1, doi:10.5312/wjo.v13.i6.587.
    """
    return blood_volume / volume_prepared


def dilution_factor(blood_volume: Number, anticoagulant_volume: Number) -> Number:
    """Factor that turns a count of anticoagulated blood into one of undiluted blood.

    Source: conservation of cells; the sample holds blood and liquid anticoagulant.
    """
    return (blood_volume + anticoagulant_volume) / blood_volume


def rcf_from_rpm(rpm: float, radius_cm: float) -> float:
    """Relative centrifugal force, in multiples of g, at that radius from the axis.

    Source: https://www.sigmaaldrich.com/technical-documents/articles/biology/g-force-calculator.html
    """
    return RCF_PER_CM_RPM2 * radius_cm * rpm**2


def rpm_from_rcf(g_force: float, radius_cm: float) -> float:
    """Turns per minute that give that force at that radius; the way back of ``rcf_from_rpm``.

    Source: https://www.sigmaaldrich.com/technical-documents/articles/biology/g-force-calculator.html
    """
    return sqrt(g_force / (RCF_PER_CM_RPM2 * radius_cm))
