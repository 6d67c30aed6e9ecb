"""Which methods of this room may be used on dependent effects, and what to do where they may not.

Effects are dependent when several outcomes, time points or arms of one study enter the same analysis
(three-level data). The table is data: the documentation prints it, and `check_independent` obeys it.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from enthesis.errors import CannotEstimate, NotFound

__all__ = ["DEPENDENCE", "Dependence", "check_independent", "dependence_of"]


@dataclass(frozen=True, slots=True)
class Dependence:
    """Whether a method is defined for dependent effects.

    Attributes:
        function: Public name in this room.
        title: What readers call the method.
        defined: It may be used on dependent effects, in the way that ``how`` says.
        how: How, where it is defined; what to use instead, where it is not.
        reason: Why it is, or is not.
        source: Paper and DOI, or "by construction".
    """

    function: str
    title: str
    defined: bool
    how: str
    reason: str
    source: str


_RODGERS = "Rodgers & Pustejovsky 2021, doi:10.1037/met0000300"
_FERNANDEZ = "Fernández-Castilla et al. 2021, doi:10.1080/00220973.2019.1582470"
_CLUSTERED_SELECTION = "Pustejovsky, Citkowicz & Joshi 2025, doi:10.31222/osf.io/qg5x6_v1"
_RVE = "Hedges, Tipton & Johnson 2010, doi:10.1002/jrsm.5"
_MULTILEVEL_EGGER = "use a three-level meta-regression on the standard error, with robust variance"
_ONE_EACH = "reduce to one effect per study by a rule set beforehand"

DEPENDENCE: tuple[Dependence, ...] = (
    Dependence(
        "egger_test",
        "Egger's test",
        False,
        f"{_MULTILEVEL_EGGER}: that is Egger's test for dependent effects",
        "several effects of one study count as several studies, and false alarms multiply",
        _RODGERS,
    ),
    Dependence(
        "pustejovsky_rodgers_test",
        "Pustejovsky and Rodgers' test",
        False,
        "use a three-level meta-regression on sqrt(1/n1 + 1/n2), with robust variance",
        "several effects of one study count as several studies, and false alarms multiply",
        _RODGERS,
    ),
    Dependence(
        "harbord_test",
        "Harbord's test",
        False,
        _ONE_EACH,
        "its dispersion is estimated as if trials were independent",
        "by construction",
    ),
    Dependence(
        "peters_test",
        "Peters' test",
        False,
        _ONE_EACH,
        "its dispersion is estimated as if trials were independent",
        "by construction",
    ),
    Dependence(
        "rank_test",
        "Begg and Mazumdar's rank test",
        False,
        _MULTILEVEL_EGGER,
        "the null distribution of Kendall's tau needs exchangeable, independent ranks",
        _FERNANDEZ,
    ),
    Dependence(
        "trim_and_fill",
        "trim and fill",
        False,
        _MULTILEVEL_EGGER,
        "its ranks assume independent effects, and a filled effect belongs to no study",
        _RODGERS,
    ),
    Dependence(
        "funnel_plot",
        "contour-enhanced funnel plot",
        True,
        "draw all effects and mark those of one study alike; edges and contours hold per effect",
        "it shows effects one by one and tests nothing",
        "by construction",
    ),
    Dependence(
        "fail_safe_n_rosenthal",
        "fail-safe N (Rosenthal)",
        False,
        "leave it out; it answers no question of use",
        "it adds up z-values as if they were independent",
        "by construction",
    ),
    Dependence(
        "fail_safe_n_rosenberg",
        "fail-safe N (Rosenberg)",
        False,
        "leave it out; it answers no question of use",
        "the common effect's error assumes independent effects",
        "by construction",
    ),
    Dependence(
        "fail_safe_n_orwin",
        "fail-safe N (Orwin)",
        False,
        _ONE_EACH,
        "it counts studies, and effects of one study are not studies",
        "by construction",
    ),
    Dependence(
        "excess_significance_test",
        "test of excess significance",
        False,
        _ONE_EACH,
        "the variance of the number of significant results assumes independence",
        "by construction",
    ),
    Dependence(
        "henmi_copas",
        "Henmi-Copas interval",
        False,
        "use robust variance with inverse-variance weights",
        "the joint distribution of the estimate and Q is derived for independent effects",
        "Henmi & Copas 2010, doi:10.1002/sim.4029",
    ),
    Dependence(
        "pet_peese",
        "PET-PEESE",
        False,
        "use a three-level meta-regression on the standard error or the variance, with robust variance",
        "its errors count effects of one study as independent",
        _RODGERS,
    ),
    Dependence(
        "selection_model",
        "selection models",
        False,
        f"{_ONE_EACH}, or bootstrap whole studies",
        "the likelihood is a product over effects; one study's effects are selected together",
        _CLUSTERED_SELECTION,
    ),
    Dependence(
        "baujat_plot",
        "Baujat plot",
        False,
        "leave out whole studies from the three-level model",
        "leaving out one effect of a study leaves its others in",
        "by construction",
    ),
    Dependence(
        "gosh",
        "GOSH",
        False,
        "draw subsets of whole studies and pool each by the three-level model",
        "subsets of effects tear studies apart, and the pooling assumes independence",
        "by construction",
    ),
    Dependence(
        "fragility_index",
        "fragility index",
        True,
        "one outcome of one trial at a time",
        "it looks at a single 2 x 2 table",
        "by construction",
    ),
    Dependence(
        "fragility_of_meta_analysis",
        "fragility of a meta-analysis",
        False,
        _ONE_EACH,
        "turning one patient's outcome would change several effects of that trial at once",
        "by construction",
    ),
    Dependence(
        "permutation_test",
        "permutation test of the mean",
        False,
        "flip the signs of whole studies",
        "effects of one study are not free to change sign on their own",
        "by construction",
    ),
    Dependence(
        "permutation_test_of_moderators",
        "permutation test of moderators",
        False,
        "permute moderators between whole studies",
        "effects of one study are not exchangeable with those of others",
        "by construction",
    ),
    Dependence(
        "robust_fit",
        "robust (sandwich) variance",
        True,
        "give the study of each effect as cluster; with few clusters use CR2 with Satterthwaite's df",
        "it is valid whatever the dependence within clusters",
        _RVE,
    ),
)

_BY_FUNCTION = {one.function: one for one in DEPENDENCE}


def dependence_of(function: str) -> Dependence:
    """The entry of a method by its public name.

    Raises:
        NotFound: No method of this room has that name.
    """
    if function not in _BY_FUNCTION:
        raise NotFound("method", function, _BY_FUNCTION)
    return _BY_FUNCTION[function]


def check_independent(function: str, studies: Sequence[Hashable]) -> None:
    """Refuse a method that is not defined for dependent effects when a study appears twice.

    Args:
        function: Public name of the method.
        studies: Study that each effect belongs to.

    Raises:
        CannotEstimate: The method needs independent effects; the message says why and what to use.
        NotFound: No method of this room has that name.
    """
    entry = dependence_of(function)
    repeated = sorted(str(study) for study, times in Counter(studies).items() if times > 1)
    if entry.defined or not repeated:
        return
    title, who = entry.title[0].upper() + entry.title[1:], ", ".join(repeated)
    raise CannotEstimate(
        f"{title} is not defined for dependent effects ({who} gave several): "
        f"{entry.reason} ({entry.source}). Instead: {entry.how}."
    )
