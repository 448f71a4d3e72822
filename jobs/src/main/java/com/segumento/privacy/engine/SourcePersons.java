package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.struct;

import com.segumento.lake.MembershipView;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import com.segumento.model.SourceVersions;
import com.segumento.model.UnsignedZeros;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The persons a release of records is about: one row each, with the attributes of the export as
 * they are in the source, and no key.
 */
record SourcePersons(Workspace workspace, SourceVersions sources) {
  static final String TRAITS = "traits";
  private static final Field LARGEST = Field.required("largest row", new StructType());

  StructType profiles() {
    return read(Profiles.NAME, sources.profiles()).schema();
  }

  StructType traits() {
    return sources.traits().isPresent()
        ? read(TRAITS, sources.traits().getAsLong()).schema()
        : new StructType();
  }

  Dataset<Row> rows(RecordSettings settings) {
    Dataset<Row> persons =
        read(Profiles.NAME, sources.profiles())
            .filter(octet_length(Persons.PERSON_KEY.col()).equalTo(Cells.KEY_BYTES))
            .select(columns(settings, false));
    if (settings.attributes().stream().anyMatch(RecordSettings.Attribute::trait)) {
      Dataset<Row> traits =
          read(TRAITS, sources.traits().getAsLong()).select(columns(settings, true));
      persons = persons.join(traits, byKey(), "left"); // 1:1, one row of traits a person
    }
    if (!settings.segments().isEmpty()) {
      persons = persons.join(members(settings.segments()), byKey(), "left_semi");
    }
    Column[] attributes =
        settings.attributes().stream()
            .map(attribute -> attribute.source().col())
            .toArray(Column[]::new);
    Column[] largest =
        settings.attributes().stream()
            .map(attribute -> attribute.source().as(attribute.source().in(LARGEST)))
            .toArray(Column[]::new);
    return persons
        .groupBy(Persons.PERSON_KEY.col())
        .agg(LARGEST.as(max(struct(attributes))))
        .select(largest);
  }

  private Dataset<Row> members(List<String> segments) {
    return MembershipView.of(workspace, sources.memberships())
        .filter(Memberships.BUSINESS_DATE.col().equalTo(lit(workspace.date())))
        .filter(Cells.SEGMENT_ID.col().isin(segments.toArray()))
        .select(Persons.PERSON_KEY.col());
  }

  private static Column[] columns(RecordSettings settings, boolean traits) {
    List<Column> columns = new ArrayList<>(List.of(Persons.PERSON_KEY.col()));
    for (RecordSettings.Attribute attribute : settings.attributes()) {
      if (attribute.trait() == traits) {
        columns.add(attribute.source().col());
      }
    }
    return columns.toArray(Column[]::new);
  }

  private static scala.collection.immutable.Seq<String> byKey() {
    return CollectionConverters.asScala(List.of(Persons.PERSON_KEY.name())).toSeq();
  }

  private Dataset<Row> read(String table, long version) {
    return workspace
        .lake()
        .tables()
        .read(workspace.lake().layout().table(workspace.clientId(), table), version)
        .transform(new UnsignedZeros()::apply);
  }
}
