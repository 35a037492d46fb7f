"""The survey: every piece of a language laid out once, to see how much room its words have."""
