"""The host lane's tests of pins, in the guests."""

from __future__ import annotations

import pytest
from test_kernel_pins import *  # noqa: F403

pytestmark = pytest.mark.guest
