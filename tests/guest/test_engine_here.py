"""The host lane's tests of the engine, in the guests."""

from __future__ import annotations

import pytest
from test_kernel_engine import *  # noqa: F403

pytestmark = pytest.mark.guest
