package com.segumento.ops;

/** Tells a person that long work goes on: a moving line on a terminal, plain lines in a log. */
public interface Progress {
  /** Begins a step, such as {@code acme: ingest orders}. */
  void begin(String step);

  /** Ends the step begun last, with a short outcome. */
  void end(String outcome);

  /** Says nothing. */
  Progress SILENT =
      new Progress() {
        @Override
        public void begin(String step) {}

        @Override
        public void end(String outcome) {}
      };
}
