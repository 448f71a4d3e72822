package com.segumento.access;

import java.util.List;

/** What can be done with the objects of a prefix. */
public enum Deed {
  READ("s3:GetObject"),
  LIST("s3:ListBucket"),
  WRITE("s3:PutObject"),
  DELETE("s3:DeleteObject"),
  /** Delta removes what it no longer needs of a table's log whenever it writes a checkpoint. */
  EXPIRE_LOG("s3:DeleteObject"),
  /** S3 lists uploads that never ended for a whole bucket only. */
  LIST_UPLOADS("s3:ListBucketMultipartUploads");

  private final String action;

  Deed(String action) {
    this.action = action;
  }

  /** The store's own name of it. */
  String action() {
    return action;
  }

  /**
   * Where in a prefix it is allowed, as patterns of keys. Who reads may ask for the folder itself
   * by its name, too, as S3A does before it lists: there never is such an object.
   */
  List<String> keys(String prefix) {
    String below = prefix + (this == EXPIRE_LOG ? "*_delta_log/*" : "*");
    return this == READ && prefix.endsWith("/")
        ? List.of(below, prefix.substring(0, prefix.length() - 1))
        : List.of(below);
  }
}
