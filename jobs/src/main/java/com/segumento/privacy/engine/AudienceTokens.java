package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.decode;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.udf;

import com.segumento.lake.VaultReader;
import com.segumento.model.Audiences;
import com.segumento.model.Persons;
import com.segumento.model.PriorLists.PriorList;
import com.segumento.model.Vault;
import com.segumento.privacy.DestinationKey;
import com.segumento.privacy.ReleaseRequest;
import com.segumento.udf.PersonKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Persons as one destination knows them. The key is with the executors until this is closed; it
 * travels as a broadcast, so that it is in no plan.
 */
final class AudienceTokens implements AutoCloseable {
  private final ReleaseRequest request;
  private final AudiencePersons persons;
  private final Broadcast<byte[]> key;
  private final Dataset<Row> keyed;

  private AudienceTokens(ReleaseRequest request, Broadcast<byte[]> key) {
    this.request = request;
    this.persons = new AudiencePersons(request.workspace(), request.export(), request.sources());
    this.key = key;
    this.keyed = keyed().persist(StorageLevel.MEMORY_AND_DISK());
  }

  static AudienceTokens of(ReleaseRequest request) {
    DestinationKey key = DestinationKey.of(request.workspace(), request.export());
    return new AudienceTokens(
        request,
        JavaSparkContext.fromSparkContext(request.workspace().spark().sparkContext())
            .broadcast(key.secret()));
  }

  /** {@link Audiences#TOKEN} of everybody who may be in an audience, and the person's key. */
  private Dataset<Row> keyed() {
    UserDefinedFunction hash =
        udf(new PersonKey(key), DataTypes.BinaryType).withName("destination_token");
    Column token = lower(hex(hash.apply(decode(Vault.TOKEN.col(), "UTF-8"))));
    // n:1, a person is eligible once; what the vault repeats is made one
    return VaultReader.read(request.workspace())
        .select(Persons.PERSON_KEY.col(), Audiences.TOKEN.as(token))
        .join(persons.eligible(), Persons.PERSON_KEY.name())
        .distinct();
  }

  /** The tokens of everybody who may be in an audience. */
  Dataset<Row> eligible() {
    return keyed.select(Audiences.TOKEN.col());
  }

  /** One row per listed segment and eligible member: {@link Audiences#SCHEMA}. */
  Dataset<Row> wanted() {
    return persons
        .members()
        .join(keyed, Persons.PERSON_KEY.name()) // n:1, one token a person
        .select(Audiences.SEGMENT_ID.col(), Audiences.TOKEN.col());
  }

  /** The lists the destination has: {@link Audiences#SCHEMA}. */
  Dataset<Row> prior() {
    Map<PriorList, List<String>> segments = new java.util.LinkedHashMap<>();
    new TreeMap<>(request.prior().bySegment())
        .forEach(
            (segment, list) ->
                segments.computeIfAbsent(list, same -> new ArrayList<>()).add(segment));
    Dataset<Row> lists = request.workspace().spark().createDataFrame(List.of(), Audiences.SCHEMA);
    for (Map.Entry<PriorList, List<String>> list : segments.entrySet()) {
      lists = lists.unionAll(read(list.getKey(), list.getValue()));
    }
    return lists;
  }

  private Dataset<Row> read(PriorList list, List<String> segments) {
    return request
        .workspace()
        .spark()
        .read()
        .schema(Audiences.SCHEMA)
        .option("header", "true")
        .format(list.format())
        .load(list.files().toArray(String[]::new))
        .select(Audiences.SEGMENT_ID.col(), Audiences.TOKEN.col())
        .filter(Audiences.SEGMENT_ID.col().isin(segments.toArray()))
        .distinct();
  }

  @Override
  public void close() {
    keyed.unpersist();
    key.destroy();
  }
}
