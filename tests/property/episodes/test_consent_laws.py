"""Laws of consent: nothing is permitted without it, and a withdrawal never permits more."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from enthesis.catalogue.consents_loader import load_permissions
from enthesis.domain.episodes import Act, ConsentEntry, ConsentState, Purpose, consent_state, may, permissions

RULES = load_permissions()["standard"]
TODAY = date(2026, 11, 22)

purposes = st.sampled_from(Purpose)
entries = st.lists(
    st.builds(
        lambda purpose, decision, back: ConsentEntry(
            purpose, decision, TODAY - timedelta(days=back), "patient-consent", "1", "en"
        ),
        purposes,
        st.sampled_from(["given", "refused", "withdrawn"]),
        st.integers(-5, 400),
    ),
    max_size=12,
)


def given_for(purpose):
    return ConsentEntry(purpose, "given", TODAY - timedelta(days=500), "patient-consent", "1", "en")


@given(entries, purposes)
def test_a_withdrawal_never_permits_more(listed, purpose):
    last = ConsentEntry(purpose, "withdrawn", TODAY, "patient-consent", "1", "en")
    before, after = permissions(listed, RULES, TODAY), permissions([*listed, last], RULES, TODAY)
    assert not [act for act in Act if after[act] and not before[act]]


@given(entries)
def test_nothing_is_permitted_without_the_purposes_it_names(listed):
    for act in Act:
        if may(act, listed, RULES, TODAY):
            states = [consent_state(p, listed, RULES, TODAY) for p in RULES.needs[act]]
            assert set(states) == {ConsentState.GIVEN}


@given(purposes)
def test_a_withdrawal_stops_exactly_what_its_table_says(purpose):
    everything = [given_for(p) for p in Purpose]
    withdrawn = ConsentEntry(purpose, "withdrawn", TODAY, "patient-consent", "1", "en")
    found = permissions([*everything, withdrawn], RULES, TODAY)
    assert {act for act in Act if not found[act]} == set(RULES.withdrawal[purpose].stops)


@given(entries)
def test_decisions_of_the_future_change_nothing(listed):
    past = [entry for entry in listed if entry.on <= TODAY]
    assert permissions(listed, RULES, TODAY) == permissions(past, RULES, TODAY)
