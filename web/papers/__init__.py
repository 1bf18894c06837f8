"""Papers: what is printed or kept as a PDF. A paper is a Typst template here and a module that gives it its values."""
