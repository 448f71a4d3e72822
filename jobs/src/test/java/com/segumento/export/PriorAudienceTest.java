package com.segumento.export;

import static com.segumento.privacy.AudienceFixture.ADS;
import static com.segumento.privacy.AudienceFixture.CLIENT;
import static com.segumento.privacy.AudienceFixture.DSP1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.PriorLists;
import com.segumento.privacy.AudienceFixture;
import com.segumento.privacy.DestinationKey;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which lists an audience goes on from where releases are gone; {@code drip} is its segment. */
@ExtendWith(SparkExtension.class)
class PriorAudienceTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);

  private Workspace workspace;
  private ManifestSigner signer;

  @BeforeEach
  void lake(SparkSession spark, @TempDir Path directory) {
    workspace =
        new AudienceFixture(spark, directory)
            .workspace(FIRST.plusDays(9), 1, ADS.replace("drip, leave, out, small", "drip"));
    signer = new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS));
  }

  @Test
  void aListThatTheDestinationHasDroppedAndThatHasExpiredBeginsAnew() {
    release(2, Map.of("drip", run(1), "out", run(2)));
    release(3, Map.of("out", run(2))); // drip was taken out for a while
    assertThat(prior().bySegment()).isEmpty();
  }

  /** The second night's has expired; the first night's is still another segment's. */
  @Test
  void aListThatHasExpiredIsNotWhatTheGateGoesOnFromEither() {
    release(1, Map.of("drip", run(1), "out", run(1)));
    release(3, Map.of("drip", run(2), "out", run(1)));
    release(4, Map.of("out", run(1)));
    assertThat(prior().bySegment().get("drip").run()).isEqualTo(run(1));
  }

  @Test
  void aListThatTheDestinationHasIsNotDoneWithout() {
    release(2, Map.of("drip", run(1), "out", run(2)));
    assertThatThrownBy(this::prior)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("by run 2026-03-01-1 is not whole, so that it is not known whom");
  }

  @Test
  void aListThatIsHalfThereHasNotExpired() {
    release(2, Map.of("drip", run(1), "out", run(2)));
    release(3, Map.of("out", run(2)));
    workspace.lake().objects().write(folder(1) + "/part-00000.csv", "segment_id,token\n");
    assertThatThrownBy(this::prior)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("by run 2026-03-01-1 is not whole");
  }

  private PriorLists prior() {
    return new PriorAudience(workspace, new Releases(workspace, signer.publicKey()))
        .of(workspace.client().exports().get(0));
  }

  /** A release of the {@code n}th night; its manifest alone. */
  private void release(int n, Map<String, String> publishedBy) {
    ObjectNode manifest =
        JsonNodeFactory.instance
            .objectNode()
            .put("export", "ads")
            .put("run", run(n))
            .put("client", CLIENT.value())
            .put("business_date", FIRST.plusDays(n - 1).toString());
    manifest
        .putObject("destination")
        .put("id", "dsp1")
        .put("key_id", DestinationKey.id(DSP1.getBytes(UTF_8)));
    publishedBy.forEach(
        (segment, by) ->
            manifest.withArray("segments").addObject().put("id", segment).put("published_by", by));
    workspace
        .lake()
        .objects()
        .write(folder(n) + "/manifest.json", Manifest.signed(manifest, signer));
  }

  private String folder(int n) {
    return workspace.lake().layout().release(CLIENT, "ads", FIRST.plusDays(n - 1), run(n));
  }

  private static String run(int n) {
    return FIRST.plusDays(n - 1) + "-1";
  }
}
