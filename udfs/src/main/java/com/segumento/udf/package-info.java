/** SQL functions and the pure functions they adapt: no I/O, no Spark session. */
package com.segumento.udf;
