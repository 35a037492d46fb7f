"""Handbill: a campaign's words set as leaflets and posters for press, office and web."""

__version__ = "0.1.0"
