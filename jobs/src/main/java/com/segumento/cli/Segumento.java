package com.segumento.cli;

import com.segumento.model.ConfigException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of the jar: arguments to a command, its end to an exit status. */
@Command(
    name = "segumento",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Nightly audience segmentation and enrichment behind a privacy gate.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:unexpected failure; where it happened is in the log",
      "2:configuration or usage",
      "3:the privacy gate refused, nothing published",
      "4:the data contract was broken, nothing of the drop ingested",
      "5:another run holds the lease",
      "6:partly done: some clients of a nightly run failed"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento validate",
      "  segumento nightly --date 2026-03-01",
      "  segumento status --date 2026-03-01",
      "  segumento report --run 2026-03-01-1"
    })
public final class Segumento implements Runnable {
  @Spec private CommandSpec spec;

  Segumento() {}

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = commandLine(Surroundings.ofProcess()).setOut(out).setErr(err).execute(arguments);
    out.flush();
    err.flush();
    System.exit(status);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command.");
  }

  /** All commands. */
  static CommandLine commandLine(Surroundings outside) {
    CommandLine all =
        new CommandLine(new Segumento())
            .addSubcommand(new ValidateCommand(outside))
            .addSubcommand(
                new CommandLine(new ReferenceCommand())
                    .addSubcommand(new LoadReferenceCommand(outside)))
            .addSubcommand(
                StageCommand.of(outside, "ingest", "Takes in a client's complete drops."))
            .addSubcommand(
                StageCommand.of(outside, "enrich", "Joins reference data to a client's persons."))
            .addSubcommand(
                StageCommand.of(outside, "segment", "Computes a client's traits and memberships."))
            .addSubcommand(
                StageCommand.of(outside, "export", "Publishes what the privacy gate lets out."))
            .addSubcommand(new NightlyCommand(outside))
            .addSubcommand(new AdhocCommand(outside))
            .addSubcommand(new ExplainCommand(outside))
            .addSubcommand(new AnonymizeCommand(outside))
            .addSubcommand(new StatusCommand(outside))
            .addSubcommand(new ReportCommand(outside))
            .addSubcommand(new GenerateCommand(outside))
            .addSubcommand(
                new CommandLine(new SecretCommand())
                    .addSubcommand(new CreateSecretCommand(outside)))
            .addSubcommand(
                new CommandLine(new RequestCommand())
                    .addSubcommand(new SubmitRequestCommand(outside))
                    .addSubcommand(new RunRequestsCommand(outside))
                    .addSubcommand(new RequestStatusCommand(outside)))
            .addSubcommand(new RetentionCommand(outside))
            .addSubcommand(new VerifyCommand(outside))
            .addSubcommand(new ShareCommand(outside))
            .addSubcommand(new ClientCommand(outside))
            .addSubcommand(new PoliciesCommand());
    all.setCaseInsensitiveEnumValuesAllowed(true);
    return all.registerConverter(LocalDate.class, Segumento::date)
        .setParameterExceptionHandler(Segumento::refuse)
        .setExecutionStrategy(new LoggedUse(outside.opened()))
        .setExecutionExceptionHandler(new Failures());
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("\"" + text + "\". Expected a date, as in 2026-03-01.");
    }
  }

  private static int refuse(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("segumento: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
    return ConfigException.EXIT_STATUS;
  }
}
