package com.segumento.cli;

import com.segumento.pipeline.Engine;
import picocli.CommandLine.Option;

/** Option of commands that publish exports. */
final class ReplanOption {
  @Option(
      names = "--replan",
      description =
          "Choose the levels of exports anew, instead of keeping those of the last release.")
  private boolean replan;

  Engine applied(Engine engine) {
    return replan ? engine.replanning() : engine;
  }
}
