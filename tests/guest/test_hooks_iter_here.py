"""The host lane's tests of iterators, in the guests."""

from __future__ import annotations

import pytest
from test_hooks_iter import *  # noqa: F403

pytestmark = pytest.mark.guest
