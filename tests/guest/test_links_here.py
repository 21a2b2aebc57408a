"""The host lane's tests of links, in the guests."""

from __future__ import annotations

import pytest
from test_links import *  # noqa: F403

pytestmark = pytest.mark.guest
