#!/usr/bin/env python3
"""Writes the reference pages of the registry's rules from the rules themselves and from their spec tables.

python scripts/docs_registry.py            writes them
python scripts/docs_registry.py --check    fails when one of them is not current
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from written_pages import table, write_or_check

from enthesis.catalogue.adverse_events_loader import load_harm_reporting
from enthesis.catalogue.chase_loader import load_chase_rules
from enthesis.catalogue.consents_loader import load_permissions
from enthesis.catalogue.entry_limits_loader import load_entry_limits
from enthesis.catalogue.grading_loader import load_grading_systems
from enthesis.catalogue.load import load
from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.domain.episodes import ADJUDICATION, VERDICT_WORDS, Act, FollowUpState, transitions

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference" / "registry"
SPEC = ROOT / "tests" / "spec" / "episodes"
CATALOGUE = ROOT / "src" / "enthesis" / "catalogue"
MADE = "<!-- Made by scripts/docs_registry.py. Do not edit by hand. -->\n"


def main() -> int:
    """Write or check every page."""
    return write_or_check(pages(), __file__)


def pages() -> dict[Path, str]:
    """Text of every generated page."""
    made = {
        "follow-up": follow_up_page,
        "chase": chase_page,
        "consent": consent_page,
        "adverse-events": harm_page,
        "grading": grading_page,
        "entries": entries_page,
        "curve": curve_page,
    }
    return {FOLDER / f"{name}.md": page() for name, page in made.items()}


def follow_up_page() -> str:
    """The protocol, the states with their diagram, the endings, and every case of the spec table."""
    protocol = load_protocols()["enthesis-standard"]
    windows = [
        (w.id, w.weeks or "before", w.opens_day, w.closes_day, w.late_until_day, "yes" if w.primary else "")
        for w in protocol.windows
    ]
    asked = [(e.instrument, ", ".join(e.windows)) for e in protocol.core]
    own = [
        (load().vocabulary.conditions[c].label, ", ".join(e.instrument for e in entries))
        for c, entries in sorted(protocol.by_condition.items())
    ]
    return _page(
        "Follow-up",
        f"Protocol `{protocol.id}`, version {protocol.version}. Days count from the first "
        "injection of a course. "
        f"Injections up to {protocol.series_days} days after it belong to the same course; a later one is a "
        "repeat and begins its own.",
        "## Windows",
        _table(("Window", "Week", "Opens on day", "Closes on day", "Late until day", "Primary"), windows),
        "## Asked of everybody",
        _table(("Instrument", "Windows"), asked),
        "## Asked besides",
        _table(("Condition", "Instrument"), own),
        "## States",
        _diagram(),
        "A partly answered window stays so when its time is over: what was answered is kept and shown.",
        "## Endings",
        "For one window death counts first, then the earliest of surgery, repeat injection and withdrawal, "
        "then lost or other. A complete window stays complete. A protocol may say `continue` "
        "instead of `end` "
        "for surgery and for a repeat injection. Answers dated after death, withdrawal or an ending "
        "of the protocol are set aside with the reason and stay on record; somebody lost may be found again.",
        _table(
            ("Ending", "Later windows", "In completeness"),
            [
                ("died", "closed", "left out and counted apart, when before the window closes"),
                (
                    "surgery, repeat injection",
                    "closed, or go on by protocol",
                    "left out and counted apart as endpoint",
                ),
                ("withdrew, lost, other", "closed", "eligible, counts as missing"),
            ],
        ),
        "## Completeness",
        "Answered, on time or late, in percent of eligible, with the Wilson interval. A "
        "window is eligible once "
        "it has closed, answered or not: counting open windows only when answered would flatter the figure.",
        "## Where it comes from",
        _basis("protocols/enthesis-standard.yaml"),
        "## Cases that are tested",
        _cases("schedule", ("says", "today", "window", "state")),
    )


def chase_page() -> str:
    """Who is asked again, in which order and at what hour."""
    rules = load_chase_rules()["standard"]
    quiet = rules.quiet_hours
    return _page(
        "Asking again",
        f"At most {len(rules.steps)} attempts for a window: {', '.join(rules.steps)}. "
        f"{rules.gap_days} days lie "
        "between two. An attempt that failed to leave does not count. A refusal stops the "
        "asking, and so does "
        "a withdrawn consent to contact. After the last attempt a person decides.",
        "## Order of the worklist",
        f"1. Windows that shut for good within {rules.urgent_days} days.\n2. Primary "
        "windows.\n3. The fewest days "
        "left.\n4. The fewest attempts made.\n5. The reference, so that the order is always the same.",
        "## Quiet hours",
        f"Nothing is sent from {quiet.begins:%H:%M} to {quiet.ends:%H:%M} in the local time of "
        "the patient; it "
        "waits for the end. Text goes out in the patient's language, or else in the first "
        "language of the site.",
        "## Where it comes from",
        _basis("chase/standard.yaml"),
    )


def consent_page() -> str:
    """What each act needs, what rests on what, and what a withdrawal stops."""
    rules = load_permissions()["standard"]
    needs = [(act, ", ".join(rules.needs[act])) for act in Act]
    rests = [(purpose, ", ".join(on)) for purpose, on in rules.rests_on.items()]
    effects = [(p, ", ".join(e.stops), e.kept, e.to_do) for p, e in rules.withdrawal.items()]
    return _page(
        "Consent",
        "A purpose is never given, given, withdrawn or expired, by the last decision up to today. A consent "
        "expires when its form says so, when the form is renewed, or when the version agreed "
        "to is not on file.",
        "## What each act needs",
        _table(("Act", "Purpose"), needs),
        "## What a purpose rests on",
        _table(("Purpose", "Rests on"), rests),
        "## What a withdrawal does",
        _table(("Withdrawn", "Stops", "Is kept", "Must be done"), effects),
        "## Where it comes from",
        _basis("consents/standard.yaml"),
    )


def harm_page() -> str:
    """Grades, causality, terms, reporting clocks and the table of adjudication."""
    harms = load_harm_reporting()["standard"]
    rules = [
        (r.id, r.setting, ", ".join(r.countries) or "everywhere", r.by, r.to, r.within, r.standing, r.note)
        for r in harms.rules
    ]
    steps = [(state, act, after) for (state, act), after in ADJUDICATION.items()]
    return _page(
        "Adverse events",
        "Severity, seriousness, causality and expectedness are four questions. What has not been judged yet "
        "counts as reportable: a doubt must not stop a report.",
        "**The reporting rules were not read in the law itself.** `secondary` means that a "
        "page repeats them, "
        "`house` that the rule is ours. Check them with your authority before you rely on a date.",
        "## Grades (CTCAE 5.0, in our words)",
        _table(("Grade", "Means"), harms.grades.items()),
        "## Causality (WHO-UMC), asked of product and procedure apart",
        _table(("Category", "Means"), harms.causality.items()),
        "## Terms",
        _table(("Term", "Label"), [(t.id, t.label) for t in harms.terms]),
        f"Signs that ask for a clinician on the same day: {', '.join(harms.same_day_signs)}.",
        "## Reporting",
        _table(("Rule", "Setting", "Where", "By", "To", "Within", "Read", "Note"), rules),
        "## Adjudication",
        _table(("State", "Act", "Next state"), steps),
        "## Where it comes from",
        _basis("adverse_events/standard.yaml", "sources"),
        "## Cases that are tested",
        _cases("reports-due", ("says", "due")),
    )


def grading_page() -> str:
    """Every grading system with its grades, wordings and source."""
    parts = []
    for system in load_grading_systems().values():
        parts += [
            f"## {system.name}",
            f"`{system.id}`: {system.structure}, {system.modality}. Fits {', '.join(system.conditions)}. "
            + ("" if system.ordered else "Its grades are kinds and have no order. ")
            + (
                "[Source](" + system.url + ")."
                if system.standing == "read"
                else "**Not verified at a source.**"
            ),
            system.note,
            _table(("Grade", "Means"), [(g.code, g.meaning) for g in system.grades]),
            _table(("Wording", "What differs"), [(w.id, w.differs) for w in system.wordings]),
        ]
    return _page(
        "Grading systems",
        "A grade is stored with its system and the wording its reader used. Roman and Arabic "
        "numbers are alike.",
        *filter(None, parts),
    )


def entries_page() -> str:
    """Limits of typed entries and every case of their spec table."""
    limits = load_entry_limits()["standard"]
    numbers = [*limits.person.values(), limits.needle_gauge, limits.needle_length_mm]
    rows = [(x.field, x.unit, _span(x.usual), _span(x.possible)) for x in numbers]
    volumes = [(region, _span(x.usual), _span(x.possible)) for region, x in limits.volume_ml.items()]
    cases = yaml.safe_load((SPEC / "entries.yaml").read_text(encoding="utf-8"))
    tested = [
        (kind, case["says"], case["found"][0][0] if case["found"] else "taken")
        for kind, listed in cases.items()
        for case in listed
    ]
    return _page(
        "Checks of entries",
        "What cannot be is refused; what is unusual is asked back, with the likely slip. "
        "Every limit is a house "
        "limit, wide on purpose, and no advice on how much to inject.",
        _table(("Field", "Unit", "Usual", "Possible"), rows),
        "## Volume of one injection in mL",
        _table(("Region", "Usual", "Possible"), volumes),
        "## Cases that are tested",
        _table(("Entry", "Case", "Outcome"), tested),
    )


def curve_page() -> str:
    """How a patient's change is read, by which thresholds, and every case of the spec table."""
    protocol = load_protocols()["enthesis-standard"]
    used: dict[tuple[Any, ...], list[str]] = {}
    for condition, sticks in protocol.yardsticks.items():
        for y in sticks:
            row = (y.instrument, y.score, y.mcid or "none", y.mdc or "none", y.why)
            used.setdefault(row, []).append(condition)
    rows = [(*row[:4], ", ".join(conditions), row[4]) for row, conditions in used.items()]
    return _page(
        "A patient's curve",
        "A change is read against the measurement error of one person (MDC) and against what patients call "
        "important (MCID). It must exceed the one and reach the other. No words say what made "
        "the difference.",
        _table(("Verdict", "Words"), VERDICT_WORDS.items()),
        "## Thresholds in use",
        _table(("Instrument", "Score", "MCID", "MDC", "Conditions", "Why"), rows),
        "## Cases that are tested",
        _cases("change-verdicts", ("says", "improvement", "mcid", "mdc", "verdict")),
    )


