package com.segumento.client;

import java.util.Map;

/** Issues a signed certificate of what was deleted. */
@FunctionalInterface
public interface Issue {
  /**
   * Gives the certificate's id.
   *
   * @param id the request's; the same request has one certificate
   * @param details names and figures, never of a person
   */
  String certificate(String id, String client, Map<String, String> details);
}
