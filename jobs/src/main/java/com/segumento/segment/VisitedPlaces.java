package com.segumento.segment;

import com.segumento.config.Client;
import com.segumento.config.Client.PlaceKey;
import com.segumento.config.Client.Purpose;
import com.segumento.config.DatasetContract;
import com.segumento.lake.ValidReference;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Where the events of a client were: for event datasets with a column that carries {@code place:
 * postal_code}, and only where the agreement's purposes cover location and the client's places are
 * known by postal code.
 */
record VisitedPlaces(Client client) {
  /** The place of an event, at district level or coarser; null where it is not known. */
  static final Field PLACE =
      Field.optional(
          Profiles.PLACE.name(),
          Field.schema(
              Places.DISTRICT,
              Places.STATE,
              Places.ZONE,
              Field.optional(Places.COUNTRY.name(), DataTypes.StringType),
              Places.TIER));

  /** The columns of a dataset that tell a place more finely than by its district. */
  static Set<String> codes(DatasetContract dataset) {
    return dataset.columns().entrySet().stream()
        .filter(column -> column.getValue().place() != null)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The column with the postal code of an event, where places may be joined to it. */
  Optional<Field> code(DatasetContract dataset) {
    if (reference().isEmpty()) {
      return Optional.empty();
    }
    return dataset.columns().entrySet().stream()
        .filter(column -> column.getValue().place() == PlaceKey.POSTAL_CODE)
        .filter(column -> column.getValue().role() != DatasetContract.Role.IDENTIFYING)
        .map(column -> Field.optional(column.getKey(), column.getValue().dataType()))
        .findFirst();
  }

  /** The reference of places, where the client contracted one. */
  Optional<String> reference() {
    if (client.enrich() == null
        || client.enrich().location() == null
        || client.enrich().location().by() != PlaceKey.POSTAL_CODE
        || !client.agreement().purposes().contains(Purpose.LOCATION)) {
      return Optional.empty();
    }
    return Optional.of(client.enrich().location().reference());
  }

  /** The events with their places, by the reference as it is valid on the business date. */
  Dataset<Row> join(Workspace workspace, Dataset<Row> events, DatasetContract dataset) {
    ValidReference places =
        ValidReference.open(workspace, reference().orElseThrow(), Places.PINCODE);
    return events.transform(new JoinPlaces(places.rows(), code(dataset).orElseThrow())::apply);
  }
}
