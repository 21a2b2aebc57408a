"""The host lane's tests of the faces of maps, in the guests."""

from __future__ import annotations

import pytest
from test_map_faces import *  # noqa: F403

pytestmark = pytest.mark.guest
