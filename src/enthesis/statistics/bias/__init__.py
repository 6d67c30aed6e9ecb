"""Bias and robustness: could small-study effects, selection or a few patients have made the result?

Effects ``y`` and sampling variances ``v`` in, frozen results with their caveats out. Every method
says when it misleads, and refuses with a reason where it is not defined; ``DEPENDENCE`` says which
may be used on several effects of one study. The words owned here: asymmetry, small-study effect,
limit effect, selection model, trim and fill, contour, fragility, permutation.
"""

from enthesis.statistics.bias.asymmetry import AsymmetryTest
from enthesis.statistics.bias.baujat import BaujatPlot, baujat_plot
from enthesis.statistics.bias.binary import harbord_test, peters_test
from enthesis.statistics.bias.dependence import DEPENDENCE, Dependence, check_independent, dependence_of
from enthesis.statistics.bias.egger import egger_test
from enthesis.statistics.bias.egger_by_study import egger_test_by_study
from enthesis.statistics.bias.excess_significance import ExcessSignificance, excess_significance_test
from enthesis.statistics.bias.fail_safe import (
    FailSafeN,
    fail_safe_n_orwin,
    fail_safe_n_rosenberg,
    fail_safe_n_rosenthal,
)
from enthesis.statistics.bias.fragility import FragilityIndex, fragility_index
from enthesis.statistics.bias.fragility_of_meta_analysis import (
    Change,
    MetaFragility,
    fragility_of_meta_analysis,
)
from enthesis.statistics.bias.funnel import Contour, FunnelPlot, FunnelPoint, funnel_plot
from enthesis.statistics.bias.gosh import Gosh, gosh
from enthesis.statistics.bias.henmi_copas import HenmiCopas, henmi_copas
from enthesis.statistics.bias.influence_by_study import StudyInfluence, WithoutStudy, influence_by_study
from enthesis.statistics.bias.permutation import PermutationTest, permutation_test
from enthesis.statistics.bias.permutation_of_moderators import (
    ModeratorPermutation,
    permutation_test_of_moderators,
)
from enthesis.statistics.bias.pet_peese import PetPeese, pet_peese
from enthesis.statistics.bias.pet_peese_by_study import PetPeeseByStudy, pet_peese_by_study
from enthesis.statistics.bias.publication_sensitivity import PublicationSensitivity, publication_sensitivity
from enthesis.statistics.bias.rank import RankTest, rank_test
from enthesis.statistics.bias.resampling_by_study import (
    gosh_by_study,
    permutation_test_by_study,
    permutation_test_of_moderators_by_study,
)
from enthesis.statistics.bias.robust import RobustFit, robust_fit
from enthesis.statistics.bias.selection_model import SelectionModel, selection_model
from enthesis.statistics.bias.smd import pustejovsky_rodgers_test
from enthesis.statistics.bias.study_averages import StudyAverages, study_averages
from enthesis.statistics.bias.trim_and_fill import TrimAndFill, trim_and_fill
from enthesis.statistics.bias.weighted_line import WeightedLine

__all__ = [
    "DEPENDENCE",
    "AsymmetryTest",
    "BaujatPlot",
    "Change",
    "Contour",
    "Dependence",
    "ExcessSignificance",
    "FailSafeN",
    "FragilityIndex",
    "FunnelPlot",
    "FunnelPoint",
    "Gosh",
    "HenmiCopas",
    "MetaFragility",
    "ModeratorPermutation",
    "PermutationTest",
    "PetPeese",
    "PetPeeseByStudy",
    "PublicationSensitivity",
    "RankTest",
    "RobustFit",
    "SelectionModel",
    "StudyAverages",
    "StudyInfluence",
    "TrimAndFill",
    "WeightedLine",
    "WithoutStudy",
    "baujat_plot",
    "check_independent",
    "dependence_of",
    "egger_test",
    "egger_test_by_study",
    "excess_significance_test",
    "fail_safe_n_orwin",
    "fail_safe_n_rosenberg",
    "fail_safe_n_rosenthal",
    "fragility_index",
    "fragility_of_meta_analysis",
    "funnel_plot",
    "gosh",
    "gosh_by_study",
    "harbord_test",
    "henmi_copas",
    "influence_by_study",
    "permutation_test",
    "permutation_test_by_study",
    "permutation_test_of_moderators",
    "permutation_test_of_moderators_by_study",
    "pet_peese",
    "pet_peese_by_study",
    "peters_test",
    "publication_sensitivity",
    "pustejovsky_rodgers_test",
    "rank_test",
    "robust_fit",
    "selection_model",
    "study_averages",
    "trim_and_fill",
]
