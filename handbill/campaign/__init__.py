"""The campaign: model and loading of everything under content/."""
