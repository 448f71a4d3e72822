package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.config.Platform;
import com.segumento.export.ManifestSigner;
import com.segumento.lake.Secrets;
import com.segumento.lake.Stage;
import com.segumento.model.ConfigException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks whether secrets are there before they are needed; never at what they are. */
public record NeededSecrets(Secrets secrets) {

  /**
   * Does nothing where all are there that these stages work with.
   *
   * @throws ConfigException that names each one that is not
   */
  void require(Client client, Collection<Stage> stages) {
    List<String> missing =
        missing(
            "Client " + client.client(),
            stages.stream().flatMap(stage -> stage.secrets(client).stream()));
    if (!missing.isEmpty()) {
      throw new ConfigException(String.join("\n", missing));
    }
  }

  /** What to say of each secret that nights of these clients, or the platform, will not find. */
  public List<String> missing(Configuration configuration) {
    Stream<String> platform =
        configuration.platform().alerts().stream()
            .filter(alert -> alert.kind() == Platform.Alert.Kind.WEBHOOK)
            .map(Platform.Alert::urlAlias);
    return Stream.concat(
            missing("platform.yaml", platform).stream(),
            configuration.clients().values().stream()
                .flatMap(client -> missing("Client " + client.client(), ofNights(client)).stream()))
        .toList();
  }

  /** Of all stages, of requests, and of retention, which signs its certificates. */
  private static Stream<String> ofNights(Client client) {
    return Stream.of(
            Parts.stages().stream().flatMap(stage -> stage.secrets(client).stream()),
            Stream.ofNullable(client.keys().requests()),
            Stream.of(ManifestSigner.ALIAS))
        .flatMap(aliases -> aliases);
  }

  private List<String> missing(String who, Stream<String> aliases) {
    return new TreeSet<>(aliases.toList())
        .stream()
            .filter(alias -> !secrets.has(alias))
            .map(
                alias ->
                    who
                        + " needs the secret with the alias "
                        + alias
                        + ", which is not in the credential provider"
                        + " (hadoop.security.credential.provider.path). Create it with: segumento"
                        + " secret create "
                        + alias)
            .toList();
  }
}
