package com.segumento.retention;

import com.segumento.lake.Lake;
import com.segumento.lake.PendingUploads;
import com.segumento.lake.PersonPurge;
import com.segumento.lake.PersonPurge.Purged;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.LakeLayout;
import com.segumento.model.LeftoversException;
import com.segumento.model.Persons;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes persons of a client from everything that lies in the lake, and proves it. Done again, as
 * after a kill, it ends the same: each step looks at what is there, none relies on an earlier one
 * having been done. The caller holds the client's leases.
 */
public final class Erasure {
  private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);

  private final Workspace workspace;

  public Erasure(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Whom to delete.
   *
   * @param persons of {@link com.segumento.model.Vault#SCHEMA}, one row a person; read several
   *     times
   * @param ofTheOrder prefixes where the order itself lies, which holds the tokens too: they are
   *     left out of the scan, and deleted by who gave the order
   */
  public record Order(Dataset<Row> persons, List<String> ofTheOrder) {
    public Order {
      ofTheOrder = List.copyOf(ofTheOrder);
    }
  }

  /**
   * What was done and found.
   *
   * @param tables by path below the lake, those that persons were in
   */
  public record Done(SortedMap<String, Purged> tables, Proven proven) {
    public Done {
      tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }
  }

  /**
   * Deletes and proves.
   *
   * @param begun when the run began; what clients deliver from then on is left to the next one
   * @throws LeftoversException where something is left that can't be deleted, or can't be looked
   *     into
   */
  public Done carryOut(Order order, Instant begun) {
    LOG.info("Erasure begins: client={} run={}", workspace.client().client(), workspace.run());
    giveUpUploads();
    SortedMap<String, Purged> tables = purge(order.persons());
    workspace.progress().begin("proving that nothing is left");
    Proven proven =
        new Proof(workspace, begun)
            .prove(new PersonNeedles(workspace).of(order.persons()), order.ofTheOrder());
    workspace.progress().end(proven.objects() + " objects");
    LOG.info(
        "Erasure ends: client={} run={} tables={} objects={} bytes={} removed={}",
        workspace.client().client(),
        workspace.run(),
        tables.size(),
        proven.objects(),
        proven.bytes(),
        proven.removed());
    return new Done(tables, proven);
  }

  // What a killed run began to upload is listed nowhere, and S3 keeps its bytes.
  private void giveUpUploads() {
    LakeLayout layout = workspace.lake().layout();
    ClientId client = workspace.clientId();
    for (String prefix :
        List.of(layout.client(client), layout.staging(client), layout.exports(client))) {
      PendingUploads.abort(workspace.spark(), prefix);
    }
  }

  private SortedMap<String, Purged> purge(Dataset<Row> persons) {
    Lake lake = workspace.lake();
    PersonPurge purge = new PersonPurge(workspace.spark(), lake);
    Map<String, String> note = Map.of("erasure", workspace.run());
    SortedMap<String, Purged> touched = new TreeMap<>();
    for (String path : lake.tablesBelow(lake.layout().client(workspace.clientId()))) {
      if (!Arrays.asList(lake.tables().schema(path).fieldNames())
          .contains(Persons.PERSON_KEY.name())) {
        continue;
      }
      String name = lake.layout().relative(path);
      workspace.progress().begin("deleting from " + name);
      Purged purged =
          path.equals(lake.layout().releaseMemory(workspace.clientId()))
              ? purge.forget(path, persons, note)
              : purge.delete(path, persons, note);
      workspace.progress().end(purged.rows() + " rows");
      if (purged.rows() > 0) {
        touched.put(name, purged);
      }
    }
    return touched;
  }
}
