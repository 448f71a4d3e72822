/**
 * Who may touch which prefix of the lake, as policies for the object store. Used by the command
 * line; needs configuration and no session.
 */
package com.segumento.access;
