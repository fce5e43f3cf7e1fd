"""What is done to customers: create, edit, addresses, contacts, status; one function for one change."""
