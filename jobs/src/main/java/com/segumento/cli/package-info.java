/** Arguments to jobs, failures to exit statuses. */
package com.segumento.cli;
