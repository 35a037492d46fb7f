"""Composing: a bound piece and a layout to a Scene."""
