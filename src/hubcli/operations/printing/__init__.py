"""What hub prints for customers and drivers: one plain model of a sheet, drawn as PDF or as HTML."""
