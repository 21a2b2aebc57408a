"""Each command of bpf(2), in the guests: what an older kernel lacks is told as such."""

from __future__ import annotations

import pytest
from test_kernel_commands import *  # noqa: F403

pytestmark = pytest.mark.guest
