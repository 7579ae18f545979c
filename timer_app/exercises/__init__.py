"""The exercise catalogue: names, instructions, cautions, usual doses and figures."""
