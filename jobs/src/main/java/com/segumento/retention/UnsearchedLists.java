package com.segumento.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.export.Manifest;
import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.RetentionLedger;
import com.segumento.lake.RetentionLedger.Event;
import com.segumento.lake.RetentionLedger.Line;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.privacy.DestinationKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists that no scan finds a person in, because their tokens were made under a key that no
 * destination of the client has now: releases of audiences that were taken out of the configuration
 * or got another key, and what killed runs staged or published in part, which does not say its key.
 * Nobody's next list goes on from them. An erasure deletes all, whoever is in them.
 */
public final class UnsearchedLists {
  /** What the ledger of retention says why they go. */
  public static final String RULE = "erasure";

  private static final Logger LOG = LoggerFactory.getLogger(UnsearchedLists.class);
  private static final String ERASURE = "erasure";
  private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  private static final Pattern RUN = Pattern.compile(DATE + "-[0-9]+");

  /** As we name them: the ledger tells of nothing that somebody else called as he liked. */
  private static final Pattern RELEASE =
      Pattern.compile("(exports/[^/]+/[a-z][^/]*/dt=" + DATE + "/run=" + RUN + ")/.*");

  private static final Set<String> WITHOUT_TOKENS = Set.of("cells", "records");

  private final Workspace workspace;
  private final Lake lake;
  private final RetentionLedger ledger;

  UnsearchedLists(Workspace workspace) {
    this.workspace = workspace;
    this.lake = workspace.lake();
    this.ledger = RetentionLedger.open(workspace.spark(), lake);
  }

  /**
   * Deletes them. The ledger names each before it goes, so that a run after a kill knows of it.
   *
   * @param erasures names of the erasure, the first of which it bears now
   * @return how many folders the erasure has deleted, in whichever run
   */
  long delete(List<String> erasures) {
    List<String> folders = folders();
    ledger.append(folders.stream().map(each -> line(each, Event.BEGUN, erasures)).toList());
    for (String folder : folders) {
      lake.objects().deleteForGood(lake.layout().root() + "/" + folder);
      LOG.info("Deleted lists that cannot be searched: {}", folder);
    }
    ledger.append(folders.stream().map(each -> line(each, Event.DONE, erasures)).toList());
    return ledger.deletions(workspace.client().client()).stream()
        .filter(line -> line.rule().equals(RULE))
        .filter(line -> erasures.contains(line.details().get(ERASURE)))
        .map(Line::subject)
        .distinct()
        .filter(folder -> lake.objects().everything(lake.layout().root() + "/" + folder).isEmpty())
        .count();
  }

  /** Their folders below the lake. The newest go first: a release tells of older ones only. */
  private List<String> folders() {
    Set<String> keys =
        PersonNeedles.destinations(workspace).stream()
            .map(alias -> DestinationKey.id(workspace.secrets().secret(alias)))
            .collect(Collectors.toSet());
    ClientId client = workspace.clientId();
    Set<String> folders =
        new TreeSet<>(
            Comparator.comparingInt(String::length)
                .thenComparing(Comparator.naturalOrder())
                .reversed());
    for (StoredObject object : lake.objects().everything(lake.layout().exports(client))) {
      Matcher release = RELEASE.matcher(lake.layout().relative(object.uri()));
      if (release.matches()) {
        folders.add(release.group(1));
      }
    }
    folders.removeIf(folder -> isSearched(folder, keys));
    for (String run : lake.objects().names(lake.layout().staging(client))) {
      if (RUN.matcher(run).matches()) {
        folders.add(lake.layout().relative(lake.layout().staging(client, run)));
      }
    }
    return List.copyOf(folders);
  }

  private boolean isSearched(String folder, Set<String> keys) {
    String uri = lake.layout().root() + "/" + folder + "/" + Manifest.NAME;
    JsonNode manifest = Manifest.parse(lake.objects().text(uri).orElse(""));
    return WITHOUT_TOKENS.contains(manifest.path("kind").asText())
        || keys.contains(manifest.at("/destination/key_id").asText());
  }

  private Line line(String folder, Event event, List<String> erasures) {
    return new Line(
        workspace.run(),
        workspace.client().client(),
        RULE,
        folder,
        workspace.date(),
        event,
        Map.of(ERASURE, erasures.get(0)));
  }
}
