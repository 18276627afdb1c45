"""Valid files of every format, damaged at random: nothing may come of it but words."""
