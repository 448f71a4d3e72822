package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.model.LakeLayout;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder with a manifest, whatever is to be thought of it.
 *
 * @param folder its URI
 * @param manifest a missing node where it is no JSON object
 */
public record PublishedRelease(String folder, JsonNode manifest) {
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*:.+");

  /**
   * The release at a path: its folder or its manifest, below the lake or a whole URI.
   *
   * @throws ConfigException where there is no manifest
   */
  public static PublishedRelease at(Lake lake, String path) {
    String whole =
        SCHEME.matcher(path).matches()
            ? path
            : path.startsWith("/") ? "file:" + path : lake.layout().root() + "/" + path;
    String folder =
        spelled(lake.layout(), whole).replaceFirst("/" + Pattern.quote(Manifest.NAME) + "$", "");
    return lake.objects()
        .text(folder + "/" + Manifest.NAME)
        .map(text -> new PublishedRelease(folder, Manifest.parse(text)))
        .orElseThrow(
            () ->
                new ConfigException(
                    "There is no release at "
                        + folder
                        + ": it has no "
                        + Manifest.NAME
                        + ". Give the folder of a release, as in"
                        + " exports/acme/monthly_insight/dt=2026-03-01/run=2026-03-01-1."));
  }

  /** However it was written: what is found of a release is found again by its folder. */
  private static String spelled(LakeLayout layout, String uri) {
    String path = ObjectStore.spelled(uri);
    String below = layout.relative(path);
    return below.equals(path) ? below : layout.root() + "/" + below;
  }

  /** The client it says it is of. */
  public Optional<ClientId> client() {
    return text("client").filter(id -> ClientId.FORM.matcher(id).matches()).map(ClientId::new);
  }

  /** The business date it says it is of. */
  public Optional<LocalDate> date() {
    try {
      return text("business_date").map(LocalDate::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The run it says it is of; empty where it says none. */
  public String run() {
    return text("run").orElse("");
  }

  /** The export it says it is of; empty where it says none. */
  public String export() {
    return text("export").orElse("");
  }

  private Optional<String> text(String member) {
    return Optional.ofNullable(manifest.path(member).textValue());
  }
}
