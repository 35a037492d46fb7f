"""Design: the theme, the layouts and their art, read from layouts/."""
