/**
 * Requests of data subjects: the queue they come by, what is done for each kind, and the ledger of
 * all steps. Used by {@code pipeline} through {@link com.segumento.request.RequestRun} and {@link
 * com.segumento.request.Submission}; what erases and proves takes {@link
 * com.segumento.request.DueErasure}.
 */
package com.segumento.request;
