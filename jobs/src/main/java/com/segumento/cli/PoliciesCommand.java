package com.segumento.cli;

import com.segumento.access.AccessPolicy;
import com.segumento.access.Deed;
import com.segumento.access.Role;
import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.model.ClientId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code policies}: who may touch what of a client; touches no data. */
@Command(
    name = "policies",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the least-privilege access policy of a role for one client's part of the lake.",
      "With --json: an identity policy of AWS IAM for a lake on S3 (over TLS, in the agreement's"
          + " region, encrypted at rest; listing by prefix only), or the same form for a folder."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento policies --client acme --role client",
      "  segumento policies --client acme --role operator --json",
      "",
      "Roles: operator, data-engineer, client (or client-pull and client-drop apart), activation,",
      "privacy-officer, retention, reference-loader."
    })
final class PoliciesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(names = "--client", required = true, paramLabel = "C", description = "Id of the client.")
  private String client;

  @Option(names = "--role", required = true, paramLabel = "R", description = "Who it is for.")
  private String role;

  @Option(names = "--json", description = "Print the policy itself, as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Role of = Role.named(role);
    ClientId id = new ClientId(client);
    Configuration read = Workbench.configuration(common, ConfigurationLoader.load(common.conf, id));
    AccessPolicy policy = AccessPolicy.of(read.platform(), read.client(id), of);
    spec.commandLine().getOut().println(json ? policy.json().toPrettyString() : text(policy));
    return 0;
  }

  private static String text(AccessPolicy policy) {
    Table table = new Table("prefix", "read", "list", "write", "delete");
    for (AccessPolicy.Granted grant : policy.granted()) {
      table.row(
          grant.prefix(),
          yes(grant.may(Deed.READ)),
          yes(grant.may(Deed.LIST)),
          yes(grant.may(Deed.WRITE)),
          grant.may(Deed.EXPIRE_LOG) ? "_delta_log" : yes(grant.may(Deed.DELETE)));
    }
    return table + System.lineSeparator() + "Nothing else is allowed. The policy: add --json.";
  }

  private static String yes(boolean allowed) {
    return allowed ? "yes" : "-";
  }
}
