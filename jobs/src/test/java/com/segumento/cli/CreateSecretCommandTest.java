package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.Secrets;
import com.segumento.testkit.QuietClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateSecretCommandTest {
  private static final String PROVIDER = "hadoop.security.credential.provider.path";

  @TempDir Path folder;

  @BeforeEach
  void setProvider() {
    System.setProperty("spark.hadoop." + PROVIDER, provider());
  }

  @AfterEach
  void unsetProvider() {
    System.clearProperty("spark.hadoop." + PROVIDER);
  }

  @Test
  void keepsTheLineOfStandardInputWithoutPrintingIt() throws Exception {
    Ran ran = Ran.typing("s3cret value\n", "secret", "create", "fs.s3a.secret.key");
    assertThat(ran).isEqualTo(new Ran(0, "Created secret fs.s3a.secret.key.\n", ""));
    assertThat(secret("fs.s3a.secret.key")).isEqualTo("s3cret value");
    String ofBucket = "fs.s3a.bucket.the-lake-of-acme-in-mumbai-1.secret.key";
    assertThat(Ran.typing("x\n", "secret", "create", ofBucket).status()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store())))
        .isEqualTo("rw-------");
  }

  @Test
  void makesRandomSecretsOf32Bytes() {
    Ran ran = Ran.of("secret", "create", "--random", "acme.person.key", "retail.person.key");
    assertThat(ran.status()).isZero();
    byte[] acme = Base64.getDecoder().decode(secret("acme.person.key"));
    assertThat(acme).hasSize(32);
    assertThat(Base64.getDecoder().decode(secret("retail.person.key")))
        .hasSize(32)
        .isNotEqualTo(acme);
    assertThat(ran.out()).doesNotContain(secret("acme.person.key"));
  }

  @Test
  void validateSaysWhichSecretsAreMissingWhereTheyCanBeAskedFor(@TempDir Path directory)
      throws Exception {
    Path conf = QuietClient.write(directory).conf();
    Files.writeString(
        conf.resolve("clients/quiet.yaml"),
        Files.readString(conf.resolve("clients/quiet.yaml"))
            .replaceFirst("segments: segments/quiet.yaml\n(?s).*retention:", "retention:"));
    Ran.of("secret", "create", "--random", "ops.manifest.key");
    String missing =
        "Client quiet needs the secret with the alias quiet.person.key, which is not in the"
            + " credential provider (hadoop.security.credential.provider.path). Create it with:"
            + " segumento secret create quiet.person.key";
    Ran valid = new Ran(0, "The configuration is valid. Clients: quiet\n", "");
    assertThat(Ran.of("validate", "--conf", conf.toString()))
        .isEqualTo(new Ran(0, valid.out(), "segumento: warning: " + missing + "\n"));
    assertThat(Ran.of("validate", "--json", "--conf", conf.toString()).out())
        .isEqualTo("{\"valid\":true,\"clients\":[\"quiet\"],\"warnings\":[\"" + missing + "\"]}\n");
    Ran.of("secret", "create", "--random", "quiet.person.key");
    assertThat(Ran.of("validate", "--conf", conf.toString())).isEqualTo(valid);
    Files.delete(store());
    unsetProvider();
    assertThat(Ran.of("validate", "--conf", conf.toString()))
        .as("where no provider is set, nobody can be asked")
        .isEqualTo(valid);
  }

  @Test
  void replacesASecretOnlyWhenToldSo() {
    Ran.typing("one\n", "secret", "create", "a.b");
    assertThat(Ran.typing("two\n", "secret", "create", "a.b"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "segumento: A secret with the alias a.b is there already. What it protects cannot"
                    + " be read without it: add --replace only if you mean that.\n"));
    assertThat(secret("a.b")).isEqualTo("one");
    assertThat(Ran.typing("two\n", "secret", "create", "--replace", "a.b").status()).isZero();
    assertThat(secret("a.b")).isEqualTo("two");
  }

  @Test
  void refusesAnEmptySecretSeveralAtOnceAndOddAliases() {
    assertThat(Ran.typing("", "secret", "create", "a.b").err())
        .isEqualTo(
            "segumento: The secret is empty. Type it, send it as one line of standard input, or add"
                + " --random.\n");
    assertThat(Ran.typing("x\n", "secret", "create", "a.b", "c.d").err())
        .isEqualTo(
            "segumento: Several aliases are possible with --random only.\n"
                + "Help: segumento secret create --help\n");
    for (String alias : List.of("A B", "pwd", "2.b", ".ab")) {
      assertThat(Ran.typing("x\n", "secret", "create", alias).err())
          .isEqualTo(
              "segumento: An ALIAS of 3 characters is none. Expected the alias of a secret in the"
                  + " credential provider, as in acme.person.key; never the secret itself.\n");
    }
    assertThat(Files.exists(store())).isFalse();
  }

  @Test
  void asksForAProviderWhereNoneIsSet() {
    System.clearProperty("spark.hadoop." + PROVIDER);
    Ran ran = Ran.typing("x\n", "secret", "create", "a.b");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).startsWith("segumento: No credential provider is set. Set spark.hadoop.");
  }

  private String secret(String alias) {
    Configuration hadoop = new Configuration();
    hadoop.set(PROVIDER, provider());
    return new String(new Secrets(hadoop).secret(alias), StandardCharsets.UTF_8);
  }

  private Path store() {
    return folder.resolve("secrets.jceks");
  }

  private String provider() {
    return "localjceks://file" + store();
  }
}
