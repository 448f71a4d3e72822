package com.segumento.cli;

import com.segumento.lake.SecretStore;
import com.segumento.model.ConfigException;
import com.segumento.model.SecretAlias;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code secret create}: the value comes from standard input or chance, never from an argument. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a secret into the credential provider.",
      "The value is one line of standard input, typed without echo on a terminal, or random."
          + " It is never printed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento secret create --random acme.person.key retail.person.key",
      "  segumento secret create fs.s3a.secret.key < secret.txt",
      "",
      "The provider is spark.hadoop.hadoop.security.credential.provider.path of Spark's settings."
    })
final class CreateSecretCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "ALIAS", description = "Name of the secret.")
  private List<String> aliases;

  @Option(names = "--random", description = "Make a random value of 32 bytes, in Base64.")
  private boolean random;

  @Option(names = "--replace", description = "Replace a secret that is there.")
  private boolean replace;

  CreateSecretCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    if (!random && aliases.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "Several aliases are possible with --random only.");
    }
    for (String alias : aliases) {
      if (!SecretAlias.is(alias)) {
        // It may be the secret itself, and is not shown.
        throw new ConfigException(
            "An ALIAS of "
                + alias.length()
                + " characters is none. Expected "
                + SecretAlias.SAYS
                + ".");
      }
    }
    SecretStore store = SecretStore.open(new SparkConf());
    for (String alias : aliases) {
      if (!replace && store.has(alias)) {
        throw new ConfigException(
            "A secret with the alias "
                + alias
                + " is there already. What it protects cannot be read without it: add --replace"
                + " only if you mean that.");
      }
    }
    for (String alias : aliases) {
      store.put(alias, random ? NewSecret.random() : NewSecret.given(outside));
      spec.commandLine().getOut().println("Created secret " + alias + ".");
    }
    return 0;
  }
}
