package com.segumento.lake;

import com.segumento.model.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Posts JSON to an address that is a secret: no message names more of it than its alias. */
final class Webhook {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Secrets secrets;

  Webhook(Secrets secrets) {
    this.secrets = secrets;
  }

  /** Posts; gives why that failed, or nothing. */
  String post(String urlAlias, String json) {
    try {
      URI address =
          URI.create(new String(secrets.secret(urlAlias), StandardCharsets.UTF_8).strip());
      if (!"https".equals(address.getScheme()) && !LakePlace.isLoopback(address.toString())) {
        return "The address behind the alias is not https.";
      }
      int status = send(address, json);
      return status / 100 == 2 ? "" : "The address answered with status " + status + ".";
    } catch (ConfigException e) {
      return e.getMessage();
    } catch (IllegalArgumentException e) {
      return "The secret behind the alias is not an address.";
    } catch (IOException e) {
      return "The address could not be reached: " + e.getClass().getSimpleName() + ".";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "The run was interrupted while it waited for the address.";
    }
  }

  private static int send(URI address, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return HttpClient.newBuilder()
        .connectTimeout(PATIENCE)
        .build()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
