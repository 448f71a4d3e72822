package com.segumento.privacy.gate;

import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.Workspace;
import java.util.List;

/**
 * Where the files lie that are judged.
 *
 * @param beside name of the one file that may lie beside the data; empty where none may
 */
public record JudgedFolder(String uri, String beside) {
  private static final String MANIFEST = "manifest.json";

  public JudgedFolder {
    uri = plain(uri);
  }

  /** One in staging: nothing but data. */
  public static JudgedFolder staged(String uri) {
    return new JudgedFolder(uri, "");
  }

  /** A release: the data and its manifest. */
  public static JudgedFolder published(String uri) {
    return new JudgedFolder(uri, MANIFEST);
  }

  /** Whether it is a release, and not what is to become one. */
  boolean isPublished() {
    return !beside.isEmpty();
  }

  /** All files below it but that one, by URI. */
  List<StoredObject> data(Workspace workspace) {
    return workspace.lake().objects().list(uri).stream()
        .filter(object -> !isPublished() || !plain(object.uri()).equals(uri + "/" + beside))
        .toList();
  }

  /** Whether a file lies in it, not in a folder below. */
  boolean holds(String file) {
    return plain(file.substring(0, file.lastIndexOf('/'))).equals(uri);
  }

  // A file system may list file:///x as file:/x.
  private static String plain(String uri) {
    return uri.replaceFirst("^(file:)?/+", "file:/");
  }
}
