"""The host lane's tests of missing privilege, in the guests."""

from __future__ import annotations

import pytest
from test_hooks_denied import *  # noqa: F403

pytestmark = pytest.mark.guest
