"""The command line: parses arguments, prints results; one file for each command."""
