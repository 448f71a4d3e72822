package com.segumento.privacy.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.segumento.testkit.Chromium;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class AnonymizeReportTest {
  private static final Path ARX = Repository.path("jobs/src/test/resources/arx");

  @TempDir private Path folder;

  private String page(SparkSession spark) throws Exception {
    StringBuilder yaml = new StringBuilder();
    yaml.append(
        "input: {path: %s/adult.csv, format: csv, options: {header: true, sep: ';'}}\n"
            .formatted(ARX));
    yaml.append("attributes:\n");
    for (String name : new String[] {"age", "sex", "race", "education"}) {
      yaml.append(
          "  %s: {role: quasi, hierarchy: %s/adult_hierarchy_%s.csv}\n".formatted(name, ARX, name));
    }
    yaml.append("privacy: {k: 20, suppression_limit: 0.05}\n");
    yaml.append("output: {path: out, format: parquet}\nreport: report.json\n");
    new Specs(folder).run(spark, yaml.toString());
    return Files.readString(folder.resolve("report.html"));
  }

  @Test
  void aPageBesideTheReportStatesRisksAndUtilityAndNoValue(SparkSession spark) throws Exception {
    String html = page(spark);

    String seen = html.replaceAll("(?s)<script.*?</script>", "");
    assertThat(seen)
        .contains("<dt>Rows</dt><dd>30,162</dd>")
        .contains("<h3>Risk of being found again</h3>")
        .contains(
            "<tr><td>Prosecutor, highest</td><td class=\"n\">100</td><td class=\"n\">5</td></tr>")
        .contains("<tr><td>Records at risk</td>")
        .contains("<h3>Persons by the size of their class</h3>")
        .contains("<h3>Utility by attribute</h3>")
        .contains("<h3>Levels by attribute</h3>")
        .doesNotContain("Bachelors", "HS-grad", "Amer-Indian", "Female");
    assertThat(html).contains("default-src 'none'");
    assumeTrue(Chromium.isInstalled(), "no Chromium here: the page is checked as text only");
    Path left = Path.of("target", "anonymize-report.html").toAbsolutePath(); // to be looked at
    Files.copy(folder.resolve("report.html"), left, StandardCopyOption.REPLACE_EXISTING);
    String dom = Chromium.dom(left);
    String root = dom.substring(dom.indexOf("<html"), dom.indexOf('>', dom.indexOf("<html")));
    assertThat(root).contains("data-charts=\"5\"").doesNotContain("data-errors");
    assertThat(dom.split("<svg ", -1)).hasSize(1 + 5);
  }
}
