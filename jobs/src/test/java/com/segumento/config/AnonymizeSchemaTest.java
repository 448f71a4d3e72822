package com.segumento.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.segumento.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema editors complete and check specifications of {@code anonymize} by. */
class AnonymizeSchemaTest {
  private static final String GOOD =
      """
      input: {path: a.csv, format: csv, options: {header: true, sep: ";"}}
      attributes:
        age: {role: quasi, hierarchy: {intervals: {from: 0, widths: [5, 10]}}}
        city: {role: quasi, hierarchy: city.csv}
        illness: {role: sensitive}
      privacy: {k: 5, l: {attribute: illness, distinct: 2}, t: [{attribute: illness, max: 0.3}]}
      output: {path: out, format: csv}
      """;

  @ParameterizedTest(name = "{0} instead of {1}: {2}")
  @CsvSource({
    "k: 5, k: 5, true",
    "k: 5, k: 1, false",
    "hierarchy: city.csv, hierarchy: 5, false",
    "hierarchy: city.csv, hierarchy: {file: city.csv}, true",
    "header: true, header: [], false",
    "role: sensitive, role: secret, false"
  })
  void allowsWhatTheCommandReads(String from, String to, boolean allowed) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Repository.path("conf/schema/anonymize.schema.json")));
    JsonNode specification = new YAMLMapper().readTree(GOOD.replace(from, to));

    assertThat(schema.validate(specification).isEmpty()).isEqualTo(allowed);
  }
}
