"""Proof: a translation beside its English and beside pictures of where it is printed, for reviewers."""
