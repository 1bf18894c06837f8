"""What every test may ask for. The fixtures live in tests/harness, one module per thing they provide."""

from __future__ import annotations

import os

from hypothesis import settings

pytest_plugins = [
    "tests.harness.not_run",
    "tests.harness.shared",
    "tests.harness.databases",
    "tests.harness.mail",
    "tests.harness.browsers",
    "tests.harness.servers",
    "tests.harness.buckets",
]

# The same examples in every run: a test that fails, fails for everybody. `explore` looks further afield.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
