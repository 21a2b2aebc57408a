"""The host lane's tests of hooks, in the guests."""

from __future__ import annotations

import pytest
from test_hooks_host import *  # noqa: F403

pytestmark = pytest.mark.guest
