package com.segumento.retention;

import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.PendingUploads;
import com.segumento.lake.PersonPurge;
import com.segumento.lake.PersonPurge.Purged;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.LakeLayout;
import com.segumento.model.LeftoversException;
import com.segumento.model.Persons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
   * @param names of the erasure: the first is its own, the others are those it may have borne in an
   *     earlier run, which was killed
   * @param persons of {@link com.segumento.model.Vault#SCHEMA}, one row a person; read several
   *     times
   * @param ofTheOrder prefixes where the order itself lies, which holds the tokens too: they are
   *     left out of the scan, and deleted by who gave the order
   */
  public record Order(List<String> names, Dataset<Row> persons, List<String> ofTheOrder) {
    public Order {
      names = List.copyOf(names);
      ofTheOrder = List.copyOf(ofTheOrder);
    }
  }

  /**
   * What was done and found.
   *
   * @param tables by path below the lake, those that persons were in, whichever run of the erasure
   *     took them out
   * @param unsearched how many folders of lists were deleted because no key of now finds anybody in
   *     them, in whichever run
   */
  public record Done(SortedMap<String, Purged> tables, long unsearched, Proven proven) {
    public Done {
      tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }
  }

  /**
   * Deletes and proves. What clients deliver from now on is left to the next run.
   *
   * @throws LeftoversException where something is left that can't be deleted, or can't be looked
   *     into
   */
  public Done carryOut(Order order) {
    Set<StoredObject> delivered = delivered();
    LOG.info("Erasure begins: client={} run={}", workspace.client().client(), workspace.run());
    giveUpUploads();
    List<String> purged = purge(order);
    long unsearched = new UnsearchedLists(workspace).delete(order.names());
    workspace.progress().begin("proving that nothing is left");
    Proven proven =
        new Proof(workspace, delivered, order.names())
            .prove(new PersonNeedles(workspace).of(order.persons()), order.ofTheOrder());
    workspace.progress().end(proven.objects() + " objects");
    SortedMap<String, Purged> tables = done(order, purged);
    LOG.info(
        "Erasure ends: client={} run={} tables={} unsearched={} objects={} bytes={}"
            + " removed={}",
        workspace.client().client(),
        workspace.run(),
        tables.size(),
        unsearched,
        proven.objects(),
        proven.bytes(),
        proven.removed());
    return new Done(tables, unsearched, proven);
  }

  private Set<StoredObject> delivered() {
    Lake lake = workspace.lake();
    return Set.copyOf(lake.objects().everything(lake.layout().root() + "/landing"));
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

  /** Takes persons out of all tables they can be in, and gives those. */
  private List<String> purge(Order order) {
    Lake lake = workspace.lake();
    PersonPurge purge = new PersonPurge(workspace.spark(), lake);
    List<String> tables = new ArrayList<>();
    for (String path : lake.tablesBelow(lake.layout().client(workspace.clientId()))) {
      Optional<Purging> purging = purging(purge, path);
      if (purging.isPresent()) {
        workspace.progress().begin("deleting from " + lake.layout().relative(path));
        Purged purged =
            purging.get().from(path, order.persons(), PersonPurge.note(order.names().get(0)));
        workspace.progress().end(purged.rows() + " rows");
        tables.add(path);
      }
    }
    return tables;
  }

  // What a run before this one did is done, too: the tables' logs say it.
  private SortedMap<String, Purged> done(Order order, List<String> purged) {
    Lake lake = workspace.lake();
    PersonPurge purge = new PersonPurge(workspace.spark(), lake);
    SortedMap<String, Purged> touched = new TreeMap<>();
    for (String path : purged) {
      purge
          .done(path, Set.copyOf(order.names()))
          .ifPresent(done -> touched.put(lake.layout().relative(path), done));
    }
    return touched;
  }

  @FunctionalInterface
  private interface Purging {
    Purged from(String path, Dataset<Row> persons, Map<String, String> note);
  }

  /** How persons are taken out of a table; nothing where none can be in it. */
  private Optional<Purging> purging(PersonPurge purge, String path) {
    LakeLayout layout = workspace.lake().layout();
    if (path.equals(layout.nominations(workspace.clientId()))) {
      return Optional.of(purge::deleteNominations);
    }
    if (path.equals(layout.releaseMemory(workspace.clientId()))) {
      return Optional.of(purge::forget);
    }
    return Arrays.asList(workspace.lake().tables().schema(path).fieldNames())
            .contains(Persons.PERSON_KEY.name())
        ? Optional.of(purge::delete)
        : Optional.empty();
  }
}
