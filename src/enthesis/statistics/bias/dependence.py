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
        by_study: Function of this room that answers its question for dependent effects; None where it does
            so itself, and where nothing does: then the method is refused.
    """

    function: str
    title: str
    defined: bool
    how: str
    reason: str
    source: str
    by_study: str | None = None


_RODGERS = "Rodgers & Pustejovsky 2021, doi:10.1037/met0000300"
_FERNANDEZ = "Fernández-Castilla et al. 2021, doi:10.1080/00220973.2019.1582470"
_CLUSTERED_SELECTION = "Pustejovsky, Citkowicz & Joshi 2025, doi:10.31222/osf.io/qg5x6_v1"
_MATHUR = "Mathur & VanderWeele 2020, doi:10.1111/rssc.12440"
_RVE = "Hedges, Tipton & Johnson 2010, doi:10.1002/jrsm.5"
_BY_CONSTRUCTION = "by construction"
_AVERAGES = "by construction: the factorised likelihood of a random intercept"
_ONE_EACH = "reduce to one effect per study by a rule set beforehand"
_SEVERAL = "several effects of one study count as several studies, and false alarms multiply"
_ROBUST = "its errors come from whole studies, whatever ties their effects"
_WHOLE = "whole studies are independent, and their averages hold all that the effects say of the mean"


def _refused(function: str, title: str, reason: str, instead: str, source: str) -> Dependence:
    """Not defined, and no function of this room answers the same question."""
    return Dependence(function, title, False, instead, reason, source)


def _replaced(function: str, title: str, reason: str, by: str, source: str, how: str = "") -> Dependence:
    """Not defined, but another function of this room is."""
    return Dependence(function, title, False, how or f"use {by}", reason, source, by)


def _defined(function: str, title: str, reason: str, how: str, source: str) -> Dependence:
    return Dependence(function, title, True, how, reason, source)


DEPENDENCE: tuple[Dependence, ...] = (
    _replaced("egger_test", "Egger's test", _SEVERAL, "egger_test_by_study", _RODGERS),
    _defined(
        "egger_test_by_study",
        "Egger's test by study",
        _ROBUST,
        "three-level meta-regression on the standard error, tested with CR2 errors by study",
        _RODGERS,
    ),
    _replaced(
        "pustejovsky_rodgers_test",
        "Pustejovsky and Rodgers' test",
        _SEVERAL,
        "egger_test_by_study",
        _RODGERS,
        'use egger_test_by_study with predictor "sqrt(1/n1 + 1/n2)"',
    ),
    _replaced(
        "harbord_test",
        "Harbord's test",
        "its dispersion is estimated as if trials were independent",
        "egger_test_by_study",
        _RODGERS,
        "use egger_test_by_study on effects.peto_log_odds_ratio: Harbord's test is Egger's on those",
    ),
    _replaced(
        "peters_test",
        "Peters' test",
        "its dispersion is estimated as if trials were independent",
        "egger_test_by_study",
        _RODGERS,
        'use egger_test_by_study with predictor "1/n"',
    ),
    _refused(
        "rank_test",
        "Begg and Mazumdar's rank test",
        "the null distribution of Kendall's tau needs exchangeable, independent ranks",
        "use egger_test_by_study",
        _FERNANDEZ,
    ),
    _refused(
        "trim_and_fill",
        "trim and fill",
        "its ranks assume independent effects, and a filled effect belongs to no study",
        "use egger_test_by_study, or publication_sensitivity for a corrected mean",
        _RODGERS,
    ),
    _defined(
        "funnel_plot",
        "contour-enhanced funnel plot",
        "it shows effects one by one and tests nothing",
        "draw all effects and mark those of one study alike; edges and contours hold per effect",
        _BY_CONSTRUCTION,
    ),
    _refused(
        "fail_safe_n_rosenthal",
        "fail-safe N (Rosenthal)",
        "it adds up z-values as if they were independent",
        "use publication_sensitivity, which asks the same question of a stated selection",
        _MATHUR,
    ),
    _refused(
        "fail_safe_n_rosenberg",
        "fail-safe N (Rosenberg)",
        "the common effect's error assumes independent effects",
        "use publication_sensitivity, which asks the same question of a stated selection",
        _MATHUR,
    ),
    _refused(
        "fail_safe_n_orwin",
        "fail-safe N (Orwin)",
        "it counts studies, and effects of one study are not studies",
        _ONE_EACH,
        _BY_CONSTRUCTION,
    ),
    _refused(
        "excess_significance_test",
        "test of excess significance",
        "the variance of the number of significant results assumes independence",
        f"{_ONE_EACH}, or use publication_sensitivity",
        _BY_CONSTRUCTION,
    ),
    _refused(
        "henmi_copas",
        "Henmi-Copas interval",
        "the joint distribution of the estimate and Q is derived for independent effects",
        "use inverse-variance weights with robust errors: blocks.robust of blocks.fit without terms",
        "Henmi & Copas 2010, doi:10.1002/sim.4029",
    ),
    _replaced(
        "pet_peese",
        "PET-PEESE",
        "its errors count effects of one study as independent",
        "pet_peese_by_study",
        _RODGERS,
    ),
    _defined(
        "pet_peese_by_study",
        "PET-PEESE by study",
        _ROBUST,
        "three-level lines on the standard error and on the variance, with CR2 errors by study",
        _RODGERS,
    ),
    _refused(
        "selection_model",
        "selection models",
        "the likelihood is a product over effects; one study's effects are selected together",
        f"{_ONE_EACH}, or use publication_sensitivity",
        _CLUSTERED_SELECTION,
    ),
    _defined(
        "publication_sensitivity",
        "sensitivity to selection for affirmative results",
        _ROBUST,
        "give the study of each effect; means at stated selection ratios have CR2 errors by study",
        _MATHUR,
    ),
    _replaced(
        "baujat_plot",
        "Baujat plot",
        "leaving out one effect of a study leaves its others in",
        "influence_by_study",
        _BY_CONSTRUCTION,
    ),
    _defined(
        "influence_by_study",
        "influence of whole studies",
        "a study leaves with all its effects",
        "the three-level model without each study in turn, with the coordinates of a Baujat plot",
        "Viechtbauer & Cheung 2010, doi:10.1002/jrsm.11",
    ),
    _replaced(
        "gosh",
        "GOSH",
        "subsets of effects tear studies apart, and the pooling assumes independence",
        "gosh_by_study",
        _AVERAGES,
    ),
    _defined("gosh_by_study", "GOSH by study", _WHOLE, "subsets of whole studies", _AVERAGES),
    _defined(
        "fragility_index",
        "fragility index",
        "it looks at a single 2 x 2 table",
        "one outcome of one trial at a time",
        _BY_CONSTRUCTION,
    ),
    _refused(
        "fragility_of_meta_analysis",
        "fragility of a meta-analysis",
        "turning one patient's outcome would change several effects of that trial at once",
        _ONE_EACH,
        _BY_CONSTRUCTION,
    ),
    _replaced(
        "permutation_test",
        "permutation test of the mean",
        "effects of one study are not free to change sign on their own",
        "permutation_test_by_study",
        _AVERAGES,
    ),
    _defined(
        "permutation_test_by_study",
        "permutation test of the mean by study",
        _WHOLE,
        "flips the signs of whole studies",
        _AVERAGES,
    ),
    _replaced(
        "permutation_test_of_moderators",
        "permutation test of moderators",
        "effects of one study are not exchangeable with those of others",
        "permutation_test_of_moderators_by_study",
        _AVERAGES,
    ),
    _defined(
        "permutation_test_of_moderators_by_study",
        "permutation test of moderators by study",
        _WHOLE,
        "deals moderators of studies out to whole studies; one that differs within a study is refused",
        _AVERAGES,
    ),
    _defined(
        "robust_fit",
        "robust (sandwich) variance",
        "it is valid whatever the dependence within clusters",
        "give the study of each effect as cluster; with few clusters use CR2 with Satterthwaite's df",
        _RVE,
    ),
    _defined(
        "study_averages",
        "study averages",
        "given the variance within studies, pooling them is the three-level model",
        "one average per study, for analyses of the mean that take one effect per study",
        _AVERAGES,
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
