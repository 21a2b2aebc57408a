"""The host lane's tests of events, in the guests."""

from __future__ import annotations

import pytest
from test_events_kernel import *  # noqa: F403

pytestmark = pytest.mark.guest
