"""One report of a trial or series as it was read: figures as printed, nothing converted, nothing guessed.

Every field mirrors one field of the study files; ``None`` or an empty tuple means that the value was
not seen. Numbers are in the unit printed on the page. ``docs/reference/study-format.md`` says what each
field means.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.domain.evidence.printed import (
    ArmFigures,
    Correction,
    Integrity,
    Interval,
    PrintedContrast,
    PrintedP,
    Source,
    WithinArm,
    raise_any,
)
from enthesis.errors import Fault

__all__ = [
    "Arm",
    "ArmFigures",
    "Blinding",
    "Correction",
    "Integrity",
    "Population",
    "PrintedContrast",
    "PrintedP",
    "Product",
    "Result",
    "Source",
    "Study",
    "WithinArm",
]


@dataclass(frozen=True, slots=True)
class Blinding:
    """Who was blinded, only where it was stated; ``stated`` is the word the report uses."""

    participants: bool | None = None
    personnel: bool | None = None
    assessors: bool | None = None
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class Population:
    """People studied. Sizes count ``unit`` (person when not given); ages in years, shares in percent."""

    severity: str | None = None
    subcondition: str | None = None
    age_mean: float | None = None
    female_percent: float | None = None
    n_randomised: int | None = None
    n_analysed: int | None = None
    unit: str = "person"
    n_people: int | None = None
    paired: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """What was injected and how, only where it was stated.

    Platelet dose in 10^9, platelet concentration in 10^9 per litre, cell dose in 10^6, volume in
    millilitres per injection, interval in days.
    """

    leukocytes: str | None = None
    platelet_dose_e9: float | None = None
    platelet_concentration_e9_per_l: float | None = None
    fold_over_blood: float | None = None
    cell_dose_e6: float | None = None
    volume_ml: float | None = None
    injections: int | None = None
    interval_days: int | None = None
    activation: str | None = None
    guidance: str | None = None


@dataclass(frozen=True, slots=True)
class Arm:
    """One treatment arm: the main intervention, what came in addition, and its size.

    ``combines`` marks an arm that only joins others, ``crossover_from`` one of people who changed over;
    neither was randomised.
    """

    id: str
    intervention: str
    label: str
    plus: tuple[str, ...] = ()
    combines: tuple[str, ...] = ()
    crossover_from: str | None = None
    n: int | None = None
    product: Product = Product()

    @property
    def is_original(self) -> bool:
        """True for an arm that people were allocated to."""
        return not self.combines and self.crossover_from is None


@dataclass(frozen=True, slots=True)
class Result:
    """One result row: an outcome on an instrument at one time, with its figures and where they were read.

    ``weeks`` count from the first injection, 0 is baseline, ``None`` unknown or at the injection.
    ``kind`` is 'final' or 'change' (follow-up minus baseline); ``better`` is 'lower' or 'higher'.
    ``usable`` False keeps the row on record but out of every pool.
    """

    outcome: str
    instrument: str
    better: str
    kind: str
    source: Source
    range: Interval | None = None
    weeks: int | None = None
    weeks_span: tuple[int, int] | None = None
    derived: bool = False
    usable: bool = True
    reread: bool = False
    subgroup: str | None = None
    arms: tuple[ArmFigures, ...] = ()
    contrast: PrintedContrast | None = None
    within_arm: tuple[WithinArm, ...] = ()
    overall_p: PrintedP | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a row whose parts contradict each other."""
        raise_any(self._faults())

    def figures_of(self, arm: str) -> ArmFigures | None:
        """Figures of one arm, or None when the row prints none for it."""
        return next((figures for figures in self.arms if figures.arm == arm), None)

    def _faults(self) -> Iterator[Fault]:
        if self.range is not None and not self.range[0] < self.range[1]:
            yield Fault(f"{list(self.range)} is no range.", "range", "Write the lower end first.")
        if self.weeks is not None and self.weeks_span is not None:
            yield Fault("weeks and weeks_span exclude each other.", "weeks_span")
        if self.weeks_span is not None and not self.weeks_span[0] < self.weeks_span[1]:
            yield Fault(f"{list(self.weeks_span)} is not ordered.", "weeks_span")
        if self.weeks == 0 and self.kind != "final":
            yield Fault("a baseline row holds final values.", "kind", "Write kind: final.")


@dataclass(frozen=True, slots=True)
class Study:
    """One report of a trial or series, with every result row read from it.

    ``same_trial_as`` names other reports of the same people. ``integrity`` is set when the figures as a
    whole are in doubt. ``identity`` is 'complete' when title, author, year and a DOI or PubMed number
    were seen.
    """

    id: str
    title: str
    title_is_descriptive: bool
    first_author: str | None
    year: int | None
    year_is_inferred: bool
    url: str
    design: str
    condition: str
    population: Population
    arms: tuple[Arm, ...]
    results: tuple[Result, ...]
    same_trial_as: tuple[str, ...]
    cautions: tuple[str, ...]
    identity: str
    journal: str | None = None
    doi: str | None = None
    pmid: str | None = None
    registration: str | None = None
    countries: tuple[str, ...] = ()
    blinding: Blinding = Blinding()
    funding: str | None = None
    integrity: Integrity | None = None
    corrections: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a study whose rows name arms that it does not have."""
        raise_any(self._faults())

    @property
    def is_suspect(self) -> bool:
        """True when the figures as a whole are in doubt."""
        return self.integrity is not None and self.integrity.status == "suspect"

    @property
    def is_comparative(self) -> bool:
        """True when the study has a control group."""
        return self.design != "single-arm"

    def arm(self, name: str) -> Arm:
        """The arm of that id.

        Raises:
            KeyError: The study has no such arm.
        """
        for arm in self.arms:
            if arm.id == name:
                return arm
        raise KeyError(name)

    def _faults(self) -> Iterator[Fault]:
        known = [arm.id for arm in self.arms]
        if len(set(known)) < len(known):
            yield Fault(f"arm ids repeat: {known}.", "arms", "Give each arm its own id.")
        for at, row in enumerate(self.results):
            named = {f.arm for f in row.arms} | {w.arm for w in row.within_arm}
            named |= {row.contrast.of, row.contrast.versus} if row.contrast else set()
            for stray in sorted(named - set(known)):
                yield Fault(f"'{stray}' is no arm of this study ({', '.join(known)}).", f"results[{at}]")
