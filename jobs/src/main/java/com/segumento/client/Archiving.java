package com.segumento.client;

import com.segumento.client.ArchiveManifest.StoredFile;
import com.segumento.config.Client;
import com.segumento.lake.ClientLedger;
import com.segumento.lake.ClientLedger.Entry;
import com.segumento.lake.ClientLedger.State;
import com.segumento.lake.CopiedFiles;
import com.segumento.lake.ObjectStore;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.ops.Ticker;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Moves a client out of the way, and back, byte for byte: tables with their logs and all versions,
 * vault, release memory, exports and drops. A file is removed only when its copy was read again and
 * has its checksum. Nothing is run for a client that is in the archive. Killed at any step and
 * started again either ends the same.
 */
public final class Archiving {
  private static final String DATA = "data";

  private final Desk desk;
  private final Steps steps;

  public Archiving(Desk desk) {
    this(desk, Steps.ALL);
  }

  Archiving(Desk desk, Steps steps) {
    this.desk = desk;
    this.steps = steps;
  }

  /** What was moved. */
  public record Moved(String archive, int files, long bytes) {}

  /** What would be moved now. */
  public List<Below> plan(ClientId client) {
    return prefixes(client).stream().map(prefix -> Below.of(desk.lake(), prefix)).toList();
  }

  /** The prefixes that are moved; what is staged is not kept. */
  private List<String> prefixes(ClientId client) {
    String root = desk.lake().layout().root();
    return Stream.of("clients", "exports", "landing")
        .map(area -> root + "/" + area + "/" + client)
        .toList();
  }

  /**
   * Moves a client into the archive.
   *
   * @throws ConfigException where it is there already, or was offboarded
   * @throws com.segumento.model.LeaseHeldException where a run works on it
   */
  public Moved archive(Client client) {
    ClientId id = new ClientId(client.client());
    require(id, Set.of(State.ARCHIVING, State.RESTORED));
    Whole whole = new Whole(desk, id);
    return whole.work(
        "archive",
        () -> {
          steps.before("begin");
          return whole.begin(State.ARCHIVING, Archiving::newId, "client archive");
        },
        begun -> away(id, begun));
  }

  private Moved away(ClientId client, Entry begun) {
    String archive = desk.lake().layout().archive(client, begun.id());
    Optional<ArchiveManifest> before = ArchiveManifest.read(desk.lake(), archive);
    before.ifPresent(manifest -> require(archive + "/" + DATA, manifest));
    ArchiveManifest manifest = before.orElseGet(() -> copied(client, begun.id()));
    remove(client, manifest);
    return ended(client, "client.archived", State.ARCHIVED, archive, manifest);
  }

  private ArchiveManifest copied(ClientId client, String id) {
    ObjectStore objects = desk.lake().objects();
    String root = desk.lake().layout().root();
    String archive = desk.lake().layout().archive(client, id);
    List<String> uris =
        prefixes(client).stream()
            .flatMap(prefix -> objects.list(prefix).stream())
            .map(StoredObject::uri)
            .toList();
    steps.before("copy");
    desk.progress().begin(client + ": copying " + uris.size() + " files");
    List<StoredFile> files =
        CopiedFiles.copy(desk.spark(), uris, base(uris, root), archive + "/" + DATA).stream()
            .map(file -> StoredFile.of(file, base(uris, root)))
            .toList();
    desk.progress().end("copied");
    ArchiveManifest manifest = new ArchiveManifest(client.value(), id, files);
    require(archive + "/" + DATA, manifest);
    steps.before("manifest");
    manifest.write(desk.lake(), archive);
    return manifest;
  }

  /** The lake's root as its store writes it, which may have more or fewer slashes. */
  private static String base(List<String> uris, String root) {
    if (uris.isEmpty() || uris.get(0).startsWith(root + "/")) {
      return root;
    }
    return root.replaceFirst("^file:/+", "file:/");
  }

