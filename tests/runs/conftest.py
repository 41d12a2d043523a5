"""Hypothesis on a machine that has other work: no deadline, and each test's folder serves all examples."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "training",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("training")
