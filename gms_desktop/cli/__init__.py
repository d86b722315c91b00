"""The command line of a bench without Qt: prove, rebuild, back up, salvage, look, take in, and say what is wrong."""

from __future__ import annotations

from gms_desktop.cli.app import call, make_app

__all__ = ["call", "make_app"]
