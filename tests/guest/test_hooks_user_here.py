"""The host lane's tests of probes of user functions, in the guests."""

from __future__ import annotations

import pytest
from test_hooks_user import *  # noqa: F403

pytestmark = pytest.mark.guest
