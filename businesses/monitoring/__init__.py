"""A monitor's visit as a report: numbered findings, remedies asked for by a date, and the business's reply."""
