"""The host lane's tests of objects made of C, in the guests."""

from __future__ import annotations

import pytest
from test_kernel_compiled import *  # noqa: F403

pytestmark = pytest.mark.guest
