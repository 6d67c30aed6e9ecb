"""Settings that hold for every test."""

from hypothesis import HealthCheck, settings

# Tests run on shared and slow machines: time decides nothing, what is drawn and found decides.
settings.register_profile("enthesis", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("enthesis")
