package com.segumento.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options every command has that reads the configuration. */
final class Common {
  @Option(
      names = "--conf",
      paramLabel = "DIR",
      defaultValue = "${env:SEGUMENTO_CONF:-conf}",
      description = "Directory of the configuration (or SEGUMENTO_CONF). Default: conf.")
  Path conf;

  @Option(
      names = "--lake",
      paramLabel = "URI",
      defaultValue = "${env:SEGUMENTO_LAKE}",
      description = "Root of the lake (or SEGUMENTO_LAKE). Default: lake of platform.yaml.")
  String lake;
}
