/** Tables, fields, names and failures every package may use; depends on nothing of ours. */
package com.segumento.model;
