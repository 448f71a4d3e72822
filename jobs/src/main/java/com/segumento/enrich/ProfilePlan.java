package com.segumento.enrich;

import com.segumento.config.Client;
import com.segumento.config.ProfileSchema;
import com.segumento.lake.ExclusionsTable;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.Profiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How a client's profiles come to be; nothing is computed before they are written.
 *
 * @param profiles with the columns of {@link ProfileSchema}
 * @param before counts the persons before anything is joined
 * @param after counts them after, and how their locations fared
 * @param figures what {@code after} counts by reason; none where no location is joined
 * @param references versions of the references joined
 */
record ProfilePlan(
    Dataset<Row> profiles,
    Observation before,
    Observation after,
    Optional<MatchFigures> figures,
    TreeMap<String, Long> references) {
  static final String PERSONS = "persons";

  static ProfilePlan of(Workspace workspace, PersonTables tables) {
    Observation before = new Observation("persons read");
    Observation after = new Observation("persons enriched");
    Dataset<Row> persons =
        ExclusionsTable.of(workspace)
            .without(tables.persons(workspace))
            .observe(before, functions.count(functions.lit(1)).as(PERSONS));
    Contracted contracted = new Contracted(workspace.client());
    Optional<Client.Enrichment.Location> location = contracted.location();
    if (location.isEmpty()) {
      Dataset<Row> joined = persons.observe(after, functions.count(functions.lit(1)).as(PERSONS));
      return new ProfilePlan(
          shaped(joined, workspace.client()), before, after, Optional.empty(), new TreeMap<>());
    }
    LocationFacts facts = LocationFacts.of(workspace, contracted, location.get());
    MatchFigures figures = MatchFigures.of(contracted, location.get());
    Field column =
        ProfileSchema.contractColumns(workspace.client())
            .get(contracted.locationColumn(location.get().by()));
    JoinLocation join = new JoinLocation(facts.rows(), location.get().by(), column);
    Dataset<Row> joined = figures.observe(persons.transform(join::apply), after);
    return new ProfilePlan(
        shaped(joined, workspace.client()), before, after, Optional.of(figures), facts.versions());
  }

  /** What an observation counted, once its rows are written. */
  static Map<String, Object> counted(Observation observation) {
    try {
      return observation.getAsJava();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the profiles were written.", e);
    }
  }

  // Delta knows which columns are required, and refuses a null in them; a join only seems to bring
  // one.
  private static Dataset<Row> shaped(Dataset<Row> joined, Client client) {
    StructType shape = new StructType();
    for (StructField column : ProfileSchema.of(client).fields()) {
      shape = shape.add(column.name(), column.dataType(), true);
    }
    Dataset<Row> whole = joined;
    for (Field struct : new Field[] {Profiles.PLACE, Profiles.DEMOGRAPHICS}) {
      whole =
          List.of(whole.columns()).contains(struct.name())
              ? whole
              : whole.withColumn(struct.name(), LocationFacts.nothing(struct));
    }
    return whole.to(shape);
  }
}
