"""The host lane's tests of refusals in plain words, in the guests."""

from __future__ import annotations

import pytest
from test_kernel_reasons import *  # noqa: F403

pytestmark = pytest.mark.guest
