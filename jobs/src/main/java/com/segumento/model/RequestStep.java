package com.segumento.model;

/** How far a request has come; each further step but {@link #HELD} is after the one before. */
public enum RequestStep {
  /** Its manifest and files are as they were signed. */
  RECEIVED,
  /** An erasure that a legal hold forbids for now. */
  HELD,
  /** Work on it has begun; an erasure's persons are let in no more. */
  RUNNING,
  /** An erasure of which it is proved that nothing is left. */
  PROVED,
  /** Carried out; its token files are gone. */
  DONE,
  /** Not carried out, and never to be; the details say why. */
  REFUSED;

  /** Whether nothing is left to do. */
  public boolean last() {
    return this == DONE || this == REFUSED;
  }
}
