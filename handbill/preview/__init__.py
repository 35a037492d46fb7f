"""Preview: the pieces that a save touches, made again and shown at once."""
