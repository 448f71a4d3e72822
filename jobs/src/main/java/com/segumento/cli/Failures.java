package com.segumento.cli;

import com.segumento.lake.MissingKeys;
import com.segumento.model.JobException;
import com.segumento.ops.SafeTrace;
import com.segumento.pipeline.Failure;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Turns a failure into its line on standard error and its exit status; the trace goes to the log.
 */
final class Failures implements IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    LOG.error("Fails: {}\n{}", command.getCommandName(), SafeTrace.of(failure));
    PrintWriter err = command.getErr();
    Exception said = MissingKeys.behind(failure).<Exception>map(known -> known).orElse(failure);
    print(err, SafeTrace.line(said));
    if (said instanceof JobException refused) {
      return refused.exitStatus();
    }
    err.println("Log: " + Log.place());
    return Failure.UNEXPECTED;
  }

  /** A message of one problem or of several, a line each. */
  static void print(PrintWriter err, String message) {
    message.lines().forEach(line -> err.println("segumento: " + line));
    err.flush();
  }
}
