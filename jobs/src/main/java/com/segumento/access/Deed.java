package com.segumento.access;

import java.util.List;

/** What can be done with the objects of a prefix. */
public enum Deed {
  READ("s3:GetObject"),
  LIST("s3:ListBucket"),
  WRITE("s3:PutObject"),
  DELETE("s3:DeleteObject"),
  /** Delta removes what it no longer needs of a table's log whenever it writes a checkpoint. */
  EXPIRE_LOG("s3:DeleteObject");

  private final String action;

  Deed(String action) {
    this.action = action;
  }

  /** The store's own name of it. */
  String action() {
    return action;
  }

  /** Where in a prefix it is allowed, as patterns of keys. */
  List<String> keys(String prefix) {
    return List.of(prefix + (this == EXPIRE_LOG ? "*_delta_log/*" : "*"));
  }
}
