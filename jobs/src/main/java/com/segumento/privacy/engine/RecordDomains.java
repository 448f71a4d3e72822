package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.grouping_id;
import static org.apache.spark.sql.functions.lit;

import com.segumento.config.DatasetContract.Role;
import com.segumento.config.Export;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.privacy.engine.RecordSettings.Attribute;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The values that a table's quasi-identifiers and judged attributes have, and how they generalize.
 *
 * @param quasi hierarchies of the quasi-identifiers, over the levels in {@code levels}
 * @param levels by quasi-identifier, which of the attribute's levels each of its hierarchy's is
 * @param sensitive domains of the judged attributes
 */
record RecordDomains(
    List<Attribute> attributes,
    List<Hierarchy> quasi,
    List<List<Integer>> levels,
    List<Hierarchy> sensitive) {
  /** Values of all attributes together; more would not be a domain but the persons themselves. */
  static final int MOST_VALUES = 1_000_000;

  private static final Field ATTRIBUTE = Field.required("which attribute", DataTypes.LongType);
  private static final Field TEXT = Field.required("its text", DataTypes.StringType);

  /** The domains of {@code persons}, found in one pass; nothing where there are no persons. */
  static Optional<RecordDomains> of(RecordSettings settings, Dataset<Row> persons) {
    List<Attribute> quasi = settings.of(Role.QUASI);
    List<Attribute> judged = settings.judged();
    List<Attribute> all = Stream.concat(quasi.stream(), judged.stream()).toList();
    List<List<Object>> values = values(persons, all);
    if (values.get(0).isEmpty()) {
      return Optional.empty();
    }
    List<Hierarchy> hierarchies = new ArrayList<>();
    List<List<Integer>> levels = new ArrayList<>();
    for (int i = 0; i < quasi.size(); i++) {
      GeneralizedValues labels = labels(persons, quasi.get(i), values.get(i));
      levels.add(labels.levels());
      hierarchies.add(labels.hierarchy());
    }
    List<Hierarchy> sensitive = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      sensitive.add(sensitive(settings, persons, judged.get(i), values.get(quasi.size() + i)));
    }
    return Optional.of(new RecordDomains(settings.attributes(), hierarchies, levels, sensitive));
  }

  /** The table with each quasi-identifier as the value its hierarchy knows. */
  Dataset<Row> keyed(Dataset<Row> persons) {
    Dataset<Row> rows = persons;
    List<Column> columns = new ArrayList<>();
    int d = 0;
    for (Attribute attribute : attributes) {
      if (attribute.role() == Role.QUASI) {
        Field label = LabelPersons.label(d);
        rows = attribute.how().at(levels.get(d).get(0)).apply(rows, label);
        columns.add(attribute.released().as(label.col()));
        d++;
      } else {
        columns.add(attribute.source().col());
      }
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private static GeneralizedValues labels(
      Dataset<Row> persons, Attribute attribute, List<Object> found) {
    return GeneralizedValues.of(persons.sparkSession(), attribute.how(), attribute.level(), found);
  }

  private static Hierarchy sensitive(
      RecordSettings settings, Dataset<Row> persons, Attribute attribute, List<Object> found) {
    boolean tree =
        settings
            .closeness()
            .filter(t -> t.attribute().equals(attribute.name()))
            .filter(t -> t.distance() == Export.Closeness.Distance.HIERARCHICAL)
            .isPresent();
    if (tree) {
      return GeneralizedValues.tree(persons.sparkSession(), attribute.how(), found);
    }
    Field source = attribute.source();
    List<String> texts =
        persons
            .sparkSession()
            .createDataFrame(found.stream().map(RowFactory::create).toList(), Field.schema(source))
            .select(TEXT.as(coalesce(source.col().cast(DataTypes.StringType), lit(""))))
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .distinct()
            .sorted(ValueOrder.of(attribute))
            .toList();
    return Hierarchy.of(attribute.name(), texts.stream().map(List::of).toList());
  }

  /** By attribute its distinct values. They grow with the domains, which are bounded. */
  private static List<List<Object>> values(Dataset<Row> persons, List<Attribute> attributes) {
    Column[] columns = attributes.stream().map(a -> a.source().col()).toArray(Column[]::new);
    List<Seq<Column>> each =
        Stream.of(columns)
            .map(column -> CollectionConverters.asScala(List.of(column)).toSeq())
            .toList();
    List<Row> rows =
        persons
            .groupingSets(CollectionConverters.asScala(each).toSeq(), columns)
            .agg(ATTRIBUTE.as(grouping_id()))
            .limit(MOST_VALUES + 1)
            .collectAsList();
    List<List<Object>> values = new ArrayList<>();
    attributes.forEach(attribute -> values.add(new ArrayList<>()));
    for (Row row : rows) {
      long others = row.getLong(attributes.size()); // a bit of each that was not grouped by
      int which = attributes.size() - 1 - Long.numberOfTrailingZeros(~others);
      values.get(which).add(row.get(which));
    }
    if (rows.size() > MOST_VALUES) {
      refuse(attributes, values);
    }
    return values;
  }

  private static void refuse(List<Attribute> attributes, List<List<Object>> values) {
    int most =
        IntStream.range(0, values.size())
            .boxed()
            .max(Comparator.comparing(i -> values.get(i).size()))
            .orElseThrow();
    throw new ConfigException(
        "The attributes of the export have more than "
            + MOST_VALUES
            + " distinct values together, most of them "
            + attributes.get(most).name()
            + ". Release it as a coarser column, or leave it out.");
  }

  /** A node as levels of the attributes, by name. */
  Map<String, Integer> named(List<Integer> node) {
    Map<String, Integer> named = new LinkedHashMap<>();
    for (int d = 0; d < node.size(); d++) {
      named.put(quasi.get(d).attribute(), levels.get(d).get(node.get(d)));
    }
    return Collections.unmodifiableMap(named);
  }

  /** The node of levels by name; nothing where there is none. */
  Optional<List<Integer>> node(Map<String, Integer> named) {
    List<Integer> node = new ArrayList<>();
    for (int d = 0; d < quasi.size(); d++) {
      Integer level = named.get(quasi.get(d).attribute());
      int index = level == null ? -1 : levels.get(d).indexOf(level);
      if (index < 0) {
        return Optional.empty();
      }
      node.add(index);
    }
    return Optional.of(node);
  }
}
