"""What the words of the field mean: departments, regions, units of measure and the thesaurus, each row with its source."""
