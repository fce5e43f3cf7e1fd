"""The demo shop: invented staff, models and customers, the same on every machine and for any number of them."""
