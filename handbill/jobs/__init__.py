"""Job sheets: what a campaign officer sends with an order, and what a printer reads."""
