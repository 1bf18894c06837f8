"""The API of the main loop (docs/api.md): thin routes around the same use-cases as the pages."""
