"""How a product was made: spins in g, device and lot, activation, time to injection."""

from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.domain.products.checks import negatives, not_one_of, raise_any
from enthesis.domain.products.formulas import rcf_from_rpm
from enthesis.errors import Fault

__all__ = ["AGENTS", "METHODS", "MOMENTS", "Activation", "Preparation", "Spin"]

METHODS = ("manual", "closed kit")
AGENTS = (
    "none",
    "calcium chloride",
    "calcium gluconate",
    "autologous thrombin",
    "bovine thrombin",
    "collagen",
    "light",
    "freeze-thaw",
)
MOMENTS = ("before injection", "at injection")


@dataclass(frozen=True, slots=True)
class Spin:
    """One centrifugation: force in multiples of g, minutes, temperature in degrees Celsius.

    Turns per minute alone say nothing about the force; with the radius they give it.
    """

    g_force: float | None = None
    minutes: float | None = None
    rpm: float | None = None
    radius_cm: float | None = None
    temperature_c: float | None = None

    def __post_init__(self) -> None:
        """Refuse turns per minute without a radius, and a stated force that contradicts them."""
        raise_any(self._faults())

    @property
    def force_g(self) -> float | None:
        """Force in g, as stated or from turns and radius."""
        if self.g_force is None and self.rpm is not None and self.radius_cm is not None:
            return rcf_from_rpm(self.rpm, self.radius_cm)
        return self.g_force

    def _faults(self) -> Iterator[Fault]:
        yield from negatives(
            g_force=self.g_force, minutes=self.minutes, rpm=self.rpm, radius_cm=self.radius_cm
        )
        if self.g_force is None and self.rpm is not None and self.radius_cm is None:
            yield Fault(
                f"{self.rpm:g} rpm alone gives no force.",
                "rpm",
                "Add radius_cm, or give g_force instead of rpm.",
            )
        if self.g_force is not None and self.rpm is not None and self.radius_cm is not None:
            implied = rcf_from_rpm(self.rpm, self.radius_cm)
            # Makers round the force of a setting to tens of g.
            if abs(implied - self.g_force) > max(0.05 * self.g_force, 10):
                yield Fault(
                    f"{self.rpm:g} rpm at {self.radius_cm:g} cm is {implied:.0f} g, not {self.g_force:g} g.",
                    "g_force",
                    "Check whether the radius is in centimetres and whether rpm stands in place of g.",
                )


@dataclass(frozen=True, slots=True)
class Preparation:
    """From blood to product. ``minutes_to_injection`` runs from the end of preparation."""

    spins: tuple[Spin, ...] = ()
    method: str | None = None
    device: str | None = None
    lot: str | None = None
    layer_taken: str | None = None
    leukoreduction: bool | None = None
    temperature_c: float | None = None
    storage: str | None = None
    minutes_to_injection: float | None = None

    def __post_init__(self) -> None:
        """Refuse unknown methods and times below zero."""
        raise_any(
            (
                *negatives(minutes_to_injection=self.minutes_to_injection),
                *not_one_of(METHODS, method=self.method),
            )
        )

    @property
    def device_or_method(self) -> str | None:
        """The device, or else the method, whichever was recorded."""
        return self.device or self.method

    @property
    def number_of_spins(self) -> int | None:
        """Number of spins, None when none was recorded."""
        return len(self.spins) or None

    @property
    def forces_g(self) -> tuple[float, ...] | None:
        """Force of every spin in g, None unless all are known."""
        forces = tuple(f for spin in self.spins if (f := spin.force_g) is not None)
        return forces if forces and len(forces) == len(self.spins) else None

    @property
    def spin_minutes(self) -> tuple[float, ...] | None:
        """Minutes of every spin, None unless all are known."""
        minutes = tuple(spin.minutes for spin in self.spins if spin.minutes is not None)
        return minutes if minutes and len(minutes) == len(self.spins) else None


@dataclass(frozen=True, slots=True)
class Activation:
    """Whether platelets were activated from outside, with what, and when. Volume in mL."""

    exogenous: bool | None = None
    agent: str | None = None
    moment: str | None = None
    agent_concentration: str | None = None
    agent_volume_ml: float | None = None

    def __post_init__(self) -> None:
        """Refuse an activation that contradicts its agent."""
        raise_any(self._faults())

    @property
    def is_exogenous(self) -> bool | None:
        """True with an agent, False without, None when neither was recorded."""
        if self.exogenous is None and self.agent is not None:
            return self.agent != "none"
        return self.exogenous

    def _faults(self) -> Iterator[Fault]:
        yield from not_one_of(AGENTS, agent=self.agent)
        yield from not_one_of(MOMENTS, moment=self.moment)
        yield from negatives(agent_volume=self.agent_volume_ml)
        if self.exogenous is True and self.agent == "none":
            yield Fault("Activated from outside, but the agent is 'none'.", "agent", "Name the agent.")
        if self.exogenous is False and self.agent not in (None, "none"):
            yield Fault(
                f"Not activated from outside, but the agent is '{self.agent}'.",
                "exogenous",
                "Write true, or agent none.",
            )
