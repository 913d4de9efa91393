"""What people and programs see: listings, marked articles, citations. Nothing here asks the ledger or reads a page."""