def _diagram() -> str:
    names = {state: state.replace("-", "_") for state in FollowUpState}
    lines = [f"  {names[t.before]} --> {names[t.after]}: {t.cause}" for t in transitions()]
    return "\n".join(["```mermaid", "stateDiagram-v2", "  [*] --> not_yet", *lines, "```"])


def _cases(name: str, columns: tuple[str, ...]) -> str:
    sheet = yaml.safe_load((SPEC / f"{name}.yaml").read_text(encoding="utf-8"))
    titles = {"says": "Case"}
    rows = [[_shown(case.get(column, "none")) for column in columns] for case in sheet["cases"]]
    return _table([titles.get(column, column.capitalize()) for column in columns], rows)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {given}" for key, given in value.items()) or "nothing"
    return "none" if value is None else str(value)


def _basis(file: str, key: str = "basis") -> str:
    document = yaml.safe_load((CATALOGUE / file).read_text(encoding="utf-8"))
    lines = []
    for entry in document[key]:
        address = f"https://doi.org/{entry['doi']}" if "doi" in entry else entry.get("url", "")
        standing = f"[{entry['standing']}]({address})" if address else entry["standing"]
        lines.append(f"- {entry['says']} ({standing})")
    return "\n".join(lines)


def _span(limits: tuple[float, float]) -> str:
    return f"{limits[0]:g} to {limits[1]:g}"


def _table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    return "\n".join(table(head, rows))


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", MADE.strip(), *parts]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
