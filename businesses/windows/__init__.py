"""The window contract: any customer counts in the shop itself. Many such counts show something; none decides."""
