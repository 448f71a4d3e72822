package com.segumento.export;

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
    Map<Part, List<String>> files =
        verifier.files(release.folder(), release.manifest().path("files"));
    int listed = release.manifest().path("files").size();
    found.add(
        Guarantee.of(
            "names", files.get(Part.NAMES), "The " + listed + " listed file(s) are all there is."));
    found.add(Guarantee.of("lengths", files.get(Part.LENGTHS), "Every file has its length."));
    found.add(Guarantee.of("checksums", files.get(Part.CHECKSUMS), "Every file has its SHA-256."));
    return found;
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
