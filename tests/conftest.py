"""What holds for every test: no network, no clock in Hypothesis, and system components that are missed out loud."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.no_network", "tests.system_components"]

# A deadline fails a test because the machine was busy, which says nothing about the code.
settings.register_profile("footprint", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("footprint")
