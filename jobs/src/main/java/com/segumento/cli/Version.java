package com.segumento.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
final class Version implements IVersionProvider {
  private static final String UNPACKED = "unpackaged";

  static String version() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse(UNPACKED);
  }

  @Override
  public String[] getVersion() {
    return new String[] {"segumento " + version()};
  }
}
