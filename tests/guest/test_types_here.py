"""The host lane's tests of types that go with programs, in the guests."""

from __future__ import annotations

import pytest
from test_types_loaded import *  # noqa: F403

pytestmark = pytest.mark.guest
