"""Chiplet and advanced-packaging design-space explorer: each command is a function, each result a dict."""

from ._marquetry import *  # noqa: F401,F403
from ._marquetry import __version__  # noqa: F401
