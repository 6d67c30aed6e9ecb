"""How fragile an answer is, in sentences: what every way of analysing says, and which choice moves it."""

from collections.abc import Iterator

from enthesis.domain.evidence.fragility import Fragility
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.report import numbers
from enthesis.statistics.multiverse import AxisEffect

__all__ = [
    "AXIS_WORDS",
    "counts_words",
    "effect_size",
    "fragility_brief",
    "fragility_sentences",
    "fragility_verdict",
    "level_words",
    "moved_words",
    "place_of_declared",
]

AXIS_WORDS = {
    "instrument": "which scale speaks for a trial that reports several",
    "window": "which visit speaks for a trial",
    "values": "whether final values or changes from baseline are preferred",
    "correlation": "which correlation is assumed for changes that were not printed",
    "figures": "whether figures of the arms or the printed comparison is preferred",
    "suspect figures": "whether suspect figures are put back",
    "design": "whether non-randomised comparisons count",
    "risk of bias": "whether trials at high risk of bias count",
    "blinding": "whether only trials with blinded patients count",
    "derived figures": "whether figures derived by a later review count",
    "converted figures": "whether trials count whose figures had to be converted",
    "leukocytes": "which leukocyte class counts",
    "platelet dose": "which platelet dose counts",
    "region": "which part of the world counts",
    "funding": "whether trials paid by industry count",
    "estimator": "how the spread between trials is estimated",
    "interval": "which interval is used",
}

_UNITS = {
    ScaleKind.POINTS: "points",
    ScaleKind.SMD: "standard deviations",
    ScaleKind.NATIVE: "points of its own scale",
}

# Estimates that lie closer together than this share of the important difference are called unmoved.
UNMOVED = 0.1
# A smaller share of the ways than this is called nearly none. Convention of Enthesis.
FEW = 0.05


def effect_size(y: float, scale: Scale) -> str:
    """One estimate: '4.0 points better', '0.54 standard deviations worse', 'risk ratio 1.2'."""
    if scale.is_ratio:
        return f"{scale.unit} {numbers.ratio(scale.shown(y))}"
    unit = _UNITS[scale.kind]
    size = numbers.value(abs(y), scale.kind)
    if not size.strip("0."):
        return "no difference"
    return f"{size} {unit} {'better' if y > 0 else 'worse'}"


def _range(f: Fragility) -> str:
    """From the least to the most favourable estimate; told once where both read the same."""
    ends = (f.shares.lowest, f.shares.highest)
    first, last = (effect_size(y, f.scale) for y in (ends if f.scale.sign > 0 else ends[::-1]))
    return f"all give {first}" if first == last else f"give from {first} to {last}"


def fragility_brief(f: Fragility) -> str:
    """What the page of the answer says of it."""
    return f"{fragility_verdict(f)} {_excluded(f)}. {_ways(f)} {_range(f)}."


def fragility_verdict(f: Fragility) -> str:
    """In one sentence: do choices of the analyst decide on the side, or on the size, of the effect?"""
    other_side = min(f.shares.benefit, 1.0 - f.shares.benefit)
    if other_side >= FEW:
        return "Choices of the analyst decide on which side of no difference the estimate falls."
    is_better = f.shares.benefit > 0.5
    every = "nearly every way" if other_side else "every way"
    only = ", though nothing but the estimator and the interval can be chosen differently" * (
        f.data_sets == 1
    )
    held = (
        f"{every} of analysing puts the estimate {'in favour of' if is_better else 'against'} the treatment"
    )
    return f"{held[0].upper()}{held[1:]}{_size_words(f, is_better=is_better)}{only}."


def _size_words(f: Fragility, *, is_better: bool) -> str:
    """Whether the estimates on this side are large enough to matter, as the tail of a sentence."""
    if f.scale.mcid is None:
        return ""
    matters = "is important" if f.scale.is_ratio else "patients notice"
    share = f.shares.beyond if is_better else f.beyond_harm
    if min(share, 1.0 - share) >= FEW:
        return f"; whether by as much as {matters} hangs on choices of the analyst"
    nearly = "" if share in (0.0, 1.0) else "nearly "
    return f", {nearly}{'always' if share > 0.5 else 'never'} by as much as {matters}"


