package com.segumento.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.model.Events;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import com.segumento.model.Vault;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Says of each column of a client's tables what it means. */
record TableDictionary(Client client) {
  private static final Map<String, String> MEANINGS =
      Map.of(
          Persons.PERSON_KEY.name(),
              "The person: HMAC-SHA-256 of the token in UTF-8 under a key that is yours alone; the"
                  + " same in all tables.",
          Vault.TOKEN.name(), "The token as you delivered it, in UTF-8.",
          Events.EVENT_DATE.name(), "Day of the event, UTC.",
          Events.DROP_DATE.name(), "Date of the drop that brought the row.",
          Events.DROP_ID.name(), "Id of the drop that brought the row.",
          Profiles.PLACE.name(), "Where the person is, by the location reference.",
          Profiles.DEMOGRAPHICS.name(), "What is known of the person's district.");

  /** Adds one entry a column, in its order. */
  void describe(String table, StructType schema, ArrayNode columns) {
    for (StructField field : schema.fields()) {
      ObjectNode column =
          columns
              .addObject()
              .put("name", field.name())
              .put("type", field.dataType().catalogString())
              .put("nullable", field.nullable());
      column.put("meaning", meaning(table, field.name()));
    }
  }

  private String meaning(String table, String name) {
    String known = MEANINGS.get(name);
    if (known != null) {
      return known;
    }
    for (DatasetContract dataset : client.datasets()) {
      if (dataset.columns().containsKey(name)) {
        return "Column " + name + " of your dataset " + dataset.name() + ", as contracted.";
      }
    }
    return "Made by the platform, in its table " + table + ".";
  }
}
