"""Editions: a Scene made ready for the press, the office printer or the web; Scene to Scene."""
