"""The host lane's tests of samples, in the guests."""

from __future__ import annotations

import pytest
from test_profile import *  # noqa: F403

pytestmark = pytest.mark.guest
