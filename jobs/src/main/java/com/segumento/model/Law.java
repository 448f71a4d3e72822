package com.segumento.model;

/** Laws that give persons rights over their data, and a period to grant them within. */
public enum Law {
  /** Regulation (EU) 2016/679, General Data Protection Regulation. */
  GDPR,
  /** India's Digital Personal Data Protection Act, 2023, and Rules, 2025. */
  DPDP
}
