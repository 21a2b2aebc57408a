"""The host lane's tests of wrong places, in the guests."""

from __future__ import annotations

import pytest
from test_wrong_places import *  # noqa: F403

pytestmark = pytest.mark.guest
