package com.segumento.request;

import com.segumento.lake.ExclusionsTable;
import com.segumento.lake.Workspace;
import com.segumento.model.Exclusions;
import com.segumento.model.Persons;
import com.segumento.model.RequestStep;
import com.segumento.ops.RequestRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is done for requests of each kind. Requests that follow each other and need the same are
 * carried out together; each deed done twice leaves what it leaves done once.
 */
record Deeds(
    Workspace workspace,
    TokenFiles files,
    TokenFiles.Checked checked,
    JudgedRows rows,
    Steps steps) {
  /** What a kind of request needs. */
  private enum Deed {
    EXCLUDE,
    LIFT,
    CORRECT,
    NOMINATE,
    HAND_OUT
  }

  /** Carries out requests in their order. */
  void carryOut(List<Delivery> deliveries) {
    List<Delivery> together = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      if (!together.isEmpty() && deed(together.get(0)) != deed(delivery)) {
        carryOutTogether(together);
        together.clear();
      }
      together.add(delivery);
    }
    if (!together.isEmpty()) {
      carryOutTogether(together);
    }
  }

  private void carryOutTogether(List<Delivery> deliveries) {
    switch (deed(deliveries.get(0))) {
      case EXCLUDE -> exclude(deliveries);
      case LIFT -> lift(deliveries);
      case CORRECT ->
          deliveries.forEach(
              delivery ->
                  done(
                      List.of(delivery),
                      new Correction(workspace, files, steps).carryOut(delivery, checked)));
      case NOMINATE ->
          deliveries.forEach(
              delivery ->
                  done(
                      List.of(delivery),
                      new Nominees(workspace, files, steps).carryOut(delivery, checked)));
      case HAND_OUT -> handOut(deliveries);
    }
  }

  private static Deed deed(Delivery delivery) {
    return switch (delivery.kind()) {
      case ACCESS, PORT -> Deed.HAND_OUT;
      case CORRECT -> Deed.CORRECT;
      case ERASE, WITHDRAW, RESTRICT, OBJECT -> Deed.EXCLUDE;
      case LIFT -> Deed.LIFT;
      case NOMINATE -> Deed.NOMINATE;
    };
  }

  private void exclude(List<Delivery> deliveries) {
    steps.beforeWrite();
    ExclusionsTable.of(workspace)
        .add(
            rows.good(deliveries)
                .select(Persons.PERSON_KEY.col(), Exclusions.KIND.col(), TokenFiles.REQUEST.col()),
            workspace.run());
    List<Delivery> erasures = deliveries.stream().filter(delivery -> erases(delivery)).toList();
    if (!erasures.isEmpty()) {
      withdrawBundles(rows.good(erasures));
    }
    done(deliveries.stream().filter(delivery -> !erases(delivery)).toList(), Map.of());
  }

  private static boolean erases(Delivery delivery) {
    return delivery.exclusion().filter(Exclusions.Kind.ERASED::equals).isPresent();
  }

  /** What was put together for persons must not outlive them. */
  private void withdrawBundles(Dataset<Row> erased) {
    Bundles bundles = new Bundles(workspace, steps);
    for (String request : bundles.holding(erased)) {
      bundles.delete(request);
      RequestRecord record = steps.of(request);
      if (record != null) {
        steps.take(
            record.step(), List.of(record), Map.of("bundle", "deleted, as a person is erased"));
      }
    }
  }

  private void lift(List<Delivery> deliveries) {
    steps.beforeWrite();
    ExclusionsTable.of(workspace)
        .lift(
            rows.good(deliveries).select(Persons.PERSON_KEY.col(), Exclusions.KIND.col()),
            workspace.run());
    done(deliveries, Map.of());
  }

  private void handOut(List<Delivery> deliveries) {
    Bundles bundles = new Bundles(workspace, steps);
    List<Delivery> missing =
        deliveries.stream().filter(delivery -> !bundles.whole(delivery)).toList();
    if (!missing.isEmpty()) {
      bundles.carryOut(missing, rows.good(missing));
    }
    done(deliveries, Map.of("bundle_expires", bundles.expires().toString()));
  }

  /** Writes down that requests are done, and deletes their token files. */
  private void done(List<Delivery> deliveries, Map<String, String> details) {
    steps.take(
        RequestStep.DONE,
        deliveries.stream().map(delivery -> steps.of(delivery.id())).toList(),
        details);
    for (Delivery delivery : deliveries) {
      for (String uri : delivery.all()) {
        steps.beforeWrite();
        workspace.lake().objects().deleteForGood(uri);
      }
    }
  }

  /** Deletes bundles whose time is over. */
  static void expire(Workspace workspace, Steps steps) {
    String folder = workspace.lake().layout().requestBundles(workspace.clientId());
    for (String request : workspace.lake().objects().names(folder)) {
      RequestRecord record = steps.of(request);
      String expires = record == null ? null : record.details().get("bundle_expires");
      if (expires != null && workspace.date().isAfter(LocalDate.parse(expires))) {
        steps.beforeWrite();
        workspace.lake().objects().deleteForGood(folder + "/" + request);
      }
    }
  }
}
