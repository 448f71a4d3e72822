package com.segumento.model;

/** What a person may ask for. */
public enum RequestKind {
  /** To see all that is held: GDPR Art. 15, DPDP Act s. 11. */
  ACCESS,
  /** To have it in a form that machines read: GDPR Art. 20. */
  PORT,
  /** GDPR Art. 16, DPDP Act s. 12. */
  CORRECT,
  /** GDPR Art. 17, DPDP Act s. 12. */
  ERASE,
  /** To take consent back: GDPR Art. 7(3), DPDP Act s. 6(4). */
  WITHDRAW,
  /** GDPR Art. 18. */
  RESTRICT,
  /** GDPR Art. 21. */
  OBJECT,
  /** To take a restriction, an objection or a withdrawal back. */
  LIFT,
  /** To have somebody act for them: DPDP Act s. 14. */
  NOMINATE
}
