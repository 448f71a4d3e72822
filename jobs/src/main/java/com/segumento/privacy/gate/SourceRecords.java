package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Records;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows there would be if nobody were left out: one a person, generalized again from the
 * sources, every value as its text.
 */
record SourceRecords(Workspace workspace, Export export, RecordClaim claim) {
  /** Whether the person is in a segment whose members may appear. */
  static final Field LISTED = Field.required("is listed", DataTypes.BooleanType);

  private static final Field TRAIT_KEY = Field.required("key of traits", DataTypes.BinaryType);
  private static final Field MEMBER_KEY = Field.required("key of member", DataTypes.BinaryType);
  private static final Field VALUES = Field.required("values of person", new StructType());

  /** The text of the i-th attribute. */
  static Field text(int i) {
    return Field.optional("text " + i, DataTypes.StringType);
  }

  Dataset<Row> rows(Dataset<Row> profiles, Dataset<Row> traits, Dataset<Row> memberships) {
    Dataset<Row> known = profiles.filter(length(Persons.PERSON_KEY.col()).equalTo(Cells.KEY_BYTES));
    Dataset<Row> persons = onePerPerson(withTraits(known, traits), memberships);
    ClassLabels labels = new ClassLabels(workspace, export);
    List<Column> texts = new ArrayList<>(List.of(LISTED.col()));
    for (int i = 0; i < claim.attributes().size(); i++) {
      RecordClaim.Attribute attribute = claim.attributes().get(i);
      if (attribute.quasi()) {
        persons = labels.add(persons, attribute.source().name(), text(i));
        texts.add(text(i).col());
      } else {
        texts.add(text(i).as(Records.text(attribute.source())));
      }
    }
    return persons.select(texts.toArray(Column[]::new));
  }

  private Dataset<Row> withTraits(Dataset<Row> persons, Dataset<Row> traits) {
    List<Column> columns = new ArrayList<>(List.of(Persons.PERSON_KEY.col()));
    List<Column> ofTraits = new ArrayList<>(List.of(TRAIT_KEY.as(Persons.PERSON_KEY.col())));
    for (RecordClaim.Attribute attribute : claim.attributes()) {
      (attribute.trait() ? ofTraits : columns).add(attribute.source().col());
    }
    Dataset<Row> own = persons.select(columns.toArray(Column[]::new));
    if (ofTraits.size() == 1) {
      return own;
    }
    // 1:1, one row of traits a person
    return own.join(
        traits.select(ofTraits.toArray(Column[]::new)),
        TRAIT_KEY.col().equalTo(Persons.PERSON_KEY.col()),
        "left");
  }

  private Dataset<Row> onePerPerson(Dataset<Row> rows, Dataset<Row> memberships) {
    Column[] values =
        claim.attributes().stream().map(one -> one.source().col()).toArray(Column[]::new);
    Dataset<Row> persons =
        rows.groupBy(Persons.PERSON_KEY.col()).agg(VALUES.as(max(struct(values))));
    List<Column> columns = new ArrayList<>();
    claim.attributes().forEach(one -> columns.add(one.source().as(one.source().in(VALUES))));
    if (claim.segments().isEmpty()) {
      columns.add(LISTED.as(lit(true)));
      return persons.select(columns.toArray(Column[]::new));
    }
    Dataset<Row> members =
        memberships
            .filter(Cells.SEGMENT_ID.col().isInCollection(claim.segments().get()))
            .groupBy(MEMBER_KEY.as(Persons.PERSON_KEY.col()))
            .agg(LISTED.as(lit(true)));
    columns.add(LISTED.as(coalesce(LISTED.col(), lit(false))));
    // 1:1, members are distinct
    return persons
        .join(members, MEMBER_KEY.col().equalTo(Persons.PERSON_KEY.col()), "left")
        .select(columns.toArray(Column[]::new));
  }
}
