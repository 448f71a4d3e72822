/** YAML to typed settings, all problems at once. Touches no data and knows no Spark session. */
package com.segumento.config;
