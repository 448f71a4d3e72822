package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.export.ReleaseVerifier.Part;
import com.segumento.lake.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Checks that a release is ours, where it belongs, and byte for byte as it was signed. */
public final class ReleaseIntegrity {
  private final ReleaseVerifier verifier;
  private final Lake lake;
  private final String publicKey;

  public ReleaseIntegrity(SparkSession spark, Lake lake, String publicKey) {
    this.verifier = new ReleaseVerifier(spark, lake);
    this.lake = lake;
    this.publicKey = publicKey;
  }

  /** What was found; the signature comes first, and without it the rest is not looked at. */
  public List<Guarantee> guarantees(PublishedRelease release) {
    boolean signed =
        release.manifest().isObject() && Manifest.verifies(release.manifest(), publicKey);
    if (!signed) {
      return List.of(
          Guarantee.violated(
              "signature",
              Manifest.NAME
                  + " was changed after it was signed, or is not signed with the platform's"
                  + " key."));
    }
    List<Guarantee> found = new ArrayList<>();
    found.add(
        Guarantee.holds(
            "signature", Manifest.NAME + " is as it was signed with the platform's key."));
    if (plain(release.folder()).startsWith(plain(lake.layout().root()) + "/")) {
      found.add(place(release));
    }
    found.addAll(files(release));
    return found;
  }

  private List<Guarantee> files(PublishedRelease release) {
    JsonNode listed = release.manifest().path("files");
    Map<Part, List<String>> wrong = verifier.files(release.folder(), listed);
    List<String> missing = wrong.get(Part.MISSING);
    List<String> names = new ArrayList<>(missing);
    names.addAll(wrong.get(Part.UNLISTED));
    return List.of(
        Guarantee.of("names", names, "The " + listed.size() + " listed file(s) are all there is."),
        compared("lengths", wrong.get(Part.LENGTHS), missing, "Every file has its length."),
        compared("checksums", wrong.get(Part.CHECKSUMS), missing, "Every file has its SHA-256."));
  }

  /** What cannot have been looked at of a missing file holds of no release. */
  private static Guarantee compared(
      String name, List<String> wrong, List<String> missing, String right) {
    return wrong.isEmpty() && !missing.isEmpty()
        ? Guarantee.unknown(
            name, "Not looked at for " + missing.size() + " file(s), because missing.")
        : Guarantee.of(name, wrong, right);
  }

  private Guarantee place(PublishedRelease release) {
    boolean here =
        release.client().isPresent()
            && release.date().isPresent()
            && plain(release.folder())
                .equals(
                    plain(
                        lake.layout()
                            .release(
                                release.client().get(),
                                release.export(),
                                release.date().get(),
                                release.run())));
    return here
        ? Guarantee.holds("place", "It lies where a release of its export, date and run belongs.")
        : Guarantee.violated("place", "The manifest is that of a release of another place.");
  }

  private static String plain(String uri) {
    return uri.replaceFirst("^(file:)?/+", "file:/");
  }
}
