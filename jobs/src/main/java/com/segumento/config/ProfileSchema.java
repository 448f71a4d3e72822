package com.segumento.config;

import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.DatasetContract.Role;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a client's profile table: the person key, the columns of its profile datasets in
 * the contract's order (identifying ones never), the place, the demographics, and two columns per
 * catchment.
 */
public final class ProfileSchema {
  private ProfileSchema() {}

  /** The profile table of {@code client}. */
  public static StructType of(Client client) {
    List<Field> fields = new ArrayList<>();
    fields.add(Persons.PERSON_KEY);
    fields.addAll(contractColumns(client).values());
    fields.add(Profiles.PLACE);
    fields.add(Profiles.DEMOGRAPHICS);
    if (client.enrich() != null) {
      for (Client.Enrichment.Catchment catchment : client.enrich().catchments()) {
        fields.add(within(catchment));
        fields.add(distance(catchment));
      }
    }
    return Field.schema(fields.toArray(Field[]::new));
  }

  /** The columns a client's profile datasets bring, by name; the first dataset to name one wins. */
  public static Map<String, Field> contractColumns(Client client) {
    Map<String, Field> columns = new LinkedHashMap<>();
    for (DatasetContract dataset : client.datasets()) {
      if (dataset.kind() == Kind.PROFILE) {
        columns(dataset).forEach(columns::putIfAbsent);
      }
    }
    return columns;
  }

  /** The columns one profile dataset brings, by name. */
  public static Map<String, Field> columns(DatasetContract dataset) {
    Map<String, Field> columns = new LinkedHashMap<>();
    dataset
        .columns()
        .forEach(
            (name, column) -> {
              if (column.role() != Role.IDENTIFYING) {
                columns.put(name, Field.optional(name, column.dataType()));
              }
            });
    return columns;
  }

  /** Whether the person's place lies within the catchment; null where the place is unknown. */
  public static Field within(Client.Enrichment.Catchment catchment) {
    return Field.optional("catchment_" + catchment.name(), DataTypes.BooleanType);
  }

  /** Kilometres to the nearest place of the catchment; null beyond its radius. */
  public static Field distance(Client.Enrichment.Catchment catchment) {
    return Field.optional(catchment.name() + "_distance_km", DataTypes.DoubleType);
  }
}
