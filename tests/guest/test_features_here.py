"""The host lane's tests of what a kernel has, in the guests."""

from __future__ import annotations

import pytest
from test_kernel_features import *  # noqa: F403

pytestmark = pytest.mark.guest
