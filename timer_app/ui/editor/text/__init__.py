"""The editor's Text tab."""
