"""The host lane's test of what a kernel was built without, in the guests."""

from __future__ import annotations

import pytest
from test_needs import *  # noqa: F403

pytestmark = pytest.mark.guest
