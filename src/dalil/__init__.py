"""Dalil lists every number an article states, works out what they imply, and checks them."""

from datetime import date

__version__ = "0.2.0"
RELEASED = date(2026, 11, 27)