  // Drops that came meanwhile are in no archive: they stay.
  private void remove(ClientId client, ArchiveManifest manifest) {
    ObjectStore store = desk.lake().objects();
    String root = desk.lake().layout().root();
    String landing = "landing/" + client + "/";
    for (String prefix : prefixes(client)) {
      if (!prefix.endsWith("/landing/" + client)) {
        steps.before("remove " + prefix);
        store.deleteForGood(prefix);
      }
    }
    steps.before("remove landing");
    for (StoredFile file : manifest.files()) {
      if (file.path().startsWith(landing)) {
        store.deleteForGood(root + "/" + file.path());
      }
    }
    steps.before("remove staging");
    store.deleteForGood(desk.lake().layout().staging(client));
  }

  /**
   * Brings a client back from the archive, which is removed then.
   *
   * @throws ConfigException where it is not in the archive, or its archive is not whole
   */
  public Moved restore(Client client) {
    ClientId id = new ClientId(client.client());
    Entry last = require(id, Set.of(State.ARCHIVED, State.RESTORING));
    if (last.state() == State.ARCHIVED) {
      String archive = desk.lake().layout().archive(id, last.id());
      if (ArchiveManifest.read(desk.lake(), archive).isEmpty()) {
        throw new ConfigException("There is no archive with a manifest at " + archive);
      }
    }
    Whole whole = new Whole(desk, id);
    return whole.work(
        "restore",
        () -> {
          steps.before("begin");
          return whole.begin(State.RESTORING, last::id, "client restore");
        },
        begun -> back(id, begun));
  }

  private Moved back(ClientId client, Entry begun) {
    String archive = desk.lake().layout().archive(client, begun.id());
    Optional<ArchiveManifest> manifest = ArchiveManifest.read(desk.lake(), archive);
    manifest.ifPresent(found -> back(client, archive, found));
    // The manifest goes first, and only when all is back: where it is gone, nothing else is needed.
    steps.before("remove manifest");
    desk.lake().objects().delete(archive + "/" + ArchiveManifest.NAME);
    steps.before("remove archive");
    desk.lake().objects().deleteForGood(archive);
    return ended(
        client,
        "client.restored",
        State.RESTORED,
        archive,
        manifest.orElse(new ArchiveManifest(client.value(), begun.id(), List.of())));
  }

  private void back(ClientId client, String archive, ArchiveManifest manifest) {
    String root = desk.lake().layout().root();
    String data = archive + "/" + DATA;
    require(data, manifest);
    steps.before("copy");
    desk.progress().begin(client + ": copying " + manifest.files().size() + " files");
    CopiedFiles.copy(
        desk.spark(),
        manifest.files().stream().map(file -> data + "/" + file.path()).toList(),
        data,
        root);
    require(root, manifest);
    desk.progress().end("copied");
  }

  private Moved ended(
      ClientId client, String action, State state, String archive, ArchiveManifest manifest) {
    long bytes = manifest.files().stream().mapToLong(StoredFile::bytes).sum();
    steps.before("audit");
    desk.audit(
        action,
        client.value(),
        Map.of(
            "archive", manifest.id(),
            "files", Integer.toString(manifest.files().size()),
            "bytes", Long.toString(bytes)));
    steps.before("end");
    ClientLedger.of(desk.lake()).add(client, state, manifest.id(), desk.actor(), action);
    return new Moved(archive, manifest.files().size(), bytes);
  }

  /** Makes sure that all files of a manifest are below {@code base}, as it says. */
  private void require(String base, ArchiveManifest manifest) {
    steps.before("verify " + base);
    Set<StoredFile> found = new HashSet<>();
    CopiedFiles.digest(
            desk.spark(), manifest.files().stream().map(file -> base + "/" + file.path()).toList())
        .forEach(file -> found.add(StoredFile.of(file, base)));
    if (!found.equals(new HashSet<>(manifest.files()))) {
      throw new IllegalStateException("Files are not as the manifest says, below " + base);
    }
  }

  private Entry require(ClientId client, Set<State> states) {
    ClientLedger ledger = ClientLedger.of(desk.lake());
    Entry none = new Entry(State.RESTORED, "", "", "", "");
    Entry now = ledger.life(client).orElse(none);
    if (states.contains(now.state())) {
      return now;
    }
    ledger.requireActive(client);
    throw new ConfigException("Client " + client + " is not in the archive.");
  }

  private static String newId() {
    return Ticker.now().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[-:]", "");
  }
}
