"""How the trials gave an injection: dose, leukocytes, number, interval, guidance, each with its spread.

These are facts about trials and no advice: which way is better is asked inside trials, not between them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from enthesis.domain.evidence import EvidenceRules
from enthesis.domain.evidence.questions import intervention_key, treatments
from enthesis.domain.evidence.study import Arm, Study

__all__ = ["ProtocolNumber", "TrialProtocols", "trial_protocols"]

_NUMBERS = {
    "platelet_dose_e9": "10⁹ platelets per injection",
    "platelet_concentration_e9_per_l": "platelets, 10⁹/L",
    "fold_over_blood": "platelets, multiple of blood",
    "cell_dose_e6": "10⁶ cells per injection",
    "volume_ml": "volume per injection, mL",
    "injections": "injections",
    "interval_days": "days between injections",
}
_WORDS = ("leukocytes", "activation", "guidance")


@dataclass(frozen=True, slots=True)
class ProtocolNumber:
    """Median and range over the arms that state it."""

    name: str
    unit: str
    median: float
    lo: float
    hi: float
    k: int


@dataclass(frozen=True, slots=True)
class TrialProtocols:
    """What ``arms`` arms of ``studies`` studies state. ``words`` counts arms by what they say, most first."""

    studies: int
    arms: int
    numbers: tuple[ProtocolNumber, ...]
    words: Mapping[str, tuple[tuple[str, int], ...]]


def trial_protocols(
    studies: Iterable[Study], condition: str, intervention: str, rules: EvidenceRules
) -> TrialProtocols:
    """Protocol facts of every arm that received the injection for the condition.

    Suspect studies and second reports of the same people are left out.

    Args:
        studies: Studies of the catalogue.
        condition: Id of the condition.
        intervention: Injection or combination, as the map names it.
        rules: What counts as background.
    """
    held = [s for s in _once(studies) if s.condition == condition and not s.is_suspect]
    found = [(s, arm) for s in held for arm in s.arms if arm.is_original and _gets(arm, intervention, rules)]
    arms = [arm for _, arm in found]
    numbers = (_number(name, unit, arms) for name, unit in _NUMBERS.items())
    counted = {name: _counted(name, arms) for name in _WORDS}
    return TrialProtocols(
        studies=len({s.id for s, _ in found}),
        arms=len(arms),
        numbers=tuple(n for n in numbers if n is not None),
        words={name: words for name, words in counted.items() if words},
    )


def _once(studies: Iterable[Study]) -> list[Study]:
    seen: set[str] = set()
    kept = []
    for study in sorted(studies, key=lambda s: s.id):
        if study.id not in seen:
            kept.append(study)
            seen |= {study.id, *study.same_trial_as}
    return kept


def _gets(arm: Arm, intervention: str, rules: EvidenceRules) -> bool:
    given = treatments(arm, rules)
    return intervention_key(given - rules.background or given, rules) == intervention


def _number(name: str, unit: str, arms: list[Arm]) -> ProtocolNumber | None:
    values = sorted(float(v) for arm in arms if (v := getattr(arm.product, name)) is not None)
    return ProtocolNumber(name, unit, median(values), values[0], values[-1], len(values)) if values else None


def _counted(name: str, arms: list[Arm]) -> tuple[tuple[str, int], ...]:
    said = Counter(v for arm in arms if (v := getattr(arm.product, name)) not in (None, "unknown"))
    return tuple(said.most_common())
