/**
 * Requests of a whole client: export, archive and restore, legal hold, offboarding. Used by the
 * command line; uses no stage.
 */
package com.segumento.client;