def fragility_sentences(f: Fragility) -> Iterator[str]:
    """What a colleague could read aloud: the verdict, the span, the side, the size, and what moves it."""
    yield fragility_verdict(f)
    median = effect_size(f.shares.median, f.scale)
    yield f"{_ways(f)} {_range(f)}" + (
        f", half of them below and half above {median}." if _varies(f) else "."
    )
    yield f"{_sides(f)}; {_beyond(f)}."
    yield f"{_excluded(f)}."
    yield moved_words(f)


def _ways(f: Fragility) -> str:
    return f"{numbers.count(len(f.pools))} ways to analyse the same trials ({_sets(f)})"


def _sets(f: Fragility) -> str:
    return (
        f"{f.data_sets} different sets of figures" if f.data_sets > 1 else "one and the same set of figures"
    )


def _varies(f: Fragility) -> bool:
    return len({effect_size(y, f.scale) for y in (f.shares.lowest, f.shares.median, f.shares.highest)}) > 1


def _sides(f: Fragility) -> str:
    better = f.shares.benefit
    if better == 1.0:
        return "Every way gives a benefit, however small"
    if better == 0.0:
        return "No way gives a benefit"
    return f"The estimate is a benefit, however small, in {numbers.percent(better)} of the ways"


def _excluded(f: Fragility) -> str:
    """How often the interval decides on a side."""
    s = f.shares
    if s.neither == 1.0:
        return "Every 95% interval includes no difference"
    sides = (
        f"{words} in {_part(share)}"
        for share, words in ((s.significant_benefit, "in favour"), (s.significant_harm, "against"))
        if share
    )
    return f"The whole 95% interval is {', '.join(sides)}"


def _beyond(f: Fragility) -> str:
    """Estimates that patients would notice, and intervals that prove as much: the two are never one."""
    if f.scale.mcid is None:
        return "what difference matters on this scale is not agreed"
    noticed = "is an important benefit" if f.scale.is_ratio else "is a benefit that patients notice"
    whole = f"the whole 95% interval in {_part(f.shares.surely_beyond)}"
    said = f"in {_part(f.shares.beyond)} it {noticed}" + (f", {whole}" if f.shares.beyond else "")
    worse = f"; in {_part(f.beyond_harm)} it is worse by as much" if f.beyond_harm else ""
    return f"{said}{worse}"


def _part(share: float) -> str:
    if share in (0.0, 1.0):
        return "every way" if share else "none"
    return f"{numbers.percent(share)} of the ways"


def moved_words(f: Fragility) -> str:
    """Which choice moves the estimate most, and by how much of its variance."""
    span = f.shares.highest - f.shares.lowest
    strongest = f.strongest
    if strongest is None or (f.scale.mcid and span < UNMOVED * abs(f.scale.mcid.value)):
        return (
            "None of the choices moves the estimate by a tenth of what patients notice."
            if (f.scale.mcid)
            else "None of the choices moves the estimate."
        )
    share = numbers.percent(strongest.eta2)
    return (
        f"What moves it most is {AXIS_WORDS[strongest.name]} ({share} of the variance)"
        f"{_extremes(strongest, f.scale)}."
    )


def _extremes(axis: AxisEffect, scale: Scale) -> str:
    known = [(m, level) for m, level in zip(axis.means, axis.levels, strict=True) if m is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    quoted = "\N{LEFT SINGLE QUOTATION MARK}{}\N{RIGHT SINGLE QUOTATION MARK}"
    said = (
        f"on average {effect_size(m, scale)} with {quoted.format(level_words(level))}"
        for m, level in (low, high)
    )
    return f": {', '.join(said)}"


def level_words(level: str) -> str:
    """A level as a reader sees it."""
    return level.replace("-", "\u2011") if level.startswith("0.") else level


def place_of_declared(f: Fragility) -> str:
    """Where the declared way stands among all."""
    share = f.less_favourable
    below = "none" if share == 0.0 else numbers.percent(share)
    return f"{effect_size(f.declared_mu, f.scale)}; {below} of the ways are less favourable"


def counts_words(f: Fragility) -> str:
    """How many ways there are, how many differ in their figures, and how many leave too little to pool."""
    thin = f.empty + f.single
    said = f"{numbers.count(len(f.whole))} combinations of choices"
    if f.possible > len(f.whole):
        said += f", drawn from {numbers.count(f.possible)},"
    if not thin:
        return f"{said}; all leave two trials or more, in {_sets(f)}"
    return (
        f"{said}: {numbers.count(f.empty)} leave no trial and {numbers.count(f.single)} leave one, "
        f"which is no pool; the other {numbers.count(len(f.pools))} pool {_sets(f)}"
    )
