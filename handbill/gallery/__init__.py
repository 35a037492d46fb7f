"""The gallery: the page on which people choose what to print, and the pictures on it."""
