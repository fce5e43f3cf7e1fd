"""Figures of the shop for a period or a day: each report works its rows out here, and proves that they add up."""
