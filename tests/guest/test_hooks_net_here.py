"""The host lane's tests of hooks of the network, in the guests."""

from __future__ import annotations

import pytest
from test_hooks_net import *  # noqa: F403

pytestmark = pytest.mark.guest
