package com.segumento.retention;

import com.segumento.config.Client.Instruction;
import com.segumento.lake.Lake;
import com.segumento.lake.TableUpkeep;
import com.segumento.lake.Workspace;
import com.segumento.model.Events;
import com.segumento.model.Field;
import com.segumento.model.Quarantine;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a client has us delete of its datasets on a date: from that business date on the drops, rows
 * and rejected rows that are of the day or before it. Events are of the day they happened, rows of
 * profiles of the drop that brought them.
 */
final class Instructed {
  private static final String RULE = "retention.instructions";
  private static final String DATED = "dt=";

  private final Workspace workspace;
  private final Lake lake;

  Instructed(Workspace workspace) {
    this.workspace = workspace;
    this.lake = workspace.lake();
  }

  /** Adds what is due, unless it goes anyway. */
  void add(List<Expired> all) {
    for (Instruction instruction : workspace.client().retention().instructions()) {
      if (!workspace.date().isBefore(instruction.deleteOn())) {
        LocalDate cutoff = instruction.deleteOn().plusDays(1);
        drops(instruction.dataset(), cutoff, all);
        rows(lake.layout().table(workspace.clientId(), instruction.dataset()), cutoff)
            .ifPresent(all::add);
        rows(lake.layout().quarantine(workspace.clientId(), instruction.dataset()), cutoff)
            .ifPresent(all::add);
      }
    }
  }

  private void drops(String dataset, LocalDate cutoff, List<Expired> all) {
    String landing = lake.layout().landing(workspace.clientId()) + "/" + dataset;
    for (String name : lake.objects().names(landing)) {
      String subject = lake.layout().relative(landing) + "/" + name;
      if (isBefore(name, cutoff) && all.stream().noneMatch(of -> of.subject().equals(subject))) {
        int objects = lake.objects().list(landing + "/" + name).size();
        all.add(Expired.prefix(RULE, subject, cutoff, objects));
      }
    }
  }

  private static boolean isBefore(String name, LocalDate cutoff) {
    try {
      return name.startsWith(DATED)
          && LocalDate.parse(name.substring(DATED.length())).isBefore(cutoff);
    } catch (DateTimeException e) {
      return false; // no date: nobody's drop
    }
  }

  private Optional<Expired> rows(String table, LocalDate cutoff) {
    if (!lake.tables().exists(table)) {
      return Optional.empty();
    }
    List<String> columns = Arrays.asList(lake.tables().schema(table).fieldNames());
    Field dated =
        columns.contains(Events.EVENT_DATE.name()) ? Events.EVENT_DATE : Quarantine.DROP_DATE;
    return new TableUpkeep(workspace.spark(), lake).holdsBefore(table, dated, cutoff)
        ? Optional.of(Expired.rows(RULE, lake.layout().relative(table), cutoff, dated))
        : Optional.empty();
  }
}
