package com.segumento.cli;

import com.segumento.config.Client;
import com.segumento.config.Export;
import com.segumento.lake.StorageGuard;
import com.segumento.lake.UsageLedger;
import com.segumento.model.ConfigException;
import com.segumento.model.JobException;
import com.segumento.ops.Ticker;
import com.segumento.ops.UsageEntry;
import com.segumento.pipeline.Failure;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Runs a command and, where it opened the lake, writes down in the ledger of usage who ran it, of
 * what client, for what date, and how it ended. Of its options only names are kept that the
 * configuration has, and dates: a condition may hold a value of somebody.
 */
final class LoggedUse implements IExecutionStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedUse.class);
  private static final Pattern RUN = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{1,6}");

  private final Opened opened;

  LoggedUse(Opened opened) {
    this.opened = opened;
  }

  @Override
  public int execute(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandLine command = last.commandSpec().commandLine();
    int status;
    try {
      status = new CommandLine.RunLast().execute(parsed);
    } catch (ExecutionException e) {
      try {
        write(command, exitStatus(e.getCause()));
      } catch (Exception also) { // Scala declares no IOException
        e.addSuppressed(also); // why the command failed matters more
      }
      throw e;
    }
    try {
      write(command, status);
    } catch (Exception e) {
      throw new ExecutionException(command, "The command's use could not be written down.", e);
    }
    return status;
  }

  private static int exitStatus(Throwable failure) {
    return failure instanceof JobException refused ? refused.exitStatus() : Failure.UNEXPECTED;
  }

  private void write(CommandLine command, int status) {
    if (opened.bench().isEmpty()) {
      return;
    }
    Workbench bench = opened.bench().get();
    if (!mayBeWritten(bench)) {
      LOG.warn("Use is not written down, as the lake may not be written to: status={}", status);
      return;
    }
    Options options = new Options(command, bench);
    UsageLedger.open(bench.spark(), bench.lake())
        .append(
            new UsageEntry(
                Ticker.now(),
                bench.spark().sparkContext().sparkUser(),
                command.getCommandSpec().qualifiedName().replaceFirst("^segumento ", ""),
                options.client(),
                options.export(),
                runs(options),
                options.date(),
                status,
                null,
                null));
  }

  // A lake that no client's data may be written to unencrypted has nothing of ours, either.
  private static boolean mayBeWritten(Workbench bench) {
    for (Client client : bench.configuration().clients().values()) {
      try {
        StorageGuard.check(
            bench.spark(), bench.configuration().platform(), client, bench.lake().layout().root());
        return true;
      } catch (ConfigException e) {
        LOG.debug("Not as client {} needs it", client.client());
      }
    }
    return false;
  }

  private String runs(Options options) {
    List<String> all =
        Stream.concat(opened.runs().stream(), options.texts("--run").filter(RUN.asMatchPredicate()))
            .distinct()
            .toList();
    return all.isEmpty() ? null : String.join(" ", all);
  }

  /** What was said, as far as it may be kept. */
  private record Options(CommandLine command, Workbench bench) {
    String client() {
      String named =
          texts("--client")
              .filter(id -> bench.configuration().clients().containsKey(id))
              .distinct()
              .collect(Collectors.joining(" "));
      return named.isEmpty() ? UsageEntry.ALL : named;
    }

    String export() {
      List<String> names =
          bench.configuration().clients().values().stream()
              .flatMap(client -> client.exports().stream())
              .map(Export::name)
              .toList();
      return texts("--export").filter(names::contains).findFirst().orElse(null);
    }

    LocalDate date() {
      return values("--date")
          .filter(LocalDate.class::isInstance)
          .map(LocalDate.class::cast)
          .findFirst()
          .orElse(null);
    }

    Stream<String> texts(String option) {
      return values(option).map(Object::toString);
    }

    private Stream<Object> values(String option) {
      Object value =
          Optional.ofNullable(command.getCommandSpec().findOption(option))
              .map(OptionSpec::getValue)
              .orElse(null);
      return value instanceof Collection<?> several
          ? several.stream().map(Object.class::cast)
          : Stream.ofNullable(value);
    }
  }
}
