package com.segumento.privacy.anonymize;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths of a specification: URIs stay, others are relative to the folder of its file. */
record SpecPaths(Path folder) {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");

  static SpecPaths of(Path specFile) {
    return new SpecPaths(specFile.toAbsolutePath().normalize().getParent());
  }

  /** The URI of a path. */
  String uri(String path) {
    if (SCHEME.matcher(path).matches()) {
      return path;
    }
    // Path.toUri would add a slash to what is a folder already, and quote what a glob means.
    return "file://" + folder.resolve(path).normalize();
  }
}
