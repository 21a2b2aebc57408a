"""The host lane's tests of hooks of cgroups, in the guests."""

from __future__ import annotations

import pytest
from test_hooks_cgroup import *  # noqa: F403

pytestmark = pytest.mark.guest
