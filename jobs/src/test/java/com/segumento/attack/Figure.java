package com.segumento.attack;

import java.math.BigDecimal;

/**
 * A row of a release, as a client reads it.
 *
 * @param spend null where it is withheld or no sum is asked for
 */
record Figure(
    int night, Table table, String segment, String label, long persons, BigDecimal spend) {}
