package com.segumento.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;

/** A credential provider in a file. */
public final class SecretsFile {
  private SecretsFile() {}

  /** Writes the secrets and gives the provider's URI. */
  public static String write(Path file, Map<String, String> secrets) throws IOException {
    String uri = "localjceks://file" + file.toAbsolutePath();
    Configuration hadoop = new Configuration(false);
    hadoop.set(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, uri);
    CredentialProvider provider = CredentialProviderFactory.getProviders(hadoop).get(0);
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      provider.createCredentialEntry(secret.getKey(), secret.getValue().toCharArray());
    }
    provider.flush();
    return uri;
  }
}
