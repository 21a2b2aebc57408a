"""The host lane's tests of maps, in the guests."""

from __future__ import annotations

import pytest
from test_maps_host import *  # noqa: F403

pytestmark = pytest.mark.guest
